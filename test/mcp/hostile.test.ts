import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CURRENT, fakeEngine, hitWith } from '../support/engine.ts';
import { raw, textOf } from './in-memory.ts';

const ENVELOPE = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'raw', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

describe('a line that is no message', () => {
  it.each([
    ['half a message', '{"jsonrpc":"2.0","id":1,"method":', -32700, null],
    ['a header of the language server protocol', 'Content-Length: 12', -32700, null],
    ['a batch', '[{"jsonrpc":"2.0","id":1,"method":"ping"}]', -32600, null],
    ['JSON without a method', '{"jsonrpc":"2.0","id":7}', -32600, 7],
    ['another version of JSON-RPC', '{"jsonrpc":"1.0","id":"a","method":"ping"}', -32600, 'a'],
    ['a number', '5', -32600, null],
  ])('such as %s is answered with its error, and the next message is read', async (_what, line, code, id) => {
    const client = raw();
    await client.begin();
    client.bytes(`${line}\n`);
    expect((await client.request('tools/list')).result).toBeDefined();
    expect(client.received).toContainEqual({ jsonrpc: '2.0', id, error: { code, message: expect.stringMatching(/\.$/) } });
  });

  it('and is too long is refused without ending the connection', async () => {
    const client = raw();
    await client.begin();
    for (let part = 0; part < 9; part += 1) client.bytes('x'.repeat(1_000_000));
    client.bytes('\n');
    expect((await client.request('tools/list')).result).toBeDefined();
    expect(client.received).toContainEqual(expect.objectContaining({ id: null, error: expect.objectContaining({ code: -32600 }) }));
  });

  it('but empty is nothing, and a message may come in any pieces', async () => {
    const client = raw();
    await client.begin();
    const text = `\r\n\n${JSON.stringify({ jsonrpc: '2.0', id: 'é😀', method: 'tools/list' })}\r\n`;
    for (const byte of Buffer.from(text)) client.input.write(Buffer.of(byte));
    expect((await client.answer('é😀')).result).toBeDefined();
    expect(client.received.filter(({ error }) => error)).toEqual([]);
  });
});

it('a client that sends both eras is told so, and keeps the one that it began with', async () => {
  const modern = raw();
  expect((await modern.request('tools/list', { _meta: ENVELOPE })).result?.tools).toHaveLength(6);
  expect((await modern.begin()).error?.message).toMatch(/version/i);
  expect((await modern.request('tools/list', { _meta: ENVELOPE })).result?.tools).toHaveLength(6);
  const legacy = raw();
  await legacy.begin();
  expect((await legacy.request('tools/list', { _meta: ENVELOPE })).result?.tools).toHaveLength(6);
});

it('a thousand calls at once are all answered, and no more than eight are worked on at a time', async () => {
  let running = 0;
  let most = 0;
  const engine = fakeEngine({
    search: async ({ text }) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return { hits: [hitWith({ title: text })], index: CURRENT };
    },
  });
  const client = raw({ engine });
  await client.begin();
  const answers = await Promise.all(
    Array.from({ length: 1_000 }, (_, i) => client.request('tools/call', { name: 'search', arguments: { query: `q${i}` } })),
  );
  expect(answers.map(({ result }) => result?.structuredContent)).toMatchObject(
    Array.from({ length: 1_000 }, (_, i) => ({ hits: [{ title: `q${i}` }] })),
  );
  expect(most).toBe(8);
});

it('a call that its client cancels is not answered, and gives its place to the next', async () => {
  const started: string[] = [];
  const engine = fakeEngine({
    search: async ({ text }, signal) => {
      started.push(text);
      if (text === 'slow') await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
      return { hits: [], index: CURRENT };
    },
  });
  const client = raw({ engine });
  await client.begin();
  for (let i = 0; i < 8; i += 1)
    client.send({ jsonrpc: '2.0', id: i, method: 'tools/call', params: { name: 'search', arguments: { query: 'slow' } } });
  const quick = client.request('tools/call', { name: 'search', arguments: { query: 'quick' } });
  while (started.length < 8) await new Promise((resolve) => setImmediate(resolve));
  for (let i = 0; i < 8; i += 1) client.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: i } });
  expect((await quick).result).toBeDefined();
  expect(client.received.filter(({ id }) => typeof id === 'number')).toEqual([]);
});

it('whatever a tool is called with, the answer is a result, and its JSON is in the budget', async () => {
  const client = raw({
    engine: fakeEngine({
      search: async () => ({ hits: Array.from({ length: 90 }, (_, i) => hitWith({ title: `t${i}` })), index: CURRENT }),
    }),
  });
  await client.begin();
  const names = fc.constantFrom('why', 'ask', 'search', 'decisions', 'check', 'tests', 'none', '');
  const known = fc.record(
    {
      path: fc.oneof(fc.string(), fc.constantFrom('../x', '/etc/passwd', 'a:1', '\0', 'C:\\x', 'file:///x', '.git/config'), fc.jsonValue()),
      query: fc.oneof(fc.string({ minLength: 1 }), fc.jsonValue()),
      id: fc.oneof(fc.string(), fc.jsonValue()),
      line: fc.oneof(fc.integer(), fc.jsonValue()),
      budget: fc.oneof(fc.integer(), fc.jsonValue()),
      expand: fc.oneof(fc.constantFrom('hits@3', 'hits@999', 'x@0'), fc.jsonValue()),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(names, fc.oneof(known, fc.dictionary(fc.string(), fc.jsonValue())), async (name, args) => {
      const { result, error } = await client.request('tools/call', { name, arguments: args });
      expect(error).toBeUndefined();
      const text = textOf(result);
      expect(text.length).toBeGreaterThan(0);
      if (result?.isError) return;
      expect(JSON.parse(text)).toEqual(result?.structuredContent);
      const budget = Number((args as { budget?: unknown }).budget ?? 24_000);
      expect(text.length).toBeLessThanOrEqual(Math.min(200_000, Math.max(2_000, budget)));
    }),
    { numRuns: 300 },
  );
});
