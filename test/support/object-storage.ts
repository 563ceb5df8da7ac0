import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What happens to a request instead of an answer. `undefined`: it is answered. */
export type Fault =
  | { readonly kind: 'refuse'; readonly status: number }
  | { readonly kind: 'cut' }
  | { readonly kind: 'slow'; readonly ms: number };

export interface StorageRequest {
  readonly method: string;
  /** Path of the object below the bucket, or the prefix of a listing. */
  readonly key: string;
}

/** A small object storage that speaks the protocol of S3 on loopback, path style, with conditional writes. */
export interface ObjectStorage {
  /** `s3://BUCKET/PREFIX` */
  readonly uri: string;
  /** The environment in which clients find it. */
  readonly env: Readonly<Record<string, string>>;
  /** Objects by key. */
  readonly objects: Map<string, Buffer>;
  readonly requests: StorageRequest[];
  /** Bytes that were answered to reads. */
  bytesRead: number;
  /** Decides the fault of each request. */
  fault: (request: StorageRequest) => Fault | undefined;
  close(): Promise<void>;
}

const BUCKET = 'team';
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const etagOf = (data: Buffer): string => `"${createHash('md5').update(data).digest('hex')}"`;

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const body = Buffer.concat(pieces);
  return request.headers['content-encoding']?.includes('aws-chunked') ? unchunked(body) : body;
}

/** Content of a body in chunks that are signed one by one. */
function unchunked(body: Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, end), 16);
    if (!size) break;
    pieces.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(pieces);
}

function xml(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>\n${body}`);
}

const failure = (response: ServerResponse, status: number, code: string): void =>
  xml(response, status, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`);

