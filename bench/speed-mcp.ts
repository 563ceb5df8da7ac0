import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { getEncoding } from 'js-tiktoken';
import { temporaryFolder } from '../test/support/folder.ts';
import { GIT_ENVIRONMENT } from '../test/support/git.ts';
import { syntheticRepository } from '../test/support/synthetic.ts';
import { figure, spreadOf } from './measure.ts';

/**
 * Speed of the MCP server of the bundle over standard input and output: the first answer of a fresh process, and those after it.
 * `npm run build && npm run bench -- speed-mcp [--folder FOLDER] [--rounds 5] [--calls 100]`. Default: a made repository of 20,000 commits and 300 records.
 * Beside the time by the clock stands that of the processor, which a loaded machine changes less.
 */

const CLI = process.env.LINTEL_BENCH_CLI ?? join(import.meta.dirname, '../dist/cli.cjs');
const { values } = parseArgs({
  options: { folder: { type: 'string' }, rounds: { type: 'string', default: '5' }, calls: { type: 'string', default: '100' } },
});
const work = temporaryFolder('lintel-bench-mcp');
const folder = values.folder ?? syntheticRepository({ commits: 20_000, documents: 1_000, seed: 1 }).root;
const environment = { ...process.env, ...GIT_ENVIRONMENT, LINTEL_INDEX: join(work.path, 'index') };

/** Milliseconds of the processor that a process has used; 0 where the system does not tell. */
function processorTime(pid: number | undefined): number {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return 0;
  const fields = readFileSync(file, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

interface Message {
  readonly id: number;
  readonly result?: { readonly content?: readonly { readonly text: string }[] };
}

interface Timed {
  readonly ms: number;
  readonly processor: number;
  readonly text: string;
}

/** A server and what it is asked; times count from the start of the process. */
function startServer() {
  const started = performance.now();
  const child = spawn(process.execPath, [CLI, 'mcp', '--repo', folder], { env: environment, stdio: ['pipe', 'pipe', 'ignore'] });
  const waiting = new Map<number, (message: Message) => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = JSON.parse(line) as Message;
    waiting.get(message.id)?.(message);
  });
  let last = 0;
  const request = (method: string, params: unknown): Promise<Message> => {
    last += 1;
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: last, method, params })}\n`);
    return new Promise((resolve) => waiting.set(last, resolve));
  };
  const call = async (name: string, args: object): Promise<Timed> => {
    const [from, before] = [performance.now(), processorTime(child.pid)];
    const { result } = await request('tools/call', { name, arguments: args });
    return { ms: performance.now() - from, processor: processorTime(child.pid) - before, text: result?.content?.[0]?.text ?? '' };
  };
  return {
    begin: () => request('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bench', version: '1' } }),
    call,
    sinceStart: () => ({ ms: performance.now() - started, processor: processorTime(child.pid) }),
    end: () => {
      child.stdin.end();
      return new Promise((resolve) => child.once('exit', resolve));
    },
  };
}

const QUERIES = ['why do we retry payments', 'message broker', 'database per service', 'timeouts between services', 'feature flags'];
const files = execFileSync('git', ['ls-files', '*.ts', '*.go', '*.py', '*.java', '*.kt', '*.rs', '*.cs'], {
  cwd: folder,
  encoding: 'utf8',
  maxBuffer: 1 << 28,
})
  .split('\n')
  .filter(Boolean);
const fileAt = (round: number): string => files[(round * 37) % Math.max(1, files.length)] ?? 'README.md';

execFileSync(process.execPath, [CLI, 'index', folder], { env: environment, stdio: 'ignore' });
console.log(
  `${folder}: ${execFileSync('git', ['rev-list', '--count', 'HEAD'], { cwd: folder, encoding: 'utf8' }).trim()} commits, ${files.length} source files, load ${loadavg()[0]?.toFixed(1)}`,
);

const first: Record<string, Timed[]> = { search: [], why: [], ask: [], decisions: [] };
for (let round = 0; round < Number(values.rounds); round++)
  for (const [name, args] of [
    ['search', { query: QUERIES[0] }],
    ['why', { path: fileAt(0) }],
    ['ask', { question: QUERIES[0] }],
    ['decisions', {}],
  ] as const) {
    const server = startServer();
    await server.begin();
    const { text } = await server.call(name, args);
    first[name]?.push({ ...server.sinceStart(), text });
    await server.end();
  }
for (const [name, times] of Object.entries(first))
  figure(
    `first answer of a fresh process: ${name}, median`,
    spreadOf(times.map(({ ms }) => ms)).p50,
    'ms',
    { most: 1_000 },
    `processor ${spreadOf(times.map(({ processor }) => processor)).p50} ms`,
  );

const encoding = getEncoding('o200k_base');
const server = startServer();
await server.begin();
const asked: readonly (readonly [string, (round: number) => object])[] = [
  ['search', (round) => ({ query: QUERIES[round % QUERIES.length] })],
  ['why', (round) => ({ path: fileAt(round) })],
  ['ask', (round) => ({ question: QUERIES[round % QUERIES.length] })],
  ['decisions', () => ({})],
  ['check', () => ({})],
];
for (const [name, argsOf] of asked) {
  const times: Timed[] = [];
  for (let round = 0; round < Number(values.calls); round++) times.push(await server.call(name, argsOf(round)));
  const [cold, ...warm] = times;
  const spread = spreadOf(warm.map(({ ms }) => ms));
  const tokens = spreadOf(times.map(({ text }) => encoding.encode(text).length)).p50;
  figure(
    `${name}, p95 of ${warm.length} after the first`,
    spread.p95,
    'ms',
    { most: 50 },
    `p50 ${spread.p50.toFixed(1)}, max ${spread.max.toFixed(0)}, first ${cold?.ms.toFixed(0)} ms; processor p50 ${spreadOf(warm.map(({ processor }) => processor)).p50} ms; ${tokens} tokens`,
  );
}
await server.end();
work.remove();
