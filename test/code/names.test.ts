import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { canonicalName, hashWithin, isCompound, nameHash, namesIn, scanNames } from '../../server/code/names.ts';

const named = (text: string, kind?: 'identifier' | 'literal'): string[] =>
  namesIn(text)
    .filter((each) => kind === undefined || each.kind === kind)
    .map(({ name }) => name);

describe('the names of a text', () => {
  it('are its identifiers of three letters or more, with their places', () => {
    expect(namesIn('let outbox = new OutboxRelay(db);\r\n  outbox.run_all();')).toEqual([
      { name: 'let', line: 0, character: 0, kind: 'identifier' },
      { name: 'outbox', line: 0, character: 4, kind: 'identifier' },
      { name: 'new', line: 0, character: 13, kind: 'identifier' },
      { name: 'OutboxRelay', line: 0, character: 17, kind: 'identifier' },
      { name: 'outbox', line: 1, character: 2, kind: 'identifier' },
      { name: 'run_all', line: 1, character: 9, kind: 'identifier' },
    ]);
  });

  it('do not begin in the middle of a number', () => {
    expect(named('0xdeadbeef 12px 3rd_party')).toEqual([]);
  });

  test.each([
    ["emit('orders.created')", 'orders.created'],
    ['router.get("/orders/:id", show)', '/orders/:id'],
    ['mux.HandleFunc("POST /orders/{id}", show)', '/orders/{id}'],
    ["import { Money } from '@shop/money';", '@shop/money'],
    ['import "example.org/shop/internal/outbox"', 'example.org/shop/internal/outbox'],
    ['const queue = `order-events`;', 'order-events'],
    ['os.environ["ORDER_TOPIC"]', 'ORDER_TOPIC'],
    ['INSERT INTO "outbox_events" VALUES (1)', 'outbox_events'],
    ['  topic: orders.created', 'orders.created'],
    ['  - name: order-relay', 'order-relay'],
    ['spring.kafka.topic=orders.created', 'orders.created'],
    ['    - order-relay', 'order-relay'],
  ])('hold, of %s, the literal %s', (text, literal) => {
    const found = namesIn(text).filter(({ kind }) => kind === 'literal');
    expect(found.map(({ name }) => name)).toContain(literal);
    for (const { name, character } of found) expect(text.slice(character, character + name.length)).toBe(name);
  });

  test.each([
    "say('hello there')",
    "x = ''",
    "x = 'ab'",
    "x = '12.5'",
    "it's fine, isn't it",
    '"unclosed.name',
    'return a.b;',
    "x = '***'",
  ])('hold no literal of %j', (text) => {
    expect(named(text, 'literal')).toEqual([]);
  });

  it('count a quoted word once', () => {
    expect(named('getenv("ORDER_TOPIC")')).toEqual(['getenv', 'ORDER_TOPIC']);
  });

  it('are read in a line of a megabyte only up to where people write', () => {
    const found = named(`${'alpha '.repeat(150_000)}\nomega`);
    expect(found.length).toBeLessThan(4_000);
    expect(found.at(-1)).toBe('omega');
  });

  it('end at a million characters and at 200,000 names', () => {
    expect(named(`${'x\n'.repeat(499_999)}\nomega alpha`)).toEqual([]);
    expect(named('abc\n'.repeat(240_000))).toHaveLength(200_000);
  });

  it('are where they say, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('a', 'Bc', '_', '1', ' ', '\n', '\r\n', '"', "'", '`', '/', '.', '-', ':', '{', '}', '=', 'é', '💥', '\0'),
        ),
        (parts) => {
          const text = parts.join('');
          const lines = text.split('\n');
          for (const { name, line, character } of namesIn(text)) expect(lines[line]?.slice(character, character + name.length)).toBe(name);
        },
      ),
    );
  });

  it('have the same hash in the text and alone', () => {
    const text = "router.get('/orders/:id/', handle_order)";
    const pairs: [string, number][] = [];
    scanNames(text, (start, end) => pairs.push([text.slice(start, end), hashWithin(text, start, end)]));
    expect(pairs.map(([name]) => name)).toContain('/orders/:id/');
    for (const [name, hash] of pairs) expect(hash).toBe(nameHash(name));
  });
});

describe('the hash of a name', () => {
  it('is the same on every machine, so that logs can be compared', () => {
    expect([nameHash('OutboxRelay'), nameHash('orders.created')]).toMatchInlineSnapshot(`
      [
        2692431392,
        759561437,
      ]
    `);
  });

  it('is 32 bits, never 0, and spread', () => {
    const hashes = new Set(Array.from({ length: 20_000 }, (_, n) => nameHash(`name${n}`)));
    expect(hashes.size).toBeGreaterThan(19_990);
    for (const hash of hashes) expect(hash > 0 && hash <= 0xffffffff && Number.isInteger(hash)).toBe(true);
  });
});

describe('a route', () => {
  test.each([
    '/orders/{id}',
    '/orders/:id',
    '/orders/<id>',
    '/orders/<int:id>',
    '/orders/$' + '{id}',
    '/orders/{orderId}',
    '/orders/{id}/',
    '/orders/*',
  ])('%s is the route of an order', (route) => {
    expect(canonicalName(route)).toBe('/orders/{}');
    expect(nameHash(route)).toBe(nameHash('/orders/{}'));
  });

  it('differs from another, and names that are no routes stay as they are', () => {
    expect(canonicalName('/orders/{id}/lines')).toBe('/orders/{}/lines');
    expect(canonicalName('/orders')).toBe('/orders');
    expect(canonicalName('/')).toBe('/');
    expect(canonicalName('orders:{id}')).toBe('orders:{id}');
  });
});

describe('an identifier', () => {
  test.each(['outboxRelay', 'OutboxRelay', 'outbox_relay', 'OUTBOX_LIMIT', 'HTTPServer', '_outbox_relay', 'sha256Of'])(
    '%s is compound',
    (name) => {
      expect(isCompound(name)).toBe(true);
    },
  );

  test.each(['outbox', 'Outbox', 'HTTP', '_outbox', '__init__', 'x1', '', 'order-relay', 'orders.created'])('%j is not', (name) => {
    expect(isCompound(name)).toBe(false);
  });
});
