import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takenApartIn } from '../../server/identifiers/schemas/sql/taken-apart.ts';
import { marks } from './schema-support.ts';

const found = async (text: string, existed = false): Promise<readonly string[]> =>
  (await marks('db/queries/orders.sql', text, existed ? { existed: () => true } : {}))
    .filter((one) => one.startsWith('SID002'))
    .map((one) => one.replace('SID002 ', ''));

describe('an identifier that SQL takes apart is found', () => {
  it.each([
    ["SELECT split_part(id, '-', 2) FROM orders;", "split_part(id, '-', 2)"],
    ["SELECT SUBSTRING_INDEX(o.order_id, '-', 1) AS region FROM orders o;", "SUBSTRING_INDEX(o.order_id, '-', 1)"],
    ["SELECT (string_to_array(o.order_id, '|'))[3] FROM orders o;", "string_to_array(o.order_id, '|')"],
    ["SELECT SPLIT(order_id, '-')[OFFSET(0)] FROM orders;", "SPLIT(order_id, '-')"],
    ["SELECT * FROM orders WHERE substring(order_id from 1 for 3) = 'EU-';", 'substring(order_id from 1 for 3)'],
    ["SELECT * FROM orders WHERE LEFT(id, 2) = 'EU';", 'LEFT(id, 2)'],
    ["SELECT * FROM orders WHERE left(upper(id), 2) IN ('EU', 'US');", 'left(upper(id), 2)'],
    ["SELECT * FROM orders WHERE 'EU' = LEFT(id, 2);", 'LEFT(id, 2)'],
    ["SELECT CASE substr(order_id, 1, 2) WHEN 'EU' THEN 1 ELSE 2 END FROM orders;", 'substr(order_id, 1, 2)'],
    ["SELECT substring(order_id, 1, position('-' in order_id) - 1) FROM orders;", "substring(order_id, 1, position('-' in order_id) - 1)"],
    ["SELECT LEFT(sku, CHARINDEX('-', sku) - 1) FROM products;", "LEFT(sku, CHARINDEX('-', sku) - 1)"],
    ["SELECT * FROM orders o WHERE o.id LIKE 'EU-%';", "o.id LIKE 'EU-%'"],
    ["SELECT * FROM orders WHERE id::text NOT LIKE 'EU-%';", "id::text NOT LIKE 'EU-%'"],
    ["SELECT * FROM orders WHERE lower(order_id) ILIKE 'eu-%';", "lower(order_id) ILIKE 'eu-%'"],
    ["SELECT * FROM [dbo].[Orders] WHERE [OrderId] LIKE N'EU-%'", "[OrderId] LIKE N'EU-%'"],
    ["SELECT * FROM orders WHERE order_id REGEXP '^EU-';", "order_id REGEXP '^EU-'"],
    ["SELECT * FROM orders WHERE order_id !~* '^EU-';", "order_id !~* '^EU-'"],
    ["SELECT * FROM orders WHERE order_id GLOB 'EU-*';", "order_id GLOB 'EU-*'"],
    ["SELECT * FROM orders WHERE starts_with(order_id, 'EU-');", "starts_with(order_id, 'EU-')"],
    ["SELECT regexp_match(order_id, '^([A-Z]+)-') FROM orders;", "regexp_match(order_id, '^([A-Z]+)-')"],
    ['CREATE VIEW v AS SELECT left(order_id, 2) AS region FROM orders;', 'left(order_id, 2)'],
    ['CREATE TABLE orders (id text PRIMARY KEY, region text GENERATED ALWAYS AS (left(id, 2)) STORED);', 'left(id, 2)'],
    ["ALTER TABLE orders ADD COLUMN region text AS (split_part(id, '-', 1));", "split_part(id, '-', 1)"],
    ["CREATE TABLE orders (id text, region text, CHECK (region <> 'EU' OR id LIKE 'EU-%'));", "id LIKE 'EU-%'"],
    ["CREATE INDEX i ON orders (split_part(order_id, '-', 1));", "split_part(order_id, '-', 1)"],
    [
      "CREATE FUNCTION f() RETURNS trigger AS $$ BEGIN NEW.region := split_part(NEW.order_id, '-', 1); RETURN NEW; END $$ LANGUAGE plpgsql;",
      "split_part(NEW.order_id, '-', 1)",
    ],
  ])('%s', async (text, mark) => {
    expect(await found(text)).toEqual([`warning ${mark}`]);
  });

  it('is an info in a migration that has run', async () => {
    expect(await found("UPDATE orders SET region = split_part(order_id, '-', 1);", true)).toEqual(["info split_part(order_id, '-', 1)"]);
  });
});

describe('what looks like that in SQL is quiet', () => {
  it.each([
    "SELECT * FROM orders WHERE order_id LIKE '%EU%';",
    'SELECT * FROM orders WHERE order_id LIKE ?;',
    "SELECT * FROM orders WHERE order_id LIKE 'EU-' || :rest || '%';",
    "SELECT * FROM orders WHERE order_id LIKE CONCAT(:q, '%');",
    "SELECT * FROM orders WHERE order_id LIKE 'EU-12';",
    "SELECT * FROM files WHERE path LIKE 'eu/%';",
    "SELECT * FROM pages WHERE path_id LIKE 'eu/%';",
    'SELECT LEFT(name, 1) FROM people;',
    "SELECT * FROM people WHERE left(name, 1) = 'A';",
    'SELECT left(id, 8) AS short_id FROM orders;',
    'SELECT id, left(id, 8) FROM orders;',
    "SELECT * FROM orders WHERE id = ANY(string_to_array(ids, ','));",
    "SELECT value FROM STRING_SPLIT(@OrderIds, ',');",
    "SELECT split_part(order_ids, ',', 1) FROM t;",
    "SELECT split_part(email, '@', 2) FROM users;",
    "CREATE TABLE orders (id text CHECK (id ~ '^[A-Z]{2}-[0-9]+$'));",
    "CREATE TABLE orders (id text CHECK (id LIKE 'ord_%'));",
    "DELETE FROM users WHERE id LIKE 'test-%';",
    "UPDATE person SET actor_id = generate_unique_changeme() WHERE actor_id LIKE 'changeme_%';",
    "SELECT * FROM a LEFT JOIN b ON a.id = b.id WHERE a.name LIKE 'EU-%';",
    "-- WHERE id LIKE 'EU-%'\nSELECT 1;",
    "SELECT * FROM orders WHERE status LIKE 'open%' AND id = 'EU-1';",
  ])('%s', async (text) => {
    expect(await found(text)).toEqual([]);
  });
});

it('any text is read without an error', () => {
  const words = [
    "'EU-%'",
    'id',
    'LIKE',
    'left',
    '(',
    ')',
    ',',
    '~',
    'split_part',
    '::',
    'text',
    '.',
    'case',
    'when',
    'not',
    '=',
    '$$',
    "'",
    ';',
    'as',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words), { maxLength: 40 }), (some) => {
      takenApartIn(some.join(' '));
    }),
    { numRuns: 300 },
  );
});
