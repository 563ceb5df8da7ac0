import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { logParser } from '../../server/git/log-parser.ts';
import { parseCodeowners } from '../../server/knowledge/codeowners.ts';
import { createMatcher } from '../../server/knowledge/discovery/globs.ts';
import { readLinks } from '../../server/knowledge/links/links.ts';
import { splitPassages } from '../../server/knowledge/passages.ts';
import { type FileToRead, READER_FAILED, readDocument } from '../../server/knowledge/read.ts';
import { REQUESTS } from '../../server/lsp/requests/index.ts';
import { startServer } from '../../server/lsp/server.ts';
import { serve } from '../../server/mcp/main.ts';
import { AGENT_TOOLS } from '../../server/model/agent-tools.ts';
import { fakeEngine } from '../support/engine.ts';

/** Takes any input. Throws or rejects if the product does what it must not; taking too long is measured by the caller. */
export type Target = (input: string) => void | Promise<void>;

const READERS: readonly FileToRead[] = [
  ...['markdown', 'rst', 'asciidoc'].map((format) => ({
    path: `docs/adr/0002-x.${format === 'markdown' ? 'md' : format}`,
    kind: 'decision' as const,
    format,
  })),
  ...['openapi', 'asyncapi', 'protobuf', 'graphql', 'json-schema', 'gherkin'].map((format) => ({
    path: `api/x.${format}`,
    kind: 'specification' as const,
    format,
  })),
  { path: 'docs/guide.md', kind: 'guide', format: 'markdown' },
  { path: 'CODEOWNERS', kind: 'guide', format: 'codeowners' },
];

const readers: Target = (input) => {
  for (const file of READERS) {
    const document = readDocument({ ...file, text: input, sha: '' });
    const failed = document.findings.find(({ rule }) => rule === READER_FAILED.id);
    if (failed) throw new Error(`${file.format}: ${failed.message}`);
    splitPassages(document);
  }
  readLinks(input);
  parseCodeowners(input);
};

const patterns: Target = (input) => {
  const lines = input.split('\n');
  for (const braces of [true, false])
    for (const path of ['a/'.repeat(100), `${'a'.repeat(200)}/b`, lines[0] ?? '']) createMatcher(lines.slice(1), { braces }).decide(path);
};

const log: Target = (input) => {
  const bytes = Buffer.from(input, 'utf8');
  const cut = Math.floor(bytes.length / 2);
  const whole = logParser();
  const parts = logParser();
  const once = [...whole.push(bytes), ...whole.finish()];
  const twice = [...parts.push(bytes.subarray(0, cut)), ...parts.push(bytes.subarray(cut)), ...parts.finish()];
  if (JSON.stringify(once) !== JSON.stringify(twice)) throw new Error('The commits depend on where the output of git was cut.');
};

/** Sends the input as a message, and then asks something that a living server answers. */
const server: Target = async (input) => {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const connection = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  startServer(connection, async () => fakeEngine());
  let answers = '';
  toClient.on('data', (chunk: Buffer) => {
    answers += chunk.toString('utf8');
  });
  const send = (text: string): void => void toServer.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  const request = (id: number, method: string, params: unknown): void => send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
  request(900_001, 'initialize', {
    processId: null,
    rootUri: null,
    capabilities: {},
    workspaceFolders: [{ uri: 'file:///shop', name: 'shop' }],
  });
  send('{"jsonrpc":"2.0","method":"initialized","params":{}}');
  send(input);
  // The same parameters for every request that there is.
  let params: unknown;
  try {
    params = (JSON.parse(input) as { params?: unknown } | null)?.params;
  } catch {
    // A message that is no JSON is sent as it is.
  }
  const methods = /"method":"(?:shutdown|exit|initialize)"/.test(input) ? [] : REQUESTS.map(({ method }) => method);
  for (const [at, method] of methods.entries()) request(910_000 + at, method, params);
  request(900_002, 'lintel/none', {});
  try {
    for (let waited = 0; !answers.includes('900002') && waited < 400; waited++) await sleep(5);
    if (!answers.includes('900002')) throw new Error('The server answers no more.');
    const silent = methods.filter((_, at) => !answers.includes(String(910_000 + at)));
    for (let waited = 0; silent.some((method) => !answers.includes(String(910_000 + methods.indexOf(method)))) && waited < 400; waited++)
      await sleep(5);
    const never = methods.filter((_, at) => !answers.includes(String(910_000 + at)));
    if (never.length > 0) throw new Error(`Never answered: ${never.join(', ')}.`);
  } finally {
    // Whoever is gone cannot be told the status.
    request(900_003, 'shutdown', null);
    for (let waited = 0; !answers.includes('900003') && waited < 400; waited++) await sleep(5);
    await sleep(20);
    connection.dispose();
    toServer.destroy();
    toClient.destroy();
  }
};

/** Sends the input as lines, and its arguments to every tool; then asks something that a living server answers. */
const mcp: Target = async (input) => {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  let answers = '';
  toClient.on('data', (chunk: Buffer) => {
    answers += chunk.toString('utf8');
  });
  const ended = serve({
    repo: '/shop',
    current: '/',
    environment: {},
    input: toServer,
    output: toClient,
    log: () => undefined,
    openEngine: async () => fakeEngine(),
  });
  const send = (message: unknown): void => void toServer.write(`${JSON.stringify(message)}\n`);
  const request = (id: number, method: string, params: unknown): void => send({ jsonrpc: '2.0', id, method, params });
  try {
    toServer.write(`${input}\n`);
    request(900_001, 'initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'fuzz', version: '1' } });
    send({ jsonrpc: '2.0', method: 'notifications/initialized' });
    let given: unknown;
    try {
      given = (JSON.parse(input.split('\n')[0] ?? '') as { params?: { arguments?: unknown } } | null)?.params?.arguments;
    } catch {
      // A line that is no JSON has no arguments.
    }
    const names = AGENT_TOOLS.map(({ name }) => name);
    for (const [at, name] of names.entries())
      request(910_000 + at, 'tools/call', { name, arguments: given ?? { path: input, query: input, id: input } });
    const wanted = [900_001, ...names.map((_, at) => 910_000 + at)];
    const silent = (): readonly number[] => wanted.filter((id) => !answers.includes(`"id":${id}`));
    for (let waited = 0; silent().length > 0 && waited < 800; waited++) await sleep(5);
    if (silent().length > 0) throw new Error(`Never answered: ${silent().join(', ')}.`);
    for (const line of answers.trim().split('\n')) JSON.parse(line);
  } finally {
    toServer.end();
    await ended;
  }
};

/** What `npm run fuzz -- NAME` knows; seeds are in `seeds/NAME/`. */
export const TARGETS: Readonly<Record<string, Target>> = { readers, patterns, log, server, mcp };
