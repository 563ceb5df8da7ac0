import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Knowledge } from '../../server/mcp/knowledge.ts';
import { createServer as createMcpServer } from '../../server/mcp/server.ts';
import { Turns } from '../../server/mcp/turns.ts';
import { temporaryFolder } from '../lsp/sample-repository.ts';
import { fakeEngine, hitWith } from '../support/engine.ts';

// The suite speaks HTTP alone, so the server of the product is put behind a bridge here. Its other scenarios call tools of the suite's own example server, or
// what this server does not have: sampling, logging, prompts, subscriptions, and the security of HTTP.
const SCENARIOS = ['server-initialize', 'ping', 'tools-list', 'tools-call-error', 'resources-list'];
const SUITE = join(import.meta.dirname, '../../node_modules/@modelcontextprotocol/conformance/dist/index.js');

const knowledge = new Knowledge({
  chosen: { folder: '/shop', by: 'argument' },
  openEngine: async () =>
    fakeEngine({ documents: async () => [{ ...hitWith(), status: undefined, links: [], findings: [], format: 'markdown' }] as never }),
  log: () => undefined,
});
const handler = createMcpHandler(() => createMcpServer(knowledge, new Turns(), () => undefined));

const bridge = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]);
  const body = request.method === 'POST' ? { body: Buffer.concat(chunks) } : {};
  const answer = await handler.fetch(new Request(`http://localhost${request.url}`, { method: request.method ?? 'GET', headers, ...body }));
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
};

let http: Server;
beforeAll(async () => {
  http = createServer((request, response) => void bridge(request, response));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  http.closeAllConnections();
  await new Promise((resolve) => http.close(resolve));
  await handler.close();
});

it.each(SCENARIOS)('the conformance suite finds nothing wrong in its scenario %s', async (scenario) => {
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`;
  const suite = spawn(process.execPath, [SUITE, 'server', '--url', url, '--scenario', scenario], { cwd: temporaryFolder() });
  let output = '';
  for (const stream of [suite.stdout, suite.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const code = await new Promise((resolve) => suite.once('exit', resolve));
  expect(output).toMatch(/passed/i);
  expect({ code, failed: /✗|[1-9]\d* failed/.exec(output)?.[0] }).toEqual({ code: 0, failed: undefined });
});
