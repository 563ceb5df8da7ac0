import { describe, expect, it, test } from 'vitest';
import { codeWindowAt, codeWindowLines } from '../../server/code/code-window.ts';
import { isListOfEntries, type NameForm, nameForm } from '../../server/code/name-forms.ts';
import { isChecked, isTest } from '../../server/code/roles.ts';
import { isUnchangeable } from '../../server/code/unchangeable.ts';

describe('a test file', () => {
  test.each([
    'test/outbox.ts',
    'tests/outbox.py',
    'src/__tests__/outbox.js',
    'spec/outbox_helper.rb',
    'e2e/pay.ts',
    'src/outbox.test.ts',
    'src/outbox-spec.js',
    'src/outbox.specs.js',
    'app/outbox_test.py',
    'app/test_outbox.py',
    'cmd/outbox_test.go',
    'src/OutboxTest.java',
    'src/OutboxTests.cs',
    'spec_helper/outbox_spec.rb',
    'lib/outbox_test.exs',
  ])('%s is known by its name or folder', (path) => {
    expect(isTest(path)).toBe(true);
  });

  test.each([
    'src/outbox.ts',
    'src/latest.ts',
    'src/attestation/a.ts',
    'src/contest.py',
    'app/testimony.py',
    'src/inspect.js',
    'my_test',
    'src/spec.ts',
  ])('%s is none', (path) => {
    expect(isTest(path)).toBe(false);
  });
});

describe('a file whose citations are checked', () => {
  test.each(['src/a.ts', 'infra/main.tf', 'Dockerfile', 'test/a.test.ts', 'samples.go'])('%s is one', (path) => {
    expect(isChecked(path)).toBe(true);
  });

  test.each([
    'README.md',
    'vendor/a.go',
    'go.sum',
    'changes.py',
    'testdata/a.go',
    'test/fixtures/a.ts',
    'src/__mocks__/a.ts',
    'samples/a.go',
  ])('%s is none', (path) => {
    expect(isChecked(path)).toBe(false);
  });
});

describe('a file that must not change once it ran', () => {
  test.each([
    ['Flyway', 'db/V12__orders.sql'],
    ['Flyway, undo', 'src/main/resources/db/migration/U2.1__orders.sql'],
    ['Flyway in Java', 'src/main/java/db/migration/V3_1__Orders.java'],
    ['Flyway by its folder', 'src/main/resources/flyway/orders.sql'],
    ['Liquibase', 'src/main/resources/db/changelog/001-orders.yaml'],
    ['Rails', 'db/migrate/20240102103000_create_orders.rb'],
    ['Django', 'shop/orders/migrations/0001_initial.py'],
    ['Alembic', 'migrations/versions/1975ea83b712_orders.py'],
    ['Alembic, with its folder', 'backend/alembic/versions/ae10_orders.py'],
    ['Prisma', 'prisma/migrations/20240102103000_orders/migration.sql'],
    ['Entity Framework', 'src/Data/Migrations/20240102103000_Orders.cs'],
    ['golang-migrate', 'db/migrations/000001_orders.up.sql'],
    ['goose', 'db/migrations/20240102103000_orders.sql'],
    ['Diesel', 'migrations/2024-01-02-103000_orders/up.sql'],
    ['Laravel', 'database/migrations/2024_01_02_103000_create_orders.php'],
    ['Doctrine', 'migrations/Version20240102103000.php'],
    ['Ecto', 'priv/repo/migrations/20240102103000_orders.exs'],
    ['Knex', 'migrations/20240102103000_orders.js'],
    ['TypeORM', 'src/migrations/1704190000000-Orders.ts'],
    ['Yii', 'migrations/m150101_185401_orders.php'],
    ['Play', 'conf/evolutions/default/1.sql'],
    ['plain SQL', 'db/migrations/001_orders.sql'],
  ])('%s is known by %s', (_, path) => {
    expect(isUnchangeable(path)).toBe(true);
  });

  test.each([
    ['goose', 'sql/orders.sql', '-- +goose Up\nCREATE TABLE orders ();\n'],
    ['dbmate', 'sql/orders.sql', '-- migrate:up\nCREATE TABLE orders ();\n'],
    ['Liquibase', 'sql/orders.sql', '--liquibase formatted sql\n--changeset ann:1\n'],
    ['Liquibase in YAML', 'db/orders.yaml', 'databaseChangeLog:\n  - changeSet:\n'],
    ['Alembic', 'versions/orders.py', 'revision: str = "1"\ndown_revision: str | None = None\n'],
  ])('%s is known by what the file says', (_, path, text) => {
    expect([isUnchangeable(path), isUnchangeable(path, text)]).toEqual([false, true]);
  });

  test.each([
    'src/migration-guide.ts',
    'src/immigrations.ts',
    'src/immigrations/2024_report.ts',
    'src/migrations/runner.ts',
    'shop/migrations/__init__.py',
    'migrations/env.py',
    'db/migration/R__views.sql',
    'src/Data/Migrations/ShopContextModelSnapshot.cs',
    'db/schema.rb',
    'test/migrations/runner.test.ts',
    'src/versions/7_new.py',
  ])('%s is none', (path) => {
    expect(isUnchangeable(path, 'import x from "y";\n')).toBe(false);
  });
});

