import { describe, expect, it } from 'vitest';
import { findingsIn, fixed, marks } from './schema-support.ts';

type Case = readonly [name: string, path: string, text: string, found: readonly string[]];
const check = (cases: readonly Case[]): void => {
  for (const [name, path, text, found] of cases) it(name, async () => expect(await marks(path, text)).toEqual(found));
};

describe('a schema of Prisma', () => {
  const provider = (name: string) => `datasource db {\n  provider = "${name}"\n  url = env("URL")\n}\n`;
  check([
    [
      'has a key of 32 bits',
      'schema.prisma',
      `${provider('postgresql')}model Order {\n  id Int @id @default(autoincrement())\n  a Int\n  b Int\n}\n`,
      ['SID006 warning id'],
    ],
    [
      'has a natural key',
      'schema.prisma',
      `${provider('mysql')}model Customer {\n  email String @id\n  a Int\n  b Int\n}\n`,
      ['SID007 info email'],
    ],
    [
      'is quiet with SQLite',
      'schema.prisma',
      `${provider('sqlite')}model Order {\n  id Int @id @default(autoincrement())\n  a Int\n}\n`,
      [],
    ],
    [
      'is quiet with a wide or random key',
      'schema.prisma',
      'model A {\n  id BigInt @id\n  n Int\n}\nmodel B {\n  id String @id @default(uuid())\n}\n',
      [],
    ],
    ['is quiet with a key of several fields', 'schema.prisma', 'model A {\n  name String\n  org Int\n\n  @@id([name, org])\n}\n', []],
    [
      'is quiet with a key that a relation gives',
      'schema.prisma',
      'model Profile {\n  userId Int @id\n  user User @relation(fields: [userId], references: [id])\n  a Int\n}\n',
      [],
    ],
    ['is quiet with a comment', 'schema.prisma', 'model A {\n  // id Int @id\n  id BigInt @id\n}\n', []],
  ]);
  it('is widened in place', async () =>
    expect(await fixed('schema.prisma', 'model Order {\r\n  id Int @id\r\n  a Int\r\n  b Int\r\n}\r\n', /BigInt/)).toBe(
      'model Order {\r\n  id BigInt @id\r\n  a Int\r\n  b Int\r\n}\r\n',
    ));
});

