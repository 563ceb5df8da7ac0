import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factOf } from '../../server/retrieval/commit-facts.ts';
import { commitWords, statisticsOf } from '../../server/retrieval/rank-commits.ts';
import { unitsScore } from '../../server/retrieval/rank-records.ts';
import { SegmentBuilder } from '../../server/store/commits/builder.ts';
import { factsInMemory } from '../../server/store/commits/facts.ts';

const word = fc.constantFrom('queue', 'retry', 'order', '|', '', 'price');

describe('statistics of commits', () => {
  it('count each word once for each commit, and paths as .3 of a word', () => {
    fc.assert(
      fc.property(fc.array(fc.array(word, { maxLength: 12 }), { maxLength: 80 }), (commits) => {
        const rows = commits.map((words) => words.join(' '));
        const builder = new SegmentBuilder();
        rows.forEach((words, index) => {
          builder.add(factOf({ sha: `${index}`, date: '', paths: '', text: '', words }, {}));
        });
        const { frequency, averageLength, averageChanged, total } = statisticsOf(factsInMemory(builder, 'key'));
        const split = rows.map(commitWords);
        const distinct = split.map(({ message, paths, changed }) => new Set([...message, ...paths, ...changed]));
        for (const each of ['queue', 'retry', 'order', '|', 'price', 'absent'])
          expect(frequency(each)).toBe(distinct.filter((words) => words.has(each)).length);
        const length = split.reduce((sum, { message, paths }) => sum + message.length + 0.3 * paths.length, 0);
        expect(averageLength).toBeCloseTo(length / (rows.length || 1), 9);
        expect(averageChanged).toBeCloseTo(split.reduce((sum, { changed }) => sum + changed.length, 0) / (rows.length || 1), 9);
        expect(total).toBe(rows.length);
      }),
    );
  });
});

describe('the score of a document', () => {
  it('is that of its four best sections, each next one counting .4 of the one before', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 50, noNaN: true }), { maxLength: 12 }), fc.nat(3), (scores, extra) => {
        const units = [...scores.keys(), ...Array.from({ length: extra }, (_, index) => scores.length + index)];
        const best = [...scores, ...Array.from({ length: extra }, () => 0)].sort((a, b) => b - a).slice(0, 4);
        const sum = best.reduce((total, score, rank) => total + score * 0.4 ** rank, 0);
        expect(unitsScore(units, scores)).toBe(sum);
      }),
    );
  });
});
