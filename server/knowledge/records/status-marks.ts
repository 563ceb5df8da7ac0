import type { KnownStatus } from '../languages/language.ts';
import { isPartName } from '../languages/languages.ts';
import { HEAD_LINES } from '../markup/fields.ts';
import { inlineLinks } from '../markup/inline.ts';
import type { Outline } from '../markup/outline.ts';
import { readStatement, statusWord } from './statement.ts';
import { statusInTitle } from './title-status.ts';

/** A status that is part of something else. Offsets are UTF-16 units from the start of the text. */
export interface StatusMark {
  readonly value: KnownStatus;
  readonly text: string;
  readonly start: number;
  readonly end: number;
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

/** The status that a title has in brackets or behind a dash, as {@link statusInTitle} finds it, where it says surely which. */
export function titleMark(outline: Outline): StatusMark | undefined {
  const [heading] = outline.headings;
  if (heading === undefined || isPartName(heading.text)) return undefined;
  const written = outline.text.slice(heading.textStart, Math.min(heading.textEnd, heading.textStart + 500));
  const found = statusInTitle(written);
  if (found === undefined) return undefined;
  const text = written.slice(found.start, found.end);
  const said = readStatement(text);
  if (said?.certain === true)
    return { value: said.value, text, start: heading.textStart + found.start, end: heading.textStart + found.end };
  return undefined;
}
