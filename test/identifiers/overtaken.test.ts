import { describe, expect, test } from 'vitest';
import { overtaken, overtakenBy } from '../../server/identifiers/index.ts';

const by = (path: string, text: string): readonly string[] => overtakenBy({ path, text });

describe('what a migration does to tables of others', () => {
  test.each([
    ['SQL that drops a table', 'm/2.sql', 'DROP TABLE IF EXISTS "access_log";', ['access_log']],
    ['SQL with a schema', 'm/2.sql', 'drop table public.access_log cascade;', ['access_log']],
    ['SQL in quotation marks of MySQL', 'm/2.sql', 'DROP TABLE `Access_Log`;', ['access_log']],
    ['PostgreSQL that widens a column', 'm/2.sql', 'ALTER TABLE ONLY record ALTER COLUMN id SET DATA TYPE BIGINT;', ['record id']],
    ['PostgreSQL without a word too many', 'm/2.sql', 'ALTER TABLE "record" ALTER "id" TYPE bigint USING id::bigint;', ['record id']],
    [
      'one statement of many clauses',
      'm/2.sql',
      'ALTER TABLE a\n  DROP CONSTRAINT a_pkey,\n  DROP COLUMN id,\n  ALTER COLUMN b_id TYPE bigint;',
      ['a b_id', 'a id'],
    ],
    ['Rails that takes a column away', 'db/migrate/2_b.rb', 'def up\n  remove_column :articles, :id\nend', ['articles id']],
    ['Django that takes a field away', 'a/migrations/0002_b.py', 'migrations.RemoveField(model_name="article", name="id")', ['article id']],
    ['SQL that drops a list of tables', 'm/2.sql', 'DROP TABLE a, public.b, "c" CASCADE;', ['a', 'b', 'c']],
    ['SQL that gives a table another name', 'm/2.sql', 'ALTER TABLE orders RENAME TO sales;', ['orders > sales']],
    ['Rails that gives a table another name', 'db/migrate/2_b.rb', 'def change\n  rename_table :orders, :sales\nend', ['orders > sales']],
    ['MySQL that widens a column', 'm/2.sql', 'ALTER TABLE record MODIFY COLUMN id BIGINT NOT NULL AUTO_INCREMENT;', ['record id']],
    ['MySQL that changes a column', 'm/2.sql', 'ALTER TABLE record CHANGE id id bigint(20) NOT NULL;', ['record id']],
    ['Rails that drops a table', 'db/migrate/2_b.rb', 'def up\n  drop_table :articles\nend', ['articles']],
    ['Rails that widens a column', 'db/migrate/2_b.rb', 'def up\n  change_column :articles, :id, :bigint\nend', ['articles id']],
    ['Rails before it had bigint', 'db/migrate/2_b.rb', 'def up\n  change_column :articles, :id, :integer, limit: 8\nend', ['articles id']],
    ['Django that deletes a model', 'a/migrations/0002_b.py', 'operations = [migrations.DeleteModel(\n  name="Article",\n)]', ['article']],
    [
      'Django that widens a key',
      'a/migrations/0002_b.py',
      'migrations.AlterField(\n  model_name="article",\n  name="id",\n  field=models.BigAutoField(primary_key=True),\n)',
      ['article id'],
    ],
    ['Alembic that drops a table', 'versions/b.py', 'def upgrade():\n    op.drop_table("articles")', ['articles']],
    [
      'Alembic that widens a key',
      'versions/b.py',
      'def upgrade():\n    op.alter_column("articles", "id", existing_type=sa.Integer, type_=sa.BigInteger)',
      ['articles id'],
    ],
    [
      'Laravel that drops a table',
      'database/migrations/2_b.php',
      "public function up()\n{\n  Schema::dropIfExists('articles');\n}",
      ['articles'],
    ],
    [
      'Laravel that widens a key',
      'database/migrations/2_b.php',
      "public function up()\n{\n  Schema::table('articles', function ($table) {\n    $table->bigIncrements('id')->change();\n  });\n}",
      ['articles id'],
    ],
    ['Knex that drops a table', 'migrations/2_b.js', "exports.up = (knex) => knex.schema.dropTable('articles');", ['articles']],
    ['Entity Framework that drops a table', 'Migrations/2_B.cs', 'migrationBuilder.DropTable(\n  name: "Articles");', ['articles']],
  ])('is known of %s', (_, path, text, expected) => {
    expect(by(path, text)).toEqual(expected);
  });

  test.each([
    [
      'the part of a Rails migration that undoes it',
      'm/2.rb',
      'def up\n  create_table :articles\nend\n\ndef down\n  drop_table :articles\nend',
    ],
    [
      'the part of an Alembic migration that undoes it',
      'm/2.py',
      'def upgrade():\n    pass\n\ndef downgrade():\n    op.drop_table("articles")',
    ],
    [
      'the part of a Laravel migration that undoes it',
      'm/2.php',
      "function up() {}\n  public function down()\n  {\n    Schema::drop('articles');\n  }",
    ],
    [
      'the part of a TypeORM migration that undoes it',
      'm/2.ts',
      'async up() {}\n  public async down(q) {\n    await q.query(`DROP TABLE "articles"`);\n  }',
    ],
    [
      'the part of a Knex migration that undoes it',
      'm/2.js',
      "exports.up = () => {};\nexports.down = (knex) => knex.schema.dropTable('articles');",
    ],
    ['the part of a Goose migration that undoes it', 'm/2.sql', '-- +goose Up\nSELECT 1;\n-- +goose Down\nDROP TABLE articles;'],
    ['a file that undoes another', 'm/0002_b.down.sql', 'DROP TABLE articles;'],
    ['a column that stays as narrow as it was', 'm/2.sql', 'ALTER TABLE record ALTER COLUMN id TYPE integer;'],
  ])('is nothing in %s', (_, path, text) => {
    expect(by(path, text)).toEqual([]);
  });
});

