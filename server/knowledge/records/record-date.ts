import { isNameOf } from '../languages/languages.ts';
import { type Field, fieldsNamed } from '../markup/fields.ts';
import { type FrontMatter, valuesOf } from '../markup/front-matter.ts';
import type { Outline } from '../markup/outline.ts';
import { earliestDate, findDate } from './dates.ts';
import type { FoundStatus } from './status.ts';

const DATE_KEYS = [
  'date',
  'date-decided',
  'decided',
  'decision-date',
  'created',
  'creation-date',
  'created-at',
  'date-created',
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
  'created',
  'creation date',
  'created on',
  'date created',
  'date proposed',
  'proposed',
  'accepted',
  'last updated',
  'last modified',
  'updated',
];
/** Names of fields that are headings of something else. */
const NO_DATE_SECTION = /^\W*(?:proposed|accepted|decided|created|updated|last \w+|принято)\W*$/i;

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
  const foreignKeys = (front?.entries ?? []).map(({ key }) => key).filter((key) => !DATE_KEYS.includes(key) && isNameOf('date', key));
  for (const key of [...DATE_KEYS, ...foreignKeys]) {
    const date = findDate(valuesOf(front, [key])[0]?.text.slice(0, 200) ?? '');
    if (date !== undefined) return date.iso;
  }
  const { text, visible, blocks, headings } = outline;
  const foreign = fields.filter(({ name }) => !DATE_FIELDS.includes(name) && isNameOf('date', name));
  for (const { start, end } of [...DATE_FIELDS.flatMap((field) => fieldsNamed(fields, [field])), ...foreign]) {
    const words = text.slice(start, Math.min(end, start + 200));
    const date = findDate(words)?.iso ?? /(?<!\d)(?:19|20)\d{2}(?!\d)/.exec(words)?.[0];
    if (date !== undefined) return date;
  }
  const under = (isSection: (heading: string) => boolean): string[] => {
    const index = headings.findIndex((heading) => isSection(heading.text));
    return index < 0
      ? []
      : blocks
          .filter(({ heading }) => heading === index)
          .slice(0, 100)
          .map(({ start, end }) => visible.slice(start, Math.min(end, start + 300)));
  };
  const section =
    earliestDate(under((heading) => isNameOf('date', heading) && !NO_DATE_SECTION.test(heading))) ??
    earliestDate(under((heading) => isNameOf('changes', heading)));
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
  return status === undefined ? undefined : findDate(status.text.slice(0, 300))?.iso;
}
