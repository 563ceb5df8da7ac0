import { describe, expect, it } from 'vitest';
import { type IdentifierDecision, identifierDecision } from '../../server/identifiers/index.ts';

const START = { line: 4, character: 0 };
const decide = (title: string, text: string, heading = 'Decision'): IdentifierDecision | undefined =>
  identifierDecision({
    path: 'docs/adr/0001.md',
    title,
    format: 'markdown',
    passages: [{ headingPath: [title, heading], text, span: { start: START, end: { line: 9, character: 0 } } }],
  });

describe('a record fixes a format of identifiers', () => {
  it.each([
    ['Order ids', 'Order ids are opaque.', ['opaque'], ['order']],
    ['Order identifiers', 'Identifiers of orders and invoices have no meaning.', ['opaque'], ['order', 'invoice']],
    ['Opaque order ids', 'Chosen option: "An id without meaning".', ['opaque'], ['order']],
    ['What clients may do', 'Clients must not parse page ids.', ['opaque'], ['page']],
    ['Identifiers', 'We use UUIDv7 for identifiers.', ['generated'], []],
    ['Use ULIDs for primary keys', 'The service makes them.', ['generated'], []],
    ['Primary keys', 'Chosen option: "UUIDv7", because it sorts.', ['generated'], []],
    ['Keys of tables', 'We will use ULIDs as primary keys of customers and invoices.', ['generated'], ['customer', 'invoice']],
    ['Wide keys', 'All tables get bigint primary keys.', ['wide'], []],
    ['Keys', 'We use surrogate keys everywhere.', ['surrogate'], []],
    ['Names in the cloud', 'Resources are named by service and purpose.', ['by-capability'], []],
  ])('%s: %s', (title, text, formats, entities) => {
    expect(decide(title, text)).toMatchObject({ title, sentence: text, formats, entities, path: 'docs/adr/0001.md' });
  });

  it('with the sentence and its place in the file', () => {
    const found = decide('Ids', 'We had trouble.\nOrder ids are opaque. So be it.');
    expect(found?.sentence).toBe('Order ids are opaque.');
    expect(found?.span).toEqual({ start: { line: 5, character: 0 }, end: { line: 5, character: 21 } });
  });
});

describe('a record fixes no format of identifiers', () => {
  it.each([
    ['Ids', 'Order ids are not opaque.', 'Decision'],
    ['Ids', 'We keep readable numbers instead of opaque ids.', 'Decision'],
    ['Ids', 'Order ids are opaque.', 'Context and Problem Statement'],
    ['Ids', 'Order ids are opaque.', 'Considered Options'],
    ['Readable order numbers', 'An order number is made of the warehouse, the day and a counter.', 'Decision'],
    ['Opaque service tokens', 'Chosen option: "Opaque tokens, looked up".', 'Decision Outcome'],
    ['Idempotency keys for payments', 'Use a UUID as idempotency key for payments.', 'Decision'],
    ['Keys of the interface', 'We rotate API keys.', 'Decision'],
    ['Page objects and test ids', 'A test id is never renamed.', 'Decision'],
    ['Cache keys', 'Cache keys are opaque.', 'Decision'],
  ])('%s: %s (%s)', (title, text, heading) => {
    expect(decide(title, text, heading)).toBeUndefined();
  });
});
