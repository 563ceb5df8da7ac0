import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CommitHistory } from '../../server/history/commit-history.ts';
import { commitHistoryOf, logOf, type MadeCommit, shaOf } from '../support/history.ts';

const CODE = 'src/outbox.ts';
const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `generated/${index}.ts`);

const shasOf = (commits: readonly { readonly sha: string }[]): number[] => commits.map(({ sha }) => Number.parseInt(sha.slice(0, 7), 16));

describe('the commits of a file', () => {
  it('are those that changed it, newest first, whether they mention records or not', async () => {
    const history = commitHistoryOf([
      { message: 'Start', paths: [CODE, 'README.md'] },
      { message: 'Elsewhere', paths: ['README.md'] },
      { message: 'Edit', paths: [CODE] },
    ]);
    expect(shasOf(history.touching(CODE))).toEqual([2, 0]);
    expect(shasOf(history.touching('README.md'))).toEqual([1, 0]);
    expect(history.touching('nowhere.ts')).toEqual([]);
  });

  it('say their date, their files, and whether they are merges', async () => {
    const history = commitHistoryOf([{ message: 'Merge', paths: [CODE, 'a.ts'], merge: true, date: '2024-05-06T07:08:09Z' }]);
    expect(history.commit(shaOf(0))).toEqual({
      sha: shaOf(0),
      date: '2024-05-06T07:08:09Z',
      time: Date.UTC(2024, 4, 6, 7, 8, 9),
      merge: true,
      paths: [CODE, 'a.ts'],
    });
  });

  it('include those of its earlier names, but not those of another file that had such a name before or took it later', async () => {
    const history = commitHistoryOf([
      { message: 'Another file called send.ts', paths: ['lib/send.ts'] },
      { message: 'It moves away', paths: ['lib/mail.ts'], renames: [{ from: 'lib/send.ts', to: 'lib/mail.ts' }] },
      { message: 'Ours arrives', paths: ['lib/send.ts'], renames: [{ from: 'lib/queue.ts', to: 'lib/send.ts' }] },
      { message: 'Edit', paths: ['lib/send.ts'] },
      { message: 'Ours moves', paths: [CODE], renames: [{ from: 'lib/send.ts', to: CODE }] },
      { message: 'The name is used again', paths: ['lib/send.ts'] },
    ]);
    expect(shasOf(history.touching(CODE))).toEqual([4, 3, 2]);
    expect(history.formerPaths(CODE)).toEqual(['lib/send.ts', 'lib/queue.ts']);
    expect(shasOf(history.touching('lib/mail.ts'))).toEqual([1, 0]);
    expect(history.renamed('lib/queue.ts', (path) => path === CODE)).toBe(CODE);
    expect(history.renamed('lib/queue.ts', () => false)).toBeUndefined();
  });

  it.each([
    [80, true],
    [81, false],
  ])('with %i files in a commit: kept is %s', async (files, kept) => {
    const history = commitHistoryOf([{ message: 'Reformat', paths: [CODE, ...many(files - 1)] }]);
    expect(history.touching(CODE).length).toBe(kept ? 1 : 0);
    expect(history.commit(shaOf(0)) !== undefined).toBe(kept);
  });

  it('leave out commits without files, such as empty ones', async () => {
    const history = commitHistoryOf([{ message: 'Trigger the build', paths: [] }]);
    expect(history.commit(shaOf(0))).toBeUndefined();
    expect(history.newest()).toBe(Date.UTC(2024, 0, 1));
  });

  it('of the same time are ordered by sha', async () => {
    const date = '2024-01-01T00:00:00Z';
    const commits = [3, 1, 2].map((): MadeCommit => ({ message: 'Edit', paths: [CODE], date }));
    expect(shasOf(commitHistoryOf(commits).touching(CODE))).toEqual([0, 1, 2]);
  });

  it('can be bounded by the commits that were there at a time', async () => {
    const history = commitHistoryOf(['one', 'two', 'three'].map((message): MadeCommit => ({ message, paths: [CODE] })));
    expect(shasOf(history.touching(CODE, new Set([shaOf(0), shaOf(1)])))).toEqual([1, 0]);
    expect(history.touching(CODE, new Set())).toEqual([]);
  });
});

describe('the time from which age is measured', () => {
  it('is that of the newest commit, even one of too many files', async () => {
    const history = commitHistoryOf([
      { message: 'Edit', paths: [CODE] },
      { message: 'Reformat', paths: many(200) },
    ]);
    expect(history.newest()).toBe(Date.UTC(2024, 0, 1, 1));
  });

  it('is that of the newest commit that counts, and 0 where none does', async () => {
    const history = commitHistoryOf(['one', 'two', 'three'].map((message): MadeCommit => ({ message, paths: [CODE] })));
    const before = new Set([shaOf(0), shaOf(1)]);
    expect(history.newest(before)).toBe(Date.UTC(2024, 0, 1, 1));
    expect(history.newest(before)).toBe(Date.UTC(2024, 0, 1, 1));
    expect(history.newest(new Set(['f'.repeat(40)]))).toBe(0);
    expect(CommitHistory.empty().newest()).toBe(0);
  });
});

describe('the history of some of the commits', () => {
  it('is the one of a repository that has no others', () => {
    const path = fc.constantFrom(CODE, 'a.ts', 'b.ts', 'c.ts');
    const commit = fc.record({
      message: fc.constant('Edit'),
      paths: fc.uniqueArray(path, { maxLength: 3 }),
      renames: fc.array(fc.record({ from: path, to: path }), { maxLength: 1 }),
    });
    fc.assert(
      fc.property(fc.array(commit, { minLength: 1, maxLength: 8 }), fc.nat(8), (commits, cut) => {
        const some = new CommitHistory(logOf(commits, (index) => index < cut).facts);
        const alone = commitHistoryOf(commits.slice(0, cut));
        expect(some.newest()).toBe(alone.newest());
        for (const file of [CODE, 'a.ts']) {
          expect(some.touching(file)).toEqual(alone.touching(file));
          expect(some.coChanged(file)).toEqual(alone.coChanged(file));
        }
      }),
    );
  });
});