describe('a key of a migration', () => {
  const history = (...migrations: readonly (readonly [string, string])[]): ReturnType<typeof overtaken> =>
    overtaken(new Map(migrations.map(([path, text]) => [path, by(path, text)])));

  test('is of the past where a later migration of the folder widened it, also in the order of numbers', () => {
    const isOvertaken = history(['db/V10__wide.sql', 'ALTER TABLE record ALTER COLUMN id TYPE bigint;']);
    expect(isOvertaken('db/V2__init.sql', 'record', 'id')).toBe(true);
    expect(isOvertaken('db/V2__init.sql', 'public."Record"', 'id')).toBe(true);
    expect(isOvertaken('db/V2__init.sql', 'record', 'parent_id')).toBe(false);
    expect(isOvertaken('db/V11__again.sql', 'record', 'id'), 'what comes after is new').toBe(false);
    expect(isOvertaken('other/V2__init.sql', 'record', 'id'), 'another series').toBe(false);
  });

  test('is of the past where its table got another name, under which it was dropped', () => {
    const isOvertaken = history(['db/2.sql', 'ALTER TABLE orders RENAME TO sales;'], ['db/3.sql', 'DROP TABLE sales;']);
    expect(isOvertaken('db/1.sql', 'orders', 'id')).toBe(true);
    expect(isOvertaken('db/4.sql', 'sales', 'id')).toBe(false);
    expect(history(['db/2.sql', 'ALTER TABLE a RENAME TO b; ALTER TABLE b RENAME TO a;'])('db/1.sql', 'a', 'id')).toBe(false);
  });

  test('is of the past where a later migration dropped its table, each in a folder of its own', () => {
    const isOvertaken = history(['prisma/migrations/2024_drop/migration.sql', 'DROP TABLE "Record";']);
    expect(isOvertaken('prisma/migrations/2023_init/migration.sql', 'Record', 'id')).toBe(true);
    expect(isOvertaken('prisma/migrations/2025_init/migration.sql', 'Record', 'id')).toBe(false);
  });

  test('is of the past where a later version dropped its table, each version in a folder of its own', () => {
    const isOvertaken = history(['migration/mysql/0.31/02__ids.sql', 'DROP TABLE `reaction`;']);
    expect(isOvertaken('migration/mysql/0.9/00__reaction.sql', 'reaction', 'id')).toBe(true);
    expect(isOvertaken('migration/postgres/0.9/00__reaction.sql', 'reaction', 'id')).toBe(false);
    expect(isOvertaken('migration/mysql/0.32/00__reaction.sql', 'reaction', 'id')).toBe(false);
  });
});
