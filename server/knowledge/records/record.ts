import type { Document, Link, Status } from '../../model/document.ts';
import { defineRule, type Finding, findingOf } from '../../model/finding.ts';
import type { LineIndex } from '../../text/lines.ts';
import { writtenNumber } from '../../text/record-numbers.ts';
import { isNameOf } from '../languages/languages.ts';
import { type Field, fieldsOf } from '../markup/fields.ts';
import type { FrontMatter } from '../markup/front-matter.ts';
import type { FrontMatterValue } from '../markup/front-matter-entry.ts';
import { plainText } from '../markup/inline.ts';
import { MOST_BLOCKS, type Outline, sectionsOf } from '../markup/outline.ts';
import { readProse } from '../markup/prose.ts';
import { recordName } from '../record-name.ts';
import type { Source } from '../source.ts';
import { TOO_MANY_PARTS } from '../specs/source.ts';
import { frontRelations, relationKey, targetsIn } from './front-relations.ts';
import { isLimited, NOTHING } from './limits.ts';
import { phraseRelations } from './phrase-relations.ts';
import { dateOf } from './record-date.ts';
import { type RecordNumber, recordNumber } from './record-number.ts';
import { type Reference, referencesOf } from './references.ts';
import type { Relation } from './relation.ts';
import { type FoundStatus, statusFields, statusOf } from './status.ts';
import { type StatusMark, titleMark } from './status-marks.ts';
import { isStatusHeading } from './status-section.ts';
import { readRelations, relationsOf } from './supersession.ts';
import { titleOf } from './titles.ts';

export const EMPTY_DOCUMENT = defineRule({
  id: 'empty-document',
  severity: 'info',
  description: 'The file of a record is empty.',
  tags: ['record'],
});

/** Limit on the links of one record; one with more is a list of records. */
const MOST_LINKS = 2_000;
const SCOPE_KEYS = new Set([
  'applies-to',
  'paths',
  'path',
  'scope',
  'scopes',
  'affects',
  'affected',
  'modules',
  'module',
  'components',
  'component',
  'affected-components',
  'affected-paths',
  'affected-files',
  'files',
  'file',
  'globs',
  'glob',
  'packages',
  'package',
]);
/**
 * Reads a decision record of any style: title, number, status, date, links and sections, each with its span. Never throws and takes linear time,
 * whatever the text; mistakes in it are reported in `findings`.
 */
export function readRecord(source: Source): Document {
  const prose = readProse(source);
  const { outline, front } = prose;
  const { lines, text } = outline;
  const name = recordName(source.path);
  const mark = titleMark(outline);
  const title = titleOf(outline, front, source.path);
  const fields = fieldsOf(outline);
  const own = recordNumber(source.path, front, outline, fields, title);
  const references = referencesOf(outline, source.path, own.namespace);
  const relations = [
    ...frontRelations(front, source),
    ...(mark === undefined ? [] : markRelations(mark, references)),
    ...relationsOf(outline, references, statusPlaces(outline, fields)),
  ];
  relations.push(...columnRelations(outline, fields, references, relations));
  const status = statusOf(outline, front, fields, relations, source.path, mark);
  const date = dateOf(outline, front, fields, status, name.date);
  return {
    id: source.path,
    kind: 'decision',
    path: source.path,
    sha: source.sha,
    title: title.text,
    ...(title.span === undefined ? {} : { titleSpan: title.span }),
    ...(own.number === undefined ? {} : { number: own.number }),
    ...(own.namespace === name.namespace ? {} : { namespace: own.namespace }),
    slug: name.slug,
    ...(status === undefined ? {} : { status: statusIn(status, lines) }),
    ...(date === undefined ? {} : { date }),
    format: outline.format,
    sections: sectionsOf(outline),
    links: linksOf(outline, source, own, front, relations, references),
    findings: [...findingsOf(front, text), ...blockFindings(outline)],
  };
}

function statusIn({ value, text, start, end, inferred, foreign }: FoundStatus, lines: LineIndex): Status {
  return { value, text, span: lines.span(start, end), ...(inferred ? { inferred } : {}), ...(foreign ? { foreign } : {}) };
}

/** Relations in a column of a table, whose name is in another row: no sentence states them. */
function columnRelations(
  outline: Outline,
  fields: readonly Field[],
  references: readonly Reference[],
  known: readonly Relation[],
): readonly Relation[] {
  return fields.flatMap(({ name, start, end, table }): readonly Relation[] => {
    const kind = (['superseded-by', 'supersedes', 'amends'] as const).find((part) => table && isNameOf(part, name));
    if (kind === undefined || NOTHING.test(plainText(outline.text.slice(start, end)))) return [];
    const targets = references.filter((reference) => reference.start >= start && reference.end <= end);
    if (targets.length === 0 || known.some((relation) => relation.targets.some((target) => targets.includes(target)))) return [];
    return [{ kind, partial: isLimited(outline.visible.slice(targets.at(-1)?.end ?? end, end)), start, end, targets, place: 'head' }];
  });
}

