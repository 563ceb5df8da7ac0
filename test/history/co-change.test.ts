import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageFactor, type CoChange, commitWeight } from '../../server/history/co-change.ts';
import { commitHistoryOf, type MadeCommit, shaOf } from '../support/history.ts';

const CODE = 'src/outbox.ts';
const TEST = 'test/outbox.test.ts';
const YEAR = 365.25 * 24 * 3_600_000;

const coChanged = async (commits: readonly MadeCommit[], path = CODE, before?: ReadonlySet<string>): Promise<readonly CoChange[]> =>
  (await commitHistoryOf(commits)).coChanged(path, before);

const pathsOf = (found: readonly CoChange[]): string[] => found.map(({ path }) => path);

describe('files that change together', () => {
  it('are those of the same commits, of all kinds, with how often and when last', async () => {
    const found = await coChanged([
      { message: 'Add the outbox', paths: [CODE, TEST, 'docs/adr/0008-outbox.md'] },
      { message: 'Fix it', paths: [CODE, TEST] },
      { message: 'Another thing', paths: [TEST, 'src/mail.ts'] },
    ]);
    expect(found.map(({ path, commits, newest }) => [path, commits, newest])).toEqual([
      [TEST, 2, shaOf(1)],
      ['docs/adr/0008-outbox.md', 1, shaOf(0)],
    ]);
  });

  it('are none for a file that always changes alone, or that no commit knows', async () => {
    const commits = [{ message: 'Edit', paths: [CODE] }];
    expect(await coChanged(commits)).toEqual([]);
    expect(await coChanged(commits, 'nowhere.ts')).toEqual([]);
  });

  it('weigh more where the commit was smaller', async () => {
    const others = Array.from({ length: 30 }, (_, index) => `src/${index}.ts`);
    const found = await coChanged([
      { message: 'Sweep', paths: [CODE, 'src/swept.ts', ...others], date: '2024-01-01T00:00:00Z' },
      { message: 'One thing', paths: [CODE, TEST], date: '2024-01-01T00:00:00Z' },
    ]);
    expect(found[0]).toEqual({ path: TEST, commits: 1, newest: shaOf(1), weight: 0.5 });
    expect(found.find(({ path }) => path === 'src/swept.ts')?.weight).toBeCloseTo(1 / Math.log2(34), 10);
  });

  it('weigh half as much for every four years', async () => {
    const found = await coChanged([
      { message: 'Long ago', paths: [CODE, 'old.ts'], date: '2016-01-01T00:00:00Z' },
      { message: 'Now', paths: [CODE, TEST], date: '2024-01-01T00:00:00Z' },
    ]);
    expect(pathsOf(found)).toEqual([TEST, 'old.ts']);
    expect((found[1]?.weight ?? 0) / (found[0]?.weight ?? 1)).toBeCloseTo(0.25, 3);
  });

  it('count a merge half and do not count its commits twice', async () => {
    const found = await coChanged([
      { message: 'Fix', paths: [CODE, TEST] },
      { message: 'Merge the fix', paths: [CODE, TEST], merge: true },
    ]);
    expect(found).toMatchObject([{ path: TEST, commits: 1, newest: shaOf(0) }]);
    expect(found[0]?.weight).toBeCloseTo(1.5 / Math.log2(4), 4);
  });

  it('count merges where there is nothing else', async () => {
    const found = await coChanged([{ message: 'Merge pull request #4', paths: [CODE, TEST], merge: true }]);
    expect(found).toMatchObject([{ path: TEST, commits: 1, newest: shaOf(0) }]);
  });

  it('are followed through their renames and those of the file itself, and counted under the names that they have now', async () => {
    const found = await coChanged([
      { message: 'Start', paths: ['lib/send.ts', 'lib/send.spec.ts'] },
      { message: 'Move the test', paths: ['spec/send.ts'], renames: [{ from: 'lib/send.spec.ts', to: 'spec/send.ts' }] },
      {
        message: 'Move both',
        paths: [CODE, TEST],
        renames: [
          { from: 'lib/send.ts', to: CODE },
          { from: 'spec/send.ts', to: TEST },
        ],
      },
      { message: 'Edit', paths: [CODE, TEST] },
      { message: 'Another file with the old name of the test', paths: ['lib/send.spec.ts'] },
    ]);
    expect(found.map(({ path, commits }) => [path, commits])).toEqual([[TEST, 3]]);
  });

  it('keep their last name when they are deleted', async () => {
    const found = await coChanged([
      { message: 'Start', paths: [CODE, 'gone.ts'] },
      { message: 'Delete', paths: ['gone.ts'] },
    ]);
    expect(pathsOf(found)).toEqual(['gone.ts']);
  });

  it('are distinguished when one commit moves a file and puts another in its place', async () => {
    const found = await coChanged([
      { message: 'Start', paths: [CODE, 'a.ts'] },
      { message: 'Move a.ts and write another', paths: [CODE, 'a.ts', 'b.ts'], renames: [{ from: 'a.ts', to: 'b.ts' }] },
    ]);
    expect(Object.fromEntries(found.map(({ path, commits }) => [path, commits]))).toEqual({ 'a.ts': 1, 'b.ts': 2 });
  });

  it('are not those of commits of more than 80 files', async () => {
    const many = Array.from({ length: 80 }, (_, index) => `src/${index}.ts`);
    expect(await coChanged([{ message: 'Reformat', paths: [CODE, ...many] }])).toEqual([]);
  });

  it('can be asked for as of a time, when age is measured from the newest commit of then', async () => {
    const commits: MadeCommit[] = [
      { message: 'Long ago', paths: [CODE, TEST], date: '2016-01-01T00:00:00Z' },
      { message: 'Now', paths: [CODE, 'new.ts'], date: '2024-01-01T00:00:00Z' },
    ];
    expect(await coChanged(commits, CODE, new Set([shaOf(0)]))).toEqual([{ path: TEST, commits: 1, newest: shaOf(0), weight: 0.5 }]);
    expect(await coChanged(commits, CODE, new Set())).toEqual([]);
  });

  it('of equal weight are ordered by path', async () => {
    expect(pathsOf(await coChanged([{ message: 'Start', paths: ['z.ts', CODE, 'a.ts', 'm.ts'] }]))).toEqual(['a.ts', 'm.ts', 'z.ts']);
  });

  it('see each other alike, and never themselves', async () => {
    const path = fc.constantFrom('a.ts', 'b.ts', 'c.ts', 'd.ts');
    const commit = fc.record(
      { message: fc.constant('Edit'), paths: fc.uniqueArray(path, { minLength: 1 }), merge: fc.constant(true as const) },
      {
        requiredKeys: ['message', 'paths'],
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(commit, { maxLength: 12 }), async (commits) => {
        const history = await commitHistoryOf(commits);
        for (const one of ['a.ts', 'b.ts']) {
          const found = history.coChanged(one);
          expect(pathsOf(found)).not.toContain(one);
          for (const { path: other, ...rest } of found)
            expect(history.coChanged(other).find((back) => back.path === one)).toEqual({ path: one, ...rest });
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the weight of a commit', () => {
  it.each([
    [2, false, 0.5],
    [2, true, 0.25],
    [6, false, 1 / 3],
    [14, false, 0.25],
  ])('of %i files, merge %s, is %d', (files, merge, expected) => {
    expect(commitWeight(files, merge)).toBeCloseTo(expected, 10);
  });

  it.each([
    [0, 1],
    [4, 0.5],
    [8, 0.25],
    [-3, 1],
  ])('after %i years is %d of what it was', (years, expected) => {
    expect(ageFactor(years * YEAR)).toBeCloseTo(expected, 10);
  });
});
