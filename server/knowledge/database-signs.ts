import type { IdentifierSettings } from './discovery/identifier-settings.ts';
import { folderOf } from './paths.ts';

const baseNameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** A database that migrations may be written for, by its name in `lintel.yaml`. */
type Database = Extract<IdentifierSettings['database'], string>;

/** What a file of the repository says about the database that is used around it. */
export interface DatabaseSign {
  /** Folder of the file; empty for the root. */
  readonly folder: string;
  readonly engine: Database;
  /** Whether the file is about the database (a schema, a configuration), and not only about a driver or a container. */
  readonly strong: boolean;
}

/** Words that mean a database where one is named: in a path, as an adapter, as the name of an image. */
const NAMES: readonly (readonly [Database, RegExp])[] = [
  ['cockroachdb', /\b(?:cockroach(?:db)?|crdb)\b/i],
  ['postgresql', /\b(?:postgres(?:ql)?|postgis|timescale(?:db)?|pgvector|pgsql|pgx?|psql|supabase|neon)\b/i],
  ['mysql', /\b(?:mysql2?|mariadb|percona|trilogy|singlestore|vitess)\b/i],
  ['sqlserver', /\b(?:mssql(?:-server|-edge)?|sqlsrv|sql-?server|azure-sql-edge|tsql)\b/i],
  ['oracle', /\b(?:oracle(?:db|_enhanced)?|oracle-(?:xe|free))\b/i],
  ['sqlite', /\b(?:sqlite3?|better-sqlite3|libsql|turso|d1)\b/i],
];

const named = (text: string): Database | undefined => NAMES.find(([, pattern]) => pattern.test(text.replaceAll('_', '-')))?.[0];

