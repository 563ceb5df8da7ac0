import { describe, expect, it } from 'vitest';
import type { AskAnswer } from '../../server/model/ask.ts';
import { CURRENT, fakeEngine } from '../support/engine.ts';
import { runInMemory } from './in-memory.ts';

const NATS: AskAnswer = {
  question: 'which broker do we use',
  verdict: 'supported',
  spans: [
    {
      id: 's1',
      text: 'Events go through **NATS**.\nEach team owns its subjects.',
      documentId: 'docs/adr/0003-nats.md',
      kind: 'decision',
      path: 'docs/adr/0003-nats.md',
      sha: CURRENT.sha,
      startLine: 12,
      endLine: 13,
      title: 'Send events through NATS',
      number: '0003',
      status: 'accepted',
      date: '2024-05-31',
    },
  ],
  replaced: [
    {
      title: 'Send events through Kafka',
      number: '0002',
      path: 'docs/adr/0002-kafka.md',
      status: 'superseded',
      by: [{ title: 'Send events through NATS', number: '0003', path: 'docs/adr/0003-nats.md', date: '2024-05-31' }],
      since: '2024-05-31',
    },
  ],
  searched: { records: 3, specifications: 1, guides: 0, commits: 20 },
  index: CURRENT,
  notes: [],
};

describe('lintel ask', () => {
  it('prints the lines of the answer with their places, the verdict, and what was replaced by what and when', async () => {
    const { code, out } = await runInMemory(['ask', 'which', 'broker', 'do', 'we', 'use'], fakeEngine({ ask: async () => NATS }));
    expect(code).toBe(0);
    expect(out).toBe(
      [
        '  Events go through **NATS**.',
        '  Each team owns its subjects.',
        '  docs/adr/0003-nats.md:12-13 (0003 Send events through NATS, accepted, 2024-05-31)',
        '',
        'Supported: these lines answer the question.',
        'Replaced: 0002 Send events through Kafka (docs/adr/0002-kafka.md) by 0003 Send events through NATS (docs/adr/0003-nats.md), 2024-05-31.',
        '',
      ].join('\n'),
    );
  });

  it('prints the answer of the engine as JSON and passes the words on as one question', async () => {
    const asked: string[] = [];
    const engine = fakeEngine({
      ask: async ({ question }) => {
        asked.push(question);
        return NATS;
      },
    });
    const { out } = await runInMemory(['ask', 'which', 'broker', '--json'], engine);
    expect(JSON.parse(out)).toEqual(NATS);
    expect(asked).toEqual(['which broker']);
  });

  it('says what was searched where nothing recorded answers, and does not deny anything', async () => {
    const { out } = await runInMemory(
      ['ask', 'is there an android app'],
      fakeEngine({ ask: async () => ({ ...NATS, verdict: 'not-recorded', spans: [], replaced: [], index: { ...CURRENT, behind: 2 } }) }),
    );
    expect(out).toBe(
      `Not recorded: nothing that was searched answers this. That does not mean it is not so.\nSearched 3 decisions, 1 specification, 0 guides, 20 commits as of commit ${CURRENT.sha.slice(0, 12)}, 2 changes behind the repository.\n`,
    );
  });

  it('refuses an empty question', async () => {
    expect(await runInMemory(['ask', '  '])).toMatchObject({ code: 2, out: '' });
  });
});
