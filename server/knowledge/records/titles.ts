import type { Span } from '../../model/span.ts';
import { fieldsNamed, fieldsOf } from '../markup/fields.ts';
import { type FrontMatter, valuesOf } from '../markup/front-matter.ts';
import { plainText } from '../markup/inline.ts';
import type { Outline } from '../markup/outline.ts';
import { recordName } from '../record-name.ts';

/** Title of a document without its number, the span of the title's words, and the number. */
interface FoundTitle {
  readonly text: string;
  readonly span?: Span;
  readonly number?: string;
}

/** Headings that are never the title of a record. */
const GENERIC =
  /^(?:status|state|context|date|decision|consequences|changelog|change log|summary|abstract|background|table of contents|contents|introduction|problem|motivation)$/i;
const PREFIXES: readonly RegExp[] = [
  /^\s{0,3}[[(]?(?:architecture decision record|decision record|M?ADR|RFC|KEP|TEP|PEP|OEP|DR)s?[-_ #.:]{0,3}0*(\d{1,5})[\])]?(?:\s{0,3}[-–—:.|]{1,2}\s{1,3}|\s{0,3}[:|—–]\s{0,3}|\s{1,3}(?=\S))/i,
  /^\s{0,3}#?0*(\d{1,5})[.:)](?:\s{1,3}|(?=\p{Lu}))/u,
  /^\s{0,3}#?0*(\d{1,5})\s{1,3}[-–—|]{1,2}\s{1,3}/,
  /^\s{0,3}0(\d{2,4})\s{1,3}(?=\S)/,
  /^\s{0,3}(?:architecture decision record|decision record|M?ADR|RFC)\s{0,2}[:–—-]\s{1,3}()/i,
];

/**
 * Title of a document: front matter `title`, else a `Title:` field or the first heading that is not a standard section, else the words of the file
 * name. A number such as `ADR-7:` or `7.` is not part of the title; it is returned as the number.
 */
export function titleOf(outline: Outline, front: FrontMatter | undefined, path: string): FoundTitle {
  const value = valuesOf(front, ['title', 'name'])[0];
  if (value !== undefined && value.text.trim() !== '') {
    return withoutNumber(outline, value.text.split('\n')[0] ?? '', value.start, value.end);
  }
  const heading = outline.headings.find(({ text }) => text !== '' && !GENERIC.test(text)) ?? undefined;
  const field = fieldsNamed(fieldsOf(outline), ['title']).find(({ start, end }) => start < end && start < (heading?.start ?? Infinity));
  if (field !== undefined) return withoutNumber(outline, outline.text.slice(field.start, field.end), field.start, field.end);
  if (heading !== undefined) {
    return withoutNumber(outline, outline.text.slice(heading.textStart, heading.textEnd), heading.textStart, heading.textEnd);
  }
  const words = recordName(path).slug.replaceAll('-', ' ');
  return { text: words.charAt(0).toUpperCase() + words.slice(1) || path };
}

function withoutNumber(outline: Outline, written: string, start: number, end: number): FoundTitle {
  const head = written.slice(0, 120);
  for (const pattern of PREFIXES) {
    const match = pattern.exec(head);
    if (match === null || written.slice(match[0].length).trim() === '') continue;
    const span = outline.lines.span(Math.min(start + match[0].length, end), end);
    const number = match[1] === undefined || match[1] === '' ? {} : { number: String(Number(match[1])) };
    return { text: plainText(written.slice(match[0].length)) || plainText(written), span, ...number };
  }
  const bare = /^\W{0,3}(?:ADR|RFC)[-_ #]{0,2}0*(\d{1,5})\W{0,3}$/i.exec(head)?.[1];
  const text = plainText(written) || written.trim().slice(0, 200);
  return { text, span: outline.lines.span(start, end), ...(bare === undefined ? {} : { number: bare }) };
}
