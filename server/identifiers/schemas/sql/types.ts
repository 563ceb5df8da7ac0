import type { DatabaseEngine } from '../../knowledge.ts';

/** Whole numbers by their word, and how many bits they have in most engines. */
const BITS: Readonly<Record<string, number>> = {
  tinyint: 8,
  smallint: 16,
  int2: 16,
  smallserial: 16,
  serial2: 16,
  mediumint: 24,
  int: 32,
  integer: 32,
  int4: 32,
  serial: 32,
  serial4: 32,
  bigint: 64,
  int8: 64,
  bigserial: 64,
  serial8: 64,
};
const SERIAL = /^(?:small|big)?serial[248]?$/;
const TEXTUAL = /^(?:n?(?:var)?char2?|character|text|citext|(?:tiny|medium|long)text|string|clob|uniquetext|sysname)\b/;
/** Types of any engine that are no numbers and no texts: enough to tell a column from a constraint. */
const OTHER =
  /^(?:uuid|uniqueidentifier|boolean|bool|bit|date|time|timestamp|timestamptz|datetime|datetime2|numeric|decimal|number|real|float|double|json|jsonb|bytea|blob|binary|varbinary|raw|inet|money|enum|set|xml|bytes)\b/;

/** Whether a word begins a type that some engine knows. */
export const isType = (word: string): boolean => BITS[word] !== undefined || TEXTUAL.test(word) || OTHER.test(word);

/** Whether a type is a string of characters. */
export const isTextual = (word: string): boolean => TEXTUAL.test(word);

/** Whether a type makes its numbers itself: `bigserial`. MySQL has the word too, as an unsigned bigint. */
export const isSerial = (word: string): boolean => SERIAL.test(word);

/**
 * Bits of a type in an engine; `undefined` where it is no whole number, or the engine has no such limit: numbers of SQLite have up to 64 bits
 * whatever their type says, `INTEGER` of Oracle has 38 digits, and CockroachDB reads `INT` and `SERIAL` as 64 bits.
 * @param word the first word of the type, lower case
 * @param digits the first number in brackets behind it
 */
export function bitsOf(word: string, digits: number | undefined, engine: DatabaseEngine | undefined): number | undefined {
  if (engine === 'sqlite') return undefined;
  if (engine === 'oracle' || word === 'number') return word === 'number' && digits !== undefined && digits <= 9 ? 32 : undefined;
  if (engine === 'cockroachdb') return word === 'int4' ? 32 : word === 'int2' || word === 'smallint' ? 16 : undefined;
  if (engine === 'mysql' && SERIAL.test(word)) return 64;
  return BITS[word];
}

/**
 * Whether a type has no numbers below zero: `INT UNSIGNED`, `ZEROFILL`, and `TINYINT` of SQL Server.
 * @param words what follows the type, lower case
 */
export const isUnsigned = (word: string, words: readonly string[], engine: DatabaseEngine | undefined): boolean =>
  BITS[word] !== undefined && (words.includes('unsigned') || words.includes('zerofill') || (engine === 'sqlserver' && word === 'tinyint'));

/** The wider type to write instead of one, in the case in which it is written; `undefined` where there is none of the same kind. */
export function widerType(written: string, word: string): string | undefined {
  const wide = word === 'number' ? 'number(19)' : SERIAL.test(word) ? 'bigserial' : BITS[word] === undefined ? undefined : 'bigint';
  return wide !== undefined && written === written.toUpperCase() ? wide.toUpperCase() : wide;
}

const PATHS: readonly (readonly [RegExp, DatabaseEngine])[] = [
  [/cockroach|(?:^|[/._-])crdb(?:[/._-]|$)/i, 'cockroachdb'],
  [/sqlite|(?:^|[/._-])d1(?:[/._-]|$)/i, 'sqlite'],
  [/postgres|(?:^|[/._-])(?:pgsql|psql|pg|pgx|timescale(?:db)?)(?:[/._-]|$)/i, 'postgresql'],
  [/mysql|mariadb/i, 'mysql'],
  [/sql-?server|mssql|tsql/i, 'sqlserver'],
  [/(?:^|[/._-])(?:oracle|plsql)(?:[/._-]|$)/i, 'oracle'],
];
const WORDS: readonly (readonly [RegExp, DatabaseEngine])[] = [
  [/\bunique_rowid\s*\(|\bSTRING\s+(?:NOT\s+NULL|PRIMARY)|\bHASH\s+SHARDED\b|\bcrdb_internal\b/i, 'cockroachdb'],
  [/\bAUTOINCREMENT\b|\bWITHOUT\s+ROWID\b|^\s*PRAGMA\s|\bsqlite_/im, 'sqlite'],
  [/\bAUTO_INCREMENT\b|\bENGINE\s*=\s*\w+|\bUNSIGNED\b|\bUTF8MB4\b|\bDELIMITER\b/i, 'mysql'],
  [/\[dbo\]|\bdbo\.|\bIDENTITY\s*\(\s*\d|\bNVARCHAR\b|\bUNIQUEIDENTIFIER\b|\bNONCLUSTERED\b|^\s*GO\s*$/im, 'sqlserver'],
  [/\bVARCHAR2\b|\bNUMBER\s*\(\s*\d|\bNVARCHAR2\b|\bSYSTIMESTAMP\b/i, 'oracle'],
  [
    /\b(?:BIG|SMALL)?SERIAL\b|\bTIMESTAMPTZ\b|\bJSONB\b|\bBYTEA\b|\bnextval\s*\(|\bCITEXT\b|\bTIMESTAMP\s*\(\d\)\s+(?:NOT|DEFAULT|WITH)|\$\$|\bplpgsql\b|::\w|\bpg_catalog\b|\bUSING\s+(?:gin|gist|btree)\b|\bCREATE\s+EXTENSION\b|\bWITH\s+TIME\s+ZONE\b|\bDOUBLE\s+PRECISION\b|\bSET\s+DATA\s+TYPE\b/i,
    'postgresql',
  ],
];
/** As much of a text as tells its engine. In UTF-16 units. */
const TELLING = 50_000;

/** The engine that a file of SQL is written for, by its path, or else by words that only one engine has; `undefined` where neither says so. */
export function engineOfText(path: string, text: string): DatabaseEngine | undefined {
  const byPath = PATHS.filter(([pattern]) => pattern.test(path));
  // A folder `postgres` in a project `mysql-tools`: two engines in a path say nothing.
  if (byPath.length === 1) return byPath[0]?.[1];
  const head = text.slice(0, TELLING);
  return WORDS.find(([pattern]) => pattern.test(head))?.[1];
}