describe('Python', () => {
  check([
    [
      'declares a key of Django',
      'shop/models.py',
      'class Order(models.Model):\n    id = models.AutoField(primary_key=True)\n',
      ['SID006 warning id'],
    ],
    [
      'migrates to a key of Django',
      'shop/migrations/0001_initial.py',
      'migrations.CreateModel(\n  name="Order",\n  fields=[\n    ("id", models.AutoField(auto_created=True,\n      primary_key=True)),\n',
      ['SID006 warning id'],
    ],
    [
      'sets a default of Django',
      'shop/settings.py',
      "DEFAULT_AUTO_FIELD = 'django.db.models.AutoField'\n",
      ["SID006 warning DEFAULT_AUTO_FIELD = 'django.db.models.AutoField"],
    ],
    [
      'sets a default of an app',
      'shop/apps.py',
      "class ShopConfig(AppConfig):\n    default_auto_field = 'django.db.models.AutoField'\n",
      ["SID006 warning     default_auto_field = 'django.db.models.AutoField"],
    ],
    [
      'has a natural key of Django',
      'shop/models.py',
      'class Customer(models.Model):\n    email = models.EmailField(primary_key=True)\n',
      ['SID007 info email'],
    ],
    [
      'has a natural key by its help text',
      'shop/models.py',
      'class Issuer(models.Model):\n    issuer_id = models.CharField(primary_key=True, help_text=_("Issuer DID"))\n',
      ['SID007 info issuer_id'],
    ],
    [
      'has a key of SQLAlchemy',
      'models.py',
      "class Order(Base):\n    __tablename__ = 'orders'\n    id = Column(Integer, primary_key=True)\n",
      ['SID006 warning id'],
    ],
    [
      'has an annotated key of SQLAlchemy',
      'models.py',
      'class Order(Base):\n    id: Mapped[int] = mapped_column(primary_key=True)\n',
      ['SID006 warning id'],
    ],
    [
      'has a key of SQLModel',
      'models.py',
      'class Order(SQLModel, table=True):\n    id: int | None = Field(default=None, primary_key=True)\n',
      ['SID006 warning id'],
    ],
    [
      'migrates with Alembic',
      'migrations/versions/1a_b.py',
      'def upgrade():\n    op.create_table("orders",\n        sa.Column("id", sa.Integer(), nullable=False),\n        sa.PrimaryKeyConstraint("id"),\n    )\n',
      ['SID006 warning id'],
    ],
    [
      'undoes with Alembic, which is quiet',
      'migrations/versions/1a_b.py',
      'def downgrade():\n    op.create_table("orders",\n        sa.Column("id", sa.Integer(), nullable=False),\n        sa.PrimaryKeyConstraint("id"),\n    )\n',
      [],
    ],
    [
      'has wide keys, which are quiet',
      'models.py',
      'class A(models.Model):\n    id = models.BigAutoField(primary_key=True)\nclass B(Base):\n    id = Column(BigInteger, primary_key=True)\nclass C(models.Model):\n    user = models.OneToOneField(User, primary_key=True)\n',
      [],
    ],
    [
      'has a join table, which is quiet',
      'models.py',
      'class A(Base):\n    a_id = Column(Integer, primary_key=True)\n    b_id = Column(Integer, primary_key=True)\n',
      [],
    ],
    [
      'has a part of an inherited key, which is quiet',
      'models.py',
      'class OrderHistory(OrderBase):\n    version = Column(Integer, primary_key=True)\n',
      [],
    ],
    [
      'has a key that is a foreign key, which is quiet',
      'models.py',
      'class A(Base):\n    id = Column(Integer, ForeignKey("b.id"), primary_key=True)\n',
      [],
    ],
    [
      'mentions a key in a comment, which is quiet',
      'models.py',
      'class A(Base):\n    # id = Column(Integer, primary_key=True)\n    pass\n',
      [],
    ],
  ]);
  it('is widened in place where the name of the type is in reach', async () => {
    expect(await fixed('models.py', 'class A(models.Model):\n    id = models.AutoField(primary_key=True)\n', /BigAutoField/)).toContain(
      'models.BigAutoField(primary_key=True)',
    );
    expect(await fixed('models.py', 'class A(Base):\n    id = sa.Column(sa.Integer, primary_key=True)\n', /BigInteger/)).toContain(
      'sa.Column(sa.BigInteger, primary_key=True)',
    );
    expect(await fixed('models.py', 'class A(Base):\n    id = Column(Integer, primary_key=True)\n', /BigInteger/)).toBe('no such fix');
    expect(await fixed('settings.py', "DEFAULT_AUTO_FIELD = 'django.db.models.AutoField'\n", /BigAutoField/)).toBe(
      "DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'\n",
    );
  });
});

describe('a migration of Rails', () => {
  const migration = (version: string, body: string) =>
    `class CreateOrders < ActiveRecord::Migration${version}\n  def change\n    ${body}\n  end\nend\n`;
  check([
    [
      'asks for a narrow key',
      'db/migrate/20240101_a.rb',
      migration('[7.1]', 'create_table :orders, id: :integer do |t|'),
      ['SID006 warning id'],
    ],
    [
      'is of a time in which keys were narrow',
      'db/migrate/2015_a.rb',
      migration('', 'create_table :orders do |t|'),
      ['SID006 info orders'],
    ],
    ['is of version 5.0', 'db/migrate/2016_a.rb', migration('[5.0]', 'create_table "orders", force: true do |t|'), ['SID006 info orders']],
    [
      'has a natural key',
      'db/migrate/20240101_a.rb',
      migration('[7.1]', 'create_table :customers, id: :string, primary_key: :email do |t|'),
      ['SID007 info email'],
    ],
    [
      'widens without the sequence',
      'db/migrate/20240101_a.rb',
      migration('[7.1]', 'change_column :orders, :id, :bigint'),
      ['SID006 info id'],
    ],
    ['has a wide key by default', 'db/migrate/20240101_a.rb', migration('[7.1]', 'create_table :orders do |t|'), []],
    ['has no key', 'db/migrate/2015_a.rb', migration('[4.2]', 'create_table :a_b, id: false do |t|'), []],
  ]);
});

