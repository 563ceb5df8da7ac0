import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CommitHistory } from '../../server/history/commit-history.ts';
import { commitHistoryOf, logOf, type MadeCommit, shaOf } from '../support/history.ts';

const CODE = 'src/outbox.ts';
const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `generated/${index}.ts`);

const shasOf = (commits: readonly { readonly sha: string }[]): number[] => commits.map(({ sha }) => Number.parseInt(sha.slice(0, 7), 16));

describe('the commits of a file', () => {
  it('are those that changed it, newest first, whether they mention records or not', async () => {
    const history = await commitHistoryOf([
      { message: 'Start', paths: [CODE, 'README.md'] },
      { message: 'Elsewhere', paths: ['README.md'] },
      { message: 'Edit', paths: [CODE] },
    ]);
    expect(shasOf(history.touching(CODE))).toEqual([2, 0]);
    expect(shasOf(history.touching('README.md'))).toEqual([1, 0]);
    expect(history.touching('nowhere.ts')).toEqual([]);
  });

  it('say their date, their files, and whether they are merges', async () => {
    const history = await commitHistoryOf([{ message: 'Merge', paths: [CODE, 'a.ts'], merge: true, date: '2024-05-06T07:08:09Z' }]);
    expect(history.commit(shaOf(0))).toEqual({
      sha: shaOf(0),
      date: '2024-05-06T07:08:09Z',
      time: Date.UTC(2024, 4, 6, 7, 8, 9),
      merge: true,
      paths: [CODE, 'a.ts'],
    });
  });

  it('include those of its earlier names, but not those of another file that had such a name before or took it later', async () => {
    const history = await commitHistoryOf([
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
    const history = await commitHistoryOf([{ message: 'Reformat', paths: [CODE, ...many(files - 1)] }]);
    expect(history.touching(CODE).length).toBe(kept ? 1 : 0);
    expect(history.commit(shaOf(0)) !== undefined).toBe(kept);
  });

  it('leave out commits without files, such as empty ones', async () => {
    const history = await commitHistoryOf([{ message: 'Trigger the build', paths: [] }]);
    expect([...history.commits()]).toEqual([]);
    expect(history.newest()).toBe(Date.UTC(2024, 0, 1));
  });

  it('of the same time are ordered by sha', async () => {
    const date = '2024-01-01T00:00:00Z';
    const commits = [3, 1, 2].map((): MadeCommit => ({ message: 'Edit', paths: [CODE], date }));
    expect(shasOf((await commitHistoryOf(commits)).touching(CODE))).toEqual([0, 1, 2]);
  });

  it('can be bounded by the commits that were there at a time', async () => {
    const history = await commitHistoryOf(['one', 'two', 'three'].map((message): MadeCommit => ({ message, paths: [CODE] })));
    expect(shasOf(history.touching(CODE, new Set([shaOf(0), shaOf(1)])))).toEqual([1, 0]);
    expect(history.touching(CODE, new Set())).toEqual([]);
  });
});

describe('the time from which age is measured', () => {
  it('is that of the newest commit, even one of too many files', async () => {
    const history = await commitHistoryOf([
      { message: 'Edit', paths: [CODE] },
      { message: 'Reformat', paths: many(200) },
    ]);
    expect(history.newest()).toBe(Date.UTC(2024, 0, 1, 1));
  });

  it('is that of the newest commit that counts, and 0 where none does', async () => {
    const history = await commitHistoryOf(['one', 'two', 'three'].map((message): MadeCommit => ({ message, paths: [CODE] })));
    const before = new Set([shaOf(0), shaOf(1)]);
    expect(history.newest(before)).toBe(Date.UTC(2024, 0, 1, 1));
    expect(history.newest(before)).toBe(Date.UTC(2024, 0, 1, 1));
    expect(history.newest(new Set(['f'.repeat(40)]))).toBe(0);
    expect(CommitHistory.empty().newest()).toBe(0);
  });
});

describe('the history of a later log', () => {
  it('keeps the commits that it knows already, and the history before it stays as it was', async () => {
    const log = logOf([
      { message: 'One', paths: [CODE] },
      { message: 'Two', paths: [CODE] },
    ]);
    const rows = await log.read();
    const first = await CommitHistory.empty().next(log, rows.slice(0, 1));
    const second = await first.next(log, rows);
    expect(second.commit(shaOf(0))).toBe(first.commit(shaOf(0)));
    expect([shasOf(first.touching(CODE)), shasOf(second.touching(CODE))]).toEqual([[0], [1, 0]]);
  });

  it('is the one that reading the whole log from the start would give, whatever was added and removed', async () => {
    const path = fc.constantFrom(CODE, 'a.ts', 'b.ts', 'c.ts');
    const commit = fc.record({
      message: fc.constant('Edit'),
      paths: fc.uniqueArray(path, { maxLength: 3 }),
      renames: fc.array(fc.record({ from: path, to: path }), { maxLength: 1 }),
    });
    const states = fc.array(fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(commit, { minLength: 1, maxLength: 8 }), states, async (commits, chosen) => {
        const log = logOf(commits);
        const rows = await log.read();
        let updated = CommitHistory.empty();
        for (const present of chosen) {
          const state = rows.filter((_, at) => present[at]);
          updated = await updated.next(log, state);
          const fresh = await CommitHistory.empty().next(log, state);
          expect([...updated.commits()]).toEqual([...fresh.commits()]);
          expect(updated.newest()).toBe(fresh.newest());
          for (const file of [CODE, 'a.ts']) {
            expect(updated.touching(file)).toEqual(fresh.touching(file));
            expect(updated.coChanged(file)).toEqual(fresh.coChanged(file));
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
