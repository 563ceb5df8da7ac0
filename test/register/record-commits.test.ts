import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedTogether, recordHistories, saturate } from '../../server/decisions/governing/changed-together.ts';
import { findCitations } from '../../server/register/citations/citations.ts';
import { messageReader } from '../../server/register/citations/messages.ts';
import { RecordCommitsKeeper } from '../../server/register/record-commits.ts';
import { treeOf } from '../../server/workspace/tree.ts';
import { historyOf, logOf, type MadeCommit, recordsOf, shaOf } from '../support/history.ts';

const KAFKA = 'docs/adr/0007-use-kafka.md';
const OUTBOX = 'docs/adr/0008-transactional-outbox.md';
const RECORDS = { [KAFKA]: 'Use Kafka', [OUTBOX]: 'Write events to an outbox first' };
const CODE = 'src/outbox.ts';

describe('the history of a file', () => {
  it('is the commits that cite a record in their message, newest first', async () => {
    const history = await historyOf({
      records: RECORDS,
      commits: [
        { message: 'Add the outbox\n\nAs ADR-0008 says.', paths: [CODE, 'src/a.ts'] },
        { message: 'Tidy', paths: [CODE] },
        { message: 'Send events (ADR 7)', paths: [CODE] },
        { message: 'ADR-7 elsewhere', paths: ['src/other.ts'] },
      ],
    });
    expect(history.of(CODE).map(({ sha, cited, changed, files }) => ({ sha, cited, changed, files }))).toEqual([
      { sha: shaOf(2), cited: [KAFKA], changed: [], files: 1 },
      { sha: shaOf(0), cited: [OUTBOX], changed: [], files: 2 },
    ]);
  });

  it('holds the commits that changed a record with it', async () => {
    const history = await historyOf({ records: RECORDS, commits: [{ message: 'Start', paths: [CODE, KAFKA, OUTBOX] }] });
    expect(history.of(CODE)).toMatchObject([{ cited: [], changed: [KAFKA, OUTBOX], merge: false }]);
  });

  it('reads trailers, numbers alone too', async () => {
    const commits = ['Decision: 0007', 'ADR: 7', 'Decision: #7, 0008', `Refs: ${KAFKA}`, 'Refs: #7', 'Records-kept: 7'].map(
      (trailer): MadeCommit => ({ message: `Edit\n\n${trailer}`, paths: [CODE] }),
    );
    const history = await historyOf({ records: RECORDS, commits });
    expect(history.of(CODE).map(({ sha, cited }) => [sha, cited])).toEqual([
      [shaOf(3), [KAFKA]],
      [shaOf(2), [KAFKA, OUTBOX]],
      [shaOf(1), [KAFKA]],
      [shaOf(0), [KAFKA]],
    ]);
  });

  it('takes a number for the record of the folder that the commit worked in, and for none where it cannot tell', async () => {
    const records = { 'services/a/docs/adr/0001-x.md': 'X of a', 'services/b/docs/adr/0001-y.md': 'Y of b' };
    const history = await historyOf({
      records,
      commits: [
        { message: 'ADR-1', paths: ['services/b/src/x.ts', 'services/b/src/y.ts'] },
        { message: 'ADR-1', paths: ['services/a/src/x.ts', 'services/b/src/y.ts'] },
      ],
    });
    expect(history.of('services/b/src/y.ts').map(({ sha, cited }) => [sha, cited])).toEqual([
      [shaOf(0), ['services/b/docs/adr/0001-y.md']],
    ]);
  });

  it('goes on behind renames of the code and of the record', async () => {
    const history = await historyOf({
      records: RECORDS,
      files: [CODE],
      commits: [
        { message: 'Start', paths: ['lib/send.ts', 'decisions/7.md'] },
        { message: 'Move the code', paths: [CODE], renames: [{ from: 'lib/send.ts', to: CODE }] },
        { message: 'Move the record', paths: [KAFKA], renames: [{ from: 'decisions/7.md', to: KAFKA }] },
        { message: 'Another file takes the name', paths: ['lib/send.ts', OUTBOX] },
      ],
    });
    expect(history.of(CODE).map(({ sha, changed }) => [sha, changed])).toEqual([[shaOf(0), [KAFKA]]]);
    expect(history.renamed('decisions/7.md')).toBe(KAFKA);
    expect(history.renamed('lib/send.ts')).toBe(CODE);
    expect(history.renamed(KAFKA)).toBeUndefined();
    expect(history.formerPaths(KAFKA)).toEqual(['decisions/7.md']);
  });

  it('leaves out commits of more than 80 files', async () => {
    const many = Array.from({ length: 80 }, (_, index) => `src/${index}.ts`);
    const history = await historyOf({
      records: RECORDS,
      commits: [
        { message: 'Reformat ADR-7', paths: [CODE, ...many] },
        { message: 'Edit ADR-7', paths: [CODE, ...many.slice(1)] },
      ],
    });
    expect(history.of(CODE).map(({ sha, files }) => [sha, files])).toEqual([[shaOf(1), 80]]);
  });

  it('is bounded by the commits that count', async () => {
    const commits = ['one', 'two', 'three'].map((word): MadeCommit => ({ message: `${word} ADR-7`, paths: [CODE] }));
    const history = await historyOf({ records: RECORDS, commits });
    const before = new Set([shaOf(0), shaOf(1)]);
    expect(history.of(CODE, before).map(({ sha }) => sha)).toEqual([shaOf(1), shaOf(0)]);
    expect(history.of(CODE, new Set())).toEqual([]);
    expect(history.newest()).toBe(Date.UTC(2024, 0, 1, 2));
    expect(history.newest(before)).toBe(Date.UTC(2024, 0, 1, 1));
    expect(history.newest(new Set())).toBe(0);
  });

  it('says what a commit says that the index does not hold', async () => {
    const history = await historyOf({ records: RECORDS, commits: [{ message: 'ADR-7', paths: [CODE] }] });
    const unknown = 'f'.repeat(40);
    expect(history.saying(unknown, 'Amended, see ADR-8', [CODE, KAFKA])).toEqual({ cited: [OUTBOX], changed: [KAFKA] });
    expect(history.saying(shaOf(0), 'not looked at', [])).toEqual({ cited: [KAFKA], changed: [] });
  });

  it('does not throw on dates that nobody can read', async () => {
    const commits = [
      { message: 'ADR-7', paths: [CODE], date: '' },
      { message: 'ADR-8', paths: [CODE], date: 'yesterday' },
    ];
    const history = await historyOf({ records: RECORDS, commits });
    expect(history.of(CODE).map(({ sha, time }) => [sha, time])).toEqual([
      [shaOf(0), 0],
      [shaOf(1), 0],
    ]);
  });
});

