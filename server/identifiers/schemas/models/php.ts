import type { SourceFile } from '../../../code/source-file.ts';
import type { DatabaseEngine } from '../../knowledge.ts';
import type { Table } from '../model.ts';
import { type ColumnDraft, collector, groupOf } from './collector.ts';

/** Bits of the methods of a blueprint that declare a whole number, and the wider method. */
const NUMBERS: Readonly<Record<string, readonly [bits: number, wider: string]>> = {
  increments: [32, 'bigIncrements'],
  integerIncrements: [32, 'bigIncrements'],
  mediumIncrements: [24, 'bigIncrements'],
  smallIncrements: [16, 'bigIncrements'],
  tinyIncrements: [8, 'bigIncrements'],
  integer: [32, 'bigInteger'],
  unsignedInteger: [32, 'unsignedBigInteger'],
  mediumInteger: [24, 'bigInteger'],
  unsignedMediumInteger: [24, 'unsignedBigInteger'],
  smallInteger: [16, 'bigInteger'],
  unsignedSmallInteger: [16, 'unsignedBigInteger'],
};
const WIDE = /^(?:id|bigIncrements|foreignId|bigInteger|unsignedBigInteger)$/;
/** Parts of a migration of Laravel: a table, a column with what is chained to it, and keys that are named afterwards. */
const PARTS = new RegExp(
  [
    String.raw`\bSchema::(?:connection\([^()]{0,60}\)->)?(?:create|table)\(\s*['"](?<table>[\w.]+)['"]`,
    String.raw`\$table->(?<key>primary|foreign)\(\s*(?<keys>\[[^\]]{0,300}\]|['"]\w+['"])[^;]{0,300};`,
    String.raw`\$table->(?<method>\w+)\(\s*(?:['"](?<column>\w+)['"])?(?<rest>[^;]{0,400});`,
  ].join('|'),
  'dg',
);

/** A column while the file is read: its key may be named afterwards. */
type Draft = { -readonly [K in keyof ColumnDraft]: ColumnDraft[K] };

/** Reads migrations of Laravel. Tables of SQLite are left out: their numbers have 64 bits. */
function readLaravel(source: SourceFile, engine: DatabaseEngine | undefined): readonly Table[] {
  const found = collector(source, engine);
  let columns: Draft[] = [];
  const end = (): void => {
    for (const column of columns) found.add(column);
    columns = [];
  };
  for (const match of source.text.matchAll(PARTS)) {
    if (source.kindAt(match.index) !== 'code') continue;
    const table = groupOf(match, 'table');
    const keys = match.groups?.keys?.match(/\w+/g);
    const method = groupOf(match, 'method');
    if (table) {
      end();
      found.begin(table);
    } else if (keys) {
      for (const column of columns)
        if (keys.includes(column.name.text))
          Object.assign(column, match.groups?.key === 'foreign' ? { reference: true } : { primary: true });
    } else if (method) {
      const number = NUMBERS[method.text];
      const isWide = WIDE.test(method.text);
      const isText = /^(?:string|char|text)$/.test(method.text);
      if (!number && !isWide && !isText) continue;
      const rest = match.groups?.rest ?? '';
      const counts = /[iI]ncrements$|^id$/.test(method.text);
      // PostgreSQL and SQL Server have numbers with a sign only.
      const unsigned =
        engine !== 'postgresql' &&
        engine !== 'sqlserver' &&
        (/[iI]ncrements$|^unsigned/.test(method.text) || /->unsigned\(|^\s*,\s*(?:true|false)\s*,\s*true\b/.test(rest));
      columns.push({
        name: groupOf(match, 'column') ?? { ...method, text: 'id' },
        type: method,
        bits: isText ? undefined : (number?.[0] ?? 64),
        textual: isText,
        generated: counts || /->autoIncrement\(|^\s*,\s*true\b/.test(rest) ? 'auto-increment' : undefined,
        primary: counts || /->primary\(/.test(rest),
        unique: /->unique\(/.test(rest),
        reference: /->(?:references|constrained|on)\(/.test(rest),
        ...(number && { wider: number[1] }),
        ...(unsigned && { unsigned }),
      });
    }
  }
  end();
  return found.tables();
}

/** The type of a column in an attribute or an annotation of Doctrine. */
const COLUMN_TYPE = /\bColumn\([^()]{0,200}?\btype\s*[:=]\s*(?:["'](?<quoted>\w+)["']|Types::(?<constant>[A-Z_]+))/d;
const PROPERTY =
  /\bclass\s+(?<class>[A-Z]\w*)|(?<head>(?:\/\*\*(?:[^*]|\*(?!\/)){0,800}\*\/\s*|#\[[^\n]{0,300}\]\s*){1,8})(?:private|protected|public)\s+(?:readonly\s+)?(?:\??(?<type>[\w\\|]+)\s+)?\$(?<name>\w+)/dg;
const DOCTRINE_BITS: Readonly<Record<string, number>> = { integer: 32, int: 32, smallint: 16, bigint: 64 };

/** Reads the keys of entities of Doctrine: attributes and annotations. */
function readDoctrine(source: SourceFile, engine: DatabaseEngine | undefined): readonly Table[] {
  const found = collector(source, engine);
  for (const match of source.text.matchAll(PROPERTY)) {
    const type = groupOf(match, 'class');
    if (type && source.kindAt(match.index) === 'code') found.begin(type);
    const name = groupOf(match, 'name');
    const head = groupOf(match, 'head');
    if (!name || !head || !/(?:ORM\\|@|#\[|,\s*)Id\b/.test(head.text)) continue;
    const written = COLUMN_TYPE.exec(head.text);
    const own = (written && (groupOf(written, 'quoted') ?? groupOf(written, 'constant'))) ?? undefined;
    const declared = own ? { text: own.text, start: head.start + own.start, end: head.start + own.end } : groupOf(match, 'type');
    if (!declared) continue;
    const word = declared.text.toLowerCase();
    const bits = DOCTRINE_BITS[word];
    found.add({
      name,
      type: declared,
      bits,
      ...(/\bunsigned["']?\s*(?:=>|=|:)\s*true\b/.test(head.text) && { unsigned: true }),
      textual: word === 'string' || word === 'text',
      generated: bits !== undefined && /\bGeneratedValue\b/.test(head.text) ? 'framework' : undefined,
      primary: true,
      reference: /\b(?:ManyToOne|OneToOne|JoinColumn)\b/.test(head.text),
      ...(own && bits !== undefined && bits < 64 && { wider: own.text === own.text.toUpperCase() ? 'BIGINT' : 'bigint' }),
    });
  }
  return found.tables();
}

/** Reads migrations of Laravel and entities of Doctrine. */
export function readPhp(source: SourceFile, engine: DatabaseEngine | undefined): readonly Table[] {
  if (engine === 'sqlite') return [];
  const { text } = source;
  return [
    ...(/\bSchema::/.test(text) ? readLaravel(source, engine) : []),
    ...(/\bORM\\|Doctrine\\ORM\b/.test(text) ? readDoctrine(source, engine) : []),
  ];
}
