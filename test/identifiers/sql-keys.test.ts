import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSql } from '../../server/identifiers/schemas/sql/read.ts';
import { findingsIn, fixed, marks } from './schema-support.ts';

const PG = 'db/postgres/schema.sql';

describe('a key of SQL that runs out of numbers is found', () => {
  const cases: readonly [string, string, string, readonly string[]][] = [
    ['serial in PostgreSQL', PG, 'CREATE TABLE orders (id SERIAL PRIMARY KEY, total numeric);', ['SID006 warning id']],
    ['smallserial in PostgreSQL', PG, 'create table if not exists shop.orders (id smallserial primary key);', ['SID006 warning id']],
    ['an identity', PG, 'CREATE TABLE orders (id integer GENERATED ALWAYS AS IDENTITY, PRIMARY KEY (id));', ['SID006 warning id']],
    [
      'a quoted name and a constraint',
      PG,
      'CREATE TABLE "Order" ("id" SERIAL NOT NULL,\n CONSTRAINT "Order_pkey" PRIMARY KEY ("id"));',
      ['SID006 warning "id"'],
    ],
    [
      'a key that a later statement declares',
      PG,
      'CREATE TABLE orders (id integer NOT NULL, total int);\nALTER TABLE ONLY orders ADD CONSTRAINT pk PRIMARY KEY (id);',
      ['SID006 warning id'],
    ],
    [
      'a default from a sequence',
      PG,
      "CREATE TABLE orders (id integer NOT NULL);\nALTER TABLE ONLY orders ALTER COLUMN id SET DEFAULT nextval('orders_id_seq');",
      ['SID006 warning id'],
    ],
    ['an added column', PG, 'ALTER TABLE orders ADD COLUMN IF NOT EXISTS id SERIAL PRIMARY KEY;', ['SID006 warning id']],
    [
      'AUTO_INCREMENT of MySQL',
      'a.sql',
      'CREATE TABLE `orders` (`id` int(11) unsigned NOT NULL AUTO_INCREMENT, PRIMARY KEY (`id`)) ENGINE=InnoDB;',
      ['SID006 warning `id`'],
    ],
    [
      'IDENTITY of SQL Server, without semicolons',
      'a.sql',
      'CREATE TABLE [dbo].[Order]\n(\n[Id] INT IDENTITY (1, 1) NOT NULL,\nCONSTRAINT [PK] PRIMARY KEY CLUSTERED ([Id] ASC)\n)\nGO\nCREATE TABLE dbo.Invoice (Id INT IDENTITY(1,1) PRIMARY KEY)',
      ['SID006 warning [Id]', 'SID006 warning Id'],
    ],
    [
      'a type in brackets',
      'a.sql',
      'CREATE TABLE [dbo].[Order] ([Id] [int] IDENTITY(1,1) NOT NULL, [Total] [money])',
      ['SID006 warning [Id]'],
    ],
    [
      'NUMBER of nine digits in Oracle',
      'a.sql',
      'CREATE TABLE orders (id NUMBER(9) PRIMARY KEY, name VARCHAR2(20), total NUMBER(12,2));',
      ['SID006 warning id'],
    ],
    ['INT4 in CockroachDB', 'cockroach/a.sql', 'CREATE TABLE orders (id INT4 PRIMARY KEY, a INT);', ['SID006 warning id']],
    ['an engine that nothing tells', 'a.sql', 'CREATE TABLE orders (id INTEGER NOT NULL PRIMARY KEY, total INTEGER);', ['SID006 info id']],
    [
      'a position in a stream',
      'a.sql',
      'CREATE TABLE positions (kind TEXT NOT NULL, stream_id INTEGER NOT NULL);',
      ['SID006 warning stream_id'],
    ],
    [
      'a dump, as information',
      'structure.sql',
      "SET statement_timeout = 0;\nCREATE TABLE public.orders (\n    id integer DEFAULT nextval('a'::regclass) NOT NULL\n);",
      ['SID006 info id'],
    ],
    [
      'a column behind a comment and a string with brackets',
      PG,
      "CREATE TABLE orders ( -- (the orders\n/* ; */ name text DEFAULT ') ;', id serial primary key, n int);",
      ['SID006 warning id'],
    ],
    [
      'a table behind data of psql',
      PG,
      "COPY a (b) FROM stdin;\nit's ( unclosed\n\\.\nCREATE TABLE orders (id serial primary key, t int);",
      ['SID006 warning id'],
    ],
    [
      'a table behind a body of code',
      PG,
      'CREATE FUNCTION f() RETURNS int AS $x$ BEGIN; CREATE TABLE t (id serial); END $x$ LANGUAGE plpgsql;\nCREATE TABLE orders (id serial primary key);',
      ['SID006 warning id'],
    ],
    [
      'a table behind a statement that is not finished',
      PG,
      'CREATE TABLE drafts (\n  name text,\nCREATE TABLE orders (id serial primary key, total int);',
      ['SID006 warning id'],
    ],
    [
      'a name with a column called key',
      PG,
      'CREATE TABLE pairs (key varchar(255) NOT NULL, id serial, v int, PRIMARY KEY (key));',
      ['SID006 warning id'],
    ],
  ];
  for (const [name, path, text, found] of cases) it(name, async () => expect(await marks(path, text)).toEqual(found));

  it('and its place counts UTF-16 units behind a surrogate pair, a byte order mark and carriage returns', async () => {
    const [finding] = await findingsIn(PG, '\ufeffCREATE TABLE orders (\r\n/* 🛒 */ id serial primary key);\r\n');
    expect(finding?.span).toEqual({ start: { line: 1, character: 9 }, end: { line: 1, character: 11 } });
  });
});

