import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../server/code/source-file.ts';
import { findingsOfIdentifiers, NO_KNOWLEDGE } from '../../server/identifiers/index.ts';
import type { IdentifierKnowledge } from '../../server/identifiers/knowledge.ts';
import { composedIn } from '../../server/identifiers/schemas/sql/composed.ts';
import type { Finding } from '../../server/model/finding.ts';

async function found(
  text: string,
  knowledge: IdentifierKnowledge = NO_KNOWLEDGE,
): Promise<readonly (Finding & { readonly mark: string })[]> {
  const source = new SourceFile('db/migrations/0007_orders.sql', text);
  const { lines } = source;
  return (await findingsOfIdentifiers(source, knowledge))
    .filter(({ rule }) => rule === 'SID001')
    .map((finding) => ({
      ...finding,
      mark: `${finding.severity} ${text.slice(lines.offset(finding.span.start), lines.offset(finding.span.end))}`,
    }));
}

describe('an identifier that SQL puts together', () => {
  it.each([
    [
      'UPDATE "Recipient" SET "envelopeId" = e."id" FROM "Document" d JOIN "Envelope" e ON e."secondaryId" = \'document_\' || d."id" WHERE "Recipient"."documentId" = d."id";',
      ['warning \'document_\' || d."id"'],
    ],
    [
      'INSERT INTO "Envelope" ("id", "secondaryId", title) SELECT gen_random_uuid(), \'document_\' || d."id", d.title FROM "Document" d;',
      ['warning \'document_\' || d."id"'],
    ],
    [
      "insert into entities (entity_id, kind) values (concat(account, '|', kind, '|', seq), 'x');",
      ["warning concat(account, '|', kind, '|', seq)"],
    ],
    [
      "UPDATE orders SET order_number = CONCAT('HM-', warehouse, '-', LPAD(n, 4, '0'));",
      ["warning CONCAT('HM-', warehouse, '-', LPAD(n, 4, '0'))"],
    ],
    [
      "UPDATE orders SET order_number = concat_ws('-', 'HM', warehouse, n) WHERE order_number IS NULL;",
      ["warning concat_ws('-', 'HM', warehouse, n)"],
    ],
    [
      "UPDATE dbo.Orders SET OrderId = 'ORD-' + Region + '-' + CAST(Seq AS varchar(10));",
      ["warning 'ORD-' + Region + '-' + CAST(Seq AS varchar(10))"],
    ],
    [
      "CREATE TABLE orders (id bigint, region text, order_no text GENERATED ALWAYS AS (region || '-' || id) STORED);",
      ["warning region || '-' || id"],
    ],
    ["CREATE VIEW v AS SELECT region || ':' || id AS entity_id FROM t;", ["warning region || ':' || id"]],
    ["create materialized view v as select format('%s-%s', region, seq) as order_id from t;", ["warning format('%s-%s', region, seq)"]],
    [
      "CREATE OR REPLACE FUNCTION f() RETURNS trigger AS $$ BEGIN NEW.order_id := NEW.region || '-' || NEW.seq; RETURN NEW; END $$ LANGUAGE plpgsql;",
      ["warning NEW.region || '-' || NEW.seq"],
    ],
    [
      "CREATE FUNCTION next_order_id(region text) RETURNS text AS $body$ BEGIN RETURN 'HM-' || region || '-' || nextval('s'); END $body$ LANGUAGE plpgsql;",
      ["warning 'HM-' || region || '-' || nextval('s')"],
    ],
    ["SELECT * FROM a JOIN b ON a.type || ':' || a.id = b.entity_id;", ["warning a.type || ':' || a.id"]],
    [
      "INSERT INTO orders (id, order_id) SELECT 1, CASE WHEN b THEN 'B2B-' || org ELSE 'B2C-' || n END FROM c;",
      ["warning 'B2B-' || org", "warning 'B2C-' || n"],
    ],
    ["ALTER TABLE orders ADD COLUMN order_key_id text DEFAULT ('HM-' || region());", ["warning 'HM-' || region()"]],
    [
      "{{ config(materialized='table') }}\nselect region || '-' || seq as order_id from {{ ref('orders') }}",
      ["warning region || '-' || seq"],
    ],
    ["UPDATE t SET entity_id = printf('%s:%s', type, id);", ["warning printf('%s:%s', type, id)"]],
    ["DELETE FROM links WHERE entity_id = 'doc:' || (SELECT 1) OR entity_id = 'doc:' || d.id;", ["warning 'doc:' || d.id"]],
    ["SELECT region || ':' || id AS entity_id FROM t;", ["hint region || ':' || id"]],
  ])('is found in %j', async (text, marks) => {
    expect((await found(text)).map(({ mark }) => mark)).toEqual(marks);
  });

  it('says what it is put together of and where it goes', async () => {
    const [one] = await found("UPDATE orders SET order_number = 'HM-' || warehouse || '-' || seq;");
    expect(one?.message).toMatch(/^This identifier is composed of warehouse, seq and "HM" and stored in order_number: a change/);
    expect(one?.related).toMatchObject([{ message: 'The identifier is stored in order_number.', span: { start: { character: 18 } } }]);
  });

  it('is an info in a migration that was committed before', async () => {
    const [one] = await found("UPDATE orders SET order_no = 'HM-' || region;", { ...NO_KNOWLEDGE, existed: () => true });
    expect(one?.severity).toBe('info');
  });
});

