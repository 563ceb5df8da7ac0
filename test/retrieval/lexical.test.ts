import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LexicalIndex } from '../../server/retrieval/lexical.ts';
import { countWords } from '../../server/retrieval/words.ts';

const word = fc.constantFrom('kafka', 'queue', 'retry', 'order', 'price', 'event', 'token');
const unit = fc.array(word, { maxLength: 12 });
const step = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), words: unit }),
  fc.record({ kind: fc.constant('remove' as const), at: fc.nat(20) }),
  fc.record({ kind: fc.constant('freeze' as const) }),
);

describe('the lexical index', () => {
  it('scores after any additions, removals and freezing as an index that was filled anew', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), unit, (steps, asked) => {
        let index = new LexicalIndex();
        let live: { unit: number; words: string[] }[] = [];
        for (const each of steps) {
          if (each.kind === 'add') live.push({ unit: index.add(each.words), words: each.words });
          else if (each.kind === 'remove') for (const gone of live.splice(each.at, 1)) index.remove([gone.unit]);
          else {
            live.reverse();
            index = LexicalIndex.of(index.frozen(live.map(({ unit }) => unit)));
            live = live.map(({ words }, number) => ({ unit: number, words }));
          }
        }
        const fresh = new LexicalIndex();
        const numbers = live.map(({ words }) => fresh.add(words));
        const query = countWords(asked);
        const [changed, anew] = [index.scores(query), fresh.scores(query)];
        live.forEach((held, i) => {
          expect(changed[held.unit]).toBe(anew[numbers[i] ?? -1]);
        });
        expect(index.size).toBe(fresh.size);
        expect(index.ideal(query)).toBe(fresh.ideal(query));
      }),
    );
  });

  it('counts a rare word for more than a common one', () => {
    const index = new LexicalIndex();
    const rare = index.add(['kafka', 'order']);
    const common = index.add(['order', 'queue']);
    index.add(['order', 'price']);
    const scores = index.scores(countWords(['kafka', 'queue', 'order']));
    expect(index.idf('kafka')).toBeGreaterThan(index.idf('order'));
    expect(scores[rare]).toBeCloseTo(scores[common] ?? 0, 12);
    expect(index.scores(countWords(['kafka']))[common]).toBe(0);
  });

  it('never gives a unit more than the ideal', () => {
    fc.assert(
      fc.property(fc.array(unit, { minLength: 1, maxLength: 10 }), unit, (units, asked) => {
        const index = new LexicalIndex();
        for (const words of units) index.add(words);
        const query = countWords(asked);
        for (const score of index.scores(query)) expect(score).toBeLessThanOrEqual(index.ideal(query) + 1e-9);
      }),
    );
  });

  it('ignores a unit that is removed twice', () => {
    const index = new LexicalIndex();
    const gone = index.add(['kafka']);
    index.add(['queue']);
    index.remove([gone]);
    index.remove([gone]);
    expect(index.size).toBe(1);
    expect(index.waste).toBe(0.5);
  });
});