describe('a key of SQL that is wide enough, or cannot run out, is quiet', () => {
  const cases: readonly [string, string, string][] = [
    ['bigserial', PG, 'CREATE TABLE orders (id BIGSERIAL PRIMARY KEY);'],
    ['a UUID', PG, 'CREATE TABLE orders (id uuid PRIMARY KEY DEFAULT gen_random_uuid());'],
    ['serial in CockroachDB', 'migrations/cockroach/1_a.sql', 'CREATE TABLE orders (id SERIAL PRIMARY KEY, n INT);'],
    ['SERIAL in MySQL, a bigint', 'mysql/a.sql', 'CREATE TABLE orders (id SERIAL PRIMARY KEY);'],
    ['the rowid of SQLite', 'a.sql', 'CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, total INT);'],
    ['INTEGER of Oracle', 'oracle/a.sql', 'CREATE TABLE orders (id INTEGER PRIMARY KEY);'],
    ['a foreign key', PG, 'CREATE TABLE lines (id bigint PRIMARY KEY, order_id int REFERENCES orders (id));'],
    ['a key that is a foreign key', PG, 'CREATE TABLE profiles (id int PRIMARY KEY, FOREIGN KEY (id) REFERENCES users (id));'],
    ['a join table', PG, 'CREATE TABLE a_b (a_id int, b_id int, PRIMARY KEY (a_id, b_id));'],
    ['a table of types', PG, 'CREATE TABLE order_types (id serial PRIMARY KEY, label text, position int, active boolean);'],
    ['a dimension of dates', 'a.sql', 'CREATE TABLE [dbo].[Dimension_Date] ([Id] INT IDENTITY (1, 1) NOT NULL, [Year] INT, [Month] INT)'],
    ['a table that gives names to numbers', PG, 'CREATE TABLE colours (id int PRIMARY KEY, name text NOT NULL);'],
    ['a temporary table', PG, 'CREATE TEMPORARY TABLE t (id serial PRIMARY KEY);'],
    ['a type that is a table', 'a.sql', 'CREATE TYPE [dbo].[Ids] AS TABLE (Id INT PRIMARY KEY)'],
    ['parameters of a procedure', 'a.sql', 'CREATE PROCEDURE [dbo].[p] @Id INT = 1 AS BEGIN SELECT 1 END'],
    ['an ordinary number', PG, 'CREATE TABLE orders (id bigint PRIMARY KEY, status_code int NOT NULL, quantity integer);'],
    ['a test', 'test/schema.sql', 'CREATE TABLE orders (id serial PRIMARY KEY);'],
  ];
  for (const [name, path, text] of cases) it(name, async () => expect(await marks(path, text)).toEqual([]));
});

