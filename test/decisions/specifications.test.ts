import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { placeNames } from '../../server/code/place-names.ts';
import { codeRoutes, pathSegments } from '../../server/code/routes.ts';
import { SourceFile } from '../../server/code/source-file.ts';
import { specificationsInScope } from '../../server/decisions/specifications/specifications.ts';
import { splitPassages } from '../../server/knowledge/passages.ts';
import { readDocument } from '../../server/knowledge/read.ts';
import type { Hit } from '../../server/model/answer.ts';
import type { Span } from '../../server/model/span.ts';
import { DocumentIndex } from '../../server/retrieval/document-index.ts';

const OPENAPI = `openapi: 3.0.3
info: { title: Orders, version: 1.0.0 }
paths:
  /v1/orders:
    get: { operationId: listOrders, responses: { "200": { description: ok } } }
    post: { operationId: placeOrder, responses: { "201": { description: ok } } }
  /v1/orders/{id}:
    get: { operationId: readOrder, responses: { "200": { description: ok } } }
  /v1/search:
    get: { operationId: search, responses: { "200": { description: ok } } }
components:
  schemas:
    OrderLine: { type: object }
    Order: { type: object }
`;
const ASYNCAPI = `asyncapi: 3.0.0
info: { title: Events, version: 1.0.0 }
channels:
  orders.order-placed:
    address: orders.order-placed
    messages: { orderPlaced: { $ref: '#/components/messages/OrderPlaced' } }
components:
  messages:
    OrderPlaced: { summary: An order was placed. }
`;
const PROTO = `syntax = "proto3";
package stock.v1;
service StockService {
  rpc Reserve(ReserveRequest) returns (ReserveReply);
}
message ReserveRequest { string sku = 1; }
message ReserveReply { bool ok = 1; }
`;
const GRAPHQL = `type Query {\n  product(sku: ID!): Product\n}\ntype Product {\n  sku: ID!\n}\n`;
const SCHEMA = `{ "$schema": "http://json-schema.org/draft-07/schema#", "$id": "https://shop.example/schemas/order.schema.json", "title": "Order", "type": "object" }`;

const FILES = {
  'api/orders.yaml': ['openapi', OPENAPI],
  'api/events.yaml': ['asyncapi', ASYNCAPI],
  'proto/stock.proto': ['protobuf', PROTO],
  'graphql/shop.graphql': ['graphql', GRAPHQL],
  'schemas/order.schema.json': ['json-schema', SCHEMA],
} as const;

/** Specifications as the engine holds them, read by the real readers. */
const knowledgeOf = (paths: readonly (keyof typeof FILES)[]): DocumentIndex => {
  const documentIndex = new DocumentIndex(2);
  documentIndex.update(
    paths.map((path) => {
      const [format, text] = FILES[path];
      const { sections, ...head } = readDocument({ path, kind: 'specification', format, text, sha: '' });
      const vector = Float32Array.of(1, 0);
      const passages = splitPassages({ ...head, sections }).map(({ headingPath, text: part, span }) => ({
        headingPath,
        text: part,
        words: [],
        span,
        vector,
      }));
      return { head, version: text, passages };
    }),
    [],
  );
  return documentIndex;
};
const ALL = knowledgeOf(Object.keys(FILES) as (keyof typeof FILES)[]);

const ask = async (path: string, text: string, line?: number, documentIndex = ALL): Promise<Hit[]> => {
  const place = { path, ...(line === undefined ? {} : { line }) };
  const file = new SourceFile(path, text);
  return specificationsInScope(documentIndex, place, file, placeNames(place, file, await file.symbols()));
};
/** What is said of each specification at a place. */
const found = async (path: string, text: string, line?: number): Promise<Record<string, string[]>> =>
  Object.fromEntries((await ask(path, text, line)).map(({ id, evidence }) => [id, evidence.map(({ explanation }) => explanation)]));
const cut = (text: string, { start, end }: Span): string =>
  (text.split('\n')[start.line] ?? '').slice(start.character, end.line > start.line ? undefined : end.character);

