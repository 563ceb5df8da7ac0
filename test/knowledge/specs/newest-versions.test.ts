import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../server/knowledge/read.ts';
import { readOpenApiParts } from '../../../server/knowledge/specs/openapi-parts.ts';
import type { Document } from '../../../server/model/document.ts';
import { sectionOf } from '../spec-helpers.ts';

const read = (format: string, path: string, text: string): Document => readDocument({ path, kind: 'specification', format, text, sha: '' });
const namesIn = ({ operations }: Document): string[] => (operations ?? []).map(({ kind, name }) => `${kind} ${name}`);

describe('AsyncAPI 3', () => {
  const events = (rest: string): Document =>
    read('asyncapi', 'events.yaml', `asyncapi: 3.1.0\ninfo: { title: Shop, version: '1' }\n${rest}`);

  it('names the address of the channel that an operation refers to, which is what code has', () => {
    const document = events(
      "channels:\n  placed: { address: 'orders.{region}.placed' }\noperations:\n  onPlaced: { action: receive, channel: { $ref: '#/channels/placed' } }\n",
    );
    expect(namesIn(document)).toEqual(['topic orders.{region}.placed', 'topic orders.{region}.placed', 'operation onPlaced']);
  });

  it('follows a channel to the components, and knows no topic of a channel without an address', () => {
    const document = events(
      "channels:\n  shared: { $ref: '#/components/channels/Shared' }\n  replies: { address: null }\noperations:\n  send: { action: send, channel: { $ref: '#/channels/replies' } }\ncomponents:\n  channels: { Shared: { address: shared.topic } }\n",
    );
    expect(namesIn(document)).toEqual(['topic shared.topic', 'operation send']);
  });

  it('has the messages that a channel defines itself, and where a reply goes', () => {
    const document = events(
      "channels:\n  placed:\n    address: placed\n    messages:\n      Placed: { summary: An order came, payload: { type: object } }\n      Other: { $ref: '#/components/messages/Other' }\noperations:\n  onPlaced:\n    action: receive\n    channel: { $ref: '#/channels/placed' }\n    reply: { address: { location: '$message.header#/replyTo' }, channel: { $ref: '#/channels/placed' } }\ncomponents: { messages: { Other: {} } }\n",
    );
    expect(sectionOf(document, 'message Placed').text).toBe('Placed\nAn order came');
    expect(sectionOf(document, 'message Other').text).toBe('Other');
    expect(sectionOf(document, 'receive placed onPlaced').text).toContain('Reply: placed, $message.header#/replyTo');
  });

  it('survives channels that refer to each other in a circle', () => {
    const document = events("channels:\n  a: { $ref: '#/channels/b' }\n  b: { $ref: '#/channels/a' }\n");
    expect(namesIn(document)).toEqual(['topic a', 'topic b']);
  });
});

describe('OpenAPI 3.1 and 3.2', () => {
  const api = (rest: string): string => `openapi: 3.2.0\ninfo: { title: Shop, version: '1' }\n${rest}`;

  it('have the operations of path items in the components, with what stands beside the reference', () => {
    const document = read(
      'openapi',
      'api.yaml',
      api(
        "paths:\n  /orders: { $ref: '#/components/pathItems/orders', delete: { operationId: dropOrders } }\nwebhooks:\n  paid: { $ref: '#/components/pathItems/paid' }\ncomponents:\n  pathItems:\n    orders: { get: { operationId: listOrders } }\n    paid: { post: { operationId: onPaid, summary: Money came } }\n",
      ),
    );
    expect(namesIn(document).filter((name) => name.startsWith('endpoint'))).toEqual(['endpoint DELETE /orders', 'endpoint GET /orders']);
    expect(sectionOf(document, 'POST paid onPaid').text).toContain('Money came');
  });

  it('have the method QUERY and additional operations', () => {
    const text = api('paths:\n  /search:\n    query: {}\n    additionalOperations: { COPY: { operationId: copy } }\n');
    expect(namesIn(read('openapi', 'api.yaml', text))).toEqual(['endpoint QUERY /search', 'endpoint COPY /search', 'operation copy']);
  });

  it('have the webhooks, additional operations and schemas that lie in other files', async () => {
    const files: Record<string, string> = {
      'api/search.yaml': 'query: { operationId: search }\nadditionalOperations:\n  COPY: { operationId: copy }\n',
      'api/paid.yaml': 'post: { operationId: onPaid }\n',
      'api/schemas/order.yaml': 'type: object\nproperties:\n  total: { type: number }\n',
    };
    const text = api(
      'paths:\n  /search: { $ref: search.yaml }\nwebhooks:\n  paid: { $ref: paid.yaml }\ncomponents:\n  schemas:\n    Order: { $ref: schemas/order.yaml }\n    Line: { type: string }\n',
    );
    const { documents, reads } = await readOpenApiParts({ path: 'api/api.yaml', text, sha: '' }, async (path) => files[path]);
    expect(documents.map((document) => [document.path, namesIn(document)])).toEqual([
      ['api/search.yaml', ['endpoint QUERY /search', 'operation search', 'endpoint COPY /search', 'operation copy']],
      ['api/paid.yaml', []],
      ['api/schemas/order.yaml', ['type Order']],
    ]);
    expect(documents.at(-1)?.sections[0]?.text).toContain('total (number)');
    expect([...reads].sort()).toEqual(Object.keys(files).sort());
  });
});

