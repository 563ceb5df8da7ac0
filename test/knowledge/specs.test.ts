import { describe, expect, it } from 'vitest';
import { readAsyncApi } from '../../server/knowledge/specs/asyncapi.ts';
import { readJsonSchema } from '../../server/knowledge/specs/json-schema.ts';
import { readOpenApi } from '../../server/knowledge/specs/openapi.ts';
import { documentOf, partOf, sectionOf } from './spec-helpers.ts';

const ORDERS = `openapi: 3.1.0
info:
  title: Orders API
  version: 1.4.0
  description: |
    Places and tracks orders.
servers:
  - url: https://api.example.org/v1
tags:
  - name: orders
    description: Everything about orders
paths:
  /orders:
    parameters:
      - $ref: '#/components/parameters/Tenant'
    post:
      operationId: createOrder
      summary: Place an order
      description: Reserves stock before it answers.
      tags: [orders, write]
      parameters:
        - name: Idempotency-Key
          in: header
          description: Repeats are answered from the first call.
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/NewOrder' }
      responses:
        '201':
          description: Placed
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Order' }
        409: { $ref: '#/components/responses/Conflict' }
    get:
      summary: List orders
      responses: {}
  /linked:
    $ref: './linked.yaml'
webhooks:
  orderShipped:
    post:
      summary: Tells that an order left
components:
  schemas:
    Order:
      description: What was bought
      type: object
      required: [id]
      properties:
        id: { type: string, description: 'Opaque, never parsed' }
        state: { type: string, enum: [open, paid, shipped] }
        customer: { $ref: '#/components/schemas/Customer' }
        lines:
          type: array
          items:
            type: object
            properties:
              sku: { type: string }
`;