describe('paths in code', () => {
  test.each([
    ['Express', `app.get('/v1/orders/:id', read)`, 'v1/orders/{}', 'GET'],
    ['Express with types', `app.post<{ Body: Order }>('/v1/orders', place)`, 'v1/orders', 'POST'],
    ['Flask', `@app.route("/v1/orders/<int:id>", methods=["PUT"])`, 'v1/orders/{}', 'PUT'],
    ['FastAPI', `@router.delete("/v1/orders/{id}")`, 'v1/orders/{}', 'DELETE'],
    ['Spring', `@PatchMapping("/v1/orders/{id}")`, 'v1/orders/{}', 'PATCH'],
    ['Go', `mux.HandleFunc("POST /v1/orders", h)`, 'v1/orders', 'POST'],
    ['Go with a format', 'http.NewRequest(http.MethodGet, fmt.Sprintf("/v1/orders/%s", id))', 'v1/orders/{}', 'GET'],
    ['a template string', 'await fetch(`$' + '{base}/v1/orders/$' + '{order.id}?full=$' + '{yes}`)', 'v1/orders/{}', undefined],
    ['an f-string', 'requests.get(f"{base}/v1/orders/{order_id}")', 'v1/orders/{}', 'GET'],
    ['a host', `client.put('https://shop.example/v1/orders')`, 'v1/orders', 'PUT'],
    ['a sum', `get('/v1/orders/' + id)`, 'v1/orders/{}', 'GET'],
    ['the method of an option below', "fetch(`/v1/orders`, {\n  headers,\n  method: 'POST',\n})", 'v1/orders', 'POST'],
  ])('are read as %s writes them', (_, code, segments, method) => {
    const [route] = codeRoutes(code);
    expect(route?.segments.join('/')).toBe(segments);
    expect(route?.method).toBe(method);
    expect(cut(code, route?.span as Span)).toBe(route?.text);
  });

  it('are no sentences, file names or dates', () => {
    expect(codeRoutes(`a('one / two'); b('./x.ts'); c('2024/01/02'); d('//'); e('/'); f("/ not a path")`)).toEqual([]);
  });

  it('never break on any text, and match their spans', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('"', "'", '`', '/', 'a', '{', '}', ':', '<', '>', '$', '%s', '\\', '\n', ' ', 'get(') }),
        (text) => {
          for (const route of codeRoutes(text)) expect(cut(text, route.span)).toBe(route.text);
          expect(codeRoutes(text)).toEqual(codeRoutes(text));
        },
      ),
    );
  });

  it('are read only between the lines that are asked for', () => {
    const text = "get('/a/one')\nget('/a/two')\nget('/a/three')";
    expect(codeRoutes(text, 1, 1).map((route) => route.text)).toEqual(['/a/two']);
    expect(pathSegments('/a/[id]/{b}/*')).toEqual(['a', '{}', '{}', '{}']);
  });
});

describe('the operations of specifications', () => {
  it('are what code can have, each at its line', () => {
    const of = (path: keyof typeof FILES) => {
      const document = ALL.get(path);
      return (document?.head.operations ?? []).map(({ kind, name, span }) => `${kind} ${name} @${span.start.line + 1}`);
    };
    expect(of('api/orders.yaml').slice(0, 3)).toEqual([
      'endpoint GET /v1/orders @5',
      'operation listOrders @5',
      'endpoint POST /v1/orders @6',
    ]);
    expect(of('api/events.yaml')).toEqual(['topic orders.order-placed @4', 'type OrderPlaced @9']);
    expect(of('proto/stock.proto')).toEqual([
      'service StockService @3',
      'rpc Reserve @4',
      'type ReserveRequest @6',
      'type ReserveReply @7',
    ]);
    expect(of('graphql/shop.graphql')).toEqual(['field product @2', 'type Product @4']);
    expect(of('schemas/order.schema.json')).toEqual([
      'schema-id https://shop.example/schemas/order.schema.json @1',
      'schema-id order.schema.json @1',
    ]);
  });
});

