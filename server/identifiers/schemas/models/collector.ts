import type { SourceFile } from '../../../code/source-file.ts';
import { isUnchangeable } from '../../../code/unchangeable.ts';
import type { DatabaseEngine } from '../../knowledge.ts';
import type { Column, Located, Table } from '../model.ts';

/** What a reader knows of a mapped field; the rest has a default. */
export type ColumnDraft = Pick<Column, 'name' | 'type'> & Partial<Column>;

/** Collects tables while a file is read from its beginning to its end. */
export interface Collector {
  /** Begins a table; columns that follow belong to it. */
  begin(name: Located): void;
  add(column: ColumnDraft): void;
  /** The tables that have columns. Where several columns of a table are keys, none of them is one by itself. */
  tables(): readonly Table[];
}

/**
 * @param old whether what the file declares is there already; default false
 * @param whole whether the reader finds all columns of a table, so that its shape says something; default false
 */
export function collector(source: SourceFile, engine: DatabaseEngine | undefined, whole = false, old = false): Collector {
  const form = isUnchangeable(source.path, source.text) ? 'migration' : 'definition';
  const found: { readonly name: Located; readonly columns: Column[] }[] = [];
  return {
    begin: (name) => found.push({ name, columns: [] }),
    add: (column) => {
      if (found.length === 0) found.push({ name: { text: 'table', start: 0, end: 0 }, columns: [] });
      found.at(-1)?.columns.push({
        bits: undefined,
        textual: false,
        generated: undefined,
        primary: false,
        unique: false,
        reference: false,
        ...column,
      });
    },
    tables: () =>
      found
        .filter(({ columns }) => columns.length > 0)
        .map(({ name, columns }) => ({
          name,
          columns:
            columns.filter(({ primary }) => primary).length > 1
              ? columns.map((column) => ({ ...column, primary: false, generated: undefined }))
              : columns,
          whole,
          engine,
          form,
          old,
        })),
  };
}

/** Longer arguments are data. In UTF-16 units. */
const REACH = 3_000;

/** The end of the brackets that open at an offset, strings skipped; the end of what may be read where they are not closed. */
export function closingOf(text: string, open: number): number {
  const last = Math.min(text.length, open + REACH);
  let depth = 0;
  let quote = '';
  for (let at = open; at < last; at++) {
    const char = text[at] as string;
    if (quote !== '') {
      if (char === '\\') at++;
      else if (char === quote || char === '\n') quote = '';
    } else if (char === '"' || char === "'" || char === '`') quote = char;
    else if (char === '(' || char === '[' || char === '{') depth++;
    else if ((char === ')' || char === ']' || char === '}') && --depth <= 0) return at;
  }
  return last;
}

/** A group of a match with its place. The expression needs the flag `d`. */
export function groupOf(match: RegExpMatchArray, name: string): Located | undefined {
  const text = match.groups?.[name];
  const range = match.indices?.groups?.[name];
  return text !== undefined && range ? { text, start: range[0], end: range[1] } : undefined;
}
