import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordCommitsKeeper } from '../../server/register/record-commits.ts';
import { treeOf } from '../../server/workspace/tree.ts';
import { catalogueWith, logOf, type MadeCommit, recordCommitsIn, shaOf } from '../support/history.ts';

const KAFKA = 'docs/adr/0007-use-kafka.md';
const OUTBOX = 'docs/adr/0008-transactional-outbox.md';
const RECORDS = { [KAFKA]: 'Use Kafka', [OUTBOX]: 'Write events to an outbox first' };
const CODE = 'src/outbox.ts';

describe('the history of a file', () => {
  it('is the commits that cite a record in their message, newest first', async () => {
    const history = await recordCommitsIn({
      records: RECORDS,
      commits: [
        { message: 'Add the outbox\n\nAs ADR-0008 says.', paths: [CODE, 'src/a.ts'] },
        { message: 'Tidy', paths: [CODE] },
        { message: 'Send events (ADR 7)', paths: [CODE] },
        { message: 'ADR-7 elsewhere', paths: ['src/other.ts'] },
      ],
    });
    expect(history.touching(CODE).map(({ sha, cited, changed, files }) => ({ sha, cited, changed, files }))).toEqual([
      { sha: shaOf(2), cited: [KAFKA], changed: [], files: 1 },
      { sha: shaOf(0), cited: [OUTBOX], changed: [], files: 2 },
    ]);
  });

  it('holds the commits that changed a record with it', async () => {
    const history = await recordCommitsIn({ records: RECORDS, commits: [{ message: 'Start', paths: [CODE, KAFKA, OUTBOX] }] });
    expect(history.touching(CODE)).toMatchObject([{ cited: [], changed: [KAFKA, OUTBOX], merge: false }]);
  });

  it('reads trailers, numbers alone too', async () => {
    const commits = ['Decision: 0007', 'ADR: 7', 'Decision: #7, 0008', `Refs: ${KAFKA}`, 'Refs: #7', 'Records-kept: 7'].map(
      (trailer): MadeCommit => ({ message: `Edit\n\n${trailer}`, paths: [CODE] }),
    );
    const history = await recordCommitsIn({ records: RECORDS, commits });
    expect(history.touching(CODE).map(({ sha, cited }) => [sha, cited])).toEqual([
      [shaOf(3), [KAFKA]],
      [shaOf(2), [KAFKA, OUTBOX]],
      [shaOf(1), [KAFKA]],
      [shaOf(0), [KAFKA]],
    ]);
  });

  it('takes a number for the record of the folder that the commit worked in, and for none where it cannot tell', async () => {
    const records = { 'services/a/docs/adr/0001-x.md': 'X of a', 'services/b/docs/adr/0001-y.md': 'Y of b' };
    const history = await recordCommitsIn({
      records,
      commits: [
        { message: 'ADR-1', paths: ['services/b/src/x.ts', 'services/b/src/y.ts'] },
        { message: 'ADR-1', paths: ['services/a/src/x.ts', 'services/b/src/y.ts'] },
      ],
    });
    expect(history.touching('services/b/src/y.ts').map(({ sha, cited }) => [sha, cited])).toEqual([
      [shaOf(0), ['services/b/docs/adr/0001-y.md']],
    ]);
  });

  it('goes on behind renames of the code and of the record', async () => {
    const history = await recordCommitsIn({
      records: RECORDS,
      files: [CODE],
      commits: [
        { message: 'Start', paths: ['lib/send.ts', 'decisions/7.md'] },
        { message: 'Move the code', paths: [CODE], renames: [{ from: 'lib/send.ts', to: CODE }] },
        { message: 'Move the record', paths: [KAFKA], renames: [{ from: 'decisions/7.md', to: KAFKA }] },
        { message: 'Another file takes the name', paths: ['lib/send.ts', OUTBOX] },
      ],
    });
    expect(history.touching(CODE).map(({ sha, changed }) => [sha, changed])).toEqual([[shaOf(0), [KAFKA]]]);
    expect(history.renamed('decisions/7.md')).toBe(KAFKA);
    expect(history.renamed('lib/send.ts')).toBe(CODE);
    expect(history.renamed(KAFKA)).toBeUndefined();
    expect(history.history.formerPaths(KAFKA)).toEqual(['decisions/7.md']);
  });

  it('leaves out commits of more than 80 files', async () => {
    const many = Array.from({ length: 80 }, (_, index) => `src/${index}.ts`);
    const history = await recordCommitsIn({
      records: RECORDS,
      commits: [
        { message: 'Reformat ADR-7', paths: [CODE, ...many] },
        { message: 'Edit ADR-7', paths: [CODE, ...many.slice(1)] },
      ],
    });
    expect(history.touching(CODE).map(({ sha, files }) => [sha, files])).toEqual([[shaOf(1), 80]]);
  });

  it('is bounded by the commits that count', async () => {
    const commits = ['one', 'two', 'three'].map((word): MadeCommit => ({ message: `${word} ADR-7`, paths: [CODE] }));
    const history = await recordCommitsIn({ records: RECORDS, commits });
    const before = new Set([shaOf(0), shaOf(1)]);
    expect(history.touching(CODE, before).map(({ sha }) => sha)).toEqual([shaOf(1), shaOf(0)]);
    expect(history.touching(CODE, new Set())).toEqual([]);
    expect(history.history.newest()).toBe(Date.UTC(2024, 0, 1, 2));
    expect(history.history.newest(before)).toBe(Date.UTC(2024, 0, 1, 1));
    expect(history.history.newest(new Set())).toBe(0);
  });

  it('says what a commit says that the index does not hold', async () => {
    const history = await recordCommitsIn({ records: RECORDS, commits: [{ message: 'ADR-7', paths: [CODE] }] });
    const unknown = 'f'.repeat(40);
    expect(history.statementOf(unknown, 'Amended, see ADR-8', [CODE, KAFKA])).toEqual({ cited: [OUTBOX], changed: [KAFKA] });
    expect(history.statementOf(shaOf(0), 'not looked at', [])).toEqual({ cited: [KAFKA], changed: [] });
  });

  it('does not throw on dates that nobody can read', async () => {
    const commits = [
      { message: 'ADR-7', paths: [CODE], date: '' },
      { message: 'ADR-8', paths: [CODE], date: 'yesterday' },
    ];
    const history = await recordCommitsIn({ records: RECORDS, commits });
    expect(history.touching(CODE).map(({ sha, time }) => [sha, time])).toEqual([
      [shaOf(0), 0],
      [shaOf(1), 0],
    ]);
  });
});

