import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client, type ClientOptions } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { emptyRepository, GIT_ENVIRONMENT, temporaryFolder } from '../lsp/sample-repository.ts';
import { ERAS, textOf } from './in-memory.ts';

const CLI = process.env.LINTEL_TEST_CLI ?? join(import.meta.dirname, '../../server/cli/main.ts');
const cache = temporaryFolder();
const ENVIRONMENT = { ...process.env, ...GIT_ENVIRONMENT, XDG_CACHE_HOME: cache, LOCALAPPDATA: cache, NODE_NO_WARNINGS: '1' } as Record<
  string,
  string
>;

let repository: ReturnType<typeof emptyRepository>;
beforeAll(() => {
  repository = emptyRepository();
  repository.write(
    'docs/adr/0001-use-ropes.md',
    '# 1. Use ropes\n\n## Status\n\nAccepted\n\n## Decision\n\nWe lift every bucket with ropes.\n',
  );
  repository.write('src/well.ts', '// ADR-0001: ropes lift the buckets\nexport const lift = () => "rope";\n');
  repository.commit('Lift with ropes');
});
afterAll(() => repository.remove());

const start = async (args: readonly string[], cwd: string, options: ClientOptions = {}): Promise<Client> => {
  const client = new Client({ name: 'test', version: '1' }, options);
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [CLI, 'mcp', ...args], cwd, env: ENVIRONMENT, stderr: 'ignore' }),
  );
  onTestFinished(() => client.close());
  return client;
};

describe.each(ERAS)('"lintel mcp" as a process, to the official client of %s', (_era, options) => {
  it('builds the index, and says which decision governs a line', async () => {
    const client = await start(['--repo', repository.root], temporaryFolder(), options);
    const { structuredContent } = await client.callTool({ name: 'why', arguments: { path: 'src/well.ts:2' } }, { timeout: 120_000 });
    expect(structuredContent).toMatchObject({
      path: 'src/well.ts',
      line: 2,
      governing: [{ id: 'docs/adr/0001-use-ropes.md', status: 'accepted', why: expect.arrayContaining(['cited on line 1 as "ADR-0001"']) }],
      index: { behind: 0 },
    });
  });
});

it('two servers of one repository share its index, and each sees what was committed since', async () => {
  const [one, two] = await Promise.all([start([], repository.root), start([], repository.root)]);
  const search = { name: 'search', arguments: { query: 'buckets', kinds: ['decision'] } } as const;
  const both = await Promise.all([one, two].map((client) => client.callTool(search, { timeout: 120_000 })));
  expect(both.map(({ structuredContent }) => structuredContent)).toMatchObject([
    { hits: [{ title: '0001 Use ropes' }] },
    { hits: [{ title: '0001 Use ropes' }] },
  ]);
});

it('a folder that is no repository is told with what to do', async () => {
  const client = await start([], temporaryFolder());
  const result = await client.callTool({ name: 'decisions', arguments: {} });
  expect(result.isError).toBe(true);
  expect(textOf(result)).toMatch(
    /is not in a git repository, and nothing names another one\. Start the server with "lintel mcp --repo PATH"/,
  );
});

it('a folder that is not there is told, and the server waits for one that is', async () => {
  const folder = join(temporaryFolder(), 'later');
  const client = await start(['--repo', folder], temporaryFolder());
  const result = await client.callTool({ name: 'decisions', arguments: {} });
  expect(textOf(result)).toContain(folder);
  mkdirSync(folder);
  expect((await client.callTool({ name: 'decisions', arguments: {} }, { timeout: 120_000 })).structuredContent).toMatchObject({ total: 0 });
});

describe('the process ends', () => {
  const spawned = () =>
    spawn(process.execPath, [CLI, 'mcp', '--repo', repository.root], { env: ENVIRONMENT, stdio: ['pipe', 'pipe', 'ignore'] });
  const over = (child: ReturnType<typeof spawned>) => new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));

  it('with code 0 when its input is closed, asked or not', async () => {
    const child = spawned();
    child.stdin.end();
    expect(await over(child)).toBe(0);
  });

  it('when its client is killed in the middle of a call', async () => {
    const script = `
      const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ${JSON.stringify([CLI, 'mcp', '--repo', repository.root])}, { stdio: ['pipe', 'pipe', 'ignore'] });
      console.log(child.pid);
      child.stdin.write('{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}\\n');
      child.stdin.write('{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"search","arguments":{"query":"ropes"}}}\\n');
      child.stdout.once('data', () => process.kill(process.pid, 'SIGKILL'));`;
    const client = spawn(process.execPath, ['-e', script], { env: ENVIRONMENT, stdio: ['ignore', 'pipe', 'ignore'] });
    const pid = await new Promise<number>((resolve) => client.stdout.once('data', (line: Buffer) => resolve(Number(line.toString()))));
    await new Promise((resolve) => client.once('exit', resolve));
    const isAlive = (): boolean => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    while (isAlive()) await new Promise((resolve) => setTimeout(resolve, 20));
  });
});
