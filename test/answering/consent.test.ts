import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseEndpoint, modelAnswers, modelFinder } from '../../server/engine/answering/model.ts';
import type { AskAnswer } from '../../server/model/ask.ts';
import type { ModelQuestion } from '../../server/model/language-model.ts';
import { type ChatServer, chatServer, plainly } from '../support/chat-server.ts';
import { CURRENT } from '../support/engine.ts';

const FOUND: AskAnswer = {
  question: 'How long are receipts kept?',
  verdict: 'supported',
  spans: [
    {
      id: 's1',
      text: 'Receipts are kept for 14 days.',
      documentId: 'a.md',
      kind: 'decision',
      path: 'a.md',
      startLine: 1,
      endLine: 1,
      title: 'Keep receipts',
    },
  ],
  replaced: [],
  searched: { records: 1, specifications: 0, guides: 0, commits: 1 },
  index: CURRENT,
  notes: [],
};
const CLAIM = { claim: 'Receipts are kept 14 days.', spanId: 's1', quote: 'Receipts are kept for 14 days.' };

describe('which language model is asked', () => {
  it.each([
    ['http://localhost:11434', 'http://localhost:11434/v1/chat/completions'],
    ['http://localhost:11434/v1/', 'http://localhost:11434/v1/chat/completions'],
    ['https://api.example.com/openai/v1', 'https://api.example.com/openai/v1/chat/completions'],
    ['https://api.example.com/v1/chat/completions?api-version=2', 'https://api.example.com/v1/chat/completions?api-version=2'],
  ])('is at the address that %s means', (address, url) => {
    expect(chooseEndpoint({}, { LINTEL_ANSWERS_ENDPOINT: address, LINTEL_ANSWERS_MODEL: 'm' })).toMatchObject({
      endpoint: { url, model: 'm' },
    });
  });

  it('is that of the environment before that of the repository', () => {
    const settings = { endpoint: 'https://repository.example/v1', model: 'theirs' };
    expect(chooseEndpoint(settings, {})).toMatchObject({ host: 'repository.example', endpoint: { model: 'theirs' } });
    const own = { LINTEL_ANSWERS_ENDPOINT: 'https://own.example/v1', LINTEL_ANSWERS_MODEL: 'mine' };
    expect(chooseEndpoint(settings, own)).toMatchObject({ host: 'own.example', endpoint: { model: 'mine' } });
  });

  it('is none where nobody set one, and none with a reason where the setting is not usable', () => {
    expect(chooseEndpoint({ model: 'm' }, { LINTEL_ANSWERS_ENDPOINT: ' ' })).toBeUndefined();
    expect(chooseEndpoint({ endpoint: 'http://localhost/v1' }, {})).toMatchObject({ why: expect.stringContaining('LINTEL_ANSWERS_MODEL') });
    for (const address of ['localhost:11434', 'file:///etc/passwd', 'http://me:secret@localhost/v1', 'nonsense'])
      expect(chooseEndpoint({}, { LINTEL_ANSWERS_ENDPOINT: address, LINTEL_ANSWERS_MODEL: 'm' })).toMatchObject({
        why: expect.stringContaining('LINTEL_ANSWERS_ENDPOINT is not an http or https address'),
      });
  });

  it.each([
    ['own', 'http://localhost:1/v1', false],
    ['own', 'http://127.0.0.5:1/v1', false],
    ['own', 'http://[::1]:1/v1', false],
    ['own', 'http://0.0.0.0:1/v1', true],
    ['own', 'http://localhost.example.com/v1', true],
    ['own', 'http://127.0.0.1.example.com/v1', true],
    ['own', 'http://192.168.0.2:1/v1', true],
    ['repository', 'http://localhost:1/v1', true],
    ['repository', 'https://api.example.com/v1', true],
  ])('needs consent or not: %s, %s, %s', (from, address, asksFirst) => {
    const chosen =
      from === 'own'
        ? chooseEndpoint({ model: 'm' }, { LINTEL_ANSWERS_ENDPOINT: address })
        : chooseEndpoint({ model: 'm', endpoint: address }, {});
    expect(chosen).toMatchObject({ asksFirst });
  });

  it('gets the key of the environment, and never in the clear on another computer', () => {
    const key = (address: string) => {
      const chosen = chooseEndpoint({ model: 'm' }, { LINTEL_ANSWERS_ENDPOINT: address, LINTEL_API_KEY: 'secret' });
      return chosen && 'endpoint' in chosen ? chosen.endpoint.key : 'no endpoint';
    };
    expect(['https://api.example.com/v1', 'http://localhost:1/v1', 'http://api.example.com/v1'].map(key)).toEqual([
      'secret',
      'secret',
      undefined,
    ]);
  });
});

