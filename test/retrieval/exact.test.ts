import { describe, expect, it } from 'vitest';
import { containsWord, nameMatcher, shaIn } from '../../server/retrieval/exact.ts';
import { documentIndexOf, documentsIn } from '../support/register.ts';

const KAFKA = 'docs/adr/0007-use-kafka.md';
const MAIL = 'docs/rfcs/0007-mail/README.md';
const API = 'api/openapi.yaml';
const index = documentIndexOf(
  documentsIn({
    [KAFKA]: '# Use Kafka for events\n\n## Decision\n\nThe OutboxRelay writes to `orders.placed`.\n',
    [MAIL]: '# Mail\n',
    [API]:
      'openapi: 3.1.0\ninfo: { title: Orders, version: "1" }\npaths:\n  /v1/orders/{id}:\n    get: { summary: One, responses: {} }\n  /v1/orders:\n    post: { summary: New, responses: {} }\n',
  }),
);

/** The documents that a query names, each with its tier. */
const named = (query: string): Record<string, number> => {
  const match = nameMatcher(query);
  return Object.fromEntries(
    index.documents().flatMap((document) => {
      const found = match(document);
      return found ? [[document.head.id, found.tier]] : [];
    }),
  );
};

describe('a query that names a document', () => {
  it.each([
    [KAFKA, { [KAFKA]: 0 }],
    [`./${KAFKA}`, { [KAFKA]: 0 }],
    ['0007-use-kafka.md', { [KAFKA]: 0 }],
    ['0007-use-kafka', { [KAFKA]: 0 }],
    ['use-kafka', { [KAFKA]: 0 }],
    ['Use Kafka for events', { [KAFKA]: 0 }],
    ['"use kafka for events"', { [KAFKA]: 0 }],
    ['ADR 7', { [KAFKA]: 0 }],
    ['adr-0007', { [KAFKA]: 0 }],
    ['RFC 7', { [MAIL]: 0 }],
    ['7', { [KAFKA]: 0, [MAIL]: 0 }],
    ['decision 7', { [KAFKA]: 0, [MAIL]: 0 }],
    ['OutboxRelay', { [KAFKA]: 3 }],
    ['orders.placed', { [KAFKA]: 3 }],
    ['GET /v1/orders/{id}', { [API]: 0 }],
    ['get /orders/:order', { [API]: 1 }],
    ['POST /orders', { [API]: 1 }],
  ])('%s', (query, expected) => {
    expect(named(query)).toEqual(expected);
  });

  it.each(['kafka', 'mail server', 'ADR 8', 'DELETE /v1/orders', 'Relay', 'how do we send events?', '', '   ', 'x'.repeat(400)])(
    'is not %j',
    (query) => {
      expect(named(query)).toEqual({});
    },
  );

  it('gives the passage of the operation that it names', () => {
    const api = index.get(API);
    expect(api && nameMatcher('POST /v1/orders')(api)).toMatchObject({
      explanation: 'describes the operation POST /v1/orders',
      passage: { headingPath: expect.arrayContaining([expect.stringContaining('/v1/orders')]) },
    });
  });

  it('says that a document contains an identifier', () => {
    const kafka = index.get(KAFKA);
    expect(kafka && nameMatcher('OutboxRelay')(kafka)?.explanation).toBe('contains OutboxRelay');
  });
});

it.each([
  ['0a1b2c3', '0a1b2c3'],
  ['commit 0A1B2C3d', '0a1b2c3d'],
  ['commit:0a1b2c3', '0a1b2c3'],
  ['  0a1b2c3  ', '0a1b2c3'],
  ['0a1b2c', undefined],
  ['g'.repeat(7), undefined],
  ['a'.repeat(41), undefined],
])('the sha in %j is %j', (query, expected) => {
  expect(shaIn(query)).toBe(expected);
});

it.each([
  ['an OutboxRelay.', 'OutboxRelay', true],
  ['OutboxRelays', 'OutboxRelay', false],
  ['my_OutboxRelay', 'OutboxRelay', false],
  ['OutboxRelays and OutboxRelay', 'OutboxRelay', true],
  ['ÄOutboxRelay', 'OutboxRelay', false],
])('whether %j contains the word %s: %s', (text, word, expected) => {
  expect(containsWord(text, word)).toBe(expected);
});
