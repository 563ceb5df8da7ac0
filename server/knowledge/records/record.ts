import type { Document, Link } from '../../model/document.ts';
import { defineRule, type Finding, findingOf } from '../../model/finding.ts';
import { type Field, fieldsNamed, fieldsOf } from '../markup/fields.ts';
import { type FrontMatter, type FrontMatterValue, valuesOf } from '../markup/front-matter.ts';
import { readMarkdown } from '../markup/markdown.ts';
import { type Outline, sectionsOf } from '../markup/outline.ts';
import { readProse } from '../markup/prose.ts';
import { resolvePath } from '../paths.ts';
import { recordName } from '../record-name.ts';
import type { Source } from '../source.ts';
import { earliestDate, findDate } from './dates.ts';
import { type Reference, referencesInText, referencesOf } from './references.ts';
import { type FoundStatus, isStatusHeading, STATUS_KEYS, statusFields, statusOf } from './status.ts';
import { type Relation, readRelations, relationsOf } from './supersession.ts';
import { titleOf } from './titles.ts';

export const EMPTY_DOCUMENT = defineRule({
  id: 'empty-document',
  severity: 'info',
  description: 'The file of a record is empty.',
  tags: ['record'],
});

/** Limit on the links of one record; one with more is a list of records. */
const MOST_LINKS = 2_000;
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
const RELATION_KEYS: Readonly<Record<string, Pick<Link, 'kind' | 'partial'>>> = {
  'superseded-by': { kind: 'superseded-by' },
  'superceded-by': { kind: 'superseded-by' },
  superseded: { kind: 'superseded-by' },
  'replaced-by': { kind: 'superseded-by' },
  'obsoleted-by': { kind: 'superseded-by' },
  'partially-superseded-by': { kind: 'superseded-by', partial: true },
  'amended-by': { kind: 'superseded-by', partial: true },
  supersedes: { kind: 'supersedes' },
  supercedes: { kind: 'supersedes' },
  replaces: { kind: 'supersedes' },
  obsoletes: { kind: 'supersedes' },
  'partially-supersedes': { kind: 'supersedes', partial: true },
  amends: { kind: 'amends' },
  updates: { kind: 'amends' },
  related: { kind: 'cites' },
  'relates-to': { kind: 'cites' },
  'related-to': { kind: 'cites' },
  'depends-on': { kind: 'cites' },
  'see-also': { kind: 'cites' },
  references: { kind: 'cites' },
  links: { kind: 'cites' },
};

/** Keys are the author's: `constructor` is one like any other. */
const relationOf = (key: string): Pick<Link, 'kind' | 'partial'> | undefined =>
  Object.hasOwn(RELATION_KEYS, key) ? RELATION_KEYS[key] : undefined;
const NOTHING = /^(?:|~|null|none|n\/?a|no|-+|tbd|nil|false|\[\]|\{\}|adr-?x+|\.\.\.)$/i;

/**
 * Reads a decision record of any style: title, number, status, date, links and sections, each with its span. Never throws and takes linear time,
 * whatever the text; mistakes in it are reported in `findings`.
 */
