import { describe, expect, it } from 'vitest';
import type { IdentifierKnowledge } from '../../server/identifiers/knowledge.ts';
import { findingsIn } from './schema-support.ts';

const LARAVEL = 'database/migrations/2026_01_02_000000_create_orders_table.php';
const laravel = (column: string): string =>
  `<?php\nreturn new class extends Migration {\n  public function up() {\n    Schema::create('orders', function (Blueprint $table) {\n      ${column}\n    });\n  }\n};\n`;
const lastIn = async (path: string, text: string, knowledge: Partial<IdentifierKnowledge> = {}): Promise<readonly string[]> =>
  (await findingsIn(path, text, knowledge)).flatMap(({ message }) => /(?:end at|beyond) ([\d,]+\d)/.exec(message)?.[1] ?? []);

const SIGNED = '2,147,483,647';
const UNSIGNED = '4,294,967,295';

describe('the last number that a finding names is that of the type', () => {
  it.each([
    ['orders.sql', 'CREATE TABLE `orders` (`id` INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY);', UNSIGNED],
    ['orders.sql', 'CREATE TABLE `orders` (`id` int(11) unsigned NOT NULL AUTO_INCREMENT, PRIMARY KEY (`id`)) ENGINE=InnoDB;', UNSIGNED],
    ['orders.sql', 'CREATE TABLE `orders` (`id` int(8) ZEROFILL NOT NULL AUTO_INCREMENT PRIMARY KEY);', UNSIGNED],
    ['orders.sql', 'CREATE TABLE `orders` (`id` mediumint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY);', '16,777,215'],
    ['orders.sql', 'CREATE TABLE `orders` (`id` smallint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY);', '65,535'],
    ['orders.sql', 'CREATE TABLE `orders` (`id` int NOT NULL AUTO_INCREMENT PRIMARY KEY);', SIGNED],
    ['orders.sql', 'CREATE TABLE orders (id mediumint NOT NULL AUTO_INCREMENT PRIMARY KEY);', '8,388,607'],
    ['mssql/orders.sql', 'CREATE TABLE orders (id TINYINT IDENTITY(1,1) PRIMARY KEY);', '255'],
    ['mssql/orders.sql', 'CREATE TABLE orders (id INT IDENTITY(1,1) PRIMARY KEY);', SIGNED],
    [LARAVEL, laravel("$table->increments('id');"), UNSIGNED],
    [LARAVEL, laravel("$table->smallIncrements('id');"), '65,535'],
    [LARAVEL, laravel("$table->unsignedInteger('id', true);"), UNSIGNED],
    [LARAVEL, laravel("$table->unsignedInteger('id')->primary();"), UNSIGNED],
    [LARAVEL, laravel("$table->integer('id', true)->unsigned();"), UNSIGNED],
    [LARAVEL, laravel("$table->integer('id', true, true);"), UNSIGNED],
    [LARAVEL, laravel("$table->integer('id', true);"), SIGNED],
    [
      'src/order.ts',
      "import { DataTypes } from 'sequelize';\nOrder.init({\n  id: { type: DataTypes.INTEGER.UNSIGNED, autoIncrement: true, primaryKey: true },\n}, { sequelize });\n",
      UNSIGNED,
    ],
    [
      'src/order.ts',
      "export const orders = mysqlTable('orders', {\n  id: int('id', { unsigned: true }).autoincrement().primaryKey(),\n});\n",
      UNSIGNED,
    ],
    ['src/order.ts', '@Entity()\nexport class Order {\n  @PrimaryGeneratedColumn({ unsigned: true })\n  id: number;\n}\n', UNSIGNED],
    ['src/order.ts', '@Entity()\nexport class Order {\n  @PrimaryGeneratedColumn()\n  id: number;\n}\n', SIGNED],
    [
      'prisma/schema.prisma',
      'datasource db {\n  provider = "mysql"\n}\nmodel Order {\n  id Int @id @default(autoincrement()) @db.UnsignedInt\n}\n',
      UNSIGNED,
    ],
    [
      'src/Order.php',
      "<?php\nuse Doctrine\\ORM\\Mapping as ORM;\nclass Order {\n    #[ORM\\Id, ORM\\GeneratedValue]\n    #[ORM\\Column(type: 'integer', options: ['unsigned' => true])]\n    private ?int $id = null;\n}\n",
      UNSIGNED,
    ],
  ])('%s: %s', async (path, text, last) => {
    expect(await lastIn(path, text)).toEqual([last]);
  });

  it('is the one with a sign where the database has no other', async () => {
    expect(await lastIn(LARAVEL, laravel("$table->increments('id');"), { engineOf: () => 'postgresql' })).toEqual([SIGNED]);
  });

  it('is said of a reference to a wider key, too', async () => {
    const text =
      'CREATE TABLE orders (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY);\nCREATE TABLE items (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, order_id INT UNSIGNED REFERENCES orders (id));';
    expect(await lastIn('a.sql', text)).toEqual([UNSIGNED]);
  });
});
