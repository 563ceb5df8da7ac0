import { describe, expect, it } from 'vitest';
import { fixed, marks } from './schema-support.ts';

const laravel = (columns: string, table = 'orders'): string =>
  `<?php\n\nreturn new class extends Migration\n{\n    public function up(): void\n    {\n        Schema::create('${table}', function (Blueprint $table) {\n${columns}\n        });\n    }\n};\n`;
const doctrine = (property: string): string =>
  `<?php\nuse Doctrine\\ORM\\Mapping as ORM;\n\n#[ORM\\Entity]\nclass Order\n{\n${property}\n}\n`;
const sequelize = (columns: string): string =>
  `const { DataTypes } = require('sequelize');\nmodule.exports = (sequelize) => sequelize.define('Order', {\n${columns}\n});\n`;
const LARAVEL = 'database/migrations/2024_01_02_030405_create_orders_table.php';
const DOCTRINE = 'src/Entity/Order.php';

describe('keys in migrations of Laravel', () => {
  it.each([
    ['increments', "$table->increments('id');\n$table->integer('total');", ['SID006 warning id']],
    ['a number that counts up', "$table->unsignedInteger('id', true);", ['SID006 warning id']],
    ['a number that is called the key', "$table->integer('order_id')->primary();", ['SID006 info order_id']],
    ['an address as key', "$table->string('email')->primary();\n$table->string('name');", ['SID007 info email']],
    ['an address that is named as key afterwards', "$table->string('email');\n$table->primary('email');", ['SID007 info email']],
    ['id()', '$table->id();', []],
    ['bigIncrements', "$table->bigIncrements('id');", []],
    [
      'numbers that refer to others',
      "$table->id();\n$table->unsignedInteger('customer_id');\n$table->foreign('customer_id')->references('id')->on('customers');",
      [],
    ],
    ['a key of two columns', "$table->unsignedInteger('a_id');\n$table->unsignedInteger('b_id');\n$table->primary(['a_id', 'b_id']);", []],
    ['what is commented out', "// $table->increments('id');\n$table->id();", []],
  ])('are found as they are: %s', async (_what, columns, found) => {
    expect(await marks(LARAVEL, laravel(columns))).toEqual(found);
  });

  it('are quiet in a table of tokens, which is about the address', async () => {
    expect(await marks(LARAVEL, laravel("$table->string('email')->primary();\n$table->string('token');", 'password_reset_tokens'))).toEqual(
      [],
    );
  });

  it('become wider by a fix', async () => {
    expect(await fixed(LARAVEL, laravel("$table->increments('id');"), /bigIncrements/)).toContain("$table->bigIncrements('id');");
  });
});

describe('keys in entities of Doctrine', () => {
  it.each([
    ['attributes', '    #[ORM\\Id]\n    #[ORM\\GeneratedValue]\n    #[ORM\\Column]\n    private ?int $id = null;', ['SID006 warning id']],
    [
      'one attribute',
      '    #[ORM\\Id, ORM\\GeneratedValue, ORM\\Column(type: Types::INTEGER)]\n    private ?int $id = null;',
      ['SID006 warning id'],
    ],
    [
      'annotations',
      '    /**\n     * @ORM\\Id\n     * @ORM\\GeneratedValue\n     * @ORM\\Column(type="integer")\n     */\n    private $id;',
      ['SID006 warning id'],
    ],
    ['an address', "    #[ORM\\Id]\n    #[ORM\\Column(type: 'string')]\n    private string $email;", ['SID007 info email']],
    ['64 bits', '    #[ORM\\Id, ORM\\GeneratedValue, ORM\\Column(type: Types::BIGINT)]\n    private ?int $id = null;', []],
    ['another number', '    #[ORM\\Column]\n    private int $total;', []],
    ['a UUID', "    #[ORM\\Id]\n    #[ORM\\Column(type: 'uuid')]\n    private Uuid $id;", []],
  ])('are found as they are: %s', async (_what, property, found) => {
    expect((await marks(DOCTRINE, doctrine(property))).map((mark) => mark.replace('$', ''))).toEqual(found);
  });

  it('become wider by a fix', async () => {
    const text = doctrine("    #[ORM\\Id, ORM\\GeneratedValue, ORM\\Column(type: 'integer')]\n    private ?int $id = null;");
    expect(await fixed(DOCTRINE, text, /bigint/)).toContain("ORM\\Column(type: 'bigint')");
  });
});

describe('keys in models and migrations of Sequelize', () => {
  it.each([
    [
      'a number',
      '  id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },\n  total: DataTypes.INTEGER,',
      ['SID006 warning id'],
    ],
    ['an address', '  email: { type: DataTypes.STRING(200), primaryKey: true },', ['SID007 info email']],
    ['64 bits', '  id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },', []],
    ['a number that refers to another', "  userId: { type: DataTypes.INTEGER, references: { model: 'users', key: 'id' } },", []],
    [
      'a key of two columns',
      '  aId: { type: DataTypes.INTEGER, primaryKey: true },\n  bId: { type: DataTypes.INTEGER, primaryKey: true },',
      [],
    ],
  ])('are found as they are: %s', async (_what, columns, found) => {
    expect(await marks('models/order.js', sequelize(columns))).toEqual(found);
  });

  it('are found in a migration and in a class', async () => {
    const migration =
      "module.exports = { up: (queryInterface, Sequelize) => queryInterface.createTable('Orders', {\n  id: { allowNull: false, autoIncrement: true, primaryKey: true, type: Sequelize.INTEGER },\n}) };\n";
    expect(await marks('migrations/20240102030405-create-order.js', migration)).toEqual(['SID006 warning id']);
    const model =
      "import { DataTypes } from 'sequelize';\nOrder.init({\n  id: { type: DataTypes.INTEGER.UNSIGNED, autoIncrement: true, primaryKey: true },\n}, { sequelize });\n";
    expect(await marks('src/order.ts', model)).toEqual(['SID006 warning id']);
    expect(await fixed('src/order.ts', model, /BIGINT/)).toContain('DataTypes.BIGINT.UNSIGNED');
  });
});
