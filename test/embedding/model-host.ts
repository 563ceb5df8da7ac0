import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A model host on loopback that speaks the Hugging Face hub's addresses. */
export interface ModelHost {
  /** Address without a slash at the end. */
  readonly address: string;
  /** Paths asked for, in order. */
  readonly requests: string[];
  /** Files by `owner/name/file`; may be changed while it runs. */
  readonly files: Map<string, Buffer>;
  /** Answers a path in another way than with its file; `true` where it did. */
  answer: (file: string, response: ServerResponse) => boolean;
  close(): Promise<void>;
}

export async function modelHost(model: string, files: ReadonlyMap<string, Buffer>): Promise<ModelHost> {
  const host: Omit<ModelHost, 'address' | 'close'> = {
    requests: [],
    files: new Map([...files].map(([name, content]) => [`${model}/${name}`, content])),
    answer: () => false,
  };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').slice(1);
    host.requests.push(path);
    const file = path.replace('/resolve/main/', '/');
    if (host.answer(file, response)) return;
    const content = host.files.get(file);
    if (!content) {
      response.writeHead(404).end('Entry not found');
      return;
    }
    response.writeHead(200, { 'content-length': content.length }).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  onTestFinished(close);
  return Object.assign(host, { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close });
}
