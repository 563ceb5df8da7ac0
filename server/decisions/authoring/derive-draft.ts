import { isPartName } from '../../knowledge/languages/languages.ts';
import { slugOf } from '../../knowledge/record-name.ts';
import { isStatusHeading } from '../../knowledge/records/status-section.ts';
import { lineEndingOf } from '../../text/edits.ts';
import { FRONT_KEY, fieldKeys, frontLines, headLines, lines, markupLines, normalKey, type Plan } from './draft-head.ts';
import {
  bodyOf,
  frontOf,
  headingWith,
  isAboutItself,
  isDateHeading,
  type Parts,
  partsOf,
  sectionTexts,
  statusBody,
} from './draft-parts.ts';
import { isBlank, retold } from './head-values.ts';
import { roleOf } from './roles.ts';
import type { ReadRecord } from './slots.ts';
import type { Facts, Wording } from './words.ts';

/** From a single record, only sections with such headings are copied: the others may be about its topic. */
const COMMON_HEADING =
  /\b(?:context|problem|background|motivation|issue|decision|outcome|status|date|drivers?|options?|alternatives?|consequences?|pros|cons|rationale|implications?|assumptions?|constraints?|confirmation|validation|compliance|information|links|references|notes|related|summary|goals?|risks?|requirements?|considered)\b/i;
/** Lines of the header of an AsciiDoc document. */
const ADJOINING = /^(?::[\w-]+!?:|\w+::|\/\/)/;
/** Words of headings that are in titles too and say nothing of a topic. */
const PLAIN = new Set(['decision', 'record', 'architecture', 'options', 'context', 'status', 'with', 'from']);

/** Whether a heading may be one of any record: a usual name without the words of this title. */
const isCommon = (heading: string, title: string): boolean => {
  const own = new Set(slugOf(title).split('-'));
  const words = slugOf(heading).split('-');
  return (
    (COMMON_HEADING.test(heading) || isPartName(heading)) && !words.some((word) => word.length > 3 && own.has(word) && !PLAIN.has(word))
  );
};

const headingKey = (text: string): string => slugOf(text.replace(/^[\d.\s]+/, ''));

/** Whether a line of markup is about one record: it has its title or its number in letters. */
const tellsOf = ({ document: { title, number } }: ReadRecord, line: string): boolean =>
  line.includes(title) || (number !== undefined && new RegExp(`(?:ADR|JEP|RFC|KEP|[A-Z])-0*${number}\\b`).test(line));