export async function openObjectStorage(): Promise<ObjectStorage> {
  const objects = new Map<string, Buffer>();
  const uploads = new Map<string, Map<number, Buffer>>();
  const storage: { -readonly [K in keyof ObjectStorage]: ObjectStorage[K] } = {
    uri: '',
    env: {},
    objects,
    requests: [],
    bytesRead: 0,
    fault: () => undefined,
    close: () => Promise.resolve(),
  };
  let uploadsBegun = 0;

  const list = (response: ServerResponse, query: URLSearchParams): void => {
    const prefix = query.get('prefix') ?? '';
    const delimiter = query.get('delimiter') ?? '';
    const keys = [...objects.keys()].filter((key) => key.startsWith(prefix)).sort();
    const folders = new Set<string>();
    const files = keys.filter((key) => {
      const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
      if (end >= 0) folders.add(key.slice(0, end + 1));
      return end < 0;
    });
    const contents = files.map((key) => {
      const data = objects.get(key) as Buffer;
      return `<Contents><Key>${escaped(key)}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>${escaped(etagOf(data))}</ETag><Size>${data.length}</Size></Contents>`;
    });
    const common = [...folders].map((folder) => `<CommonPrefixes><Prefix>${escaped(folder)}</Prefix></CommonPrefixes>`);
    xml(
      response,
      200,
      `<ListBucketResult><Name>${BUCKET}</Name><Prefix>${escaped(prefix)}</Prefix><KeyCount>${files.length + folders.size}</KeyCount><IsTruncated>false</IsTruncated>${contents.join('')}${common.join('')}</ListBucketResult>`,
    );
  };

  const read = (request: IncomingMessage, response: ServerResponse, key: string): void => {
    const data = objects.get(key);
    if (!data) {
      failure(response, 404, 'NoSuchKey');
      return;
    }
    const etag = etagOf(data);
    const headers = { etag, 'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT', 'accept-ranges': 'bytes' };
    const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '');
    const from = range ? (range[1] ? Number(range[1]) : data.length - Number(range[2])) : 0;
    const to = range?.[1] && range[2] ? Math.min(Number(range[2]), data.length - 1) : data.length - 1;
    const part = data.subarray(from, to + 1);
    const ranged = range ? { 'content-range': `bytes ${from}-${to}/${data.length}` } : {};
    response.writeHead(range ? 206 : 200, { ...headers, ...ranged, 'content-length': part.length });
    if (request.method === 'HEAD') return void response.end();
    storage.bytesRead += part.length;
    response.end(part);
  };

  const write = (request: IncomingMessage, response: ServerResponse, key: string, body: Buffer): void => {
    const before = objects.get(key);
    if (request.headers['if-none-match'] === '*' && before) {
      failure(response, 412, 'PreconditionFailed');
      return;
    }
    const expected = request.headers['if-match'];
    if (expected !== undefined && (!before || etagOf(before) !== expected)) {
      failure(response, 412, 'PreconditionFailed');
      return;
    }
    const source = request.headers['x-amz-copy-source'];
    const data = typeof source === 'string' ? objects.get(decodeURIComponent(source).replace(/^\/?[^/]+\//, '')) : body;
    if (!data) {
      failure(response, 404, 'NoSuchKey');
      return;
    }
    objects.set(key, data);
    if (source === undefined) response.writeHead(200, { etag: etagOf(data) }).end();
    else xml(response, 200, `<CopyObjectResult><ETag>${escaped(etagOf(data))}</ETag></CopyObjectResult>`);
  };

  const multipart = (request: IncomingMessage, response: ServerResponse, key: string, query: URLSearchParams, body: Buffer): void => {
    const id = query.get('uploadId') ?? '';
    if (query.has('uploads')) {
      const begun = String(++uploadsBegun);
      uploads.set(begun, new Map());
      xml(response, 200, `<InitiateMultipartUploadResult><UploadId>${begun}</UploadId></InitiateMultipartUploadResult>`);
      return;
    }
    const parts = uploads.get(id);
    if (!parts) {
      failure(response, 404, 'NoSuchUpload');
      return;
    }
    if (request.method === 'PUT') {
      parts.set(Number(query.get('partNumber')), body);
      return void response.writeHead(200, { etag: etagOf(body) }).end();
    }
    uploads.delete(id);
    if (request.method === 'DELETE') return void response.writeHead(204).end();
    if (request.headers['if-none-match'] === '*' && objects.has(key)) {
      failure(response, 412, 'PreconditionFailed');
      return;
    }
    const data = Buffer.concat([...parts].sort(([a], [b]) => a - b).map(([, part]) => part));
    objects.set(key, data);
    xml(response, 200, `<CompleteMultipartUploadResult><ETag>${escaped(etagOf(data))}</ETag></CompleteMultipartUploadResult>`);
  };

  const removeMany = (response: ServerResponse, body: Buffer): void => {
    for (const [, key = ''] of body.toString('utf8').matchAll(/<Key>([^<]*)<\/Key>/g)) objects.delete(key);
    xml(response, 200, '<DeleteResult></DeleteResult>');
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://storage');
    const key = decodeURIComponent(url.pathname).replace(/^\/[^/]*\/?/, '');
    const asked = { method: request.method ?? '', key: key || (url.searchParams.get('prefix') ?? '') };
    storage.requests.push(asked);
    const body = await bodyOf(request);
    const fault = storage.fault(asked);
    if (fault?.kind === 'refuse') {
      failure(response, fault.status, fault.status === 403 ? 'AccessDenied' : 'InternalError');
      return;
    }
    if (fault?.kind === 'slow') await sleep(fault.ms);
    if (fault?.kind === 'cut') {
      const whole = objects.get(key);
      if (request.method !== 'GET' || !whole) return void request.socket.destroy();
      response.writeHead(200, { 'content-length': whole.length });
      response.write(whole.subarray(0, whole.length >> 1), () => request.socket.destroy());
      return;
    }
    if (url.searchParams.has('uploads') || url.searchParams.has('uploadId')) multipart(request, response, key, url.searchParams, body);
    else if (request.method === 'POST' && url.searchParams.has('delete')) removeMany(response, body);
    else if (key === '') list(response, url.searchParams);
    else if (request.method === 'GET' || request.method === 'HEAD') read(request, response, key);
    else if (request.method === 'PUT') write(request, response, key, body);
    else if (request.method === 'DELETE') {
      objects.delete(key);
      response.writeHead(204).end();
    } else failure(response, 405, 'MethodNotAllowed');
  };

  const server: Server = createServer((request, response) => void answer(request, response).catch(() => request.socket.destroy()));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  storage.uri = `s3://${BUCKET}/lintel`;
  storage.env = {
    AWS_ENDPOINT: `http://127.0.0.1:${port}`,
    AWS_ALLOW_HTTP: 'true',
    AWS_REGION: 'eu-test-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_VIRTUAL_HOSTED_STYLE_REQUEST: 'false',
  };
  storage.close = () =>
    new Promise((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    });
  return storage;
}
