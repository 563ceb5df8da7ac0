import type { Fix } from '../../model/finding.ts';
import { creationEdit } from '../../text/edits.ts';
import type { IdentifierKnowledge } from '../knowledge.ts';
import type { Column, Table } from '../schemas/model.ts';
import { wordsOf } from '../schemas/words.ts';

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** The number behind one, with as many digits. Times of fourteen digits become the next second, or minute at the end of one. */
function nextNumber(number: string): string {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(number) ?? [];
  if (second === undefined) return String(BigInt(number) + 1n).padStart(number.length, '0');
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second) + 1);
  return new Date(time).toISOString().replace(/\D/g, '').slice(0, 14);
}

/** How a tool names migrations: what precedes the number, the number, and what follows the words. */
const FORMS: readonly RegExp[] = [
  // Prisma, Diesel: one folder each.
  /^(?<before>)(?<number>\d{14}|\d{4}-\d\d-\d\d-\d{6})(?<between>_)(?<words>[^/]+)(?<after>\/(?:migration|up)\.sql)$/,
  // Flyway.
  /^(?<before>V)(?<number>\d+)(?<between>__)(?<words>[^/]+)(?<after>\.sql)$/,
  // golang-migrate, goose, dbmate, Rails-like and plain numbers.
  /^(?<before>)(?<number>\d+)(?<between>[_-])(?<words>[^/]+?)(?<after>(?:\.up)?\.sql)$/,
];

interface Named {
  readonly folder: string;
  readonly form: RegExp;
  readonly groups: Readonly<Record<string, string>>;
}

/** The naming of a migration by its path; `undefined` where it is none that is known. */
function namingOf(path: string): Named | undefined {
  const file = nameOf(path);
  const inFolder = /^(?:migration|up)\.sql$/.test(file);
  const parent = folderOf(path).slice(0, -1);
  const [folder, name] = inFolder ? [folderOf(parent), `${nameOf(parent)}/${file}`] : [folderOf(path), file];
  for (const form of FORMS) {
    const groups = form.exec(name)?.groups;
    if (groups) return { folder, form, groups };
  }
  return undefined;
}

/** A name that is written as it is where it can be, and quoted otherwise. */
const quoted = (name: string, engine: Table['engine']): string =>
  /^[a-z_][a-z0-9_]*$/.test(name) ? name : engine === 'mysql' ? `\`${name}\`` : `"${name.replaceAll('"', '""')}"`;

/** The statements that widen a key in an engine; `undefined` where more than this is needed, as where other tables refer to the column. */
function statements(table: Table, { name, generated }: Column): string | undefined {
  if (table.engine !== 'postgresql') return undefined;
  const tableName = quoted(table.name.text, table.engine);
  const column = quoted(name.text, table.engine);
  const widen = `ALTER TABLE ${tableName} ALTER COLUMN ${column} TYPE bigint;\n`;
  if (generated === 'serial') return `${widen}ALTER SEQUENCE ${quoted(`${table.name.text}_${name.text}_seq`, table.engine)} AS bigint;\n`;
  // An identity column hands its type on to its sequence.
  return generated === 'identity' ? widen : undefined;
}

/**
 * A new migration that widens a key and its sequence, named as those beside it, behind the newest of them. `undefined` unless engine and naming are sure, and the
 * knowledge lists the migrations that are there.
 */
export function wideningMigration(path: string, table: Table, column: Column, { migrations }: IdentifierKnowledge): Fix | undefined {
  const naming = namingOf(path);
  const sql = statements(table, column);
  const others = migrations?.(path);
  if (!naming || sql === undefined || !others) return undefined;
  const numbers = [path, ...others].flatMap((other) => {
    const own = namingOf(other);
    return own && own.folder === naming.folder && own.form === naming.form ? (own.groups.number ?? []) : [];
  });
  const digits = (number: string): string => number.replaceAll('-', '').padStart(20, '0');
  const newest = numbers.reduce((a, b) => (digits(a) < digits(b) ? b : a));
  if (newest.includes('-')) return undefined;
  const { before, between, after } = naming.groups;
  const words = ['widen', ...wordsOf(table.name.text), ...wordsOf(column.name.text)].join(between === '-' ? '-' : '_');
  const created = `${naming.folder}${before}${nextNumber(newest)}${between}${words}${after}`;
  // A tool that undoes migrations wants to know how, and narrowing a key is nothing to offer.
  const head = `-- Widens ${table.name.text}.${column.name.text} and its sequence to 64 bits. Rewrites the table; for a large one, add a column and copy instead.\n`;
  return { title: 'Widen the key and its sequence in a new migration', edits: [creationEdit(created, head + sql)] };
}
