import type { SourceFile } from '../../../code/source-file.ts';
import type { DatabaseEngine } from '../../knowledge.ts';
import type { Table } from '../model.ts';
import { closingOf, collector, groupOf } from './collector.ts';

const RELEVANT =
  /\b(?:pg|mysql|singlestore|mssql)Table(?:Creator)?\b|PrimaryGeneratedColumn|PrimaryColumn|PrimaryKey\(|primaryKey|\.increments\(/;
const PARTS = new RegExp(
  [
    String.raw`\b(?:pg|mysql|singlestore|mssql)Table\(\s*["'\x60](?<drizzle>\w+)["'\x60]`,
    String.raw`\bclass\s+(?<class>\w+)`,
    String.raw`\b(?:createTable|define|create)\(\s*["'\x60](?<table>\w+)["'\x60]`,
    String.raw`\b(?<field>\w+)\s*:\s*(?<maker>serial|smallserial|integer|int|smallint|mediumint|tinyint|text|varchar|char)\(`,
    String.raw`@(?<decorator>PrimaryGeneratedColumn|PrimaryColumn|PrimaryKey)\((?<options>[^()]{0,300})\)(?:\s*@\w+\([^()]{0,200}\))*\s*(?:(?:public|readonly|private|declare)\s+)*(?<property>\w+)\s*[!?]?\s*:\s*(?<ptype>number|string)\b`,
    String.raw`\.(?<knex>increments)\(\s*(?:["'\x60](?<kname>\w+)["'\x60])?`,
  ].join('|'),
  'dg',
);
const BITS: Readonly<Record<string, number>> = {
  serial: 32,
  smallserial: 16,
  integer: 32,
  int: 32,
  smallint: 16,
  mediumint: 24,
  tinyint: 8,
};
const WIDE = /\b(?:bigint|uuid|int8|bigserial|ulid|string|varchar|text)\b/i;

/** The calls that are chained to a call whose brackets open at an offset: `.primaryKey().autoincrement()`. */
function chainFrom(text: string, open: number): string {
  let at = closingOf(text, open) + 1;
  const start = at;
  for (let calls = 0; calls < 10; calls++) {
    const call = /^\s*(?:\/\/[^\n]*\s*)?\.\w+(?:<[^>()]{0,80}>)?\(/.exec(text.slice(at, at + 300));
    if (!call) break;
    at = closingOf(text, at + call[0].length - 1) + 1;
  }
  return text.slice(start, at);
}

/** Reads the tables of Drizzle, entities of TypeORM and MikroORM, and migrations of Knex. Tables of SQLite are left out: their numbers have 64 bits. */
export function readTypescript(source: SourceFile, engine: DatabaseEngine | undefined): readonly Table[] {
  const { text } = source;
  if (engine === 'sqlite' || !RELEVANT.test(text)) return [];
  const drizzle = /\b(?:pg|mysql|singlestore|mssql)Table/.test(text);
  const found = collector(source, engine);
  for (const match of text.matchAll(PARTS)) {
    if (source.kindAt(match.index) !== 'code') continue;
    const start = groupOf(match, 'drizzle') ?? groupOf(match, 'class') ?? groupOf(match, 'table');
    if (start) {
      found.begin(start);
      continue;
    }
    const maker = groupOf(match, 'maker');
    const field = groupOf(match, 'field');
    if (maker && field) {
      if (!drizzle) continue;
      const chain = chainFrom(text, match.index + match[0].length - 1);
      const serial = maker.text.endsWith('serial');
      found.add({
        name: field,
        type: maker,
        bits: BITS[maker.text],
        ...(/\bunsigned\s*:\s*true\b/.test(text.slice(maker.end, closingOf(text, maker.end))) && { unsigned: true }),
        textual: BITS[maker.text] === undefined,
        generated: serial ? 'serial' : /\.(?:autoincrement|generated\w*AsIdentity)\(/.test(chain) ? 'identity' : undefined,
        primary: /\.primaryKey\(/.test(chain),
        unique: /\.unique\(/.test(chain),
        reference: /\.references\(/.test(chain),
      });
      continue;
    }
    const property = groupOf(match, 'property');
    const type = groupOf(match, 'ptype');
    const options = match.groups?.options ?? '';
    if (property && type) {
      const generated = match.groups?.decorator === 'PrimaryGeneratedColumn' || match.groups?.decorator === 'PrimaryKey';
      const written = { ...type, text: `${type.text} in @${match.groups?.decorator}(${options.replace(/\s+/g, ' ').trim()})` };
      found.add({
        name: property,
        type: written,
        bits: type.text === 'number' && !WIDE.test(options) ? 32 : undefined,
        ...(/\bunsigned\s*:\s*true\b/.test(options) && { unsigned: true }),
        textual: type.text === 'string' && !/uuid/i.test(options),
        generated: generated && type.text === 'number' ? 'framework' : undefined,
        primary: true,
      });
    } else if (match.groups?.knex !== undefined) {
      const at = match.index + 1;
      const name = groupOf(match, 'kname') ?? { text: 'id', start: at, end: at + 'increments'.length };
      found.add({
        name,
        type: { text: 'increments()', start: at, end: at + 'increments'.length },
        bits: 32,
        generated: 'framework',
        primary: true,
      });
    }
  }
  return found.tables();
}
