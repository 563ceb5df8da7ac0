import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AnswerPart, type Cut, cutToBudget } from '../../server/engine/tools/budget.ts';
import { ToolRefusal } from '../../server/engine/tools/refusal.ts';

const AFTER = { after: { index: { sha: 'abc', behind: 0 } } };
const item = fc.record({ id: fc.string({ maxLength: 40 }), text: fc.string({ maxLength: 1_200, unit: 'grapheme' }) });
const parts = fc.record({
  first: fc.array(item, { maxLength: 12 }),
  second: fc.array(item, { maxLength: 12 }),
  text: fc.string({ maxLength: 9_000, unit: 'grapheme' }),
});

/** All that an answer says of a part, by expanding it until nothing is left. */
const whole = (all: readonly AnswerPart[], name: string, budget: number): unknown[] | string => {
  const found: unknown[] = [];
  let text = '';
  let expand: { part: string; from: number } | undefined = { part: name, from: 0 };
  for (let round = 0; expand !== undefined; round += 1) {
    expect(round).toBeLessThan(100);
    const answer = cutToBudget(AFTER, all, { budget, expand });
    const value = answer[name];
    if (typeof value === 'string') text += value;
    else found.push(...(value as unknown[]));
    const [next] = (answer.more as readonly Cut[] | undefined) ?? [];
    expand = next === undefined ? undefined : { part: name, from: Number(next.expand.split('@')[1]) };
  }
  return text === '' ? found : text;
};

describe('an answer of a tool', () => {
  it('is never longer than its budget, and what it cuts can be expanded to the whole, in order and once', () => {
    fc.assert(
      fc.property(parts, fc.integer({ min: 2_000, max: 12_000 }), ({ first, second, text }, budget) => {
        const all: AnswerPart[] = [
          { name: 'first', content: first },
          { name: 'second', content: second },
          { name: 'text', content: text },
        ];
        const answer = cutToBudget({ before: { path: 'a.ts' }, ...AFTER }, all, { budget, expand: undefined });
        expect(JSON.stringify(answer).length).toBeLessThanOrEqual(budget);
        // What is cut to a name, because no answer has room for it, is not the item.
        const fits = [...first, ...second].every((one) => JSON.stringify(one).length < 1_500);
        fc.pre(fits);
        expect(whole(all, 'first', budget)).toEqual(first);
        expect(whole(all, 'second', budget)).toEqual(second);
        expect(whole(all, 'text', budget)).toEqual(text === '' ? [] : text);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the part that is most useful, and cuts the others first', () => {
    const long = (name: string) => Array.from({ length: 20 }, (_, i) => ({ id: `${name}${i}`, text: 'x'.repeat(200) }));
    const answer = cutToBudget(
      AFTER,
      [
        { name: 'governing', content: long('g').slice(0, 5) },
        { name: 'related', content: long('r') },
      ],
      { budget: 2_000, expand: undefined },
    );
    expect(answer.governing).toHaveLength(5);
    expect(answer.related).toEqual(long('r').slice(0, 2));
    expect(answer.more).toEqual([{ part: 'related', left: 18, expand: 'related@2' }]);
  });

  it('gives an item that no answer has room for by its name, so that whoever expands comes on', () => {
    const items = [
      { id: 'a', title: 'A', text: 'x'.repeat(5_000) },
      { id: 'b', text: 'short' },
    ];
    const answer = cutToBudget(AFTER, [{ name: 'hits', content: items }], { budget: 2_000, expand: undefined });
    expect(answer).toEqual({
      hits: [{ id: 'a', title: 'A', cut: true }],
      more: [{ part: 'hits', left: 1, expand: 'hits@1' }],
      ...AFTER.after,
    });
  });

  it('says so where it is the rest of an earlier one, and has only that part', () => {
    const all: AnswerPart[] = [
      { name: 'governing', content: [{ id: 'a' }] },
      { name: 'related', content: [{ id: 'b' }, { id: 'c' }] },
    ];
    expect(cutToBudget(AFTER, all, { budget: 2_000, expand: { part: 'related', from: 1 } })).toEqual({
      expanded: 'related@1',
      related: [{ id: 'c' }],
      ...AFTER.after,
    });
    expect(() => cutToBudget(AFTER, all, { budget: 2_000, expand: { part: 'hits', from: 1 } })).toThrow(
      new ToolRefusal('`expand`: this answer has no part "hits". It has governing, related.'),
    );
  });

  it('ends a text at a line, and never within a character', () => {
    const text = `${'word '.repeat(300)}\n${'word '.repeat(300)}`;
    expect(cutToBudget(AFTER, [{ name: 'text', content: text }], { budget: 2_000, expand: undefined }).text).toBe(
      `${'word '.repeat(300)}\n`,
    );
    const faces = '😀'.repeat(2_000);
    expect(cutToBudget(AFTER, [{ name: 'text', content: faces }], { budget: 2_001, expand: undefined }).text).toMatch(/^(?:😀)+$/u);
  });
});