describe('keeping the history', () => {
  const context = (records: Readonly<Record<string, string>> = RECORDS) => ({ catalogue: catalogueWith(records), tree: treeOf([CODE]) });

  it('reads nothing again when a record was saved that keeps its names', async () => {
    const keeper = new RecordCommitsKeeper();
    const log = logOf([{ message: 'ADR-7', paths: [CODE] }]);
    const first = await keeper.refresh(log, context());
    expect(await keeper.refresh(log, context())).toBe(first);
    expect(log.reads()).toBe(1);
  });

  it('resolves citations anew when a record is added, renamed or removed', async () => {
    const keeper = new RecordCommitsKeeper();
    const log = logOf([
      { message: 'ADR-7', paths: [CODE] },
      { message: 'ADR-9', paths: [CODE] },
    ]);
    await keeper.refresh(log, context());
    const added = await keeper.refresh(log, context({ ...RECORDS, 'docs/adr/0009-new.md': 'New' }));
    expect(added.touching(CODE).map(({ cited }) => cited)).toEqual([['docs/adr/0009-new.md'], [KAFKA]]);
    const removed = await keeper.refresh(log, context({ [OUTBOX]: 'Write events to an outbox first' }));
    expect(removed.touching(CODE)).toEqual([]);
  });

  it('takes commits in and lets others go, as if it were made anew', async () => {
    const letters = fc.constantFrom('Edit', 'ADR-7', 'See ADR-0008', 'Decision: 7');
    const commit = fc.record({ message: letters, paths: fc.uniqueArray(fc.constantFrom(CODE, KAFKA, OUTBOX, 'b.ts'), { minLength: 1 }) });
    const pool = fc.array(commit, { minLength: 1, maxLength: 10 });
    const states = fc.array(fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(pool, states, async (commits, chosen) => {
        const keeper = new RecordCommitsKeeper();
        for (const present of chosen) {
          const state = logOf(commits, (index) => present[index] === true);
          const kept = await keeper.refresh(state, context());
          const made = await new RecordCommitsKeeper().refresh(state, context());
          for (const path of [CODE, KAFKA, 'b.ts']) expect(kept.touching(path)).toEqual(made.touching(path));
          expect(kept.history.newest()).toBe(made.history.newest());
        }
      }),
      { numRuns: 60 },
    );
  });
});
