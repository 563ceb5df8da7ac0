import { describe, expect, it } from 'vitest';
import { readDatabases, readTeams, tellsTeamsOrDatabases } from '../../server/workspace/teams-and-databases.ts';
import { filesInMemory } from '../support/workspace.ts';

const teams = (files: Readonly<Record<string, string>>, configured: string[] = []) =>
  readTeams(filesInMemory(files), Object.keys(files), { teams: configured });
const engineOf = async (
  files: Readonly<Record<string, string>>,
  path: string,
  database?: Parameters<typeof readDatabases>[2]['database'],
) => (await readDatabases(filesInMemory(files), Object.keys(files), { database })).engineOf(path);

describe('the teams of a repository', () => {
  it('are those that own something by CODEOWNERS, of GitHub and of GitLab, without people and without what everybody is called', async () => {
    const text = '* @acme/developers @jane\n/a/ @acme/laa-sre payments-team@acme.com jane@acme.com\n[Docs]\n/b/ @acme/sub/Data_Wizards\n';
    expect(await teams({ '.github/CODEOWNERS': text })).toEqual(['data-wizards', 'laa-sre', 'payments-team']);
  });

  it('are the groups and owners of catalog-info.yaml', async () => {
    const text =
      'kind: Group\nmetadata: { name: infra-wizards }\nspec: { parent: eng-org, children: [a-team] }\n---\nkind: Component\nspec: { owner: group:default/checkout-squad }\n---\nkind: API\nspec:\n  owner: user:jane\n';
    expect(await teams({ 'services/a/catalog-info.yaml': text })).toEqual(['a-team', 'checkout-squad', 'eng-org', 'infra-wizards']);
  });

  it('are those of the configuration, in whatever form they are written', async () => {
    expect(await teams({}, ['Payments Crew', 'dataWizards'])).toEqual(['data-wizards', 'payments-crew']);
  });

  it('are not a word that is the name of a folder, which may say what is done there, unless the configuration lists it', async () => {
    const files = { CODEOWNERS: '/services/payments/ @acme/payments @acme/phoenix\n', 'services/payments/main.go': '' };
    expect(await teams(files)).toEqual(['phoenix']);
    expect(await teams(files, ['payments'])).toEqual(['payments', 'phoenix']);
  });

  it('are none where the files are broken or lie', async () => {
    expect(await teams({ 'catalog-info.yaml': 'kind: [\n  spec: {{{', CODEOWNERS: '\0\n[\n' })).toEqual([]);
    expect(await teams({ 'catalog-info.yaml': '['.repeat(5_000) })).toEqual([]);
    expect(await teams({ 'catalog-info.yaml': 'kind: Group\nmetadata: 7\nspec: [1]\n' })).toEqual([]);
  });
});

describe('the database of a migration', () => {
  const MIGRATION = 'db/migrations/0001.sql';
  it.each([
    ['docker-compose.yml', 'services:\n  db:\n    image: postgres:16\n', 'postgresql'],
    ['deploy/compose.yaml', 'services:\n  db:\n    image: "cockroachdb/cockroach:v23"\n', 'cockroachdb'],
    ['prisma/schema.prisma', 'generator client {\n  provider = "prisma-client-js"\n}\ndatasource db {\n  provider = "mysql"\n}\n', 'mysql'],
    ['config/database.yml', 'production:\n  adapter: postgresql\n', 'postgresql'],
    ['alembic.ini', 'sqlalchemy.url = postgresql+psycopg2://u:p@h/db\n', 'postgresql'],
    ['knexfile.js', "module.exports = { client: 'mysql2' };\n", 'mysql'],
    ['drizzle.config.ts', "export default { dialect: 'sqlite' };\n", 'sqlite'],
    ['shop/settings.py', "DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql'}}\n", 'postgresql'],
    ['src/main/resources/application.yml', 'url: jdbc:sqlserver://h;db=x\n', 'sqlserver'],
    ['go.mod', 'require github.com/jackc/pgx/v5 v5.1.0\n', 'postgresql'],
    ['Gemfile', "gem 'sqlite3'\n", 'sqlite'],
    ['package.json', '{ "dependencies": { "pg": "8" }, "devDependencies": { "better-sqlite3": "9" } }', 'postgresql'],
  ])('is told by %s', async (path, text, engine) => {
    expect(await engineOf({ [path]: text, [MIGRATION]: '' }, MIGRATION)).toBe(engine);
    expect(tellsTeamsOrDatabases(path)).toBe(true);
  });

  it('is that of the nearest file, of the path before it, and of the configuration before both', async () => {
    const files = { 'a/go.mod': 'github.com/lib/pq', 'b/go.mod': 'github.com/go-sql-driver/mysql', 'a/m/1.sql': '', 'b/m/1.sql': '' };
    expect([await engineOf(files, 'a/m/1.sql'), await engineOf(files, 'b/m/1.sql')]).toEqual(['postgresql', 'mysql']);
    expect(await engineOf(files, 'a/sqlite/1.sql')).toBe('sqlite');
    expect(await engineOf(files, 'a/sqlite/1.sql', 'oracle')).toBe('oracle');
    expect(await engineOf(files, 'b/m/1.sql', [{ paths: ['b/**'], engine: 'cockroachdb' }])).toBe('cockroachdb');
    expect(await engineOf(files, 'a/m/1.sql', [{ paths: ['b/**'], engine: 'cockroachdb' }])).toBe('postgresql');
  });

  it('is unknown where nothing tells, or where two tell the same thing differently', async () => {
    expect(await engineOf({ [MIGRATION]: '' }, MIGRATION)).toBeUndefined();
    expect(await engineOf({ 'go.mod': 'github.com/lib/pq\ngithub.com/go-sql-driver/mysql', [MIGRATION]: '' }, MIGRATION)).toBeUndefined();
  });

  it('is what a schema says before what a driver or a container says', async () => {
    const files = {
      'schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\n',
      'docker-compose.yml': 'image: mysql:8\n',
      'm/1.sql': '',
    };
    expect(await engineOf(files, 'm/1.sql')).toBe('postgresql');
  });
});
