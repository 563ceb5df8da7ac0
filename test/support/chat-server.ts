import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the server got it. */
export interface ChatRequest {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: {
    readonly model: string;
    readonly stream: boolean;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly response_format?: { readonly type: string };
  };
}

/** Answers one request; the number counts from 1. */
export type ChatAnswer = (request: ChatRequest, response: ServerResponse, number: number) => void;

/** A server on this computer that speaks the protocol of `/v1/chat/completions`. */
export interface ChatServer {
  readonly base: string;
  readonly host: string;
  readonly requests: readonly ChatRequest[];
  readonly close: () => Promise<void>;
}

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
};

/** Starts a server that answers as it is told. */
export const chatServer = async (answer: ChatAnswer): Promise<ChatServer> => {
  const requests: ChatRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const body: ChatRequest['body'] = JSON.parse(await textOf(incoming));
    const request = { path: incoming.url ?? '', authorization: incoming.headers.authorization, body };
    requests.push(request);
    answer(request, response, requests.length);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}/v1`,
    host: `127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
};

/** The body of a whole answer. */
export const completion = (content: string): string =>
  JSON.stringify({ object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }] });

/** Answers with a whole text. */
export const plainly =
  (content: string): ChatAnswer =>
  (_, response) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end(completion(content));

/** One event of a stream. */
export const event = (content: string): string =>
  `data: ${JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`;

/** Answers with a stream of events, cut within characters, and leaves the connection open behind its end. */
export const streaming =
  (content: string): ChatAnswer =>
  (_, response) => {
    const parts = content.match(/[\s\S]{1,7}/g) ?? [];
    const bytes = Buffer.from(`: hello\n\n${parts.map(event).join('')}data: [DONE]\n\n`);
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    for (let at = 0; at < bytes.length; at += 11) response.write(bytes.subarray(at, at + 11));
  };

/** Refuses with a status. */
export const refusing =
  (status: number, headers: Readonly<Record<string, string>> = {}): ChatAnswer =>
  (_, response) =>
    void response.writeHead(status, headers).end('{"error":{"message":"no"}}');