describe('the specifications at hand', () => {
  it('are those of the path and the method, not of another method', async () => {
    expect(await found('src/a.ts', `app.post('/v1/orders', place);`)).toEqual({
      'api/orders.yaml': ['describes `POST /v1/orders`, the path `/v1/orders` on line 1'],
    });
    expect(await found('src/a.ts', `app.delete('/v1/orders', place);`)).toEqual({});
    expect((await found('src/a.ts', 'const url = `/v1/orders`;'))['api/orders.yaml']).toHaveLength(2);
  });

  it('take a parameter for any segment of the code, never the other way round', async () => {
    expect(await found('src/a.ts', `app.get('/v1/orders/:id', read);`)).toHaveProperty(
      ['api/orders.yaml'],
      ['describes `GET /v1/orders/{id}`, the path `/v1/orders/:id` on line 1'],
    );
    expect(await found('src/a.spec.ts', `await get('/v1/orders/ord_42')`)).toHaveProperty(
      ['api/orders.yaml', 0],
      expect.stringContaining('{id}'),
    );
    expect(await found('src/a.ts', `app.get('/v1/:kind', read);`)).toEqual({});
  });

  it('take the end of a path where a router adds the rest, unless several paths end so', async () => {
    expect(await found('app/routes.py', '@router.get("/search")\ndef find(): ...\n')).toHaveProperty(['api/orders.yaml']);
    expect(await found('app/text.py', 'WORD = "/search"\n')).toEqual({});
    expect(await found('src/a.ts', `app.get('/internal/shop/v1/orders', x)`)).toHaveProperty(['api/orders.yaml']);
  });

  it('know functions by their operation id, however the language writes it', async () => {
    const hits = await ask('app/orders.py', 'def place_order(order):\n    return order\n');
    expect(hits.map(({ id }) => id)).toEqual(['api/orders.yaml']);
    expect(hits[0]?.evidence[0]?.explanation).toBe('describes `placeOrder`, declared on line 1');
    // A single plain word is no operation id.
    expect(await found('app/a.py', 'def search(words):\n    return words\n')).toEqual({});
  });

  it('know topics only as they are written, and types only by a name that means something', async () => {
    expect(await found('src/a.ts', `publish('orders.order-placed', body)`)).toEqual({
      'api/events.yaml': ['describes the topic `orders.order-placed`, used on line 1'],
    });
    expect(await found('src/a.ts', `publish('orders.order-paid', body)`)).toEqual({});
    expect(await found('src/a.ts', 'export interface OrderLine { sku: string }')).toHaveProperty(['api/orders.yaml']);
    expect(await found('src/a.ts', 'export interface Order { sku: string }')).toEqual({});
    expect(await found('services/orders/a.ts', 'export interface Order { sku: string }')).toHaveProperty(['api/orders.yaml']);
  });

  it('know calls of a service where the file names the service, and fields where it uses GraphQL', async () => {
    const client = 'client = StockServiceStub(channel)\nclient.Reserve(request)\n';
    expect((await found('app/a.py', client))['proto/stock.proto']).toContain('describes `StockService.Reserve`, used on line 2');
    expect(await found('app/a.py', 'desk.Reserve(table)\n')).toEqual({});
    expect(await found('src/a.ts', "import { gql } from 'x';\nconst resolvers = { Query: { product } };")).toHaveProperty([
      'graphql/shop.graphql',
    ]);
    expect(await found('src/a.ts', 'const product = 1;')).toEqual({});
  });

  it('know a JSON Schema by its id or its file', async () => {
    expect(await found('src/a.ts', `ajv.compile({ $ref: 'https://shop.example/schemas/order.schema.json' })`)).toHaveProperty([
      'schemas/order.schema.json',
    ]);
    expect(await found('src/a.ts', `import order from '../schemas/order.schema.json'`)).toHaveProperty(['schemas/order.schema.json']);
    expect(await found('src/a.ts', `import order from '../schemas/re-order.schema.json'`)).toEqual({});
  });

  it('have spans on both sides that hold what they name', async () => {
    const text = `// first\nexport const a = 1;\napp.post('/v1/orders', place);\n`;
    const [hit] = await ask('src/a.ts', text);
    const [evidence] = hit?.evidence ?? [];
    expect(evidence).toMatchObject({ kind: 'scoped', form: 'endpoint', names: 'POST /v1/orders', weight: 0.9 });
    expect(cut(text, evidence?.codeSpan as Span)).toBe('/v1/orders');
    expect(cut(OPENAPI, evidence?.documentSpan as Span)).toMatch(/^post:/);
    expect(hit?.span).toEqual(evidence?.documentSpan);
  });

  it('come nearest first, and none from far away or from the file itself', async () => {
    const text = `app.post('/v1/orders', a);\n${'\n'.repeat(15)}publish('orders.order-placed', b);\n`;
    expect((await ask('src/a.ts', text, 0)).map(({ id }) => id)).toEqual(['api/orders.yaml', 'api/events.yaml']);
    expect((await ask('src/a.ts', text, 16)).map(({ id }) => id)).toEqual(['api/events.yaml', 'api/orders.yaml']);
    expect(await ask('src/a.ts', `${text}${'\n'.repeat(200)}`, 190)).toEqual([]);
    expect((await ask('api/orders.yaml', OPENAPI)).map(({ id }) => id)).not.toContain('api/orders.yaml');
    expect(await ask('src/a.ts', text, 0, knowledgeOf([]))).toEqual([]);
  });
});