export function readRecord(source: Source): Document {
  const prose = readProse(source);
  const { outline, front } = prose;
  const { lines, text } = outline;
  const name = recordName(source.path);
  const title = titleOf(outline, front, source.path);
  const fields = fieldsOf(outline);
  const references = referencesOf(outline, source.path);
  const relations = [...frontRelations(front, source), ...relationsOf(outline, references, statusPlaces(outline, fields))];
  const status = statusOf(outline, front, fields, relations);
  const date = dateOf(outline, front, fields, status, name.date);
  const number = name.number ?? title.number;
  return {
    id: source.path,
    kind: 'decision',
    path: source.path,
    sha: source.sha,
    title: title.text,
    ...(title.span === undefined ? {} : { titleSpan: title.span }),
    ...(number === undefined ? {} : { number }),
    slug: name.slug,
    ...(status === undefined ? {} : { status: { value: status.value, text: status.text, span: lines.span(status.start, status.end) } }),
    ...(date === undefined ? {} : { date }),
    format: outline.format,
    sections: sectionsOf(outline),
    links: linksOf(outline, source, number, front, relations, references),
    findings: findingsOf(front, text),
  };
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

/** Relations to other records in the front matter, in keys of their own or within the status. */
function frontRelations(front: FrontMatter | undefined, source: Source): readonly Relation[] {
  const relations: Relation[] = [];
  for (const { key, values } of front?.entries ?? []) {
    const relation = relationOf(key);
    for (const value of values) {
      if (STATUS_KEYS.includes(key)) {
        const exact = source.text.startsWith(value.text, value.start) ? value.text : '';
        const references = referencesInText(exact, value.start, source.path, readMarkdown);
        relations.push(...readRelations(exact, { start: value.start, end: value.end, place: 'status' }, references));
      } else if (relation !== undefined && relation.kind !== 'cites' && relation.kind !== 'applies-to') {
        const targets = targetsIn(value, source.path);
        if (targets.length > 0) {
          relations.push({ kind: relation.kind, partial: relation.partial ?? false, start: value.start, end: value.end, targets });
        }
      }
    }
  }
  return relations;
}

/** Records named by a front matter value: links, numbers or files in it, or else the value itself as a number, slug or title. */
function targetsIn(value: FrontMatterValue, path: string): readonly Reference[] {
  const { text, start, end } = value;
  if (NOTHING.test(text.trim())) return [];
  const file = /^[^\s[\]()<>:]{1,300}\.(?:md|mdx|markdown|rst|adoc)$/i.test(text) ? resolvePath(path, text) : undefined;
  if (file !== undefined) return [{ start, end, target: text, path: file }];
  const found = referencesInText(text, start, path, readMarkdown).filter((reference) => reference.end <= end);
  if (found.length > 0) return found;
  const numbers = /^#?\d{1,5}(?:\s*,\s*#?\d{1,5}){0,20}$/.test(text) ? [...text.matchAll(/\d+/g)] : [];
  if (numbers.length > 0) {
    return numbers.map((match) => ({ start: start + match.index, end: start + match.index + match[0].length, target: match[0] }));
  }
  return [{ start, end, target: text.slice(0, 300) }];
}

function linksOf(
  outline: Outline,
  source: Source,
  number: string | undefined,
  front: FrontMatter | undefined,
  relations: readonly Relation[],
  references: readonly Reference[],
): readonly Link[] {
  const { lines } = outline;
  const links: Link[] = [];
  const taken = new Set<number>();
  const add = (kind: Link['kind'], reference: Reference, partial: boolean): void => {
    links.push({
      kind,
      target: reference.target,
      ...(reference.path === undefined ? {} : { path: reference.path }),
      ...(partial ? { partial } : {}),
      span: lines.span(reference.start, reference.end),
    });
  };
  for (const { kind, partial, targets } of relations) {
    for (const target of targets) {
      if (taken.has(target.start) || isSelf(target, source.path, number)) continue;
      taken.add(target.start);
      add(kind, target, partial);
    }
  }
  for (const { key, values } of front?.entries ?? []) {
    if (SCOPE_KEYS.has(key)) {
      for (const value of values) for (const piece of patternsIn(value)) add('applies-to', piece, false);
    } else if (relationOf(key)?.kind === 'cites') {
      for (const value of values) for (const target of targetsIn(value, source.path)) add('cites', target, false);
    }
  }
  const mentioned = new Set<string>();
  for (const reference of references) {
    if (taken.has(reference.start) || isSelf(reference, source.path, number)) continue;
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
function isSelf(reference: Reference, path: string, number: string | undefined): boolean {
  if (reference.path !== undefined) return reference.path === path;
  const own = /^@?(?:M?ADR|RFC|KEP|TEP|PEP|OEP)s?[-_\s#(]{0,3}0*(\d{1,5})$/i.exec(reference.target)?.[1];
  return own !== undefined && own === number;
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
    if (target !== '' && !NOTHING.test(target))
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

/**
 * Date of a record, from the first of these that has one: front matter, a date field, a `## Date` section, the earliest day of its change log, its
 * file or folder name, a line that is only a date, its status.
 */
function dateOf(
  outline: Outline,
  front: FrontMatter | undefined,
  fields: readonly Field[],
  status: FoundStatus | undefined,
  inName: string | undefined,
): string | undefined {
  for (const key of DATE_KEYS) {
    const date = findDate(valuesOf(front, [key])[0]?.text.slice(0, 200) ?? '');
    if (date !== undefined) return date.iso;
  }
  const { text, visible, blocks, headings } = outline;
  for (const { start, end } of DATE_FIELDS.flatMap((field) => fieldsNamed(fields, [field]))) {
    const words = text.slice(start, Math.min(end, start + 200));
    const date = findDate(words)?.iso ?? /(?<!\d)(?:19|20)\d{2}(?!\d)/.exec(words)?.[0];
    if (date !== undefined) return date;
  }
  const under = (pattern: RegExp): string[] => {
    const index = headings.findIndex((heading) =>
      pattern.test(
        heading.text
          .toLowerCase()
          .replace(/[^a-z ]/g, '')
          .trim(),
      ),
    );
    return index < 0
      ? []
      : blocks
          .filter(({ heading }) => heading === index)
          .slice(0, 100)
          .map(({ start, end }) => visible.slice(start, Math.min(end, start + 300)));
  };
  const section =
    earliestDate(under(/^(?:decision )?date(?: decided)?$/)) ??
    earliestDate(under(/^(?:change ?log|changes|history|revision history|revisions|change history|document history)$/));
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
