import { PassThrough } from 'node:stream';
import { Client, type ClientOptions } from '@modelcontextprotocol/client';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { onTestFinished } from 'vitest';
import { serve } from '../../server/mcp/main.ts';
import type { Engine, EngineOptions } from '../../server/model/engine.ts';
import { fakeEngine } from '../support/engine.ts';

/** A JSON-RPC message as a server wrote it. */
export interface Message {
  readonly id?: number | string | null;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: number; readonly message: string };
}

export interface ServedOptions {
  readonly engine?: Engine;
  readonly openEngine?: (options: EngineOptions) => Promise<Engine>;
  readonly repo?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** The server of the product between two streams: no process, no disk. */
export interface Served {
  readonly input: PassThrough;
  readonly output: PassThrough;
  readonly logged: string[];
  /** Options with which engines were opened. */
  readonly opened: EngineOptions[];
  /** Resolves when the server has ended. */
  readonly ended: Promise<void>;
}

/** Starts a server for one test, which ends it. */
export const served = ({ engine = fakeEngine(), openEngine, repo = '/shop', environment = {} }: ServedOptions = {}): Served => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const logged: string[] = [];
  const opened: EngineOptions[] = [];
  const ended = serve({
    ...(repo === '' ? {} : { repo }),
    current: '/current',
    environment,
    input,
    output,
    log: (message) => void logged.push(message),
    openEngine: async (options) => {
      opened.push(options);
      return openEngine ? openEngine(options) : engine;
    },
  });
  onTestFinished(async () => {
    input.end();
    await ended;
  });
  return { input, output, logged, opened, ended };
};

/** The eras of the protocol as options of the official client. */
export const ERAS: readonly (readonly [string, ClientOptions])[] = [
  ['2025-11-25', { versionNegotiation: { mode: 'legacy' } }],
  ['2026-07-28', { versionNegotiation: { mode: { pin: '2026-07-28' } } }],
];

/** The official client, connected to a server in this process. */
export const connected = async (options: ServedOptions = {}, client: ClientOptions = {}): Promise<Client & { readonly served: Served }> => {
  const running = served(options);
  const connection = new Client({ name: 'test', version: '1' }, client);
  // A line of JSON is the same in both directions.
  await connection.connect(new StdioServerTransport(running.output, running.input));
  return Object.assign(connection, { served: running });
};

/** The text of a result of a tool. */
export const textOf = (result: { readonly content?: unknown } = {}): string =>
  (result.content as readonly { readonly text: string }[])[0]?.text ?? '';

/** A client that writes bytes, so that it can be wrong in every way. */
export interface RawClient extends Served {
  readonly received: readonly Message[];
  readonly bytes: (text: string) => void;
  readonly send: (message: unknown) => void;
  /** The answer with this id. */
  readonly answer: (id: number | string) => Promise<Message>;
  readonly request: (method: string, params?: unknown) => Promise<Message>;
  /** The handshake of 2025. */
  readonly begin: () => Promise<Message>;
}

export const raw = (options: ServedOptions = {}): RawClient => {
  const running = served(options);
  const received: Message[] = [];
  let text = '';
  const waiting = new Map<Message['id'], (message: Message) => void>();
  running.output.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (text + chunk).split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) {
      const message = JSON.parse(line) as Message;
      received.push(message);
      if (message.method === undefined) waiting.get(message.id)?.(message);
    }
  });
  const bytes = (written: string): void => void running.input.write(written);
  const send = (message: unknown): void => bytes(`${JSON.stringify(message)}\n`);
  const answer = (id: number | string): Promise<Message> => {
    const found = received.find((message) => message.id === id && message.method === undefined);
    return found ? Promise.resolve(found) : new Promise((resolve) => waiting.set(id, resolve));
  };
  let last = 0;
  const request = (method: string, params?: unknown): Promise<Message> => {
    last += 1;
    const id = `r${last}`;
    send({ jsonrpc: '2.0', id, method, ...(params === undefined ? {} : { params }) });
    return answer(id);
  };
  const begin = async (): Promise<Message> => {
    const started = await request('initialize', {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'raw', version: '1' },
    });
    send({ jsonrpc: '2.0', method: 'notifications/initialized' });
    return started;
  };
  return { ...running, received, bytes, send, answer, request, begin };
};
