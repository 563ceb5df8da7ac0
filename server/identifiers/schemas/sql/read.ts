import { isUnchangeable } from '../../../code/unchangeable.ts';
import type { DatabaseEngine } from '../../knowledge.ts';
import type { Column, Definition, Generation, Located, Table, Widening } from '../model.ts';
import { isReferenceName } from '../words.ts';
import { type Statement, statementsOf } from './statements.ts';
import type { SqlToken } from './tokens.ts';
import { bitsOf, engineOfText, isSerial, isTextual, isType, isUnsigned, widerType } from './types.ts';

/** Words that begin a constraint or an index in the brackets of `CREATE TABLE`. */
const CONSTRAINTS = new Set('constraint primary unique foreign key index check exclude like fulltext spatial period inherits'.split(' '));
const NAMING = new Set('if not exists only online ignore'.split(' '));
const TEMPORARY = new Set(['temp', 'temporary', 'volatile']);

/** A column while its statements are read: constraints come later than the column. */
type Draft = { -readonly [K in keyof Column]: Column[K] };
interface TableDraft extends Omit<Table, 'columns'> {
  readonly columns: Draft[];
}

interface Reading {
  readonly text: string;
  readonly engine: DatabaseEngine | undefined;
  readonly old: boolean;
}

const located = ({ text, start, end }: SqlToken): Located => ({ text, start, end });
const isName = (token: SqlToken | undefined): token is SqlToken => token?.kind === 'word' || token?.kind === 'quoted';
const isSymbol = (token: SqlToken | undefined, text: string): boolean => token?.kind === 'symbol' && token.text === text;

/** The name that begins at a token, without its qualifiers, and where it ends. */
function nameAt(tokens: Statement, from: number): { name: SqlToken; next: number } | undefined {
  let at = from;
  while (NAMING.has(tokens[at]?.text ?? '') && tokens[at]?.kind === 'word') at++;
  let name = tokens[at];
  if (!isName(name)) return undefined;
  while (isSymbol(tokens[at + 1], '.') && isName(tokens[at + 2])) {
    at += 2;
    name = tokens[at] as SqlToken;
  }
  return { name, next: at + 1 };
}

/** The parts between brackets that commas separate. Without a closing bracket, what is there so far. */
function elementsOf(tokens: Statement, open: number): { elements: Statement[]; next: number } {
  const elements: SqlToken[][] = [];
  let current: SqlToken[] = [];
  let depth = 0;
  let at = open;
  for (; at < tokens.length; at++) {
    const token = tokens[at] as SqlToken;
    if (token.kind === 'symbol') {
      if (token.text === '(' && ++depth === 1) continue;
      if (token.text === ')' && --depth === 0) break;
      if (token.text === ',' && depth === 1) {
        elements.push(current);
        current = [];
        continue;
      }
    }
    current.push(token);
  }
  if (current.length > 0) elements.push(current);
  return { elements, next: at + 1 };
}

/** The names in the first brackets behind a token. */
function columnNames(tokens: Statement, from: number): readonly string[] {
  const open = tokens.findIndex((token, at) => at >= from && isSymbol(token, '('));
  if (open < 0) return [];
  return elementsOf(tokens, open).elements.flatMap(([first]) => (isName(first) ? [first.text.toLowerCase()] : []));
}

const wordsFrom = (tokens: Statement, from: number): readonly string[] =>
  tokens.slice(from).map(({ kind, text }) => (kind === 'word' ? text : kind === 'symbol' ? text : '?'));

function generationOf(type: string, words: readonly string[], text: string): Generation | undefined {
  if (isSerial(type)) return 'serial';
  if (words.includes('identity')) return 'identity';
  if (words.includes('auto_increment') || words.includes('autoincrement')) return 'auto-increment';
  if (words.includes('nextval') || /\bnext\s+value\s+for\b/i.test(text)) return 'sequence';
  return undefined;
}

/** The table behind `REFERENCES`. */
function targetOf(tokens: Statement): { readonly target?: string } {
  const at = tokens.findIndex(({ kind, text }) => kind === 'word' && text === 'references');
  const named = at < 0 ? undefined : nameAt(tokens, at + 1);
  return named ? { target: named.name.text } : {};
}

