import { describe, expect, it } from 'vitest';
import {
  agreement,
  firstShare,
  type JudgedSpec,
  judgedHead,
  judgedLines,
  readJudged,
  scoreJudged,
  type Verdict,
} from '../../bench/selection-judged.ts';
import { groupBy } from '../../server/text/group-by.ts';

const suite = Array.from({ length: 20 }, (_, i) => `spec-${i}.ts`);
const spec = (id: string, rank: number, verdict: Verdict, fields: Partial<JudgedSpec> = {}): JudgedSpec => ({
  id,
  spec: `spec-${rank}.ts`,
  verdict,
  reason: 'opens the page',
  from: ['path'],
  ...fields,
});
const commit = (id: string, changed: readonly string[] = []) => ({ id, ranked: suite, changed });
const micro = (score: ReturnType<typeof scoreJudged>) => score.recall.map((recall) => recall.micro);

describe('a ranking is scored by the specs judged for its commits', () => {
  it('and finds a must-run spec from the share of the suite on in which it stands', () => {
    expect(micro(scoreJudged([spec('a', 1, 'must')], [commit('a')]))).toEqual([1, 1, 1]);
    expect(micro(scoreJudged([spec('a', 2, 'must')], [commit('a')]))).toEqual([0, 1, 1]);
    expect(micro(scoreJudged([spec('a', 4, 'must')], [commit('a')]))).toEqual([0, 0, 1]);
    expect(micro(scoreJudged([spec('a', 6, 'must')], [commit('a')]))).toEqual([0, 0, 0]);
  });

  it('and never a spec that the ranking lacks', () => {
    expect(micro(scoreJudged([spec('a', 99, 'must')], [commit('a')]))).toEqual([0, 0, 0]);
  });

  it('without those that the commit changed, that only should run, or that need not', () => {
    const judged = [spec('a', 0, 'must'), spec('a', 1, 'should'), spec('a', 2, 'no'), spec('a', 19, 'must')];
    const score = scoreJudged(judged, [commit('a', ['spec-0.ts'])]);
    expect(score.mustRun).toBe(1);
    expect(micro(score)).toEqual([0, 0, 0]);
  });

  it('counting each spec alike in micro and each commit that has some alike in macro', () => {
    const judged = [spec('a', 0, 'must'), spec('b', 17, 'must'), spec('b', 18, 'must'), spec('b', 19, 'must'), spec('c', 0, 'no')];
    const score = scoreJudged(judged, [commit('a'), commit('b'), commit('c')]);
    expect(score).toMatchObject({ commits: 3, commitsWithMustRun: 2, mustRun: 4 });
    expect(score.recall[1]).toMatchObject({ share: 0.2, micro: 0.25, macro: 0.5 });
  });

  it('and apart those that none of the lists had, wherever else they come from', () => {
    const judged = [spec('a', 0, 'must'), spec('a', 19, 'must', { from: ['found'] }), spec('a', 1, 'must', { from: ['random', 'path'] })];
    const { beyondLists } = scoreJudged(judged, [commit('a')]);
    expect(beyondLists.mustRun).toBe(1);
    expect(beyondLists.recall.map((recall) => recall.micro)).toEqual([0, 0, 0]);
  });

  it('with the precision of the first ten of those judged, and its bounds by those that nobody judged', () => {
    const judged = [spec('a', 0, 'must'), spec('a', 1, 'should'), spec('a', 2, 'no'), spec('a', 12, 'must')];
    const { precision } = scoreJudged(judged, [commit('a')]);
    expect(precision).toEqual({ ofJudged: 2 / 3, low: 0.2, high: 0.9, judged: 3, places: 10 });
  });

  it('and says which judged commit has no ranking', () => {
    expect(() => scoreJudged([spec('owner__name@1234', 0, 'must')], [])).toThrow('There is no ranking of owner__name@1234.');
  });

  it('and prints what it counted', () => {
    const score = scoreJudged([spec('a', 0, 'must')], [commit('a')]);
    expect(judgedHead(score)).toContain('1 unchanged specs that must run, in 1 of 1 judged commits.');
    expect(judgedLines('text', score).split('\n')).toEqual([
      'text                  1.000 1.000 [1.000, 1.000]1.000 1.000 [1.000, 1.000]1.000 1.000 [1.000, 1.000]1.000 (.100 to 1.000)',
      expect.stringMatching(/^ {2}beyond lists \(0\) /),
    ]);
  });
});

describe('the first share of a suite', () => {
  it.each([
    [1, 0.1, 1],
    [10, 0.3, 3],
    [11, 0.2, 3],
    [0, 0.2, 0],
  ])('of %i specs at %f is %i: rounded up, one at least, and no more than there are', (length, share, first) => {
    expect(firstShare(suite.slice(0, length), share).size).toBe(first);
  });
});

describe('two readings of the same pairs', () => {
  const read = (first: Verdict, second: Verdict): JudgedSpec => spec('a', 0, second, { readings: [first, second] });

  it('agree fully where every verdict is the same', () => {
    expect(agreement([read('must', 'must'), read('no', 'no'), spec('a', 1, 'no')])).toEqual({ pairs: 2, share: 1, kappa: 1 });
  });

  it('agree no better than by chance where kappa is 0', () => {
    const { share, kappa } = agreement([read('must', 'must'), read('must', 'no'), read('no', 'must'), read('no', 'no')]);
    expect([share, kappa]).toEqual([0.5, 0]);
  });
});

describe('the sheet of judged specs', () => {
  const judged = readJudged();
  const commits = groupBy(judged, ({ id }) => id);

  it('has eleven drawn specs of each of 60 commits, one of them changed by the commit, and at most three found beside them', () => {
    expect(commits.size).toBe(60);
    for (const specs of commits.values()) {
      const found = specs.filter(({ from }) => from.includes('found'));
      expect(specs.length - found.length).toBe(11);
      expect(found.length).toBeLessThanOrEqual(3);
      expect(specs.filter(({ from }) => from.includes('control'))).toHaveLength(1);
      expect(new Set(specs.map((each) => each.spec)).size).toBe(specs.length);
    }
  });

  it('has a reason and an origin for each, a kind exactly where something joins diff and spec, and the later verdict where it was read twice', () => {
    for (const { verdict, kind, reason, from, readings } of judged) {
      expect(reason.trim()).not.toBe('');
      expect(from.length).toBeGreaterThan(0);
      expect(kind === undefined).toBe(verdict === 'no');
      if (readings) expect(readings[1]).toBe(verdict);
    }
    expect(judged.filter(({ readings }) => readings)).toHaveLength(60);
  });
});
