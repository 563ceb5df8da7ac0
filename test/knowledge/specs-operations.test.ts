import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../server/knowledge/read.ts';
import type { Operation } from '../../server/model/operation.ts';
import { partOf } from './spec-helpers.ts';

const PATHS = {
  openapi: 'api/orders.yaml',
  asyncapi: 'api/events.yaml',
  protobuf: 'proto/stock.proto',
  graphql: 'shop.graphql',
  'json-schema': 'schemas/order.schema.json',
  gherkin: 'pay.feature',
} as const;
type Format = keyof typeof PATHS;

const operationsIn = (format: Format, text: string): readonly Operation[] =>
  readDocument({ path: PATHS[format], kind: 'specification', format, text, sha: '' }).operations ?? [];

/** Operations as `kind name`. */
const check = (format: Format, text: string, expected: readonly string[]): void =>
  expect(operationsIn(format, text).map(({ kind, name }) => `${kind} ${name}`)).toEqual(expected);

const openapi = (paths: string, more = ''): string => `openapi: 3.0.3\ninfo: { title: Orders, version: '1' }\npaths:\n${paths}\n${more}`;
const v2 = (channels: string): string => `asyncapi: 2.6.0\ninfo: { title: Events, version: '1' }\nchannels:\n${channels}\n`;
const v3 = (rest: string): string => `asyncapi: 3.0.0\ninfo: { title: Events, version: '1' }\n${rest}\n`;

describe('the operations of an OpenAPI file', () => {
  it.each([
    ['a path with two methods', openapi('  /a:\n    get: {}\n    post: {}'), ['endpoint GET /a', 'endpoint POST /a']],
    ['an operation id', openapi('  /a:\n    get: { operationId: listA }'), ['endpoint GET /a', 'operation listA']],
    ['an id that contains a space, which no code can use', openapi('  /a:\n    get: { operationId: list all }'), ['endpoint GET /a']],
    ['a key that is not a method', openapi('  /a:\n    parameters: []\n    summary: x\n    get: {}'), ['endpoint GET /a']],
    ['a path without a leading slash', openapi('  a:\n    get: { operationId: listA }'), []],
    ['a path with a space', openapi('  /a b:\n    get: {}'), []],
    ['a reference to another file', openapi('  /a:\n    $ref: other.yaml'), []],
    [
      'schemas',
      openapi('  /a:\n    get: {}', 'components: { schemas: { Order: {}, Line: {} } }'),
      ['endpoint GET /a', 'type Order', 'type Line'],
    ],
    [
      'webhooks, which others serve',
      openapi('  /a:\n    get: {}', 'webhooks:\n  paid:\n    post: { operationId: onPaid }'),
      ['endpoint GET /a'],
    ],
  ])('include what code can have of %s', (_, text, expected) => check('openapi', text, expected));

  it('keep the method and the path with its parameters as written', () => {
    expect(operationsIn('openapi', openapi('  /orders/{id}:\n    delete: {}'))).toMatchObject([
      { kind: 'endpoint', name: 'DELETE /orders/{id}', method: 'DELETE', path: '/orders/{id}' },
    ]);
  });

  it('have the place and the start of the text of their section', () => {
    const text = openapi(`  /a:\n    get:\n      operationId: listA\n      description: ${'word '.repeat(100)}`);
    const [endpoint, operation] = operationsIn('openapi', text);
    expect(partOf(text, endpoint?.span ?? expect.fail())).toMatch(/^get:\n\s+operationId: listA/);
    expect(operation?.span).toEqual(endpoint?.span);
    expect(endpoint?.text).toMatch(/^GET \/a\nlistA\nword word/);
    expect(endpoint?.text).toHaveLength(240);
  });

  it('of paths that share a node through a YAML alias have their own texts', () => {
    const operations = operationsIn('openapi', openapi('  /a: &a\n    get: {}\n  /b: *a'));
    expect(operations.map(({ name, text }) => [name, text])).toEqual([
      ['GET /a', 'GET /a'],
      ['GET /b', 'GET /b'],
    ]);
  });
});

describe('the operations of an AsyncAPI file', () => {
  it.each([
    [
      'a channel of version 2',
      v2('  orders.placed:\n    publish: { operationId: onPlaced }'),
      ['topic orders.placed', 'topic orders.placed', 'operation onPlaced'],
    ],
    ['an operation without an id', v2('  orders.placed:\n    subscribe: {}'), ['topic orders.placed', 'topic orders.placed']],
    ['a channel of version 3 with an address', v3('channels:\n  placed: { address: orders.placed }'), ['topic orders.placed']],
    [
      'an operation of version 3',
      v3(
        "channels:\n  placed: { address: orders.placed }\noperations:\n  sendPlaced: { action: send, channel: { $ref: '#/channels/placed' } }",
      ),
      ['topic orders.placed', 'topic orders.placed', 'operation sendPlaced'],
    ],
    ['an operation without a channel', v3('operations:\n  sendPlaced: { action: send }'), ['operation sendPlaced']],
    ['messages and schemas', v3('components:\n  messages: { Placed: {} }\n  schemas: { Order: {} }'), ['type Placed', 'type Order']],
  ])('include what code can name of %s', (_, text, expected) => check('asyncapi', text, expected));
});

