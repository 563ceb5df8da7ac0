import { isNameOf } from '../languages/languages.ts';
import { withoutEntities } from '../markup/entities.ts';
import { type Field, fieldsNamed } from '../markup/fields.ts';
import { type FrontMatter, valuesOf } from '../markup/front-matter.ts';
import type { Outline } from '../markup/outline.ts';
import { dateOrderOf, earliestDate, findDate } from './dates.ts';
import type { FoundStatus } from './status.ts';

const DATE_KEYS = [
  'date',
  'date-decided',
  'decided',
  'decision-date',
  'date-accepted',
  'created',
  'creation-date',
  'created-at',
  'date-created',
  'start-date',
  'assigned',
  'revdate',
  'updated',
  'last-updated',
  'last-modified',
];
const DATE_FIELDS = [
  'date',
  'decision date',
  'date decided',
  'decided',
  'decided on',
  'date accepted',
  'accepted on',
  'created',
  'creation date',
  'created on',
  'date created',
  'start date',
  'revdate',
  'date proposed',
  'proposed',
  'accepted',
  'last updated',
  'last modified',
  'updated',
];
/** Names of fields that are headings of something else. */
const NO_DATE_SECTION = /^\W*(?:proposed|accepted|decided|created|updated|last \w+|принято)\W*$/i;

/** How much of a record is looked through for the order of day and month. UTF-16 units. */
const ORDER_WITHIN = 20_000;
/** Limit on one block of a change log. UTF-16 units. */
const LONGEST_ENTRIES = 4_000;

/**
 * Date of a record, from the first of these that has one: front matter, a date field, a `## Date` section, the earliest day of its change log, its
 * file or folder name, a line that is only a date, its status.
 */
export function dateOf(
  outline: Outline,
  front: FrontMatter | undefined,
  fields: readonly Field[],
  status: FoundStatus | undefined,
  inName: string | undefined,
): string | undefined {
  const { text, visible, blocks, headings, bodyStart } = outline;
  const order = dateOrderOf(visible.slice(bodyStart, bodyStart + ORDER_WITHIN));
  const foreignKeys = (front?.entries ?? []).map(({ key }) => key).filter((key) => !DATE_KEYS.includes(key) && isNameOf('date', key));
  for (const key of [...DATE_KEYS, ...foreignKeys]) {
    const isForeign = !DATE_KEYS.includes(key);
    const words = withoutEntities(valuesOf(front, [key])[0]?.text.slice(0, 200) ?? '');
    const date = findDate(words, { order: order ?? (isForeign ? 'day-first' : undefined), shortYears: true });
    if (date !== undefined) return date.iso;
  }
  const foreign = fields.filter(({ name }) => !DATE_FIELDS.includes(name) && isNameOf('date', name));
  for (const field of [...DATE_FIELDS.flatMap((name) => fieldsNamed(fields, [name])), ...foreign]) {
    const words = withoutEntities(text.slice(field.start, Math.min(field.end, field.start + 200)));
    // Of the languages whose words for a date Lintel knows, only English may mean the month by the first number.
    const found = findDate(words, { order: order ?? (foreign.includes(field) ? 'day-first' : undefined), shortYears: true });
    const date = found?.iso ?? /(?<!\d)(?:19|20)\d{2}(?!\d)/.exec(words)?.[0];
    // A slip of the pen in the field, such as `2023-07-2i`, leaves the year; the name of the file may know the day.
    if (date !== undefined) return inName !== undefined && inName.length > date.length && inName.startsWith(date) ? inName : date;
  }
  const under = (isSection: (heading: string) => boolean): string[] => {
    const index = headings.findIndex((heading) => isSection(heading.text));
    return index < 0
      ? []
      : blocks
          .filter(({ heading }) => heading === index)
          .slice(0, 100)
          .flatMap(({ start, end }) => entriesIn(visible.slice(start, Math.min(end, start + LONGEST_ENTRIES))));
  };
  const section =
    earliestDate(
      under((heading) => isNameOf('date', heading) && !NO_DATE_SECTION.test(heading)),
      { order },
    ) ??
    earliestDate(
      under((heading) => isNameOf('changes', heading)),
      { order },
    );
  if (section !== undefined) return section;
  if (inName !== undefined) return inName;
  const limit = outline.lines.end(outline.lines.lineAt(outline.bodyStart) + 15);
  for (const { start, end } of blocks) {
    if (start > limit) break;
    if (end - start > 400) continue;
    for (const line of visible.slice(start, end).split(/\r\n|\n|\r/)) {
      const words = line.replace(/[*_`~()[\]]/g, '').trim();
      const date = findDate(words);
      if (date !== undefined && date.end - date.start >= words.length - 2) return date.iso;
    }
  }
  // The day in the status of a retired record is that of its end.
  if (status === undefined || status.value === 'superseded' || status.value === 'deprecated') return undefined;
  return findDate(status.text.slice(0, 300), { order })?.iso;
}

/** The entries of a block of a change log: its first line, and every other that begins with a date. */
function entriesIn(block: string): readonly string[] {
  const lines = block.split(/\r\n|\n|\r/);
  return lines.flatMap((line, index) => {
    const words = line.replace(/^[^\p{L}\p{N}]{1,12}/u, '');
    return index === 0 || (findDate(words.slice(0, 40))?.start ?? 1) === 0 ? [words.slice(0, 300)] : [];
  });
}
