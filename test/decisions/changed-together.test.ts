import { describe, expect, it } from 'vitest';
import { changedTogether, recordHistories, saturate } from '../../server/decisions/governing/changed-together.ts';
import { type MadeCommit, recordCommitsIn, shaOf } from '../support/history.ts';

const KAFKA = 'docs/adr/0007-use-kafka.md';
const OUTBOX = 'docs/adr/0008-transactional-outbox.md';
const RECORDS = { [KAFKA]: 'Use Kafka', [OUTBOX]: 'Write events to an outbox first' };
const CODE = 'src/outbox.ts';

describe('what history says of a record', () => {
  it('weighs a citing commit by one over the logarithm of its files, and a merge half', async () => {
    const history = await recordCommitsIn({
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
    const history = await recordCommitsIn({
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
    const history = await recordCommitsIn({
      records: RECORDS,
      commits: [
        { message: 'Everything', paths: [CODE, KAFKA, ...others] },
        { message: 'One thing', paths: [CODE, OUTBOX] },
      ],
    });
    const said = recordHistories(history, CODE);
    expect(said.get(OUTBOX)?.changed ?? 0).toBeGreaterThan(2 * (said.get(KAFKA)?.changed ?? 0));
  });

  it('says of a proposed record that it was built', () => {
    const commit = { sha: 'a'.repeat(40), date: '', time: 0, files: 2, merge: false, cited: [], changed: [] };
    const history = { cited: 0, changed: 0.5, citing: [], changing: [commit] };
    expect(changedTogether(history, true).map(({ explanation }) => explanation)).toEqual([
      'proposed, but built with this code in commit aaaaaaa',
    ]);
    expect(changedTogether(history).map(({ explanation }) => explanation)).toEqual(['written together in commit aaaaaaa']);
  });

  it('says how many commits they were written together in, merges not counted twice', async () => {
    const commits: MadeCommit[] = [
      { message: 'One', paths: [CODE, KAFKA] },
      { message: 'Two, ADR-8', paths: [CODE, KAFKA] },
      { message: 'Merge', paths: [CODE, KAFKA], merge: true },
    ];
    const said = recordHistories(await recordCommitsIn({ records: RECORDS, commits }), CODE);
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
    const kafka = recordHistories(await recordCommitsIn({ records: RECORDS, commits }), CODE).get(KAFKA);
    expect(kafka && changedTogether(kafka)).toMatchObject([
      { sha: shaOf(0), explanation: `written together in commit ${shaOf(0).slice(0, 7)}` },
    ]);
  });

  it('is never a record about itself, and never enough to govern alone', async () => {
    const commits = Array.from({ length: 500 }, (): MadeCommit => ({ message: 'ADR-8', paths: [KAFKA, OUTBOX] }));
    const said = recordHistories(await recordCommitsIn({ records: RECORDS, commits }), KAFKA);
    expect([...said.keys()]).toEqual([OUTBOX]);
    for (const record of said.values()) for (const { weight } of changedTogether(record)) expect(weight).toBeLessThan(0.5);
    expect(saturate(0)).toBe(0);
  });
});
