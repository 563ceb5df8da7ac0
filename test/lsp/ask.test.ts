import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver/node';
import { ASK, type AskResult } from '../../protocol/ask.ts';
import type { AnswerSpan, AskAnswer, AskRequest } from '../../server/model/ask.ts';
import { EngineError } from '../../server/model/errors.ts';
import { CURRENT, fakeEngine } from '../support/engine.ts';
import { connect, eventually, SHOP } from './in-memory.ts';

const SPAN: AnswerSpan = {
  id: 's1',
  text: 'We use ropes.',
  documentId: 'docs/adr/0002 ropes.md',
  kind: 'decision',
  path: 'docs/adr/0002 ropes.md',
  startLine: 9,
  endLine: 9,
  title: 'Use ropes',
  status: 'accepted',
};
const COMMIT: AnswerSpan = {
  id: 's2',
  text: 'Ropes',
  documentId: 'c',
  kind: 'commit',
  sha: 'c'.repeat(40),
  startLine: 1,
  endLine: 1,
  title: 'Ropes',
};
const ANSWER: AskAnswer = {
  question: 'Why ropes?',
  verdict: 'supported',
  spans: [SPAN, COMMIT],
  closest: [SPAN],
  replaced: [
    { title: 'Use chains', path: 'docs/adr/0001.md', status: 'superseded', by: [{ title: 'Use ropes', path: 'docs/adr/0002 ropes.md' }] },
  ],
  searched: { records: 2, specifications: 0, guides: 0, commits: 1 },
  index: CURRENT,
  notes: ['Something is missing.'],
};

it('lintel/ask gives the lines, what was replaced and what was searched, with the addresses of their files', async () => {
  const asked: AskRequest[] = [];
  const engine = fakeEngine({
    ask: async ({ signal, ...request }) => {
      expect(signal).toBeInstanceOf(AbortSignal);
      asked.push(request);
      return ANSWER;
    },
  });
  const client = await connect({ engine });
  const uri = `${SHOP}/docs/adr/0002%20ropes.md`;
  const given = { question: ' Why ropes? ', at: 'main', limit: 2 };
  for (const where of [{}, { folderUri: SHOP }, { folderUri: `${SHOP}/src/relay.ts` }]) {
    expect(await client.request<AskResult>(ASK, { ...given, ...where })).toEqual({
      repositories: [
        {
          name: 'shop',
          answer: {
            ...ANSWER,
            spans: [{ ...SPAN, uri }, COMMIT],
            closest: [{ ...SPAN, uri }],
            replaced: [{ ...ANSWER.replaced[0], uri: `${SHOP}/docs/adr/0001.md` }],
          },
        },
      ],
    });
  }
  expect(asked).toEqual(Array.from({ length: 3 }, () => ({ question: 'Why ropes?', at: 'main', limit: 2 })));
});

it('lintel/ask answers from every repository in the order of the workspace, and one that fails keeps no other from answering', async () => {
  const engines = {
    '/one': fakeEngine({ root: '/one', ask: async () => sleep(5, ANSWER) }),
    '/two': fakeEngine({
      root: '/two',
      ask: async () => {
        throw new EngineError('unknown-commit', 'There is no commit "v9".');
      },
    }),
  };
  const client = await connect({
    folders: ['file:///one', 'file:///two', 'file:///three'],
    openEngine: async ({ folder }) => {
      if (folder === '/one' || folder === '/two') return engines[folder];
      throw new Error('It cannot be read.');
    },
  });
  expect(await client.request<AskResult>(ASK, { question: 'Why ropes?', at: 'v9' })).toMatchObject({
    repositories: [
      { name: 'one', answer: { verdict: 'supported' } },
      { name: 'two', failure: 'There is no commit "v9".' },
      { name: 'three', failure: 'It cannot be read.' },
    ],
  });
  await expect(client.request(ASK, { question: 'Why ropes?', folderUri: 'file:///two' })).rejects.toMatchObject({
    code: LSPErrorCodes.RequestFailed,
    message: 'There is no commit "v9".',
    data: { code: 'unknown-commit' },
  });
});

it('lintel/ask says what is wrong with a question, and has no entry where no repository is open', async () => {
  const client = await connect();
  await expect(client.request(ASK, { question: ' \n ' })).rejects.toThrow('lintel/ask needs "question".');
  await expect(client.request(ASK, {})).rejects.toThrow('lintel/ask needs a "question".');
  await expect(client.request(ASK, { question: 'x', folderUri: 'file:///elsewhere' })).rejects.toThrow('not in an open repository');
  expect(await (await connect({ folders: [] })).request(ASK, { question: 'x' })).toEqual({ repositories: [] });
});

it('lintel/ask ends the work when the client cancels it', async () => {
  let ended: AbortSignal | undefined;
  const engine = fakeEngine({
    ask: async ({ signal }) => {
      ended = signal;
      return new Promise<AskAnswer>(() => undefined);
    },
  });
  const client = await connect({ engine });
  const source = new CancellationTokenSource();
  const answer = client.connection.sendRequest(ASK, { question: 'Why ropes?' }, source.token);
  await eventually('the engine is asked', () => ended !== undefined);
  source.cancel();
  await expect(answer).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
  expect(ended?.aborted).toBe(true);
});