describe('an answer for which a language model is set', () => {
  let server: ChatServer;
  beforeAll(async () => {
    server = await chatServer((request, response, number) => {
      const content = JSON.stringify({ sentences: request.body.model === 'liar' ? [{ ...CLAIM, quote: 'Receipts are burnt.' }] : [CLAIM] });
      return plainly(content)(request, response, number);
    });
  });
  afterAll(() => server.close());

  const asked: string[] = [];
  const ask = (settings: { endpoint?: string; model?: string }, agrees: boolean, environment = {}, found = FOUND) => {
    const consent = async ({ model, host, withKey }: ModelQuestion) => {
      asked.push(`${model} ${host}${withKey ? ' with key' : ''}`);
      return agrees;
    };
    return modelAnswers(modelFinder(() => settings, environment))(
      { question: FOUND.question, model: { consent, howToAgree: (host) => `Agree to ${host} there.` } },
      found,
    );
  };
  const WORDED = { name: 'm', sentences: [{ text: CLAIM.claim, quotes: [{ spanId: 's1', quote: CLAIM.quote }] }] };

  it('sends nothing to a host that the repository names before somebody agreed to that host, this computer or not', async () => {
    const settings = { endpoint: server.base, model: 'm' };
    const refused = await ask(settings, false);
    expect(server.requests).toHaveLength(0);
    expect(asked).toEqual([`m ${server.host}`]);
    expect(refused).toEqual({
      ...FOUND,
      notes: [expect.stringMatching(new RegExp(`nobody agreed to send .* to ${server.host}\\. Agree to ${server.host} there\\.$`))],
    });
    expect(await ask(settings, true)).toEqual({ ...FOUND, model: WORDED });
    expect(server.requests).toHaveLength(1);
    await ask(settings, false, { LINTEL_API_KEY: 'secret' });
    expect(asked.at(-1)).toBe(`m ${server.host} with key`);
    expect(server.requests).toHaveLength(1);
  });

  it('asks the own model on this computer without a question', async () => {
    asked.length = 0;
    expect(await ask({}, false, { LINTEL_ANSWERS_ENDPOINT: server.base, LINTEL_ANSWERS_MODEL: 'm' })).toEqual({ ...FOUND, model: WORDED });
    expect(asked).toEqual([]);
  });

  it('stays as it was found, with a note, where the model lies or cannot be reached', async () => {
    const lied = await ask({}, false, { LINTEL_ANSWERS_ENDPOINT: server.base, LINTEL_ANSWERS_MODEL: 'liar' });
    expect(lied).toEqual({ ...FOUND, notes: [expect.stringContaining('none of it is backed by the lines above')] });
    const dead = await chatServer(() => undefined);
    await dead.close();
    const note = `The language model m at ${dead.host} was not used: it cannot be reached (ECONNREFUSED).`;
    expect(await ask({}, false, { LINTEL_ANSWERS_ENDPOINT: dead.base, LINTEL_ANSWERS_MODEL: 'm' })).toEqual({ ...FOUND, notes: [note] });
  });

  it('asks nobody where nothing was found, and none where the request wants no model', async () => {
    const before = server.requests.length;
    const environment = { LINTEL_ANSWERS_ENDPOINT: server.base, LINTEL_ANSWERS_MODEL: 'm' };
    const nothing = { ...FOUND, verdict: 'not-recorded', spans: [], closest: FOUND.spans } as const;
    expect(await ask({}, true, environment, nothing)).toBe(nothing);
    expect(await modelAnswers(modelFinder(() => ({}), environment))({ question: FOUND.question }, FOUND)).toBe(FOUND);
    expect(server.requests).toHaveLength(before);
  });
});
