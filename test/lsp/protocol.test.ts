import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { REQUESTS } from '../../server/lsp/requests/index.ts';
import { SHAPED_METHODS } from '../../server/lsp/shapes.ts';
import type { EngineOptions } from '../../server/model/engine.ts';
import { CURRENT, fakeEngine, hitWith, recordWith } from '../support/engine.ts';
import { connect, eventually, SHOP } from './in-memory.ts';
import { connectRaw, type RawClient } from './raw.ts';
import { RANGE, RIGHT, START } from './right-parameters.ts';

const uri = `${SHOP}/src/relay.ts`;
const NO_TESTS = { verdict: 'ask-a-human', cause: 'There are none.', target: 0.9, suite: 0, share: 0 } as const;
const AUTHORED = { edits: [], path: 'docs/adr/0002-x.md', selection: RANGE };
const ENGINE = fakeEngine({
  why: async () => ({ governing: [hitWith()], probable: [], related: [], index: CURRENT }),
  allowIdentifier: async () => ({ ...AUTHORED, path: 'lintel.yaml' }),
  selectTests: async () => ({ ...NO_TESTS, selected: [], remainder: [], paths: [], unreadable: [], notices: [] }),
  testCommands: async () => ({ commands: [], without: [] }),
  authoring: {
    newDecision: async () => AUTHORED,
    supersede: async () => AUTHORED,
    linkCode: async () => AUTHORED,
    feedbackAll: async () => [{ done: 'added', file: '.lintel/links.yaml', path: 'src/a.ts', record: recordWith() }],
    citation: async () => ({ text: 'ADR-1' }),
    history: async () => ({ record: recordWith(), events: [] }),
  },
});

/** Fails if the server does not answer any more. */
const expectAlive = async (client: RawClient): Promise<void> => {
  expect(await client.request('lintel/search', { query: 'ropes' })).toMatchObject({ result: { hits: [] } });
};

const started = async (): Promise<RawClient> => {
  const client = connectRaw(ENGINE);
  await client.begin();
  return client;
};

describe('the life of a connection', () => {
  it.each([...REQUESTS.map(({ method }) => method), 'lintel/none', 'shutdown'])(
    'answers %s before initialize with ServerNotInitialized, and begins all the same',
    async (method) => {
      const client = connectRaw(ENGINE);
      expect(await client.request(method, RIGHT[method])).toMatchObject({ error: { code: -32002 } });
      expect(await client.begin()).toMatchObject({ result: { capabilities: { hoverProvider: true } } });
      await expectAlive(client);
    },
  );

  it('drops notifications before initialize, and serves the documents that are opened afterwards', async () => {
    const client = connectRaw(ENGINE);
    client.notify('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ text: 'x' }] });
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 1 }] });
    client.notify('workspace/didChangeConfiguration', { settings: null });
    await client.begin();
    await expectAlive(client);
  });

  it('refuses a second initialize with InvalidRequest, and keeps the first one', async () => {
    const client = await started();
    expect(await client.request('initialize', { processId: null, rootUri: null, capabilities: {} })).toMatchObject({
      error: { code: -32600, message: 'The server was initialized before.' },
    });
    await expectAlive(client);
  });

  it.each([
    ['no parameters', undefined],
    ['parameters that are no object', []],
    ['folders that are no list', { capabilities: {}, workspaceFolders: 'x' }],
    ['a folder without a URI', { capabilities: {}, workspaceFolders: [{ name: 'x' }] }],
    ['a root that is no text', { capabilities: {}, rootUri: 5 }],
    ['capabilities that are no object', { capabilities: 5 }],
  ])('refuses an initialize with %s with InvalidParams, and takes a right one afterwards', async (_, params) => {
    const client = connectRaw(ENGINE);
    expect(await client.request('initialize', params)).toMatchObject({ error: { code: -32602 } });
    expect(await client.begin()).toMatchObject({ result: { serverInfo: { name: 'Lintel' } } });
    await expectAlive(client);
  });

  it('refuses an initialize without capabilities, which the library reads first, and takes a right one afterwards', async () => {
    const client = connectRaw(ENGINE);
    expect(await client.request('initialize', { processId: null, rootUri: null })).toHaveProperty('error');
    expect(await client.begin()).toMatchObject({ result: { serverInfo: { name: 'Lintel' } } });
    await expectAlive(client);
  });

  it.each([
    ['one word for a list', { textDocument: { hover: { contentFormat: 'markdown' } } }],
    ['numbers', { textDocument: 5, workspace: 5, window: 5, experimental: 5 }],
    ['nothing', { textDocument: null, workspace: null, window: null, experimental: null }],
    ['numbers below', { textDocument: { hover: { contentFormat: 5 }, publishDiagnostics: 5, diagnostic: 5 }, workspace: { codeLens: 5 } }],
  ])('takes capabilities with %s where others belong', async (_, capabilities) => {
    const client = connectRaw(ENGINE);
    expect(
      await client.request('initialize', { processId: null, rootUri: SHOP, clientInfo: null, capabilities, workspaceFolders: null }),
    ).toMatchObject({ result: { serverInfo: { name: 'Lintel' } } });
    client.notify('initialized');
    await expectAlive(client);
  });

  it.each([...REQUESTS.map(({ method }) => method), 'lintel/none', 'shutdown', 'initialize'])(
    'answers %s after shutdown with InvalidRequest',
    async (method) => {
      const client = await started();
      expect(await client.request('shutdown')).toMatchObject({ result: null });
      expect(await client.request(method, RIGHT[method] ?? { capabilities: {} })).toMatchObject({ error: { code: -32600 } });
    },
  );

  it.each(['lintel/none', 'textDocument/definition', '__proto__', 'constructor', '', '$/none'])(
    'answers the unknown request "%s" with MethodNotFound',
    async (method) => {
      const client = await started();
      expect(await client.request(method, {})).toMatchObject({ error: { code: -32601 } });
      await expectAlive(client);
    },
  );
});