describe('a foreign key to a wide key', () => {
  const text =
    'CREATE TABLE orders (id bigserial PRIMARY KEY, a int);\nCREATE TABLE lines (id bigint PRIMARY KEY, order_id int REFERENCES orders (id), a int);';
  it('is found where it is narrow', async () => {
    expect(await marks(PG, text)).toEqual(['SID006 warning order_id']);
    expect(await fixed(PG, text, /bigint/)).toContain('order_id bigint REFERENCES');
  });
  it('is quiet where both are narrow, or it is wide', async () => {
    expect(
      await marks(PG, 'CREATE TABLE lines (id bigint PRIMARY KEY, order_id int, a int, FOREIGN KEY (order_id) REFERENCES orders (id));'),
    ).toEqual([]);
    expect(await marks(PG, text.replace('order_id int', 'order_id bigint'))).toEqual([]);
  });
});

describe('a widening names the sequence, too', () => {
  it.each([
    ['ALTER TABLE orders ALTER COLUMN id TYPE bigint;', ['SID006 warning id']],
    ['ALTER TABLE "orders" ALTER COLUMN "id" SET DATA TYPE BIGINT;', ['SID006 warning "id"']],
    ['ALTER TABLE orders ALTER id TYPE int8, ALTER note TYPE text;', ['SID006 warning id']],
    ['ALTER TABLE orders ALTER COLUMN id TYPE bigint;\nALTER SEQUENCE orders_id_seq AS bigint;', []],
    ['ALTER TABLE orders ALTER COLUMN customer_id TYPE bigint;', []],
  ])('%s', async (text, found) => expect(await marks('migrations/postgres/12_widen.sql', text)).toEqual(found));

  it('and says which sequence stays narrow', async () => {
    const [finding] = await findingsIn(PG, 'ALTER TABLE orders ALTER COLUMN order_id TYPE bigint;');
    expect(finding?.message).toBe(
      'orders.order_id becomes 64 bits wide, but in PostgreSQL the sequence of a serial column stays an int4 and still ends at 2,147,483,647. Widen it too: ALTER SEQUENCE orders_order_id_seq AS bigint.',
    );
  });

  it('but not in MySQL, where there is none', async () =>
    expect(await marks('mysql/12.sql', 'ALTER TABLE orders MODIFY id bigint NOT NULL AUTO_INCREMENT;')).toEqual([]));
});

