import { PassThrough } from 'node:stream';
import { onTestFinished } from 'vitest';
import { createConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { framesOnly } from '../../server/lsp/frames.ts';
import { startServer } from '../../server/lsp/server.ts';
import type { Engine } from '../../server/model/engine.ts';
import { fakeEngine } from '../support/engine.ts';
import { eventually, SHOP } from './in-memory.ts';

export interface Answer {
  readonly id?: number | string | null;
  readonly method?: string;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** A client that writes bytes, so that it can be wrong in every way. */
export interface RawClient {
  /** Everything that the server sent. */
  readonly received: readonly Answer[];
  readonly bytes: (text: string) => void;
  /** One message, framed as it should be. */
  readonly send: (message: unknown) => void;
  readonly notify: (method: string, params?: unknown) => void;
  /** Rejects if there is no answer within two seconds. */
  readonly request: (method: string, params?: unknown) => Promise<Answer>;
  /** `initialize` and `initialized`. */
  readonly begin: () => Promise<Answer>;
}

/** Starts the server for one test, which ends it. */
export function connectRaw(engine: Engine = fakeEngine()): RawClient {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const connection = createConnection(new StreamMessageReader(toServer.pipe(framesOnly())), new StreamMessageWriter(toClient));
  startServer(connection, async () => engine);
  const received: Answer[] = [];
  let buffer = Buffer.alloc(0);
  toClient.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const head = /^Content-Length: (\d+)\r\n\r\n/.exec(buffer.subarray(0, 60).toString('latin1'));
      const end = head ? head[0].length + Number(head[1]) : Number.POSITIVE_INFINITY;
      if (!head || buffer.length < end) return;
      received.push(JSON.parse(buffer.subarray(head[0].length, end).toString('utf8')) as Answer);
      buffer = buffer.subarray(end);
    }
  });
  const bytes = (text: string): void => void toServer.write(text);
  const send = (message: unknown): void => {
    const text = typeof message === 'string' ? message : JSON.stringify(message);
    bytes(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  };
  let last = 0;
  const request = async (method: string, params?: unknown): Promise<Answer> => {
    const id = ++last;
    send({ jsonrpc: '2.0', id, method, ...(params === undefined ? {} : { params }) });
    await eventually(`an answer to ${method}`, () => received.some((answer) => answer.id === id && answer.method === undefined));
    return received.find((answer) => answer.id === id && answer.method === undefined) ?? {};
  };
  const notify = (method: string, params: unknown = {}): void => send({ jsonrpc: '2.0', method, params });
  onTestFinished(async () => {
    await request('shutdown').catch(() => undefined);
    connection.dispose();
    toServer.destroy();
    toClient.destroy();
  });
  return {
    received,
    bytes,
    send,
    notify,
    request,
    begin: async () => {
      const workspaceFolders = [{ uri: SHOP, name: 'shop' }];
      const answer = await request('initialize', { processId: null, rootUri: null, capabilities: {}, workspaceFolders });
      notify('initialized');
      return answer;
    },
  };
}