describe('Java and Kotlin', () => {
  check([
    [
      'map a narrow key',
      'src/main/java/Order.java',
      'import jakarta.persistence.*;\n@Entity\npublic class Order {\n  @Id\n  @GeneratedValue(strategy = GenerationType.IDENTITY)\n  @Column(name = "id")\n  private Integer id;\n}\n',
      ['SID006 warning id'],
    ],
    [
      'map a narrow key of Kotlin',
      'src/main/kotlin/Order.kt',
      'import jakarta.persistence.*\n@Entity\nclass Order(\n  @Id @GeneratedValue val id: Int? = null,\n)\n',
      ['SID006 warning id'],
    ],
    [
      'map a natural key',
      'src/main/java/C.java',
      'import javax.persistence.Id;\n@Entity\nclass C {\n  @Id\n  private String email;\n}\n',
      ['SID007 info email'],
    ],
    ['map a wide key', 'src/main/java/C.java', 'import javax.persistence.Id;\n@Entity\nclass C {\n  @Id\n  private Long id;\n}\n', []],
    ['read an answer of others', 'src/main/java/C.java', 'class Post { public Integer id; public String username; }\n', []],
    [
      'map several keys',
      'src/main/java/C.java',
      'import javax.persistence.Id;\n@Entity\n@IdClass(K.class)\nclass C {\n  @Id\n  private int a;\n  @Id\n  private int b;\n}\n',
      [],
    ],
  ]);
});

describe('C#', () => {
  check([
    [
      'has an entity with a narrow key',
      'src/Domain/Order.cs',
      'using System.ComponentModel.DataAnnotations;\npublic class Order\n{\n  [Key]\n  public int OrderNumber { get; set; }\n}\n',
      ['SID006 warning OrderNumber'],
    ],
    [
      'has an entity by convention',
      'src/Domain/Order.cs',
      'public class Order\n{\n  public int Id { get; set; }\n  public int CustomerId { get; set; }\n}\n',
      ['SID006 warning Id'],
    ],
    [
      'has a key after the name of the class',
      'src/Domain/Order.cs',
      'public class Order\n{\n  public int OrderId { get; set; }\n}\n',
      ['SID006 warning OrderId'],
    ],
    [
      'keeps an id of GitHub',
      'src/Advisory.cs',
      'public class Advisory\n{\n  public int DatabaseId { get; set; }\n}\n',
      ['SID006 warning DatabaseId'],
    ],
    [
      'migrates to a narrow key',
      'Migrations/20240101_A.cs',
      'migrationBuilder.CreateTable(\n  name: "Orders",\n  columns: table => new\n  {\n    Id = table.Column<int>(type: "int", nullable: false)\n      .Annotation("SqlServer:Identity", "1, 1"),\n',
      ['SID006 warning Id'],
    ],
    [
      'migrates SQLite',
      'Migrations/20240101_A.cs',
      'migrationBuilder.CreateTable(\n  name: "Orders",\n  columns: table => new\n  {\n    Id = table.Column<int>(type: "INTEGER", nullable: false)\n      .Annotation("Sqlite:Autoincrement", true),\n',
      [],
    ],
    [
      'sends an order',
      'src/Api/OrderDto.cs',
      'using System.ComponentModel.DataAnnotations;\npublic class OrderDto\n{\n  public int Id { get; set; }\n}\n',
      [],
    ],
    ['has a class that nothing maps', 'src/Api/Page.cs', 'public class Page\n{\n  public int Id { get; set; }\n}\n', []],
  ]);
});