describe('JSON Schema 2020-12', () => {
  const schema = (rest: object): string =>
    read('json-schema', 'tree.json', JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'Tree', ...rest }))
      .sections[0]?.text ?? '';

  it.each([
    ['dynamic references', { properties: { children: { type: 'array', items: { $dynamicRef: '#node' } } } }, 'children (array of node)'],
    ['tuples', { properties: { at: { type: 'array', prefixItems: [{ type: 'number' }, true] } } }, 'at (array of number, any)'],
    ['properties in tuples', { properties: { at: { prefixItems: [{ properties: { lat: { type: 'number' } } }] } } }, 'at[0].lat (number)'],
    ['patterns of names', { patternProperties: { '^x-': { description: 'Extension' } } }, '^x-: Extension'],
    ['conditions', JSON.parse('{ "if": {}, "then": { "properties": { "vat": { "type": "string" } } } }'), 'vat (string)'],
    ['dependent schemas', { dependentSchemas: { card: { properties: { billing: { type: 'string' } } } } }, 'billing (string)'],
    ['constants', { properties: { kind: { const: 'tree' } } }, 'kind: one of: tree'],
    ['references beside other words', { properties: { a: { $ref: '#/$defs/Line', description: 'The line' } } }, 'a (Line): The line'],
  ])('has %s', (_, rest, line) => expect(schema(rest).split('\n')).toContain(line));
});

describe('GraphQL of September 2025', () => {
  const document = read(
    'graphql',
    'a.graphql',
    '"""A filter."""\ninput Filter @oneOf { id: ID, name: String }\n\n"""Fetches a user."""\nquery GetUser("The id." $id: ID!) { user(by: {id: $id}) { ...F } }\n\n"""Parts of a user."""\nfragment F on User { id }\n',
  );

  it('has input objects of which one field is given, and descriptions of requests, variables and fragments', () => {
    expect(document.findings).toEqual([]);
    expect(sectionOf(document, 'input Filter').text).toContain('Directives: @oneOf');
    expect(sectionOf(document, 'query GetUser').text).toBe('query GetUser\nFetches a user.\n$id: ID!: The id.');
    expect(sectionOf(document, 'fragment F').text).toContain('Parts of a user.');
  });
});

it('protobuf edition 2024 has the messages and enums whose visibility is stated', () => {
  const document = read(
    'protobuf',
    'a.proto',
    'edition = "2024";\npackage shop;\nimport option "features.proto";\noption features.field_presence = IMPLICIT;\n\n// An order.\nexport message Order {\n  string id = 1 [features.field_presence = EXPLICIT];\n  local enum Kind { KIND_UNSPECIFIED = 0; }\n  reserved foo, bar;\n}\nlocal message Hidden { int32 x = 1; }\nmessage Plain { string export = 1; local local = 2; }\n',
  );
  expect(document.findings).toEqual([]);
  expect(namesIn(document)).toEqual(['type Order', 'type Kind', 'type Hidden', 'type Plain']);
  expect(sectionOf(document, 'message Order').text).toContain('An order.');
  expect(sectionOf(document, 'message Plain').text).toContain('string export');
});

describe('Gherkin', () => {
  it.each([
    ['de', 'Funktionalität', 'Regel', 'Grundlage', 'Szenariogrundriss', 'Beispiele', 'Angenommen', 'Wenn'],
    ['fr', 'Fonctionnalité', 'Règle', 'Contexte', 'Plan du scénario', 'Exemples', 'Soit', 'Quand'],
    ['en', 'Feature', 'Rule', 'Background', 'Scenario Outline', 'Examples', 'Given', 'When'],
  ])(
    'in %s has rules, backgrounds and outlines with several tables of examples',
    (language, feature, rule, background, outline, examples, given, when) => {
      const document = read(
        'gherkin',
        'pay.feature',
        `# language: ${language}\n@pay\n${feature}: Pay\n  ${rule}: Once\n    ${background}:\n      ${given} a cart\n    @fast\n    ${outline}: By <way>\n      ${when} I pay by <way>\n      ${examples}: good\n        | way |\n        | card |\n      ${examples}: bad\n        | way |\n        | cheque |\n`,
      );
      expect(document.findings).toEqual([]);
      const section = sectionOf(document, `${outline}: By <way>`);
      expect(section.headingPath).toEqual(['Pay', `${rule}: Once`, `${outline}: By <way>`]);
      expect(section.text.split('\n')).toEqual([
        'By <way>',
        'Tags: @fast',
        `${when} I pay by <way>`,
        `${examples}: good`,
        'way',
        'card',
        `${examples}: bad`,
        'way',
        'cheque',
      ]);
    },
  );
});
