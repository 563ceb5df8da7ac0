import type { KnownStatus } from '../languages/language.ts';
import { isNameOf } from '../languages/languages.ts';
import type { Phrases } from '../languages/phrases.ts';
import type { Block, Outline } from '../markup/outline.ts';
import { findDate } from './dates.ts';
import type { Relation } from './relation.ts';
import { beginsWithStatus, readStatement, type Statement } from './statement.ts';

/** A statement of a status section. Offsets are UTF-16 units from the start of the text. */
export interface FoundStatement {
  /** Absent if no rule understands the text. */
  readonly said?: Statement;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const HEADING =
  /^(?:\d{1,3}(?:\.\d{1,3}){0,3}[.)]? )?(?:adr |current |decision |document |record |proposal )?(?:status|state)(?: (?:and|&) .{1,30})?$/;
/** Limit on the statements read of a status section. */
const MOST_STATEMENTS = 30;
const LONGEST_STATEMENT = 1_000;
/** A line that begins with a name and a colon, as `Superseded by: N/A`. */
const NAMED_LINE = /^[^\p{L}\n]{0,8}\p{L}[\p{L} _-]{1,24}[*_]{0,3}\s?[:：]/u;

/** Whether a heading is that of a status section. */
export function isStatusHeading(text: string): boolean {
  const plain = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}&. ]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  return HEADING.test(plain) || (!/^(?:states?|status)\b/.test(plain) && isNameOf('status', text));
}

/** The statement of the status section: a ticked box, else "superseded", else the latest dated one, else the first with a known status. */
export function sectionStatement(
  outline: Outline,
  retired: readonly Relation[],
  own: Phrases<KnownStatus> | undefined,
): FoundStatement | undefined {
  const index = outline.headings.findIndex(({ text }) => isStatusHeading(text));
  if (index < 0) return undefined;
  const under = outline.blocks.filter(({ heading }) => heading === index);
  const ticked = under.filter((block) => block.ticked === true);
  const plain = under.filter(({ kind }) => kind !== 'quote');
  const read = ticked.length > 0 ? ticked : plain.length > 0 ? plain : under;
  const below = outline.headings[index + 1];
  const heading = outline.headings[index];
  const nested = read.length === 0 && below !== undefined && heading !== undefined && below.level > heading.level;
  const ranges = nested ? [{ start: below.textStart, end: below.textEnd }] : statementsIn(outline, read);
  const found = ranges.map(({ start, end }, position) => {
    const text = outline.text.slice(start, end);
    const superseded = retired.some((relation) => relation.start >= start && relation.start < end);
    const said: Statement | undefined = superseded
      ? { value: 'superseded', certain: true, bare: true }
      : readStatement(outline.visible.slice(start, end), own);
    // Later statements explain; one counts only if it begins with a status.
    const states = position === 0 || beginsWithStatus(text);
    return { text, start, end, states, ...(said === undefined || (said.value === 'superseded' && !superseded && !states) ? {} : { said }) };
  });
  const dated = found
    .map((each) => ({ each, date: each.states && each.said !== undefined ? (findDate(each.text)?.iso ?? '') : '' }))
    .filter(({ date }) => date !== '')
    .sort((a, b) => (a.date < b.date ? 1 : -1));
  return (
    found.find(({ said }) => said?.value === 'superseded' && said.certain) ??
    (dated.length > 1 ? dated[0]?.each : undefined) ??
    found.find(({ said, states }) => said?.certain === true && states) ??
    found.find(({ said, states }) => said !== undefined && states) ??
    found.find(({ said, text }) => said?.certain === true && text.length <= 120) ??
    found[0]
  );
}

/**
 * Statements of blocks. The lines of a paragraph are one statement, except where a line is complete, or where the next one begins with a name, a
 * status or a date, as authors write who forget the empty line. A statement that ends in a colon goes on in the next block.
 */
function statementsIn(outline: Outline, blocks: readonly Block[]): readonly { readonly start: number; readonly end: number }[] {
  const { lines, visible, text } = outline;
  const found: { start: number; end: number }[] = [];
  let open = false;
  for (const block of blocks) {
    let previous = '';
    for (let line = lines.lineAt(block.start); line < lines.count && lines.start(line) < block.end; line++) {
      const start = Math.max(lines.start(line), block.start);
      const end = Math.min(lines.end(line), block.end, start + LONGEST_STATEMENT);
      const words = visible.slice(start, end);
      if (!/[\p{L}\p{Emoji_Presentation}]/u.test(words)) continue;
      const [from, to] = withoutMarks(text, start, end);
      if (from >= to) continue;
      const last = found.at(-1);
      const continues = last !== undefined && (open || (previous !== '' && !startsAnew(words, previous)));
      if (continues && to - last.start <= LONGEST_STATEMENT) last.end = to;
      else if (found.length >= MOST_STATEMENTS) return found;
      else found.push({ start: from, end: to });
      previous = words;
      open = /\bby\s*:?\s*[*_]*\s*$/i.test(words) || (/:\s*[*_]*\s*$/.test(words) && beginsWithStatus(words));
    }
  }
  return found;
}

/** Whether a line is not the continuation of the one before it. */
function startsAnew(line: string, previous: string): boolean {
  if (/(?: {2}|\\|<br ?\/?>)\s*$/i.test(previous) || NAMED_LINE.test(line)) return true;
  if (/\b(?:by|with|of|the|and|or|in|is|was|been|has|a|an|to|for|on)\s*$/i.test(previous)) return false;
  if (readStatement(previous)?.bare === true && previous.trim().length <= 60) return true;
  return /^[^\p{L}\n]{0,8}\p{Lu}/u.test(line) && beginsWithStatus(line);
}

/** Narrows a range to its words, without surrounding white space, emphasis, braces or quotes. */
export function withoutMarks(text: string, start: number, end: number): [start: number, end: number] {
  let [from, to] = [start, end];
  const pairs: readonly (readonly [string, string])[] = [
    ['**', '**'],
    ['__', '__'],
    ['*', '*'],
    ['_', '_'],
    ['`', '`'],
    ['{', '}'],
    ['[', ']'],
    ['"', '"'],
    ['> ', ''],
  ];
  for (let changed = true; changed; ) {
    changed = false;
    while (from < to && /\s/.test(text.charAt(from))) from++;
    while (to > from && /[\s|]/.test(text.charAt(to - 1))) to--;
    for (const [open, close] of pairs) {
      const inner = text.slice(from + open.length, to - close.length);
      if (to - from <= open.length + close.length || !text.startsWith(open, from) || text.slice(to - close.length, to) !== close) continue;
      if (close !== '' && inner.includes(close)) continue;
      from += open.length;
      to -= close.length;
      changed = true;
      break;
    }
  }
  return [from, to];
}
