import type { SourceFile } from '../../../code/source-file.ts';
import type { DatabaseEngine } from '../../knowledge.ts';
import type { KeyDefault, Table } from '../model.ts';
import { type ColumnDraft, closingOf, collector, groupOf } from './collector.ts';

const RELEVANT = /AutoField|primary_key|PrimaryKeyConstraint|auto_field/i;
/** Classes and tables, and the fields that belong to the last one. */
const PARTS = new RegExp(
  [
    String.raw`^[ \t]*class\s+(?<class>\w+)`,
    String.raw`^def\s+(?<function>\w+)`,
    String.raw`\b(?:CreateModel\(\s*name|model_name)\s*=\s*["'](?<model>\w+)["']`,
    String.raw`\bcreate_table\(\s*["'](?<table>\w+)["']`,
    String.raw`\bPrimaryKeyConstraint\(\s*["'](?<key>\w+)["'](?:\s*,\s*name\s*=\s*[^()]{0,100})?\s*,?\s*\)`,
    String.raw`["'](?<named>\w+)["']\s*,\s*(?:\w{1,60}\.){0,3}(?<django>\w*Field)\(`,
    String.raw`^[ \t]*(?<field>\w+)(?:\s*:\s*(?<annotation>[\w.[\] |]{1,80}))?\s*=\s*(?<module>(?:\w{1,60}\.){1,3})?(?<maker>\w*Field|Column|mapped_column|AutoField)\(`,
    String.raw`\b(?:sa|db|sqlalchemy)\.Column\(\s*["'](?<column>\w+)["']\s*,`,
  ].join('|'),
  'dgm',
);
const DEFAULT =
  /^[ \t]*(?:DEFAULT_AUTO_FIELD|default_auto_field)\s*(?::[^=\n]{0,80})?=\s*["'](?<type>(?:[\w.]+\.)?(?:Small)?AutoField)["']/dm;
const FIELD_BITS: Readonly<Record<string, number>> = {
  AutoField: 32,
  SmallAutoField: 16,
  IntegerField: 32,
  PositiveIntegerField: 32,
  SmallIntegerField: 16,
  PositiveSmallIntegerField: 16,
  BigAutoField: 64,
  BigIntegerField: 64,
};
const TEXT_FIELDS = new Set(['CharField', 'TextField', 'EmailField', 'SlugField', 'URLField', 'GenericIPAddressField']);
const COLUMN_TYPE =
  /(?:^|[(,\s])(?<module>(?:\w{1,60}\.){1,3})?(?<type>SmallInteger|BigInteger|Integer|String|Text|Unicode|VARCHAR|INTEGER|BIGINT)\b/d;
const COLUMN_BITS: Readonly<Record<string, number>> = { SmallInteger: 16, Integer: 32, INTEGER: 32, BigInteger: 64, BIGINT: 64 };
const NOTE = /\b(?:help_text|verbose_name|comment|doc)\s*=\s*[\w.]*\(?\s*(?:"([^"\n]{0,200})"|'([^'\n]{0,200})')/;
const PRIMARY = /\bprimary_key\s*=\s*True\b/;

/** What Python maps to tables: models and migrations of Django, SQLAlchemy, SQLModel and Alembic. */
export interface PythonSchema {
  readonly tables: readonly Table[];
  readonly defaults: readonly KeyDefault[];
}

/** A field of Django by the name of its class. */
function djangoColumn(name: ColumnDraft['name'], type: ColumnDraft['type'], args: string): ColumnDraft {
  const note = NOTE.exec(args);
  const auto = type.text.endsWith('AutoField');
  return {
    name,
    type,
    bits: FIELD_BITS[type.text],
    textual: TEXT_FIELDS.has(type.text),
    generated: auto ? 'framework' : undefined,
    primary: auto || PRIMARY.test(args),
    unique: /\bunique\s*=\s*True\b/.test(args),
    reference: /^(?:ForeignKey|OneToOneField|ParentalKey)$/.test(type.text),
    note: `${type.text.replace(/Field$/, '')} ${note?.[1] ?? note?.[2] ?? ''}`,
    ...(type.text === 'AutoField' && { wider: 'BigAutoField' }),
  };
}

/** A column of SQLAlchemy by its arguments, or by the annotation of the field. */
function alchemyColumn(name: ColumnDraft['name'], annotation: string | undefined, args: string, offset: number): ColumnDraft {
  const typed = COLUMN_TYPE.exec(args);
  const type = typed && groupOf(typed, 'type');
  const written = annotation?.match(/\b(int|str)\b/)?.[1];
  const textual = type ? COLUMN_BITS[type.text] === undefined : written === 'str';
  const fallback = { text: written ?? 'column', start: name.start, end: name.end };
  return {
    name,
    type: type ? { text: type.text, start: type.start + offset, end: type.end + offset } : fallback,
    bits: type ? COLUMN_BITS[type.text] : written === 'int' ? 32 : undefined,
    textual,
    // Unless it says otherwise, SQLAlchemy counts the numbers of a key up.
    generated: textual || /\bautoincrement\s*=\s*False\b/.test(args) ? undefined : 'framework',
    primary: PRIMARY.test(args),
    unique: /\bunique\s*=\s*True\b/.test(args),
    reference: /\bForeignKey\(|\bforeign_key\s*=/.test(args),
    // A bare `Integer` is imported by its name, and `BigInteger` may not be.
    ...(type?.text === 'Integer' && typed?.groups?.module !== undefined && { wider: 'BigInteger' }),
  };
}

/** Reads what a file of Python maps to tables. */
export function readPython(source: SourceFile, engine: DatabaseEngine | undefined): PythonSchema {
  const { text } = source;
  if (!RELEVANT.test(text)) return { tables: [], defaults: [] };
  const found = collector(source, engine);
  const alembic: ColumnDraft[] = [];
  let undoing = false;
  for (const match of text.matchAll(PARTS)) {
    const group = (name: string) => groupOf(match, name);
    // What `downgrade` creates is what there was before.
    if (match.groups?.function !== undefined) undoing = match.groups.function === 'downgrade';
    if (undoing || match.groups?.function !== undefined) continue;
    const start = group('class') ?? group('model') ?? group('table');
    if (start) {
      found.begin(start);
      alembic.length = 0;
      continue;
    }
    const key = match.groups?.key;
    if (key !== undefined) {
      const column = alembic.find(({ name }) => name.text === key);
      if (column) found.add({ ...column, primary: true });
      continue;
    }
    const open = match.groups?.column === undefined ? match.index + match[0].length - 1 : text.indexOf('(', match.index);
    const args = text.slice(open + 1, closingOf(text, open));
    const name = group('named') ?? group('field') ?? group('column');
    if (!name || source.kindAt(open) === 'comment') continue;
    const django =
      group('django') ?? (match.groups?.maker?.endsWith('Field') && match.groups.maker !== 'Field' ? group('maker') : undefined);
    if (django) found.add(djangoColumn(name, django, args));
    else if (match.groups?.maker !== 'Field' || PRIMARY.test(args)) {
      const column = alchemyColumn(name, match.groups?.annotation, args, open + 1);
      if (column.primary) found.add(column);
      else if (match.groups?.column !== undefined) alembic.push(column);
    }
  }
  const setting = DEFAULT.exec(text);
  const type = setting && groupOf(setting, 'type');
  return {
    tables: engine === 'sqlite' ? [] : found.tables(),
    defaults:
      setting && type && engine !== 'sqlite'
        ? [
            {
              place: { start: setting.index, end: type.end },
              type,
              wider: type.text.replace(/(?:Small)?AutoField$/, 'BigAutoField'),
            },
          ]
        : [],
  };
}