/** Every place in a value, as a path. */
const placesIn = (value: unknown, path: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] => {
  const inner =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, each]) => placesIn(each, [...path, Array.isArray(value) ? Number(key) : key]))
      : [];
  return [path, ...inner];
};

const at = (value: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value);

const replaced = (value: unknown, [key, ...rest]: readonly (string | number)[], by: unknown): unknown => {
  if (key === undefined) return by;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  return Object.assign(copy, { [key]: replaced((value as Record<string | number, unknown>)[key], rest, by) });
};

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);

describe('the parameters of a request', () => {
  it('are known for every request', () => {
    expect([...SHAPED_METHODS].sort()).toEqual(REQUESTS.map(({ method }) => method).sort());
    expect(Object.keys(RIGHT).sort()).toEqual([...SHAPED_METHODS].sort());
  });

  it.each(Object.entries(RIGHT))('of %s are taken if they are right', async (method, params) => {
    const client = await started();
    const answer = await client.request(method, params);
    expect(answer.error).toBeUndefined();
    expect(answer).toHaveProperty('result');
  });

  it.each(Object.entries(RIGHT))('of %s are InvalidParams where the type of one of them is wrong', async (method, params) => {
    const client = await started();
    const wrong = fc.constantFrom<unknown>(5, -1, 1.5, 'x', true, [], [[]], {}, { uri: 5 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...placesIn(params)), wrong, async (path, value) => {
        const before = at(params, path);
        // A list is no parameters at all for those that need none.
        fc.pre(!(/^lintel\/(?:index|change|selectTests)$/.test(method) && path.length === 0 && Array.isArray(value)));
        // Numbers are lines and limits, which a number may not be; 'x' is a text like any other.
        fc.pre(typeOf(before) !== typeOf(value) || (typeof value === 'number' && path.at(-1) !== 'limit'));
        fc.pre(!(typeof value === 'number' && typeof before === 'number' && Number.isInteger(value) && value >= 0));
        // What a diagnostic of the client holds is of no interest, but for its source.
        fc.pre(!path.includes('source'));
        const answer = await client.request(method, replaced(params, path, value));
        expect(answer.error, JSON.stringify(replaced(params, path, value))).toMatchObject({ code: -32602 });
        expect(answer.error?.message).toMatch(new RegExp(`^${method} needs .{4,120}\\.$`));
      }),
      { numRuns: 60 },
    );
    await expectAlive(client);
  });

  it.each(Object.entries(RIGHT))('of %s may be anything without ending the server', async (method) => {
    const client = await started();
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), async (params) => {
        const { error } = await client.request(method, params);
        expect(error?.code ?? -32602).toBe(-32602);
      }),
      { numRuns: 30 },
    );
    await expectAlive(client);
  });

  it('that are optional may be null, as some clients send them', async () => {
    const client = await started();
    for (const [method, params] of [
      ['lintel/why', { uri, line: null, endLine: null }],
      ['textDocument/diagnostic', { textDocument: { uri }, previousResultId: null }],
      ['lintel/search', { query: 'x', kinds: null, statuses: null, path: null, since: null, until: null, limit: null, folderUri: null }],
      ['lintel/index', null],
    ] as const)
      expect(await client.request(method, params)).toHaveProperty('result');
  });
});

