import type { KnownStatus } from '../languages/language.ts';
import { isPartName } from '../languages/languages.ts';
import { HEAD_LINES } from '../markup/fields.ts';
import { inlineLinks } from '../markup/inline.ts';
import type { Outline } from '../markup/outline.ts';
import { readStatement, statusWord } from './statement.ts';

/** A status that is part of something else. Offsets are UTF-16 units from the start of the text. */
export interface StatusMark {
  readonly value: KnownStatus;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The mark in a title, and what has to be cut off the heading with it. */
export interface TitleMark extends StatusMark {
  readonly cutStart: number;
  readonly cutEnd: number;
}

/** `![Accepted](https://img.shields.io/badge/...)` in the head; only words that are a status and nothing else. */
export function badgeStatus(outline: Outline): StatusMark | undefined {
  const limit = outline.lines.end(outline.lines.lineAt(outline.bodyStart) + HEAD_LINES);
  const head = { ...outline, blocks: outline.blocks.filter(({ start }) => start <= limit), headings: [] };
  for (const link of inlineLinks(head)) {
    if (!link.image) continue;
    const alt = link.text
      .toLowerCase()
      .replace(/^(?:adr |decision )?(?:status|state)\b[\s:=-]*/, '')
      .trim();
    const badge = /\/badge\/(?:adr[-_ ]?)?(?:status|state)[-_]{1,2}([a-z]{3,20})/i.exec(link.target)?.[1]?.toLowerCase() ?? '';
    const value = statusWord(alt) ?? statusWord(badge);
    if (value === undefined) continue;
    const word = statusWord(alt) === undefined ? badge : link.text;
    const at = outline.text.slice(link.start, link.end).indexOf(word);
    const start = at < 0 ? link.start : link.start + at;
    return { value, text: at < 0 ? outline.text.slice(link.start, link.end) : word, start, end: at < 0 ? link.end : start + word.length };
  }
  return undefined;
}

/** `Use topics (superseded by ADR-1)`, `Use queues [accepted]`, `[Draft] Use queues`. */
const AT_END = /^(.*\S)\s+(?:\((.+)\)|\[([^[\]]+)\]|\{([^{}]+)\})\s*$/u;
const AT_START = /^\s*(?:\(([^()]+)\)|\[([^[\]]+)\])\s*(?=\S)/u;
/** A status in a title begins with one; longer brackets explain the title. UTF-16 units. */
const LONGEST_MARK = 160;

/**
 * The status that a title has in brackets. Only a statement that begins with a word of a status counts, and of the words that are also adjectives only
 * a bracket with nothing else: "Cache (final design)" has none.
 */
export function titleMark(outline: Outline): TitleMark | undefined {
  const [heading] = outline.headings;
  if (heading === undefined || isPartName(heading.text)) return undefined;
  const written = outline.text.slice(heading.textStart, Math.min(heading.textEnd, heading.textStart + 500));
  const cuts: (readonly [start: number, end: number, inner: string])[] = [];
  const last = AT_END.exec(written);
  const inner = last?.[2] ?? last?.[3] ?? last?.[4];
  if (last?.[1] !== undefined && inner !== undefined) {
    // In `Use (b) (superseded by [1](x.md))` only the last group at the end is the mark.
    const open = openingOf(written.trimEnd());
    if (open > 0)
      cuts.push([written.slice(0, open).trimEnd().length, written.length, written.slice(open + 1, written.trimEnd().length - 1)]);
  }
  const first = AT_START.exec(written);
  const leading = first?.[1] ?? first?.[2];
  if (first !== null && leading !== undefined) cuts.push([0, first[0].length, leading]);
  for (const [start, end, text] of cuts) {
    if (text.length > LONGEST_MARK) continue;
    const said = readStatement(text);
    if (
      said?.certain !== true ||
      !(
        statusWord(text) !== undefined ||
        /^\s*(?:partially\s+)?(?:supers|superc|replaced|deprecated|obsoleted|rejected|withdrawn|accepted|proposed|draft)/i.test(text) ||
        said.value === 'superseded'
      )
    )
      continue;
    const at = heading.textStart + start + written.slice(start, end).indexOf(text);
    return {
      value: said.value,
      text,
      start: at,
      end: at + text.length,
      cutStart: heading.textStart + start,
      cutEnd: heading.textStart + end,
    };
  }
  return undefined;
}

/** Where the bracket that ends a text was opened; -1 if it was not. */
function openingOf(text: string): number {
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    const character = text.charAt(at);
    if (')]}'.includes(character)) depth++;
    else if ('([{'.includes(character) && --depth === 0) return at;
  }
  return -1;
}