describe('OpenAPI', () => {
  const document = documentOf(readOpenApi, 'api/openapi.yaml', ORDERS);

  it('takes the title from info, at its place', () => {
    expect(document).toMatchObject({ title: 'Orders API', kind: 'specification', format: 'openapi', id: 'api/openapi.yaml', findings: [] });
    expect(document.titleSpan && partOf(ORDERS, document.titleSpan)).toBe('Orders API');
  });

  it('has a section for the API, each operation, webhook and schema, in the order of the file', () => {
    expect(document.sections.map((section) => section.headingPath.join(' > '))).toEqual([
      'Orders API',
      'Orders API > POST /orders createOrder',
      'Orders API > GET /orders',
      'Orders API > /linked',
      'Orders API > Webhooks > POST orderShipped',
      'Orders API > schema Order',
    ]);
  });

  it('tells of an operation what a person would search for', () => {
    const { text } = sectionOf(document, 'POST /orders createOrder');
    expect(text.split('\n')).toEqual([
      'POST /orders',
      'createOrder',
      'Place an order',
      'Reserves stock before it answers.',
      'Tags: orders, write',
      'Parameters: Tenant, Idempotency-Key (header)',
      'Idempotency-Key: Repeats are answered from the first call.',
      'Request: NewOrder',
      'Response 201 Order Placed',
      'Response 409 Conflict',
    ]);
  });

  it('gives an operation the span from its method to the end of its fields', () => {
    const part = partOf(ORDERS, sectionOf(document, 'POST /orders createOrder').span);
    expect(part.startsWith('post:\n      operationId: createOrder')).toBe(true);
    expect(part.endsWith("409: { $ref: '#/components/responses/Conflict' }")).toBe(true);
  });

  it('tells of a schema its properties with types, values and nested names', () => {
    expect(sectionOf(document, 'schema Order').text.split('\n')).toEqual([
      'Order',
      'What was bought',
      'Type: object',
      'Required: id',
      'id (string): Opaque, never parsed',
      'state (string): one of: open, paid, shipped',
      'customer (Customer)',
      'lines (array of object)',
      'lines[].sku (string)',
      'Uses: Customer',
    ]);
  });

  it('reads Swagger 2 in JSON, where the body is a parameter and schemas are definitions', () => {
    const text = JSON.stringify({
      swagger: '2.0',
      info: { title: 'Pets' },
      host: 'pets.example.org',
      basePath: '/v2',
      paths: {
        '/pets': { post: { operationId: 'addPet', parameters: [{ in: 'body', name: 'body', schema: { $ref: '#/definitions/Pet' } }] } },
      },
      definitions: { Pet: { type: 'object', properties: { name: { type: 'string' } } } },
    });
    const pets = documentOf(readOpenApi, 'swagger.json', text);
    expect(sectionOf(pets, 'Pets').text).toContain('Server: pets.example.org/v2');
    expect(sectionOf(pets, 'POST /pets addPet').text).toContain('Request: Pet');
    expect(partOf(text, sectionOf(pets, 'schema Pet').span)).toBe('"Pet":{"type":"object","properties":{"name":{"type":"string"}}}');
  });

  it('reads what stands before and after a fault and reports the fault at its place', () => {
    const text = ORDERS.replace('summary: List orders', 'summary: "List orders');
    const broken = documentOf(readOpenApi, 'api/openapi.yaml', text);
    expect(broken.findings[0]).toMatchObject({ rule: 'broken-yaml', severity: 'error' });
    expect(broken.findings[0]?.span.start.line).toBeGreaterThanOrEqual(36);
    expect(broken.sections.map((section) => section.heading)).toContain('POST /orders createOrder');
  });

  it('reports broken JSON as such', () => {
    const broken = documentOf(
      readOpenApi,
      'swagger.json',
      '{"swagger": "2.0", "info": {"title": "Pets"}, "paths": {"/pets": {"get": {"summary": "List"}}',
    );
    expect(broken.findings[0]).toMatchObject({ rule: 'broken-json' });
    expect(sectionOf(broken, 'GET /pets').text).toContain('List');
  });

  it('keeps the text of a file in which nothing is understood, so that it can be found', () => {
    const plain = documentOf(readOpenApi, 'api/notes.yaml', 'just words about orders\n');
    expect(plain.title).toBe('notes');
    expect(plain.sections).toMatchObject([{ heading: '', text: 'just words about orders\n' }]);
  });

  it('reads an empty file as a document without sections', () => {
    expect(documentOf(readOpenApi, 'api/empty.yaml', '')).toMatchObject({ title: 'empty', sections: [], findings: [] });
  });

  it('names references that lead in a circle without following them', () => {
    const text =
      'openapi: 3.0.0\ncomponents:\n  schemas:\n    A: { $ref: "#/components/schemas/B" }\n    B: { $ref: "#/components/schemas/A" }\n';
    const circle = documentOf(readOpenApi, 'a.yaml', text);
    expect(sectionOf(circle, 'schema A').text).toContain('Uses: B');
    expect(sectionOf(circle, 'schema B').text).toContain('Uses: A');
  });

  it('reads an alias of a node that contains it as nothing', () => {
    const text = 'openapi: 3.0.0\npaths: &all\n  /a: { get: { summary: Me, responses: *all } }\n';
    expect(sectionOf(documentOf(readOpenApi, 'a.yaml', text), 'GET /a').text).toBe('GET /a\nMe');
  });

  it('treats __proto__ and constructor as names like any other', () => {
    const text =
      '{"openapi":"3.0.0","__proto__":{"polluted":1},"components":{"schemas":{"__proto__":{"type":"object"},"constructor":{"type":"string"}}}}';
    const odd = documentOf(readOpenApi, 'a.json', text);
    expect(odd.sections.map((section) => section.heading)).toEqual(['API', 'schema __proto__', 'schema constructor']);
    expect('polluted' in {}).toBe(false);
  });

  it('counts places in UTF-16 units, with lines that end in CRLF', () => {
    const text = 'openapi: 3.0.0\r\ninfo: { description: "😀", title: "Orders" }\r\npaths:\r\n  /a:\r\n    get: { summary: A }\r\n';
    const crlf = documentOf(readOpenApi, 'a.yaml', text);
    expect(crlf.titleSpan && partOf(text, crlf.titleSpan)).toBe('"Orders"');
    expect(partOf(text, sectionOf(crlf, 'GET /a').span)).toBe('get: { summary: A }');
  });
});