/** Drivers and clients by the name of their package. */
const DRIVERS: readonly (readonly [Database, RegExp])[] = [
  ['cockroachdb', /django-cockroachdb|cockroachdb\/cockroach-go|sqlalchemy-cockroachdb|activerecord-cockroachdb-adapter/i],
  [
    'postgresql',
    /github\.com\/(?:lib\/pq|jackc\/pgx)|gorm\.io\/driver\/postgres|psycopg|asyncpg|pg8000|"(?:pg|postgres|@neondatabase\/serverless)"\s*:|gem ['"]pg['"]|org\.postgresql|npgsql|tokio-postgres|features\s*=\s*\[[^\]]*"postgres"/i,
  ],
  [
    'mysql',
    /github\.com\/go-sql-driver\/mysql|gorm\.io\/driver\/mysql|mysqlclient|pymysql|aiomysql|"(?:mysql2?|mariadb)"\s*:|gem ['"](?:mysql2|trilogy)['"]|mysql-connector|mariadb-java-client|Pomelo\.EntityFrameworkCore|MySql\.Data|features\s*=\s*\[[^\]]*"mysql"/i,
  ],
  [
    'sqlserver',
    /go-mssqldb|gorm\.io\/driver\/sqlserver|pymssql|mssql-django|"(?:mssql|tedious)"\s*:|mssql-jdbc|EntityFrameworkCore\.SqlServer|Microsoft\.Data\.SqlClient/i,
  ],
  ['oracle', /godror|cx_oracle|oracledb|ojdbc|Oracle\.EntityFrameworkCore/i],
  [
    'sqlite',
    /mattn\/go-sqlite3|modernc\.org\/sqlite|gorm\.io\/driver\/sqlite|aiosqlite|"(?:better-sqlite3|sqlite3?|@libsql\/client)"\s*:|gem ['"]sqlite3['"]|sqlite-jdbc|EntityFrameworkCore\.Sqlite|rusqlite|features\s*=\s*\[[^\]]*"sqlite"/i,
  ],
];

interface Kind {
  readonly files: RegExp;
  /** The part of the text that names the database, in its first group. */
  readonly says?: RegExp;
  readonly strong: boolean;
}

const ADDRESS =
  /(?:jdbc:)?\b(postgres(?:ql)?|cockroachdb|mysql2?|mariadb|sqlite3?|sqlserver|mssql|oracle)(?:\+\w+)?:(?:\/\/|thin:|file:|\w)/gi;

/** Files that are read, and where they name the database. Those without such a place list drivers. */
const KINDS: readonly Kind[] = [
  { files: /\.prisma$/i, says: /^\s*provider\s*=\s*"(?!prisma-client)([\w-]+)"/gm, strong: true },
  { files: /^sqlc\.(?:ya?ml|json)$/i, says: /["']?engine["']?\s*:\s*["']?([\w-]+)/g, strong: true },
  { files: /^database(?:\.\w+)?\.ya?ml$/i, says: /^\s*adapter:\s*["']?([\w-]+)/gm, strong: true },
  { files: /^knexfile\.[cm]?[jt]s$/i, says: /\bclient\s*:\s*['"`]([\w-]+)/g, strong: true },
  { files: /^drizzle\.config\.[cm]?[jt]s$/i, says: /\bdialect\s*:\s*['"`]([\w-]+)/g, strong: true },
  { files: /^(?:ormconfig\.\w+|(?:data-?source|typeorm[.-]config)\.[cm]?[jt]s)$/i, says: /\btype["']?\s*:\s*['"`]([\w-]+)/g, strong: true },
  {
    files: /^settings\.py$|^(?:base|production|local|dev|common)\.py$/i,
    says: /django\.db\.backends\.(\w+)|\b(django_cockroachdb)\b/g,
    strong: true,
  },
  {
    files:
      /^(?:alembic\.ini|flyway\.(?:conf|toml)|liquibase\.properties|atlas\.hcl|dbmate\.ya?ml|application[\w-]*\.(?:properties|ya?ml)|hibernate\.cfg\.xml|persistence\.xml|appsettings\.json)$/i,
    says: ADDRESS,
    strong: true,
  },
  {
    files: /^\.env(?:\.(?:example|sample|template|dist))?$/i,
    says: /^(?:export\s+)?(?:DB_CONNECTION|DATABASE_URL|DB_DIALECT)\s*=\s*["']?(\w+)/gm,
    strong: false,
  },
  { files: /^(?:docker-)?compose[\w.-]*\.ya?ml$/i, says: /^\s*(?:-\s*)?image:\s*["']?(\S+)/gm, strong: false },
  {
    files:
      /^(?:go\.mod|package\.json|requirements[\w-]*\.txt|pyproject\.toml|Pipfile|Gemfile|pom\.xml|build\.gradle(?:\.kts)?|Cargo\.toml|composer\.json|[\w.-]+\.csproj|Directory\.Packages\.props)$/i,
    strong: false,
  },
];

/** Whether a file may say which database is used. */
export const mayNameDatabase = (path: string): boolean => KINDS.some(({ files }) => files.test(baseNameOf(path)));

/** The databases that a file names, each once. Read as text, never run. */
export function databaseSigns(path: string, text: string): readonly DatabaseSign[] {
  const kind = KINDS.find(({ files }) => files.test(baseNameOf(path)));
  if (kind === undefined) return [];
  const { says, strong } = kind;
  const engines =
    says === undefined
      ? DRIVERS.filter(([, pattern]) => pattern.test(text)).map(([engine]) => engine)
      : [...text.matchAll(says)].map((match) => named(match[1] ?? match[2] ?? ''));
  return [...new Set(engines)].flatMap((engine) => (engine === undefined ? [] : [{ folder: folderOf(path), engine, strong }]));
}

/** The database that a path names, as in `migrations/sqlite/0001.sql` and `schema.mysql.sql`; the last word that does counts. */
export function databaseInPath(path: string): Database | undefined {
  const words = path.toLowerCase().split(/[/._-]+/);
  for (const word of words.reverse()) {
    // Short names are words of other trades as well.
    const engine = word.length > 2 ? named(word) : undefined;
    if (engine !== undefined && !/^(?:neon|oracle)$/.test(word)) return engine;
  }
  return undefined;
}

const segmentsOf = (folder: string): readonly string[] => (folder === '' ? [] : folder.split('/'));

/** The one database among signs: a database of the tests beside it (SQLite) does not count. */
function only(signs: readonly DatabaseSign[]): Database | undefined {
  const engines = new Set(signs.map(({ engine }) => engine));
  if (engines.size > 1) engines.delete('sqlite');
  // CockroachDB is spoken to with the drivers of PostgreSQL.
  if (engines.has('cockroachdb')) engines.delete('postgresql');
  const [engine] = engines;
  return engines.size === 1 ? engine : undefined;
}

/** The database of a path by the signs around it: those with the longest common way decide, and among them what is about the database itself. */
export function nearestDatabase(signs: readonly DatabaseSign[], path: string): Database | undefined {
  const own = segmentsOf(folderOf(path));
  let longest = -1;
  let nearest: DatabaseSign[] = [];
  for (const sign of signs) {
    const other = segmentsOf(sign.folder);
    let common = 0;
    while (common < own.length && own[common] === other[common]) common += 1;
    if (common > longest) {
      longest = common;
      nearest = [];
    }
    if (common === longest) nearest.push(sign);
  }
  return only(nearest.filter(({ strong }) => strong)) ?? only(nearest);
}
