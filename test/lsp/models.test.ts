import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type CancellationToken, CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver/node';
import { ASK, type AskResult } from '../../protocol/ask.ts';
import { type AuthoredResult, KINDRED, NEW_DECISION } from '../../protocol/authoring.ts';
import {
  COMPLETE,
  type CompleteParams,
  MODEL_CONSENT,
  MODEL_KEY,
  type ModelConsentParams,
  type ModelKeyParams,
  type WireModel,
} from '../../protocol/models.ts';
import { modelAnswers, modelFinder } from '../../server/engine/answering/model.ts';
import type { AskAnswer } from '../../server/model/ask.ts';
import type { DraftSubject, KindredRecord } from '../../server/model/authoring.ts';
import { type ChatServer, chatServer, plainly } from '../support/chat-server.ts';
import { CURRENT, fakeEngine, recordWith } from '../support/engine.ts';
import { connect, eventually, SHOP } from './in-memory.ts';

const FOUND: AskAnswer = {
  question: 'How long?',
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
      title: 'Keep',
    },
  ],
  replaced: [],
  searched: { records: 1, specifications: 0, guides: 0, commits: 1 },
  index: CURRENT,
  notes: [],
};
const CLAIM = { claim: 'Receipts are kept 14 days.', spanId: 's1', quote: 'Receipts are kept for 14 days.' };
const WRITTEN = JSON.stringify({ sentences: [CLAIM] });
const CLIENT: WireModel = { from: 'client', id: 'vendor/small', name: 'Small' };

/** An engine that has found the lines, and words them as the engine of the product does. */
const engineWith = (environment: Readonly<Record<string, string>> = {}) => {
  const word = modelAnswers(modelFinder(() => ({}), environment));
  return fakeEngine({ ask: (request) => word(request, FOUND) });
};

const answerOf = async (
  client: Awaited<ReturnType<typeof connect>>,
  model: WireModel = CLIENT,
): Promise<Pick<AskAnswer, 'notes' | 'model'>> => {
  const { repositories } = await client.request<AskResult>(ASK, { question: 'How long?', model });
  const { notes = [], model: worded } = repositories[0]?.answer ?? {};
  return { notes, ...(worded ? { model: worded } : {}) };
};

describe('a language model of the client', () => {
  it('is asked with the messages and the schema, and what it wrote is checked by the server', async () => {
    const client = await connect({ engine: engineWith() });
    const asked: CompleteParams[] = [];
    client.connection.onRequest(COMPLETE, (params: CompleteParams) => {
      asked.push(params);
      return { text: JSON.stringify({ sentences: [CLAIM, { ...CLAIM, claim: 'They are burnt.', quote: 'They are burnt after that.' }] }) };
    });
    expect(await answerOf(client)).toEqual({
      notes: [],
      model: { name: 'Small', sentences: [{ text: CLAIM.claim, quotes: [{ spanId: 's1', quote: CLAIM.quote }] }] },
    });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ id: 'vendor/small', schema: { type: 'object' } });
    expect(asked[0]?.messages.map(({ role }) => role)).toEqual(['system', 'user']);
  });

  it.each([
    ['says why it wrote nothing', { failure: 'it refused' }, 'The language model Small was not used: it refused.'],
    ['answers with nothing', null, 'The language model Small was not used: the editor could not ask it.'],
    ['answers with something else', { text: 5 }, 'The language model Small was not used: the editor could not ask it.'],
    [
      'writes no JSON',
      { text: 'Sure! Here is' },
      'The language model Small was not used: it did not answer in the form that it was asked for.',
    ],
  ])('leaves the lines and a note where it %s', async (_, result, note) => {
    const client = await connect({ engine: engineWith() });
    client.connection.onRequest(COMPLETE, (): unknown => result);
    expect(await answerOf(client)).toEqual({ notes: [note] });
  });

  it('leaves the lines and a note where the client does not know the request', async () => {
    expect(await answerOf(await connect({ engine: engineWith() }))).toEqual({
      notes: ['The language model Small was not used: the editor could not ask it.'],
    });
  });

  it('is cancelled with the question', async () => {
    const client = await connect({ engine: engineWith() });
    let token: CancellationToken | undefined;
    client.connection.onRequest(COMPLETE, async (_: CompleteParams, given: CancellationToken) => {
      token = given;
      while (!given.isCancellationRequested) await sleep(5);
      return { failure: 'it was cancelled' };
    });
    const source = new CancellationTokenSource();
    const answer = client.connection.sendRequest(ASK, { question: 'How long?', model: CLIENT }, source.token);
    await eventually('the model is asked', () => token !== undefined);
    source.cancel();
    await expect(answer).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
    await eventually('the model is cancelled', () => token?.isCancellationRequested === true);
  });

  it('is not asked where none is named', async () => {
    const client = await connect({ engine: engineWith() });
    client.connection.onRequest(COMPLETE, () => expect.fail('the model was asked'));
    const { repositories } = await client.request<AskResult>(ASK, { question: 'How long?' });
    expect(repositories[0]?.answer).toMatchObject({ notes: [], verdict: 'supported' });
    await expect(client.request(ASK, { question: 'How long?', model: { from: 'elsewhere' } })).rejects.toThrow('lintel/ask needs "model"');
  });
});