describe('the operations of a protobuf file', () => {
  it.each([
    [
      'a service with rpcs',
      'service Stock { rpc Reserve(A) returns (B); rpc Free(A) returns (B) {} }',
      ['service Stock', 'rpc Reserve', 'rpc Free'],
    ],
    ['nested messages, by their own names', 'message A { message B { int32 c = 1; } }', ['type A', 'type B']],
    ['an enum', 'enum State { OPEN = 0; }', ['type State']],
    ['an rpc outside of a service', 'rpc Lost(A) returns (B);', []],
    ['a oneof, which has no type', 'message A { oneof choice { int32 b = 1; } }', ['type A']],
    ['a service that is never closed', 'service Stock { rpc Reserve(A) returns (B);', ['service Stock', 'rpc Reserve']],
  ])('include what generated code has of %s', (_, text, expected) => check('protobuf', text, expected));

  it('name the service of an rpc without its package', () => {
    const text = 'package shop.stock.v1;\nservice Stock { rpc Reserve(A) returns (B); }';
    expect(operationsIn('protobuf', text).find(({ kind }) => kind === 'rpc')).toMatchObject({ name: 'Reserve', service: 'Stock' });
  });
});

describe('the operations of a GraphQL file', () => {
  it.each([
    ['root fields, without the root types', 'type Query { order: Int }\ntype Mutation { pay: Int }', ['field order', 'field pay']],
    [
      'types of every kind',
      'type A { x: Int }\ninput B { x: Int }\ninterface C { x: Int }\nenum D { X }\nunion E = A',
      ['type A', 'type B', 'type C', 'type D', 'type E'],
    ],
    ['an extension of a type, only once', 'type A { x: Int }\nextend type A { y: Int }', ['type A']],
    ['a directive and a schema, which code does not name', 'directive @a on FIELD\nschema { query: Query }\ntype A { x: Int }', ['type A']],
    ['a query of a client', 'query GetOrder { order }\ntype A { x: Int }', ['field GetOrder', 'type A']],
    ['a file that does not parse', 'type A {\ntype B {\n', ['type A', 'type B']],
  ])('include what code can name of %s', (_, text, expected) => check('graphql', text, expected));
});

describe('the operations of a JSON Schema', () => {
  it.each([
    [
      'an address and a file name',
      '{"$id":"https://a.example/o.json","title":"O","type":"object"}',
      ['schema-id https://a.example/o.json', 'schema-id order.schema.json'],
    ],
    ['an id that is not an address', '{"$id":"order","title":"O"}', ['schema-id order.schema.json']],
    ['a relative address', '{"$id":"/schemas/order","title":"O"}', ['schema-id /schemas/order', 'schema-id order.schema.json']],
    ['an id that is its file name, once', '{"$id":"order.schema.json","title":"O"}', ['schema-id order.schema.json']],
    ['definitions', '{"title":"O","$defs":{"Line":{},"Two Words":{}}}', ['schema-id order.schema.json', 'type Line']],
    ['a file that does not parse', '{"title": ', ['schema-id order.schema.json']],
  ])('include what code can refer to of %s', (_, text, expected) => check('json-schema', text, expected));
});

describe('operations in general', () => {
  it('are absent from formats and files that describe none', () => {
    for (const [format, text] of [
      ['gherkin', 'Feature: Pay\n  Scenario: A\n    Given x'],
      ['openapi', ''],
      ['protobuf', '// nothing'],
    ] as const)
      expect(readDocument({ path: PATHS[format], kind: 'specification', format, text, sha: '' })).not.toHaveProperty('operations');
  });

  it('never have names that code cannot have, whatever the file says', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'B', '/', '{', '}', ' ', '\t', '"', '.', '👍', '__proto__'), maxLength: 400 });
    fc.assert(
      fc.property(fc.array(fc.tuple(name, name), { maxLength: 5 }), (pairs) => {
        const paths = Object.fromEntries(pairs.map(([path, operationId]) => [`/${path}`, { get: { operationId } }]));
        const schemas = Object.fromEntries(pairs.map(([schema]) => [schema, {}]));
        const text = JSON.stringify({ openapi: '3.0.0', info: { title: 'x' }, paths, components: { schemas } });
        for (const { kind, name: found, path, text: start } of operationsIn('openapi', text)) {
          expect(path ?? found).toMatch(/^\S{1,300}$/);
          expect(start.length).toBeLessThanOrEqual(240);
          expect(kind === 'endpoint').toBe(path !== undefined);
        }
      }),
    );
  });
});