describe('AsyncAPI', () => {
  const TWO = `asyncapi: '2.6.0'
info: { title: Shop events, version: 1.0.0 }
servers:
  production: { url: 'kafka.example.org', protocol: kafka, description: The cluster }
channels:
  order/{orderId}/placed:
    description: One event for each order
    parameters:
      orderId: { description: Which }
    publish:
      operationId: onOrderPlaced
      summary: An order was placed
      message:
        oneOf:
          - $ref: '#/components/messages/OrderPlaced'
          - name: OrderPlacedV2
components:
  messages:
    OrderPlaced:
      name: OrderPlaced
      summary: Says what was bought
      payload: { $ref: '#/components/schemas/Order' }
  schemas:
    Order: { type: object, description: What was bought }
`;

  it('reads version 2: channels by address, operations inside them, messages and schemas', () => {
    const document = documentOf(readAsyncApi, 'events.yaml', TWO);
    expect(document).toMatchObject({ title: 'Shop events', format: 'asyncapi', findings: [] });
    expect(document.sections.map((section) => section.heading)).toEqual([
      'Shop events',
      'channel order/{orderId}/placed',
      'publish order/{orderId}/placed onOrderPlaced',
      'message OrderPlaced',
      'schema Order',
    ]);
    expect(sectionOf(document, 'Shop events').text).toContain('Server: kafka.example.org, The cluster');
    expect(sectionOf(document, 'publish order/{orderId}/placed onOrderPlaced').text).toContain('Messages: OrderPlaced, OrderPlacedV2');
    expect(sectionOf(document, 'message OrderPlaced').text).toContain('Payload: Order');
    expect(partOf(TWO, sectionOf(document, 'message OrderPlaced').span)).toMatch(/^OrderPlaced:\n[\s\S]*Order' }$/);
  });

  it('reads version 3: channels with addresses, operations beside them', () => {
    const text = `asyncapi: 3.0.0
info: { title: Shop events }
channels:
  placed:
    address: orders.placed
    messages:
      OrderPlaced: { $ref: '#/components/messages/OrderPlaced' }
operations:
  publishPlaced:
    action: send
    summary: Tells the world
    channel: { $ref: '#/channels/placed' }
    messages:
      - $ref: '#/channels/placed/messages/OrderPlaced'
`;
    const document = documentOf(readAsyncApi, 'events.yaml', text);
    expect(document.sections.map((section) => section.heading)).toEqual([
      'Shop events',
      'channel orders.placed placed',
      'send placed publishPlaced',
    ]);
    expect(sectionOf(document, 'channel orders.placed placed').text).toContain('Messages: OrderPlaced');
    expect(sectionOf(document, 'send placed publishPlaced').text).toBe(
      'send placed publishPlaced\norders.placed\nTells the world\nMessages: OrderPlaced',
    );
  });
});

describe('JSON Schema', () => {
  const text = `{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "https://example.org/order.json",
  "title": "Order",
  "description": "What was bought",
  "type": ["object", "null"],
  "properties": { "address": { "type": "object", "properties": { "street": { "type": "string", "title": "Street and number" } } } },
  "allOf": [{ "properties": { "note": { "type": "string" } } }],
  "$defs": { "money": { "description": "In cents", "type": "integer" } }
}
`;

  it('has a section for the schema and one for each definition, which do not overlap', () => {
    const document = documentOf(readJsonSchema, 'order.schema.json', text);
    expect(document).toMatchObject({ title: 'Order', format: 'json-schema', findings: [] });
    expect(sectionOf(document, 'Order').text.split('\n')).toEqual([
      'https://example.org/order.json',
      'Order',
      'What was bought',
      'Type: object or null',
      'address (object)',
      'address.street (string): Street and number',
      'note (string)',
    ]);
    expect(partOf(text, sectionOf(document, 'schema money').span)).toBe('"money": { "description": "In cents", "type": "integer" }');
    expect(sectionOf(document, 'Order').span.end.line).toBe(sectionOf(document, 'schema money').span.start.line);
  });

  it('takes the name of the file where there is no title', () => {
    expect(documentOf(readJsonSchema, 'schemas/order.schema.json', '{"type":"object"}').title).toBe('order.schema');
  });

  it('reads a schema in YAML', () => {
    const document = documentOf(
      readJsonSchema,
      'order.yaml',
      '$schema: https://json-schema.org/draft/2020-12/schema\ntitle: Order\nproperties:\n  id: { type: string }\n',
    );
    expect(sectionOf(document, 'Order').text).toBe('Order\nid (string)');
  });
});