describe('an endpoint, asked over the language server', () => {
  const servers: ChatServer[] = [];
  const serve = async (): Promise<ChatServer> => {
    const server = await chatServer(plainly(WRITTEN));
    servers.push(server);
    return server;
  };
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  it('gets the key that the client keeps for its host, and the log gets none of it', async () => {
    const server = await serve();
    const client = await connect({ engine: engineWith() });
    const hosts: string[] = [];
    client.connection.onRequest(MODEL_KEY, ({ host }: ModelKeyParams) => {
      hosts.push(host);
      return { key: 'kept-by-the-editor' };
    });
    expect(await answerOf(client, { from: 'endpoint', endpoint: server.base, model: 'm' })).toMatchObject({ model: { name: 'm' } });
    expect(hosts).toEqual([server.host]);
    expect(server.requests.map(({ authorization }) => authorization)).toEqual(['Bearer kept-by-the-editor']);
    expect(client.logs.join('\n')).not.toContain('kept-by-the-editor');
  });

  it('gets the key of the environment before that of the client', async () => {
    const server = await serve();
    const client = await connect({ engine: engineWith({ LINTEL_API_KEY: 'of-the-environment' }) });
    client.connection.onRequest(MODEL_KEY, () => expect.fail('the key was asked for'));
    await answerOf(client, { from: 'endpoint', endpoint: server.base, model: 'm' });
    expect(server.requests.map(({ authorization }) => authorization)).toEqual(['Bearer of-the-environment']);
  });

  it.each([
    ['the person says no', false],
    ['the person says nothing', null],
    ['the client answers with something else', 'yes'],
  ])('on another computer is not asked where %s', async (_, agrees) => {
    const client = await connect({ engine: engineWith() });
    const questions: ModelConsentParams[] = [];
    client.connection.onRequest(MODEL_CONSENT, (question: ModelConsentParams): unknown => {
      questions.push(question);
      return agrees;
    });
    client.connection.onRequest(MODEL_KEY, () => ({ key: 'secret' }));
    const { notes, model } = await answerOf(client, { from: 'endpoint', endpoint: 'https://api.example.com/v1', model: 'm' });
    expect(questions).toEqual([{ model: 'm', host: 'api.example.com', withKey: true, sends: 'lines' }]);
    expect(model).toBeUndefined();
    expect(notes).toEqual([
      expect.stringMatching(
        /nobody agreed to send the question and the lines above to api\.example\.com\. Next time you are asked again\.$/,
      ),
    ]);
  });
});

describe('the records to read before one is written', () => {
  const KIN: KindredRecord = {
    kinship: 'conflict',
    record: recordWith(),
    sentence: 'The same was rejected before.',
    decides: 'We use ropes.',
  };

  it('come with the addresses of their files, for what the new record is to be about', async () => {
    const asked: DraftSubject[] = [];
    const engine = fakeEngine({
      authoring: {
        kindred: async ({ signal: _, ...subject }) => {
          asked.push(subject);
          return [KIN];
        },
      },
    });
    const client = await connect({ engine });
    await client.open('src/relay.ts', 'one\ntwo\nthree\n');
    const selection = { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } };
    expect(await client.request(KINDRED, { uri: `${SHOP}/src/relay.ts`, title: 'Use ropes', selection })).toEqual({
      kindred: [{ ...KIN, record: { ...KIN.record, uri: `${SHOP}/docs/adr/0001-use-ropes.md` } }],
    });
    await client.request(KINDRED, { uri: `${SHOP}/src/other.ts`, title: 'Use ropes', selection, from: 'main..HEAD' });
    expect(asked).toEqual([
      { title: 'Use ropes', near: 'src/relay.ts', selection: { path: 'src/relay.ts', lines: { first: 1, last: 1 }, text: 'two\n' } },
      { title: 'Use ropes', near: 'src/other.ts', selection: { path: 'src/other.ts', lines: { first: 1, last: 1 } }, from: 'main..HEAD' },
    ]);
  });

  it('are refused in a sentence, and a draft tells what became of its language model', async () => {
    const START = { line: 0, character: 0 };
    const engine = fakeEngine({
      authoring: {
        kindred: async () => ({ refused: 'The repository has no commit "v9".' }),
        newDecision: async ({ model }) => {
          const written = model && 'own' in model ? await model.own.write({ messages: [], schema: {} }, new AbortController().signal) : '';
          return { edits: [], path: 'a.md', selection: { start: START, end: START }, notes: [written] };
        },
      },
    });
    const client = await connect({ engine });
    client.connection.onRequest(COMPLETE, () => ({ text: 'what it wrote' }));
    const asked = { uri: SHOP, title: 'Use ropes', from: 'v9' };
    expect(await client.request(KINDRED, asked)).toEqual({ refused: 'The repository has no commit "v9".' });
    const authored = await client.request<AuthoredResult>(NEW_DECISION, { ...asked, today: '2026-11-21', model: CLIENT });
    expect(authored).toMatchObject({ notes: ['what it wrote'] });
  });
});
