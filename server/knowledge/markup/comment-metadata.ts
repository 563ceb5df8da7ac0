import { fieldsOf } from './fields.ts';
import type { FrontMatter } from './front-matter.ts';
import { type FrontMatterEntry, normalKey } from './front-matter-entry.ts';
import type { Outline } from './outline.ts';

/** Characters from the start of a text within which comments with metadata are. */
const WITHIN = 4_000;
/** What makes a comment the metadata of a record, and not a note to a tool. */
const OWN = /^(?:status|state|decision-status|date)$/;
const PAIR = /^[ \t]*["']?([A-Za-z][\w .-]{0,40}?)["']?[ \t]*:[ \t]+(\S.{0,500})$/;
/** `proposed | accepted`, `{status}`, `<date>`, `YYYY-MM-DD`: what a template asks for. */
const PLACEHOLDER = /[|{}<>[\]]|\w \/ \w|\bYYYY\b|\.\.\./;

/**
 * Metadata in HTML comments at the top of a Markdown document, before or after its title: `<!-- status: accepted -->`, also with a `key: value` on
 * each of several lines. A comment with any other line, or with a place holder of a template, is a note. What the reader of the document sees goes
 * before: a status in the text stands. `undefined` where there is none.
 */
export function readCommentMetadata(text: string, outline: Outline): FrontMatter | undefined {
  const top = text.slice(0, WITHIN);
  const entries: FrontMatterEntry[] = [];
  let at = 0;
  for (;;) {
    at += /^(?:\s|\uFEFF|#[ \t][^\n]*(?:\n|$))*/.exec(top.slice(at))?.[0].length ?? 0;
    if (!top.startsWith('<!--', at)) break;
    const close = top.indexOf('-->', at);
    if (close < 0) break;
    entries.push(...pairsOf(top, at + 4, close));
    at = close + 3;
  }
  if (!entries.some(({ key }) => OWN.test(key))) return undefined;
  const visible = new Set([
    ...fieldsOf(outline).map(({ name }) => name),
    ...outline.headings.map(({ text: name }) => name.toLowerCase().trim()),
  ]);
  return { entries: entries.filter(({ key }) => !visible.has(key.replaceAll('-', ' '))), bodyStart: 0, findings: [] };
}

/** The pairs of a comment; none if one of its lines is no pair. */
function pairsOf(text: string, start: number, end: number): readonly FrontMatterEntry[] {
  const entries: FrontMatterEntry[] = [];
  let at = start;
  for (const line of text.slice(start, end).split('\n')) {
    const words = line.trimEnd();
    const pair = PAIR.exec(words);
    const written = pair?.[2] ?? '';
    if (words !== '' && (pair === null || PLACEHOLDER.test(written))) return [];
    if (pair !== null) {
      const value = /^(["']).*\1$/.test(written) ? written.slice(1, -1) : written;
      const from = at + words.length - written.length + written.indexOf(value);
      entries.push({ key: normalKey(pair[1] ?? ''), values: [{ text: value, start: from, end: from + value.length }] });
    }
    at += line.length + 1;
  }
  return entries;
}