describe('the fix of a narrow key', () => {
  it('writes the wider type of a table that is new, in the case of the file', async () => {
    expect(await fixed(PG, 'CREATE TABLE orders (id SERIAL PRIMARY KEY);', /^Write BIGSERIAL$/)).toBe(
      'CREATE TABLE orders (id BIGSERIAL PRIMARY KEY);',
    );
    expect(await fixed(PG, 'create table orders (id integer primary key, t int);', /^Write bigint$/)).toBe(
      'create table orders (id bigint primary key, t int);',
    );
  });

  const PATHS: readonly (readonly [string, readonly string[], string])[] = [
    ['db/postgres/migrations/V7__orders.sql', ['db/postgres/migrations/V12__more.sql'], 'db/postgres/migrations/V13__widen_orders_id.sql'],
    ['db/postgres/migrations/000009_orders.up.sql', [], 'db/postgres/migrations/000010_widen_orders_id.up.sql'],
    ['prisma/migrations/20240101235959_orders/migration.sql', [], 'prisma/migrations/20240102000000_widen_orders_id/migration.sql'],
  ];
  it.each(PATHS)('for %s, which may have been applied, is a new migration behind the newest', async (path, others, created) => {
    const findings = await findingsIn(path, 'CREATE TABLE orders (id SERIAL PRIMARY KEY);', {
      existed: () => true,
      migrations: () => others,
    });
    const [finding] = findings;
    expect(finding?.severity).toBe('info');
    expect(finding?.fixes?.map(({ title }) => title)).toEqual(['Widen the key and its sequence in a new migration']);
    expect(finding?.fixes?.[0]?.edits.map((edit) => [edit.path, edit.text.split('\n').slice(1).join('\n')])).toEqual([
      [created, 'ALTER TABLE orders ALTER COLUMN id TYPE bigint;\nALTER SEQUENCE orders_id_seq AS bigint;\n'],
    ]);
  });

  it.each([
    ['the naming is not known', 'migrations/postgres/orders.sql', 'CREATE TABLE orders (id SERIAL PRIMARY KEY);'],
    ['the engine is not known', 'migrations/V7__orders.sql', 'CREATE TABLE orders (id int PRIMARY KEY, t int);'],
    [
      'other tables may refer to it in MySQL',
      'mysql/migrations/V7__orders.sql',
      'CREATE TABLE orders (id int AUTO_INCREMENT PRIMARY KEY);',
    ],
  ])('is not offered where %s', async (_, path, text) => {
    const findings = await findingsIn(path, text, { existed: () => true, migrations: () => [path] });
    expect(findings.length).toBe(1);
    expect(findings[0]?.fixes).toBeUndefined();
  });
});

describe('a value that can change as the key of a table is found', () => {
  it.each([
    ['CREATE TABLE customers (email varchar(255) PRIMARY KEY, total int);', ['SID007 info email']],
    ['CREATE TABLE cars (plate_number text, owner text, PRIMARY KEY (plate_number));', ['SID007 info plate_number']],
    ['CREATE TABLE hosts (hostname text PRIMARY KEY, n int);', ['SID007 info hostname']],
    ['CREATE TABLE pages (slug text PRIMARY KEY, body text);', ['SID007 info slug']],
    ['CREATE TABLE areas (postal_code char(5) PRIMARY KEY, n int);', ['SID007 info postal_code']],
    ['CREATE TABLE products (name text PRIMARY KEY, price int);', ['SID007 info name']],
    ['CREATE TABLE sessions (session_id text PRIMARY KEY, email text);', []],
    ['CREATE TABLE roles (name text PRIMARY KEY, n int);', []],
    ['CREATE TABLE countries (code char(2) PRIMARY KEY, name text);', []],
    ['CREATE TABLE members (email text, team_id uuid, PRIMARY KEY (email, team_id));', []],
    ['CREATE TABLE profiles (email text PRIMARY KEY REFERENCES users (email), n int);', []],
  ])('%s', async (text, found) => expect(await marks(PG, text)).toEqual(found));
});

describe('any text', () => {
  it('is read without a failure, and reading it again gives the same', () => {
    const piece = fc.constantFrom(
      'CREATE TABLE ',
      'ALTER TABLE t ',
      'ADD ',
      '(',
      ')',
      ',',
      ';',
      '"',
      "'",
      '`',
      '[',
      '--',
      '/*',
      '$$',
      ' id serial',
      ' primary key',
      '\n',
      'GO\n',
      'x',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 60 }), (pieces) => {
        const text = pieces.join('');
        expect(readSql('a.sql', text, undefined)).toEqual(readSql('a.sql', text, undefined));
      }),
    );
  });

  it('of 50,000 lines is read whole', async () => {
    const text = Array.from({ length: 12_500 }, (_, at) => `CREATE TABLE orders_${at}_x (\n  id SERIAL PRIMARY KEY,\n  total int\n);`).join(
      '\n',
    );
    expect((await findingsIn(PG, text)).length).toBe(12_500);
  });
});
