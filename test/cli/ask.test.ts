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
        'Supported: these lines hold what the question asks for.',
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

  const WORDED: AskAnswer = {
    ...NATS,
    model: {
      name: 'small\u001b[31m',
      sentences: [
        { text: 'Events go through NATS.', quotes: [{ spanId: 's1', quote: 'Events go through **NATS**.' }] },
        { text: 'Each team owns its subjects.', quotes: [{ spanId: 's1', quote: 'Each team owns its subjects.' }] },
      ],
    },
  };

  it('prints the sentences of a language model above the lines that back them, and says whose they are', async () => {
    const { out } = await runInMemory(['ask', 'which broker'], fakeEngine({ ask: async () => WORDED }));
    expect(out).toBe(
      [
        'Events go through NATS. [s1]',
        'Each team owns its subjects. [s1]',
        '',
        '  Events go through **NATS**.',
        '  Each team owns its subjects.',
        '  [s1] docs/adr/0003-nats.md:12-13 (0003 Send events through NATS, accepted, 2024-05-31)',
        '',
        'Supported: these lines hold what the question asks for.',
        'The language model small put the sentences at the top together. Each has a quote that stands in the lines.',
        'Replaced: 0002 Send events through Kafka (docs/adr/0002-kafka.md) by 0003 Send events through NATS (docs/adr/0003-nats.md), 2024-05-31.',
        '',
      ].join('\n'),
    );
  });

  it.each([
    ['nobody is there to agree', [], false, false],
    ['the person says yes', [], true, true],
    ['the host is allowed', ['--allow-host', 'API.example.com'], false, true],
    ['one of several hosts is allowed', ['--allow-host', 'a.example', '--allow-host', 'api.example.com'], false, true],
    ['another host is allowed', ['--allow-host', 'example.com'], false, false],
    ['the host is allowed on another port only', ['--allow-host', 'api.example.com:8080'], false, false],
  ])('lets a model at a host be asked only with consent that names it: %s', async (_, options, yes, expected) => {
    const questions: string[] = [];
    const agreed: (boolean | undefined)[] = [];
    const afterwards: string[] = [];
    const engine = fakeEngine({
      ask: async ({ model }) => {
        agreed.push(
          model && 'consent' in model
            ? await model.consent({ model: 'small', host: 'api.example.com', withKey: true, sends: 'lines' })
            : undefined,
        );
        if (model && 'howToAgree' in model) afterwards.push(model.howToAgree('api.example.com'));
        return NATS;
      },
    });
    const ask = async (question: string): Promise<boolean> => {
      questions.push(question);
      return yes;
    };
    await runInMemory(['ask', 'which broker', ...options], engine, { ask });
    expect(agreed).toEqual([expected]);
    expect(afterwards).toEqual(['--allow-host api.example.com agrees.']);
    for (const question of questions)
      expect(question).toBe(
        'Send the question and the lines that were found, with the key in LINTEL_API_KEY, to api.example.com, for the language model small to word the answer?',
      );
    expect(questions).toHaveLength(expected && !yes ? 0 : 1);
  });

  it('asks no model with --no-model', async () => {
    const models: unknown[] = [];
    const engine = fakeEngine({
      ask: async ({ model }) => {
        models.push(model);
        return NATS;
      },
    });
    await runInMemory(['ask', 'which broker', '--no-model'], engine);
    expect(models).toEqual([undefined]);
  });

  it('refuses an empty question', async () => {
    expect(await runInMemory(['ask', '  '])).toMatchObject({ code: 2, out: '' });
  });
});