/** A column definition: name, type and what follows; `undefined` for anything else. */
function readColumn(tokens: Statement, { text, engine }: Reading): Draft | undefined {
  const [name, type] = tokens;
  if (!isName(name) || !type || type.kind !== 'word') {
    // SQL Server writes types in brackets, too.
    if (!isName(name) || type?.kind !== 'quoted' || !isType(type.text.toLowerCase())) return undefined;
  }
  const word = type.text.toLowerCase();
  const digits = isSymbol(tokens[2], '(') && tokens[3]?.kind === 'number' ? Number.parseInt(tokens[3].text, 10) : undefined;
  const words = wordsFrom(tokens, 2);
  const primary = words.some((each, at) => each === 'primary' && words[at + 1] === 'key');
  const last = tokens.at(-1) ?? type;
  const written = text.slice(type.start, type.end);
  const wider = type.kind === 'word' ? widerType(written, word) : undefined;
  return {
    name: located(name),
    type: { text: written, start: type.start, end: word === 'number' && digits !== undefined ? (tokens[4]?.end ?? type.end) : type.end },
    bits: bitsOf(word, digits, engine),
    ...(isUnsigned(word, words, engine) && { unsigned: true }),
    textual: isTextual(word),
    generated: generationOf(word, words, text.slice(type.start, last.end)),
    primary,
    unique: words.includes('unique'),
    reference: words.includes('references'),
    ...targetOf(tokens),
    ...(wider !== undefined && { wider }),
  };
}

/** Applies a constraint of a table to its columns. */
function constrain(columns: readonly Draft[], tokens: Statement): void {
  const words = wordsFrom(tokens, 0);
  const mark = (names: readonly string[], change: (column: Draft) => void): void => {
    for (const column of columns) if (names.includes(column.name.text.toLowerCase())) change(column);
  };
  const at = words.findIndex((word) => word === 'primary' || word === 'foreign' || word === 'unique');
  const names = columnNames(tokens, at);
  if (words[at] === 'foreign') {
    const target = names.length === 1 ? targetOf(tokens) : {};
    mark(names, (column) => Object.assign(column, { reference: true }, target));
  } else if (names.length === 1 && words[at] === 'primary') mark(names, (column) => (column.primary = true));
  else if (names.length === 1 && words[at] === 'unique') mark(names, (column) => (column.unique = true));
}

const isConstraint = (element: Statement): boolean => {
  const [first, second] = element;
  if (first?.kind !== 'word' || !CONSTRAINTS.has(first.text)) return false;
  // A column may be called `key` or `index`: then a type follows.
  return !(second && isName(second) && isType(second.text.toLowerCase()));
};

function readCreate(tokens: Statement, table: number, reading: Reading, form: Table['form']): TableDraft | undefined {
  const named = nameAt(tokens, table + 1);
  if (!named) return undefined;
  const open = tokens.findIndex((token, at) => at >= named.next && isSymbol(token, '('));
  // `CREATE TABLE t AS SELECT f(...)` has no columns of its own.
  if (open < 0 || tokens.slice(named.next, open).some(({ text }) => text === 'as' || text === 'select')) return undefined;
  const { elements } = elementsOf(tokens, open);
  const columns = elements.flatMap((element) => (isConstraint(element) ? [] : (readColumn(element, reading) ?? [])));
  for (const element of elements) if (isConstraint(element)) constrain(columns, element);
  return { name: located(named.name), columns, whole: true, engine: reading.engine, form, old: reading.old };
}

/** The clauses of `ALTER TABLE`, which commas separate. */
function clausesOf(tokens: Statement, from: number): readonly Statement[] {
  const clauses: SqlToken[][] = [[]];
  let depth = 0;
  for (const token of tokens.slice(from)) {
    if (token.kind === 'symbol' && token.text === '(') depth++;
    if (token.kind === 'symbol' && token.text === ')') depth--;
    if (depth === 0 && isSymbol(token, ',')) clauses.push([]);
    else clauses.at(-1)?.push(token);
  }
  return clauses;
}

const WIDE = new Set(['bigint', 'int8', 'bigserial']);

/** The column that a clause makes 64 bits wide: `ALTER id TYPE bigint`, `ALTER COLUMN id bigint`, `MODIFY id bigint`. */
function widenedBy(clause: Statement): SqlToken | undefined {
  const words = wordsFrom(clause, 0);
  if (words[0] !== 'alter' && words[0] !== 'modify' && words[0] !== 'change') return undefined;
  let at = words[1] === 'column' ? 2 : 1;
  const name = clause[at];
  if (words[0] === 'change') at++;
  const rest = words.slice(at + 1);
  const type = rest[0] === 'type' ? rest[1] : rest[0] === 'set' && rest[1] === 'data' ? rest[3] : rest[0];
  return type !== undefined && WIDE.has(type) && isName(name) ? name : undefined;
}

/** What a comment that the database keeps says of a column. */
const COMMENT = /\bcomment\s+on\s+column\s+(?:[\w"`[\]]{1,80}\.){0,3}["`[]?(?<column>\w{1,80})["`\]]?\s+is\s+'(?<said>[^']{1,500})'/dgi;

function commentsOn(text: string): readonly Definition[] {
  return Array.from(text.matchAll(COMMENT), (match): readonly Definition[] => {
    const range = match.indices?.groups?.said;
    const { column = '', said = '' } = match.groups ?? {};
    return range && isReferenceName(column)
      ? [{ name: column, said: { text: said, start: range[0], end: range[1] }, form: 'description', published: false }]
      : [];
  }).flat();
}