/** What the status in a title says of other records. */
function markRelations({ start, end, text }: StatusMark, references: readonly Reference[]): readonly Relation[] {
  const within = references.filter((reference) => reference.start >= start && reference.end <= end);
  const found = readRelations(text, { start, end, place: 'status' }, within);
  return found.length > 0 ? found : phraseRelations(text, start, within);
}

/** Findings that do not depend on other documents. */
function findingsOf(front: FrontMatter | undefined, text: string): readonly Finding[] {
  if (text.trim() !== '') return front?.findings ?? [];
  const origin = { line: 0, character: 0 };
  return [
    findingOf(EMPTY_DOCUMENT, {
      message: 'This record is empty. Write its title and decision, or delete it.',
      span: { start: origin, end: origin },
    }),
  ];
}

/** Says where the blocks begin that are not looked at, if there are any. */
function blockFindings({ blocks, lines }: Outline): readonly Finding[] {
  const last = blocks[MOST_BLOCKS - 1];
  if (last === undefined) return [];
  const message =
    'This file has 100,000 paragraphs, list items and rows up to here. In what follows, no status, date or link is looked for. Split it into several files.';
  return [findingOf(TOO_MANY_PARTS, { message, span: lines.span(last.start, last.start) })];
}

/** Returns a test for offsets within the status of the record: its section, or one of its fields. */
function statusPlaces(outline: Outline, fields: readonly Field[]): (offset: number) => boolean {
  const stretches = statusFields(fields).map(({ start, end }) => {
    const line = outline.lines.start(outline.lines.lineAt(start));
    return { start: line, end };
  });
  outline.headings.forEach((heading, index) => {
    if (!isStatusHeading(heading.text)) return;
    stretches.push({ start: heading.start, end: outline.headings[index + 1]?.start ?? outline.text.length });
  });
  return (offset) => stretches.some(({ start, end }) => offset >= start && offset < end);
}

function linksOf(
  outline: Outline,
  source: Source,
  own: RecordNumber,
  front: FrontMatter | undefined,
  relations: readonly Relation[],
  references: readonly Reference[],
): readonly Link[] {
  const { lines } = outline;
  const links: Link[] = [];
  const taken = new Set<number>();
  const add = (kind: Link['kind'], reference: Reference, partial: boolean, inferred = false): void => {
    links.push({
      kind,
      target: reference.target,
      ...(reference.path === undefined ? {} : { path: reference.path }),
      ...(partial ? { partial } : {}),
      ...(inferred ? { inferred } : {}),
      span: lines.span(reference.start, reference.end),
    });
  };
  for (const { kind, partial, targets, place } of relations) {
    for (const target of targets) {
      if (taken.has(target.start) || isSelf(target, source.path, own)) continue;
      taken.add(target.start);
      add(kind, target, partial, place === 'body');
    }
  }
  for (const { key, values } of front?.entries ?? []) {
    if (SCOPE_KEYS.has(key)) {
      for (const value of values) for (const piece of patternsIn(value)) add('applies-to', piece, false);
    } else if (relationKey(key)?.kind === 'cites') {
      for (const value of values) for (const target of targetsIn(value, source.path)) add('cites', target, false);
    }
  }
  const mentioned = new Set<string>();
  for (const reference of references) {
    if (reference.weak === true || taken.has(reference.start) || isSelf(reference, source.path, own)) continue;
    if (reference.path === undefined) {
      const key = reference.target.toLowerCase();
      if (mentioned.has(key)) continue;
      mentioned.add(key);
    }
    add('cites', reference, false);
  }
  return links.slice(0, MOST_LINKS);
}

/** Whether a record names itself, by number or file. */
function isSelf(reference: Reference, path: string, own: RecordNumber): boolean {
  if (reference.path !== undefined) return reference.path === path;
  const written = writtenNumber(reference.target);
  return written?.namespace !== undefined && written.number === own.number && own.names.includes(written.namespace);
}

/** `src/a, src/b` is two patterns; `src/{a,b}/**` is one. */
function patternsIn(value: FrontMatterValue): readonly Reference[] {
  const pieces: Reference[] = [];
  let depth = 0;
  let from = 0;
  const { text, start, end } = value;
  const add = (to: number): void => {
    const written = text.slice(from, to);
    const target = written.trim();
    const at = start + from + (written.length - written.trimStart().length);
    // `**` is a pattern, though a cell with nothing but marks says nothing.
    if (target !== '' && (/^[*/.]+$/.test(target) || !NOTHING.test(target)))
      pieces.push({ start: Math.min(at, end), end: Math.min(at + target.length, Math.max(end, at)), target });
    from = to + 1;
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '{') depth++;
    else if (character === '}') depth--;
    else if ((character === ',' && depth <= 0) || character === '\n') add(at);
  }
  add(text.length);
  return pieces;
}