describe('the form of a name', () => {
  /** The form of the name between `¤`. */
  const formOf = (path: string, marked: string): NameForm => {
    const [before = '', name = '', after = ''] = marked.split('¤');
    return nameForm(name, before + name + after, before.length, path);
  };

  test.each<[string, string, NameForm]>([
    ['a.ts', "router.get('¤/orders/:id¤')", 'endpoint'],
    ['a.ts', "import { x } from '¤@shop/orders¤'", 'dependency'],
    ['a.ts', "export { x } from '¤@shop/orders¤'", 'dependency'],
    ['a.ts', "const x = require('¤kafkajs¤')", 'dependency'],
    ['a.ts', "const x = await import('¤kafkajs¤')", 'dependency'],
    ['a.ts', 'import { ¤Outbox¤ } from "x"', 'symbol'],
    ['a.py', 'from ¤shop.orders¤ import Outbox', 'dependency'],
    ['a.go', 'import "¤example.org/shop¤"', 'dependency'],
    ['A.java', 'import ¤org.shop.Orders¤;', 'dependency'],
    ['A.cs', 'using ¤Shop.Orders¤;', 'dependency'],
    ['a.rs', 'use ¤shop::orders¤;', 'dependency'],
    ['a.php', 'require_once "¤orders.php¤";', 'dependency'],
    ['a.rb', "require '¤kafka¤'", 'dependency'],
    ['a.ex', 'use ¤Shop.Orders¤', 'dependency'],
    ['build.gradle.kts', 'implementation("¤org.apache.kafka¤")', 'dependency'],
    ['package.json', '"¤kafkajs¤": "^2"', 'dependency'],
    ['services/a/go.mod', '¤example.org/shop¤ v1.2.3', 'dependency'],
    ['requirements-dev.txt', '¤kafka-python¤==2', 'dependency'],
    ['src/Shop.csproj', '<PackageReference Include="¤Confluent.Kafka¤" />', 'dependency'],
    ['Cargo.toml', '¤rd-kafka¤ = "1"', 'dependency'],
    ['a.ts', 'process.env.¤ORDER_TOPIC¤', 'environment'],
    ['docker-compose.yml', '  ¤ORDER_TOPIC¤: x', 'environment'],
    ['a.ts', 'const ¤ORDER_TOPIC¤ = 1;', 'symbol'],
    ['a.sql', 'select * from ¤orders¤', 'table'],
    ['a.sql', 'CREATE TABLE IF NOT EXISTS ¤outbox_events¤ (', 'table'],
    ['a.rb', 'create_table :¤orders¤ do |t|', 'table'],
    ['a.py', '__tablename__ = "¤orders¤"', 'table'],
    ['A.java', '@Table(name = "¤orders¤")', 'table'],
    ['a.ts', "emit('¤orders.created¤')", 'topic'],
    ['a.ts', "queue.publish('¤orders¤')", 'topic'],
    ['a.ts', "read('¤orders.json¤')", 'symbol'],
    ['a.ts', 'relay.¤publish¤()', 'symbol'],
  ])('in %s, of %j, is %s', (path, marked, expected) => {
    expect(formOf(path, marked)).toBe(expected);
  });
});

describe('the window around a line', () => {
  test.each([
    [100, 50, undefined, { first: 30, last: 69 }],
    [100, 0, undefined, { first: 0, last: 39 }],
    [100, 99, undefined, { first: 60, last: 99 }],
    [10, 5, undefined, { first: 0, last: 39 }],
    [100, 40, 45, { first: 23, last: 62 }],
    [300, 100, 159, { first: 100, last: 159 }],
    [300, 0, 299, { first: 100, last: 199 }],
    [100, 50, 10, { first: 30, last: 69 }],
  ])('of %i lines at %i to %s is %o', (lineCount, line, endLine, expected) => {
    expect(codeWindowLines(lineCount, line, endLine)).toEqual(expected);
  });

  it('is the text of at most 40 lines, each cut to 1,000 characters, and the nearest 8 to either side', () => {
    const text = Array.from({ length: 100 }, (_, line) => `${line} ${'x'.repeat(2_000)}`);
    const { lines, nearest } = codeWindowAt(text, 50);
    expect(lines.split('\n')).toHaveLength(40);
    expect(lines.split('\n')[0]).toHaveLength(1_000);
    expect(nearest.split('\n').map((line) => Number.parseInt(line, 10))).toEqual(Array.from({ length: 17 }, (_, at) => 42 + at));
    expect(codeWindowAt(text, 40, 45).nearest).toBe('');
  });
});

describe('a file whose every line is an entry of its own', () => {
  test.each([
    'package.json',
    'app/build.gradle.kts',
    'settings.gradle.kts',
    'gradle.properties',
    'config/db.ini',
    '.env.local',
    'web/tsconfig.app.json',
  ])('%s is a build file or settings', (path) => {
    expect(isListOfEntries(path)).toBe(true);
  });

  test.each(['src/outbox.ts', 'src/properties.ts', 'deploy/values.yaml', 'schemas/order.json', 'src/environment.ts'])(
    '%s is none',
    (path) => {
      expect(isListOfEntries(path)).toBe(false);
    },
  );
});
