import { readFrontMatter, valuesOf } from '../../knowledge/markup/front-matter.ts';
import { lineIndex } from '../../text/lines.ts';

const KEYS = ['deciders', 'decision-makers', 'decided-by', 'approvers', 'approved-by'];
/** A field of the text: `* Deciders: Ada, Grace`. */
const FIELD = /^[\s*_>|-]*(?:deciders?|decision[- ]makers?|decided by|approvers?|approved by)[\s*_]*:[\s*_]*(.+)$/i;
/** Fields are at the top of a record. */
const TOP_LINES = 60;
const MOST_PEOPLE = 6;
const LONGEST_NAME = 80;

/** Names in a list as people write it: by commas, with markup around them. */
const namesIn = (text: string): string[] =>
  text
    .split(/[,;]|\band\b/)
    .map((name) =>
      name
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .replace(/[*_`<>[\]{}|]+/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((name) => /\p{L}/u.test(name) && name.length <= LONGEST_NAME);

/** The people whom a record names as those who decided it, in its front matter or in a field at its top; at most six. */
export function decidersOf(text: string): readonly string[] {
  const front = readFrontMatter(text, lineIndex(text));
  const named = valuesOf(front, KEYS).flatMap((value) => namesIn(value.text));
  if (named.length > 0) return [...new Set(named)].slice(0, MOST_PEOPLE);
  const field = text.split(/\r\n|[\n\r]/, TOP_LINES).flatMap((line) => FIELD.exec(line)?.[1] ?? []);
  return [...new Set(field.flatMap(namesIn))].slice(0, MOST_PEOPLE);
}