/** What a file of SQL declares. */
export interface SqlSchema {
  readonly tables: readonly Table[];
  readonly widenings: readonly Widening[];
  readonly definitions: readonly Definition[];
}

/** What tools write that read it from a database. */
const DUMPED =
  /^-- (?:PostgreSQL database dump|MySQL dump|MariaDB dump|Dumped (?:from|by)|phpMyAdmin SQL Dump)\b|^SET statement_timeout = 0;/m;
const DUMP_NAME = /(?:^|\/)(?:structure|dump|[\w-]*[-_.]dump)\.sql$/i;
const DECLARES = /\b(?:create|alter)\b[\s\S]{0,200}?\b(?:table|sequence)\b/i;
/** What widens a sequence, or makes a new one, wherever it stands: often it is in a body of code. */
const SEQUENCE = /\balter\s+sequence\b[^;]{0,300}\bas\s+bigint\b|\bcreate\s+sequence\b|\badd\s+generated\b|\bdrop\s+sequence\b/i;

/** Applies the clauses of `ALTER TABLE` to the table that the file holds, and returns the columns that they add. */
function readClauses(clauses: readonly Statement[], known: readonly Draft[], reading: Reading): Draft[] {
  const added: Draft[] = [];
  for (const clause of clauses) {
    // SQL Server writes `WITH CHECK ADD CONSTRAINT`.
    const add = clause.findIndex(({ kind, text }, at) => at < 3 && kind === 'word' && text === 'add');
    if (add < 0 || isConstraint(clause.slice(add + 1))) continue;
    let at = add + 1;
    while (['column', 'if', 'not', 'exists'].includes(clause[at]?.text ?? '')) at++;
    const elements = isSymbol(clause[at], '(') ? elementsOf(clause, at).elements : [clause.slice(at)];
    added.push(...elements.flatMap((element) => (isConstraint(element) ? [] : (readColumn(element, reading) ?? []))));
  }
  const columns = [...added, ...known];
  for (const clause of clauses) {
    const add = clause.findIndex(({ kind, text }, at) => at < 3 && kind === 'word' && text === 'add');
    if (add >= 0 && isConstraint(clause.slice(add + 1))) constrain(columns, clause.slice(add + 1));
    const words = wordsFrom(clause, 0);
    if (words[0] !== 'alter' || !words.includes('nextval')) continue;
    const name = clause[words[1] === 'column' ? 2 : 1]?.text.toLowerCase();
    for (const column of columns) if (column.name.text.toLowerCase() === name) column.generated ??= 'sequence';
  }
  return added;
}

/** Reads the tables of a file of SQL, and columns that it adds or widens. Never throws. */
export function readSql(path: string, text: string, known: DatabaseEngine | undefined): SqlSchema {
  const definitions = commentsOn(text);
  if (!DECLARES.test(text)) return { tables: [], widenings: [], definitions };
  const engine = known ?? engineOfText(path, text);
  const old = DUMPED.test(text.slice(0, 2_000)) || DUMP_NAME.test(path);
  const reading = { text, engine, old };
  const form = isUnchangeable(path, text) ? 'migration' : 'definition';
  const tables: TableDraft[] = [];
  const created = new Map<string, TableDraft>();
  const widenings: Widening[] = [];
  const sequence = SEQUENCE.test(text);
  for (const tokens of statementsOf(text)) {
    const table = tokens.findIndex(({ kind, text: word }, at) => at < 12 && kind === 'word' && word === 'table');
    if (table < 0) continue;
    const before = tokens.slice(0, table).map(({ text: word }) => word);
    const create = before.lastIndexOf('create');
    if (create >= 0) {
      // `CREATE TYPE list AS TABLE (...)` is a type, and `#t` and `@t` are tables of one session.
      if (before.slice(create + 1).some((word) => TEMPORARY.has(word) || word === 'type' || word === 'function' || word === 'as')) continue;
      const found = readCreate(tokens, table, reading, form);
      if (!found || /^[#@]/.test(found.name.text)) continue;
      tables.push(found);
      created.set(found.name.text.toLowerCase(), found);
    } else if (before.at(-1) === 'alter') {
      const named = nameAt(tokens, table + 1);
      if (!named) continue;
      const clauses = clausesOf(tokens, named.next);
      for (const clause of clauses) {
        const wide = widenedBy(clause);
        if (wide) widenings.push({ table: named.name.text, column: located(wide), engine, sequence });
      }
      const columns = readClauses(clauses, created.get(named.name.text.toLowerCase())?.columns ?? [], reading);
      if (columns.length > 0) tables.push({ name: located(named.name), columns, whole: false, engine, form, old });
    }
  }
  return { tables, widenings, definitions };
}