describe('keeping the history', () => {
  const context = (records: Readonly<Record<string, string>> = RECORDS) => ({ catalogue: recordsOf(records), tree: treeOf([CODE]) });

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
    expect(added.of(CODE).map(({ cited }) => cited)).toEqual([['docs/adr/0009-new.md'], [KAFKA]]);
    const removed = await keeper.refresh(log, context({ [OUTBOX]: 'Write events to an outbox first' }));
    expect(removed.of(CODE)).toEqual([]);
  });

  it('takes commits in and lets others go, as if it were made anew', async () => {
    const letters = fc.constantFrom('Edit', 'ADR-7', 'See ADR-0008', 'Decision: 7');
    const commit = fc.record({ message: letters, paths: fc.uniqueArray(fc.constantFrom(CODE, KAFKA, OUTBOX, 'b.ts'), { minLength: 1 }) });
    const pool = fc.array(commit, { minLength: 1, maxLength: 10 });
    const states = fc.array(fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(pool, states, async (commits, chosen) => {
        const whole = logOf(commits);
        const rows = await whole.read();
        const keeper = new RecordCommitsKeeper();
        for (const [index, present] of chosen.entries()) {
          const state = { ...whole, key: `state ${index}`, read: () => Promise.resolve(rows.filter((_, at) => present[at])) };
          const kept = await keeper.refresh(state, context());
          const made = await new RecordCommitsKeeper().refresh(state, context());
          for (const path of [CODE, KAFKA, 'b.ts']) expect(kept.of(path)).toEqual(made.of(path));
          expect(kept.newest()).toBe(made.newest());
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('what history says of a record', () => {
  it('weighs a citing commit by one over the logarithm of its files, and a merge half', async () => {
    const history = await historyOf({
      records: RECORDS,
      commits: [
        { message: 'ADR-7', paths: [CODE, 'a.ts'] },
        { message: 'Merge: ADR-7', paths: [CODE, 'a.ts'], merge: true },
      ],
    });
    const { cited, changed } = recordHistories(history, CODE).get(KAFKA) ?? { cited: 0, changed: 0 };
    expect(cited).toBeCloseTo(1.5 / Math.log2(4), 10);
    expect(changed).toBe(0);
  });

  it('halves the weight of a common change for every four years', async () => {
    const history = await historyOf({
      records: RECORDS,
      commits: [
        { message: 'Start', paths: [CODE, KAFKA], date: '2016-01-01T00:00:00Z' },
        { message: 'Edit', paths: [CODE, OUTBOX], date: '2024-01-01T00:00:00Z' },
      ],
    });
    const said = recordHistories(history, CODE);
    expect((said.get(KAFKA)?.changed ?? 0) / (said.get(OUTBOX)?.changed ?? 1)).toBeCloseTo(0.25, 3);
  });

  it('fades where a record was changed with every file', async () => {
    const others = Array.from({ length: 60 }, (_, index) => `src/${index}.ts`);
    const history = await historyOf({
      records: RECORDS,
      commits: [
        { message: 'Everything', paths: [CODE, KAFKA, ...others] },
        { message: 'One thing', paths: [CODE, OUTBOX] },
      ],
    });
    const said = recordHistories(history, CODE);
    expect(said.get(OUTBOX)?.changed ?? 0).toBeGreaterThan(2 * (said.get(KAFKA)?.changed ?? 0));
  });

  it('says how many commits they were written together in, merges not counted twice', async () => {
    const commits: MadeCommit[] = [
      { message: 'One', paths: [CODE, KAFKA] },
      { message: 'Two, ADR-8', paths: [CODE, KAFKA] },
      { message: 'Merge', paths: [CODE, KAFKA], merge: true },
    ];
    const said = recordHistories(await historyOf({ records: RECORDS, commits }), CODE);
    const kafka = said.get(KAFKA);
    const outbox = said.get(OUTBOX);
    expect(kafka && changedTogether(kafka)).toMatchObject([
      { kind: 'changed-together', sha: shaOf(1), commits: 2, explanation: `written together in 2 commits, last ${shaOf(1).slice(0, 7)}` },
    ]);
    expect(outbox && changedTogether(outbox)).toMatchObject([
      { sha: shaOf(1), commits: 1, explanation: `cited by commit ${shaOf(1).slice(0, 7)}, which changed this file` },
    ]);
  });

  it('falls back on the merge where the record came with it alone', async () => {
    const commits: MadeCommit[] = [{ message: 'Merge pull request #4', paths: [CODE, KAFKA], merge: true }];
    const kafka = recordHistories(await historyOf({ records: RECORDS, commits }), CODE).get(KAFKA);
    expect(kafka && changedTogether(kafka)).toMatchObject([
      { sha: shaOf(0), explanation: `written together in commit ${shaOf(0).slice(0, 7)}` },
    ]);
  });

  it('is never a record about itself, and never enough to govern alone', async () => {
    const commits = Array.from({ length: 500 }, (): MadeCommit => ({ message: 'ADR-8', paths: [KAFKA, OUTBOX] }));
    const said = recordHistories(await historyOf({ records: RECORDS, commits }), KAFKA);
    expect([...said.keys()]).toEqual([OUTBOX]);
    for (const record of said.values()) for (const { weight } of changedTogether(record)) expect(weight).toBeLessThan(0.5);
    expect(saturate(0)).toBe(0);
  });
});

describe('looking for citations in messages', () => {
  const catalogue = recordsOf({
    ...RECORDS,
    'rfcs/0012-retry_with_backoff.md': 'Retry with backoff and jitter',
    'docs/decisions/2021-06-05-outbox-in-postgres/README.md': 'Outbox in Postgres',
  });
  const reader = messageReader(catalogue);

  it('passes over no message that cites a record', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'ADR',
        'adr-7',
        'ADRs 7/8',
        'decision',
        'see decision 7',
        'RFC 12',
        '\n',
        '\n\n',
        ':',
        '#7',
        '0007',
        '(',
        'Decision: 7',
      ),
      fc.constantFrom(
        'use-kafka',
        '0008-transactional-outbox',
        'retry_with_backoff',
        'Retry-With-Backoff',
        'outbox-in-postgres',
        KAFKA,
        'README.md',
      ),
      fc.constantFrom('Retry', 'with', 'backoff', 'and', 'jitter', 'Write', 'events', 'to', 'an', 'outbox', 'first', 'kafka'),
      fc.string({ maxLength: 6 }),
    );
    const message = fc
      .array(fc.tuple(word, fc.constantFrom(' ', '-', '', '\n', ': ')), { maxLength: 14 })
      .map((parts) => parts.flat().join(''));
    fc.assert(
      fc.property(message, (text) => {
        const found = findCitations(text, catalogue, '').filter(({ targets }) => targets.length > 0);
        if (found.length > 0) expect([text, reader.mayCite(text)]).toEqual([text, true]);
      }),
      { numRuns: 3_000 },
    );
  });

  it('looks closely at few others', () => {
    const idle = [
      'Fix a typo',
      'Bump lodash from 4.17.20 to 4.17.21',
      'Write tests',
      'Add a record of payments',
      'Use Kafka streams',
      're-enable x-y',
    ];
    expect(idle.filter((message) => reader.mayCite(message))).toEqual([]);
  });
});