describe('TypeScript', () => {
  check([
    [
      'has a table of Drizzle',
      'src/schema.ts',
      "export const orders = pgTable('orders', {\n  id: serial('id').primaryKey(),\n  total: integer('total'),\n});\n",
      ['SID006 warning id'],
    ],
    [
      'has an identity of Drizzle',
      'src/schema.ts',
      "export const orders = pgTable('orders', {\n  id: integer('id')\n    .primaryKey()\n    .generatedAlwaysAsIdentity(),\n});\n",
      ['SID006 warning id'],
    ],
    [
      'has a natural key of Drizzle',
      'src/schema.ts',
      "export const users = pgTable('users', {\n  email: text('email').primaryKey(),\n});\n",
      ['SID007 info email'],
    ],
    [
      'has an entity of TypeORM',
      'src/order.ts',
      '@Entity()\nexport class Order {\n  @PrimaryGeneratedColumn()\n  id: number;\n}\n',
      ['SID006 warning id'],
    ],
    [
      'has an entity of MikroORM',
      'src/order.ts',
      '@Entity()\nexport class Order {\n  @PrimaryKey()\n  id!: number;\n}\n',
      ['SID006 warning id'],
    ],
    [
      'migrates with Knex',
      'migrations/20240101_a.js',
      "exports.up = (knex) => knex.schema.createTable('orders', (table) => {\n  table.increments('id');\n});\n",
      ["SID006 warning 'id'".replaceAll("'", '')],
    ],
    [
      'has a table of SQLite',
      'src/schema.ts',
      "export const orders = sqliteTable('orders', {\n  id: integer('id').primaryKey(),\n});\n",
      [],
    ],
    [
      'has a random key of TypeORM',
      'src/order.ts',
      "@Entity()\nexport class Order {\n  @PrimaryGeneratedColumn('uuid')\n  id: string;\n}\n",
      [],
    ],
    [
      'has a wide key of TypeORM',
      'src/order.ts',
      "@Entity()\nexport class Order {\n  @PrimaryGeneratedColumn({ type: 'bigint' })\n  id: number;\n}\n",
      [],
    ],
    [
      'has a foreign key of Drizzle',
      'src/schema.ts',
      "export const a = pgTable('a', {\n  id: integer('id').primaryKey().references(() => users.id),\n});\n",
      [],
    ],
  ]);
});

describe('Go', () => {
  const file = (body: string) => `package shop\n\nimport "gorm.io/gorm"\n\ntype Order struct {\n${body}\n}\n`;
  check([
    ['has a narrow key of GORM', 'order.go', file('\tID    uint32 `gorm:"primaryKey"`\n\tTotal int32'), ['SID006 warning ID']],
    ['has a narrow key by its name', 'order.go', file('\tID int32 `json:"id"`'), ['SID006 warning ID']],
    ['has a natural key', 'order.go', file('\tEmail string `gorm:"primaryKey"`'), ['SID007 info Email']],
    ['has a wide key', 'order.go', file('\tID uint `gorm:"primaryKey"`'), []],
    ['maps nothing', 'order.go', 'package shop\n\ntype Order struct {\n\tID int32\n}\n', []],
  ]);
});

it('a key of a model in a repository of SQLite is quiet', async () => {
  const text = 'class Order(Base):\n    id = Column(Integer, primary_key=True)\n';
  expect(await findingsIn('models.py', text, { engineOf: () => 'sqlite' })).toEqual([]);
  expect((await findingsIn('models.py', text)).length).toBe(1);
});
