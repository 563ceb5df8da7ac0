import type { SourceFile } from '../../../code/source-file.ts';
import type { DatabaseEngine } from '../../knowledge.ts';
import type { Located, Table, Widening } from '../model.ts';
import { collector, groupOf } from './collector.ts';

const RELEVANT = /\bcreate_table\b|\bchange_column\b/;
const VERSION = /<\s*ActiveRecord::Migration(?:\[(\d+)\.(\d+)\])?/;
/** Where a migration of Rails says how it is undone. */
const DOWN = /^[ \t]*def (?:self\.)?down\b/m;
const TABLE = /^[ \t]*create_table[ (]+(?::|["'])(?<name>[\w.]+)["']?(?<options>[^\n]{0,400})/dgm;
const TYPE_OF_KEY = /\bid:\s*(?<type>(?::|["'])(?<word>\w+)["']?)/d;
const KEY = /\bprimary_key:\s*(?::|["'])(?<name>\w+)["']?/d;
const WIDENED = /\bchange_column[ (]+(?::|["'])(?<table>\w+)["']?\s*,\s*(?::|["'])(?<column>\w+)["']?\s*,\s*(?::|["'])bigint\b/dg;
const NARROW: Readonly<Record<string, number>> = { integer: 32, serial: 32, int: 32, smallint: 16 };

/** What migrations of Rails declare. */
export interface RubySchema {
  readonly tables: readonly Table[];
  readonly widenings: readonly Widening[];
}

const shifted = ({ text, start, end }: Located, by: number): Located => ({ text, start: start + by, end: end + by });

/** Reads migrations of Rails. Before version 5.1 a table had a key of 32 bits unless it said otherwise. */
export function readRuby(source: SourceFile, engine: DatabaseEngine | undefined): RubySchema {
  const { text } = source;
  const version = RELEVANT.test(text) ? VERSION.exec(text) : null;
  if (!version || engine === 'sqlite') return { tables: [], widenings: [] };
  const old = version[1] === undefined || Number(version[1]) < 5 || (Number(version[1]) === 5 && Number(version[2]) < 1);
  const found = collector(source, engine, false, old);
  const down = DOWN.exec(text)?.index ?? text.length;
  for (const match of text.slice(0, down).matchAll(TABLE)) {
    const table = groupOf(match, 'name');
    const options = groupOf(match, 'options');
    if (!table || !options || source.kindAt(match.index) === 'comment' || /\bid:\s*false\b/.test(options.text)) continue;
    const id = TYPE_OF_KEY.exec(options.text);
    const key = KEY.exec(options.text);
    const word = id?.groups?.word;
    const written = id && groupOf(id, 'type');
    const named = key && groupOf(key, 'name');
    found.begin(table);
    found.add({
      name: named
        ? shifted(named, options.start)
        : { ...(id ? shifted({ text: 'id', start: id.index, end: id.index + 2 }, options.start) : table), text: 'id' },
      type: written
        ? shifted(written, options.start)
        : { text: 'integer, the default of this version of Rails', start: table.start, end: table.end },
      bits: word === undefined ? (old ? 32 : 64) : NARROW[word],
      textual: word === 'string' || word === 'text' || word === 'citext',
      generated: word === undefined || NARROW[word] !== undefined ? 'framework' : undefined,
      primary: true,
      ...(word !== undefined && NARROW[word] !== undefined && { wider: written?.text.startsWith(':') ? ':bigint' : "'bigint'" }),
    });
  }
  const widenings = Array.from(text.matchAll(WIDENED), (match): Widening[] => {
    const column = groupOf(match, 'column');
    const sequence = /\balter\s+sequence\b/i.test(text);
    return column ? [{ table: match.groups?.table ?? '', column, engine, sequence }] : [];
  }).flat();
  return { tables: found.tables(), widenings };
}
