import type { SourceFile } from '../../code/source-file.ts';
import { type Finding, type Fix, findingOf } from '../../model/finding.ts';
import type { IdentifierKnowledge } from '../knowledge.ts';
import { undoingPart } from '../overtaken.ts';
import { NARROW_ID } from '../rules.ts';
import type { Column, Schema, Stretch, Table } from '../schemas/model.ts';
import { isBounded, isIdName, singular, wordsOf } from '../schemas/words.ts';
import { wideningMigration } from './widening-migration.ts';

/** The last number of a signed integer, as people write it. */
const LAST: Readonly<Record<number, string>> = { 8: '127', 16: '32,767', 24: '8,388,607', 32: '2,147,483,647' };
const LAST_UNSIGNED: Readonly<Record<number, string>> = { 8: '255', 16: '65,535', 24: '16,777,215', 32: '4,294,967,295' };
/** The last number of an integer of a message: `uint32` and `fixed32` have no sign. */
const lastOf = (type: string, bits: number, unsigned = bits === 32 && /^(?:u|fixed)/i.test(type)): string | undefined =>
  (unsigned ? LAST_UNSIGNED : LAST)[bits];
/** Counters that a log or stream advances for every entry. */
const POSITION =
  /(?:^| )(?:stream|event|message|log|change|outbox) (?:ordering|position|pos|seq|sequence|offset)$|(?:^| )(?:stream id|stream ordering|lsn)$/;
/** What the other column of a table of two says, where the table only gives names to numbers. */
const LABEL = /(?:^| )(?:name|label|code|value|title|description|text|key|type|status|hour|day|month|year)$/;
const isPosition = ({ name, bits, reference }: Column): boolean => bits === 32 && !reference && POSITION.test(wordsOf(name.text).join(' '));

const isLookup = ({ name, columns, whole }: Table): boolean =>
  isBounded(name.text) ||
  (whole &&
    columns.length === 2 &&
    columns.some(({ primary }) => primary) &&
    columns.some((column) => !column.primary && LABEL.test(wordsOf(column.name.text).join(' '))));

/** Whether the numbers of a column run out: they are counted up, or they are the key. */
function isNarrowKey({ name: table }: Table, column: Column): boolean {
  if (column.bits === undefined || column.bits > 32 || column.reference) return false;
  // A mapped class may inherit the other columns of its key, as a table of versions does.
  if (column.generated === 'framework') return column.primary && isIdName(column.name.text);
  if (column.generated) return column.primary || column.unique || isIdName(column.name.text) || column.generated === 'serial';
  return column.primary && isIdName(column.name.text) && !isBorrowed(table.text, column.name.text);
}

/** Whether a key is named after something else than its table: it has the numbers of that, such as `user_id` of `user_settings_v2`. */
function isBorrowed(table: string, column: string): boolean {
  const words = wordsOf(column);
  const own = wordsOf(table).map(singular).join(' ');
  const named = words.slice(0, -1).map(singular).join(' ');
  return words.at(-1) === 'id' && named !== '' && !own.endsWith(named) && !/(?:^| )stream$/.test(named);
}

/** By the line index of the file: one that is made for each finding would make a long file slow. */
const inPlace = ({ path, lines }: SourceFile, at: Stretch, wider: string): Fix => ({
  title: `Write ${wider}`,
  edits: [{ path, span: lines.span(at.start, at.end), text: wider }],
});

function ofColumn(source: SourceFile, table: Table, column: Column, knowledge: IdentifierKnowledge): Finding {
  const { name, type, bits = 32, wider } = column;
  const applied = table.old || (table.form === 'migration' && knowledge.existed?.(source.path) === true);
  // SQLite calls its 64-bit rowid `INTEGER PRIMARY KEY`, and nothing in the file says that it is another engine.
  const unsure =
    table.engine === undefined &&
    column.primary &&
    !column.generated &&
    /^integer$/i.test(type.text) &&
    !/\.(?:java|kt)$/.test(source.path);
  const what = `${table.name.text}.${name.text} is ${type.text}: ${unsure ? 'outside of SQLite that is ' : ''}${bits} bits, and its numbers end at ${lastOf(type.text, bits, column.unsigned === true)}.`;
  const migration = table.form === 'migration' ? wideningMigration(source.path, table, column, knowledge) : undefined;
  const advice = applied
    ? 'Add a migration that widens the column and its sequence.'
    : table.form === 'migration'
      ? `Use ${wider ?? '64 bits'} while the table is new.`
      : `Use ${wider ?? '64 bits'}; where the table exists, a migration has to widen the column and its sequence.`;
  const fixes = [
    ...(applied && migration ? [migration] : []),
    ...(wider !== undefined && !applied ? [inPlace(source, type, wider)] : []),
    ...(!applied && migration ? [migration] : []),
  ];
  return findingOf(NARROW_ID, {
    message: `${what} ${advice}`,
    span: source.lines.span(name.start, name.end),
    ...((applied || unsure) && { severity: 'info' as const }),
    ...(fixes.length > 0 && { fixes }),
  });
}