describe('documents of the client', () => {
  const open = (text: string, target = uri): unknown => ({ textDocument: { uri: target, languageId: 'typescript', version: 1, text } });

  it('may be opened twice, closed twice, and changed without being open', async () => {
    const client = await started();
    client.notify('textDocument/didOpen', open('a\n'));
    client.notify('textDocument/didOpen', open('b\n'));
    client.notify('textDocument/didClose', { textDocument: { uri } });
    client.notify('textDocument/didClose', { textDocument: { uri } });
    client.notify('textDocument/didChange', { textDocument: { uri, version: 9 }, contentChanges: [{ text: 'c' }] });
    client.notify('textDocument/didSave', { textDocument: { uri } });
    await expectAlive(client);
  });

  it('are opened with the last text that was sent', async () => {
    const texts: (string | undefined)[] = [];
    const client = connectRaw(
      fakeEngine({
        why: async ({ text }) => {
          texts.push(text);
          return { governing: [], probable: [], related: [], index: CURRENT };
        },
      }),
    );
    await client.begin();
    client.notify('textDocument/didOpen', open('first\n'));
    client.notify('textDocument/didOpen', open('second\n'));
    await client.request('lintel/why', { uri });
    expect(texts).toEqual(['second\n']);
  });

  it.each([
    ['far beyond the text', { start: { line: 1_000_000, character: 5 }, end: { line: 2_000_000, character: 0 } }],
    ['that ends before it starts', { start: { line: 1, character: 1 }, end: { line: 0, character: 0 } }],
    ['before the text', { start: { line: -1, character: -1 }, end: { line: -1, character: -1 } }],
    ['in words', { start: { line: 'x', character: 'y' }, end: { line: 'x', character: 'y' } }],
    ['without an end', { start: START }],
    ['of nothing', null],
  ])('survive an edit %s', async (_, range) => {
    const client = await started();
    client.notify('textDocument/didOpen', open('const a = 1;\nconst b = 2;\n'));
    client.notify('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ range, text: 'x' }] });
    client.notify('textDocument/didChange', { textDocument: { uri, version: 3 }, contentChanges: [{ text: 'const a = 1;\n' }] });
    expect(await client.request('textDocument/hover', { textDocument: { uri }, position: START })).toHaveProperty('result');
    await expectAlive(client);
  });

  it.each([
    { line: 5_000, character: 0 },
    { line: 0, character: 5_000 },
    { line: 2_147_483_647, character: 2_147_483_647 },
  ])('have nothing to say at a position outside of the text: %j', async (position) => {
    const client = await started();
    client.notify('textDocument/didOpen', open('const a = 1;\n'));
    expect(await client.request('textDocument/hover', { textDocument: { uri }, position })).toEqual({
      jsonrpc: '2.0',
      id: expect.anything(),
      result: null,
    });
    expect(await client.request('lintel/why', { uri, line: position.line, endLine: position.line })).toHaveProperty('result');
    const range = { start: position, end: position };
    expect(await client.request('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics: [] } })).toHaveProperty(
      'result',
      [],
    );
    await expectAlive(client);
  });

  it.each([
    'untitled:Untitled-1',
    'git:/shop/src/relay.ts?HEAD',
    'vscode-notebook-cell:/shop/a.ipynb#X1',
    'http://example.com/a.ts',
    'file://other-host/share/a.ts',
    'file:///c%3A/shop/src/relay.ts',
    'file:///C:/shop/src/relay.ts',
    'file:///shop/%',
    'file:///shop/%00.ts',
    'file:///shop/a%2Fb.ts',
    'file:///shop/../etc/passwd',
    'file:///shop/%2e%2e/etc/passwd',
    'file:',
    'shop/src/relay.ts',
    '/shop/src/relay.ts',
    '',
    `file:///shop/${'a/'.repeat(3_000)}b.ts`,
  ])('have an answer of nothing under %s', async (other) => {
    const client = await started();
    client.notify('textDocument/didOpen', open('const a = 1;\n', other));
    const ofDocument = { textDocument: { uri: other } };
    const answers: readonly (readonly [string, unknown])[] = [
      ['textDocument/hover', { ...ofDocument, position: START }],
      ['textDocument/codeLens', ofDocument],
      ['textDocument/documentLink', ofDocument],
      ['textDocument/diagnostic', ofDocument],
      ['textDocument/codeAction', { ...ofDocument, range: RANGE, context: { diagnostics: [] } }],
    ];
    for (const [method, params] of answers) expect(await client.request(method, params), method).toHaveProperty('result');
    const why = await client.request('lintel/why', { uri: other });
    const inShop = /^file:\/\/\/shop\/(?!\.\.|%2e|%$|%00|a%2F)/.test(other);
    if (!inShop) expect(why, 'lintel/why').toMatchObject({ result: { governing: [], related: [] } });
    client.notify('textDocument/didClose', ofDocument);
    await expectAlive(client);
  });

  it('are the same under a percent-encoded URI', async () => {
    const paths: string[] = [];
    const client = connectRaw(
      fakeEngine({
        why: async ({ path }) => {
          paths.push(path);
          return { governing: [], probable: [], related: [], index: CURRENT };
        },
      }),
    );
    await client.begin();
    for (const other of ['file:///shop/a%20b/%C3%A4.ts', 'file:///shop/a b/ä.ts', 'file:///%73hop/a%20b/a%CC%88.ts'])
      await client.request('lintel/why', { uri: other });
    expect(paths).toEqual(['a b/ä.ts', 'a b/ä.ts', 'a b/a\u0308.ts']);
  });
});

describe('notifications', () => {
  it.each([
    ['lintel/none', {}],
    ['$/none', null],
    ['textDocument/didOpen', null],
    ['textDocument/didOpen', { textDocument: null }],
    ['textDocument/didChange', { textDocument: { uri }, contentChanges: 'x' }],
    ['textDocument/didClose', []],
    ['workspace/didChangeConfiguration', null],
    ['workspace/didChangeConfiguration', { settings: { lintel: { hover: 5, __proto__: 5, none: 5 } } }],
    ['workspace/didChangeWorkspaceFolders', { event: { added: [{ uri: 5 }], removed: 'x' } }],
    ['workspace/didChangeWorkspaceFolders', {}],
    ['workspace/didChangeWatchedFiles', { changes: [{ uri: 5 }, null] }],
    ['workspace/didChangeWatchedFiles', { changes: [{ uri: 'untitled:x', type: 99 }] }],
    ['$/cancelRequest', { id: 12_345 }],
    ['$/progress', { token: 'none', value: null }],
    ['$/setTrace', { value: 'loud' }],
    ['initialized', {}],
  ])('such as %s with %j do not end the server', async (method, params) => {
    const client = await started();
    client.notify(method, params);
    await expectAlive(client);
  });
});

describe('frames and messages', () => {
  const frame = (text: string, length: number | string = Buffer.byteLength(text)): string => `Content-Length: ${length}\r\n\r\n${text}`;

  it.each([
    ['no JSON', frame('{')],
    ['an empty text', frame('')],
    ['a number', frame('5')],
    ['null', frame('null')],
    ['an empty list', frame('[]')],
    ['a list of messages', frame('[{"jsonrpc":"2.0","id":7,"method":"lintel/decisions"}]')],
    ['an object that is no message', frame('{"a":1}')],
    ['a method that is no text', frame('{"jsonrpc":"2.0","id":7,"method":5}')],
    ['an answer that nobody asked for', frame('{"jsonrpc":"2.0","id":70000,"result":null}')],
    ['JSON that is nested 100,000 deep', frame('['.repeat(100_000))],
    ['bytes that are no UTF-8', frame('"\uFFFD\uFFFD"')],
    ['another character set', `Content-Length: 2\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n{}`],
    ['a header that nobody knows', `X-Thing: 1\r\n${frame('{}')}`],
    ['a header without a value', `X-Thing\r\n${frame('{}')}`],
    ['a length of words', frame('{}', 'many')],
    ['no length', 'X-Thing: 1\r\n\r\n'],
    ['a length that is one too small', frame('{"jsonrpc":"2.0","method":"$/none"}', 34)],
    ['a length below zero', frame('{}', -2)],
    ['a length of nothing', frame('{}', 0)],
    ['a length that no message has', frame('{}', 99_999_999_999)],
    ['a length with more digits than numbers have', frame('{}', '9'.repeat(400))],
    ['100 KB without a header', 'x'.repeat(100_000)],
  ])('such as %s do not end the server', async (_, bytes) => {
    const client = await started();
    client.bytes(bytes);
    await expectAlive(client);
  });

  it('are read however they are cut', async () => {
    const client = await started();
    const text = frame(JSON.stringify({ jsonrpc: '2.0', id: 'cut', method: 'lintel/search', params: { query: 'ä' } }));
    for (const character of text) client.bytes(character);
    await eventually('an answer', () => client.received.some(({ id }) => id === 'cut'));
  });

  it('that are one byte too long cost the next message, and no other', async () => {
    const client = await started();
    client.bytes(frame('{"jsonrpc":"2.0","method":"$/none"}', 36));
    client.notify('$/none');
    await expectAlive(client);
  });

  it('are taken with a header in lower case, without a space, and behind others', async () => {
    const client = await started();
    const text = JSON.stringify({ jsonrpc: '2.0', id: 'lower', method: 'lintel/search', params: { query: 'x' } });
    client.bytes(`Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length:${text.length}\r\n\r\n${text}`);
    await eventually('an answer', () => client.received.some(({ id }) => id === 'lower'));
  });
});

describe('a request about an open repository', () => {
  it('does not wait for folders that open or close', async () => {
    let openOther = (): void => undefined;
    const other = new Promise<void>((done) => {
      openOther = done;
    });
    const opened: string[] = [];
    const client = await connect({
      capabilities: { workspace: { workspaceFolders: true } },
      openEngine: async ({ folder }: EngineOptions) => {
        opened.push(folder);
        if (folder !== '/shop') await other;
        return fakeEngine({ ...ENGINE, root: folder });
      },
    });
    await client.request('lintel/why', { uri });
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [{ uri: 'file:///slow', name: 'slow' }], removed: [] },
    });
    await eventually('the other folder is being opened', () => opened.includes('/slow'));
    expect(await client.request('lintel/why', { uri })).toMatchObject({ governing: [{ title: 'Use ropes' }] });
    expect(await client.request('textDocument/hover', { textDocument: { uri }, position: START })).toBeNull();
    expect(await client.request('lintel/search', { query: 'ropes' })).toMatchObject({ hits: [] });
    let answered = false;
    const late = client.request('lintel/why', { uri: 'file:///slow/a.ts' }).then(() => {
      answered = true;
    });
    await new Promise((done) => setTimeout(done, 50));
    expect(answered).toBe(false);
    openOther();
    await late;
  });
});

