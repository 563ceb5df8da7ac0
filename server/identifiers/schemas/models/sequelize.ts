import type { SourceFile } from '../../../code/source-file.ts';
import type { DatabaseEngine } from '../../knowledge.ts';
import type { Table } from '../model.ts';
import { closingOf, collector, groupOf } from './collector.ts';

const RELEVANT = /\bsequelize\b|\bqueryInterface\b/i;
/** `define('Order', {`, `createTable('orders', {`, `Order.init({`; and a column: `id: {`. */
const PARTS =
  /\b(?:createTable|define)\(\s*["'`](?<table>[\w.]+)["'`]|\b(?<model>[A-Z]\w*)\.init\(\s*\{|\b(?<column>[A-Za-z_]\w*)["']?\s*:\s*\{(?=[^{}]{0,400}\b(?:DataTypes?|Sequelize|type)\b)/dg;
/** The type of a column: `type: DataTypes.INTEGER`. */
const TYPE = /\btype\s*:\s*(?:new\s+)?(?:\w+\.){1,3}?(?<type>[A-Z]+)\b/d;
const BITS: Readonly<Record<string, number>> = { TINYINT: 8, SMALLINT: 16, MEDIUMINT: 24, INTEGER: 32, BIGINT: 64 };
const TEXTUAL = /^(?:STRING|TEXT|CHAR|CITEXT)$/;

/** Reads the models and migrations of Sequelize. Tables of SQLite are left out: their numbers have 64 bits. */
export function readSequelize(source: SourceFile, engine: DatabaseEngine | undefined): readonly Table[] {
  const { text } = source;
  if (engine === 'sqlite' || !RELEVANT.test(text)) return [];
  const found = collector(source, engine);
  for (const match of text.matchAll(PARTS)) {
    if (source.kindAt(match.index) !== 'code') continue;
    const table = groupOf(match, 'table') ?? groupOf(match, 'model');
    const name = groupOf(match, 'column');
    if (table) found.begin(table);
    if (!name) continue;
    const open = match.index + match[0].length - 1;
    const body = text.slice(open, closingOf(text, open));
    const written = TYPE.exec(body);
    const type = written && groupOf(written, 'type');
    if (!type) continue;
    const wide = /\bautoIncrement\s*:\s*true\b/.test(body);
    const bits = BITS[type.text];
    found.add({
      name,
      type: { text: type.text, start: open + type.start, end: open + type.end },
      bits,
      ...(/\.UNSIGNED\b|\bunsigned\s*:\s*true\b/.test(body) && engine !== 'postgresql' && { unsigned: true }),
      textual: TEXTUAL.test(type.text),
      generated: wide ? 'auto-increment' : undefined,
      primary: /\bprimaryKey\s*:\s*true\b/.test(body),
      unique: /\bunique\s*:\s*true\b/.test(body),
      reference: /\breferences\s*:/.test(body),
      ...(bits !== undefined && bits < 64 && { wider: 'BIGINT' }),
    });
  }
  return found.tables();
}