describe('a text of SQL that is no composed identifier', () => {
  it.each([
    ["SELECT first_name || ' ' || last_name AS name_id FROM t;"],
    ["UPDATE t SET label = region || '-' || n;"],
    ["UPDATE t SET file_path = '/docs/' || id || '.pdf';"],
    ["INSERT INTO t (id, path) SELECT gen_random_uuid(), 'docs/' || id FROM d;"],
    ["UPDATE t SET id = 'ord_' || gen_random_uuid();"],
    ["UPDATE t SET id = md5(region || '-' || n);"],
    ["SELECT * FROM t WHERE mime_type NOT LIKE concat('boefje/', m.boefje_id, '-%');"],
    ["SELECT * FROM t WHERE name_id ILIKE '%' || q || '%';"],
    ["DO $$ BEGIN EXECUTE format('DROP TABLE %I', part_id); END $$;"],
    ["uuid_id := substring(entity_id, 8, 8) || '-' || substring(entity_id, 4, 4) || '-1' || substring(entity_id, 1, 3);"],
    ["RETURN prefix || '_' || nanoid(16);"],
    ["CREATE FUNCTION make_id(prefix text) RETURNS text AS $$ BEGIN RETURN prefix || '_' || nanoid(16, 'abc'); END $$;"],
    ["CREATE UNIQUE INDEX i ON t ((region || '-' || n));"],
    ['UPDATE t SET order_id = a + b;'],
    ["INSERT INTO t (order_id) VALUES ('HM-1'), ('HM-2');"],
    ["-- order_id = 'a-' || b || '-' || c\nSELECT 1 || 2;"],
    ["UPDATE t SET amount = 1 WHERE id = 'abc' || '';"],
  ])('is no finding in %j', async (text) => {
    expect(await found(text)).toEqual([]);
  });
});

describe('the reader of texts that SQL puts together', () => {
  const word = fc.constantFrom(
    ...[
      'insert into t (',
      'id',
      'order_id',
      ')',
      '(',
      'values',
      'select',
      'update t set',
      '=',
      ':=',
      '||',
      '+',
      "'a-'",
      "N'b'",
      ',',
      ';',
      '$$',
      '::text',
      'concat',
      'format',
    ],
    ...[
      'create table t',
      'create view v as',
      'as',
      'case when',
      'then',
      'else',
      'end',
      'from',
      'where',
      'return',
      '"x',
      "'",
      '--',
      '\n',
      ':',
      '.',
      'default',
    ],
  );

  it('never throws, and finds only what is in the text', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (words) => {
        const text = words.join(' ');
        for (const { value, at } of composedIn(text)) {
          expect(value.start).toBeLessThan(value.end);
          expect(value.end).toBeLessThanOrEqual(text.length);
          expect(text.slice(at.start, at.end)).not.toBe('');
        }
      }),
    );
  });

  it('reads brackets of whatever depth', () => {
    const deep = `UPDATE t SET order_id = ${'('.repeat(50_000)}'a-' || b`;
    expect(composedIn(deep)).toEqual([]);
    expect(composedIn(`UPDATE t SET order_id = ${"lower('a-' || ".repeat(20_000)}b`).length).toBeLessThan(20_000);
  });
});