describe('a request that never ends', () => {
  afterEach(() => {
    vi.useRealTimers();
  });
  const never = () => new Promise<never>(() => undefined);

  it.each([
    ['lintel/search', { query: 'x' }, { code: -32803, message: expect.stringContaining('longer than 60 s') }],
    ['lintel/why', { uri }, { code: -32803, message: expect.stringContaining('longer than 60 s') }],
  ])('such as %s is ended after a minute, with a sentence', async (method, params, error) => {
    const client = await connect({ engine: fakeEngine({ search: never, why: never }) });
    await client.request('lintel/decisions', { uri });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const answer = client.request(method, params).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    await client.request('lintel/decisions', { uri });
    await vi.advanceTimersByTimeAsync(59_000);
    const early = await Promise.race([answer, client.request('lintel/decisions', { uri }).then(() => 'still running')]);
    expect(early).toBe('still running');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await answer).toMatchObject(error);
  });

  it('from an editor that asked unasked is answered with nothing, and logged', async () => {
    const client = await connect({ engine: fakeEngine({ inspect: never }) });
    await client.open('src/relay.ts', 'relay();\n');
    await client.request('lintel/decisions', { uri });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const answer = client.request('textDocument/hover', { textDocument: { uri }, position: START });
    await client.request('lintel/decisions', { uri });
    await vi.advanceTimersByTimeAsync(61_000);
    expect(await answer).toBeNull();
    expect(client.logs.some((log) => log.startsWith('Hover failed: This took longer than 60 s'))).toBe(true);
  });
});