/** A new record in the shape of most of the newest records: with their front matter, head and headings, but not their text. `undefined` if they have no headings in common. */
export function deriveDraft(records: readonly ReadRecord[], facts: Facts, wording: Wording): string | undefined {
  const parts = records.map(partsOf).filter(({ sections, title }) => sections.length > 0 || title !== undefined);
  const least = parts.length === 1 ? 1 : Math.ceil(parts.length / 2);
  const counted = <T>(keysOf: (part: Parts) => Iterable<T>): ReadonlySet<T> => {
    const counts = new Map<T, number>();
    for (const part of parts) for (const key of new Set(keysOf(part))) counts.set(key, (counts.get(key) ?? 0) + 1);
    return new Set([...counts].filter(([, count]) => count >= least).map(([key]) => key));
  };
  const depth = ({ title }: Parts): number => (title?.level ?? 1) + 2;
  const keysOf = (part: Parts): string[] =>
    part.sections
      .filter(({ level, text }) => level <= depth(part) && (parts.length > 1 || isCommon(text, part.record.document.title)))
      .map(({ text }) => headingKey(text));
  const common = counted(keysOf);
  const score = (part: Parts): number => new Set(keysOf(part).filter((key) => common.has(key))).size;
  const [model] = [...parts].sort((a, b) => score(b) - score(a));
  if (!model || common.size === 0) return undefined;

  const { record, title, headStart, headEnd, sections } = model;
  const { text, prose } = record;
  const frontKeys = counted(({ record: each }) => frontOf(each).flatMap((line) => normalKey(FRONT_KEY.exec(line)?.[2] ?? '') || []));
  // A value that all records share is copied, such as `layout: decision`.
  const constants = new Map<string, string | undefined>();
  for (const part of parts)
    for (const line of frontOf(part.record)) {
      const [, , name = '', , value = ''] = FRONT_KEY.exec(line) ?? [];
      const key = normalKey(name);
      constants.set(key, constants.has(key) && constants.get(key) !== value ? undefined : value);
    }
  const keepKey = (key: string, written: string): string | undefined => {
    if (!frontKeys.has(key)) return undefined;
    const role = roleOf(key);
    const own = retold(written, record, facts);
    if (own !== undefined && role !== 'people') return own;
    const constant = parts.length > 1 && role !== 'people' ? (constants.get(key) ?? '') : '';
    return (role === 'supersedes' || role === 'superseded-by') && /[\p{L}\d]/u.test(constant) && !isBlank(constant) ? '' : constant;
  };
  const block = frontOf(record);
  const fence = block.filter((line) => /^---\s*$/.test(line));
  const front =
    block.length === 0
      ? []
      : [
          fence[0] ?? '---',
          ...frontLines(
            block.filter((line) => !/^---\s*$/.test(line) && line.trim() !== ''),
            { facts, wording },
            keepKey,
            () => undefined,
          ),
          '---',
          '',
        ];

  const fields = counted((part) => fieldKeys(part.record, part.headStart, part.headEnd));
  const markup = counted((part) => markupLines(part.record, part.record.prose.outline.bodyStart, part.headEnd));
  const shared = (line: string): boolean => markup.has(line) && !tellsOf(record, line);
  const plan: Plan = { facts, wording, keep: (key) => fields.has(key), shared };
  const head = headLines(record, headStart, headEnd, plan);
  // In AsciiDoc, attributes belong to the title only without a blank line between them.
  const adjoins = title !== undefined && /^\r?\n(?![ \t]*\r?\n)/.test(text.slice(headStart, headStart + 200));
  while (head[0]?.trim() === '') head.shift();
  const squeezed = head.filter((line, at) => line !== '' || head[at - 1] !== '');
  const titleStart = title?.start ?? prose.outline.bodyStart;
  const above = title === undefined ? [] : lines(text.slice(prose.outline.bodyStart, titleStart)).filter(shared);

  const kept = sections
    .map((section, index) => ({ section, index }))
    .filter(({ section }) => common.has(headingKey(section.text)) && section.level <= depth(model));
  const unique = kept.filter(
    ({ section }, at) => kept.findIndex((other) => headingKey(other.section.text) === headingKey(section.text)) === at,
  );
  const known = sectionTexts(
    unique.map(({ section }) => section),
    facts,
  );
  const body = unique.flatMap(({ section, index }, at) => {
    const heading = text.slice(section.start, section.end).replaceAll('\r', '');
    if (isStatusHeading(section.text)) return [heading, '', statusBody(bodyOf(model, index), wording, facts.status, false), ''];
    if (isDateHeading(section.text)) return [heading, '', wording.date, ''];
    if (isAboutItself(model, index)) {
      const own = headLines(record, section.end, sections[index + 1]?.start ?? text.length, plan);
      return [heading, ...own, ''];
    }
    const own = known.get(at);
    return own === undefined ? [heading, ''] : [heading, '', own, ''];
  });
  const heading =
    title === undefined
      ? []
      : [
          headingWith(text, title, wording.titlePrefix + facts.title).replaceAll('\r', ''),
          ...(adjoins && ADJOINING.test(squeezed[0] ?? '') ? [] : ['']),
        ];
  // Other text before the title is not copied, because in reStructuredText it can be a label that names the old record.
  const top = above.length > 0 ? [...above, ''] : [];
  return `${[...front, ...top, ...heading, ...squeezed, ...(squeezed.length > 0 ? [''] : []), ...body].join('\n').trimEnd()}\n`.replaceAll(
    '\n',
    lineEndingOf(prose.outline.text),
  );
}