/** The key of a table by its name, as the widening alone tells: `id`, `order_id` of `orders`. */
const isOwnKey = (table: string, column: string): boolean => {
  const words = wordsOf(column);
  const own = wordsOf(table).map(singular).join(' ');
  return words.join(' ') === 'id' || words.join(' ') === `${own} id`;
};

/** Foreign keys that are narrower than the key of the same file that they point to. */
function narrowReferences(source: SourceFile, tables: readonly Table[]): readonly Finding[] {
  const wide = new Set(
    tables.filter(({ columns }) => columns.some(({ primary, bits }) => primary && bits === 64)).map(({ name }) => name.text.toLowerCase()),
  );
  return tables.flatMap((table) =>
    table.columns.flatMap((column) => {
      const { name, type, bits, target, wider } = column;
      if (bits === undefined || bits > 32 || target === undefined || !wide.has(target.toLowerCase())) return [];
      return findingOf(NARROW_ID, {
        ...(table.old && { severity: 'info' as const }),
        message: `${table.name.text}.${name.text} is ${type.text}, ${bits} bits, and points to a key of ${target} that has 64: rows beyond ${lastOf(type.text, bits, column.unsigned === true)} cannot be referred to. Use ${wider ?? 'bigint'}.`,
        span: source.lines.span(name.start, name.end),
        ...(wider !== undefined && !table.old && { fixes: [inPlace(source, type, wider)] }),
      });
    }),
  );
}

/** Keys that run out of numbers: columns of tables and of mapped classes, defaults of frameworks, fields of messages, and sequences that stay narrow. */
export function narrowIds(source: SourceFile, schema: Schema, knowledge: IdentifierKnowledge): readonly Finding[] {
  const isOvertaken = ({ form, name }: Table, column: string): boolean =>
    form === 'migration' && knowledge.isOvertaken?.(source.path, name.text, column) === true;
  const undoing = undoingPart(source);
  const isUndone = ({ form, name }: Table): boolean =>
    form === 'migration' && undoing !== undefined && name.start >= undoing.start && name.start < undoing.end;
  const findings = [...narrowReferences(source, schema.tables)];
  for (const table of schema.tables.filter((one) => !isUndone(one))) {
    const lookup = isLookup(table);
    for (const column of table.columns.filter(({ name }) => !isOvertaken(table, name.text)))
      if (isPosition(column) || (!lookup && isNarrowKey(table, column))) findings.push(ofColumn(source, table, column, knowledge));
  }
  for (const { place, type, wider } of schema.defaults)
    findings.push(
      findingOf(NARROW_ID, {
        message: `Every key that is not declared becomes ${type.text}, 32 bits, and its numbers end at ${LAST[32]}. Make ${wider} the default; keys that exist need a migration each.`,
        span: source.lines.span(place.start, place.end),
        fixes: [inPlace(source, type, wider)],
      }),
    );
  for (const { owner, name, type, bits, wider } of schema.numbers)
    findings.push(
      findingOf(NARROW_ID, {
        severity: 'info',
        message: `${owner === '' ? '' : `${owner}.`}${name.text} is ${type.text}, ${bits} bits, and its numbers end at ${lastOf(type.text, bits)}. Use ${wider ?? 'int64'}, or a string that nobody has to understand.`,
        span: source.lines.span(name.start, name.end),
        ...(wider !== undefined && { fixes: [inPlace(source, type, wider)] }),
      }),
    );
  for (const { table, column, engine, sequence } of schema.widenings) {
    if (sequence || !isOwnKey(table, column.text) || (engine !== undefined && engine !== 'postgresql')) continue;
    findings.push(
      findingOf(NARROW_ID, {
        ...(engine === undefined && { severity: 'info' as const }),
        message: `${table}.${column.text} becomes 64 bits wide, but in PostgreSQL the sequence of a serial column stays an int4 and still ends at ${LAST[32]}. Widen it too: ALTER SEQUENCE ${table}_${column.text}_seq AS bigint.`,
        span: source.lines.span(column.start, column.end),
      }),
    );
  }
  return findings;
}
