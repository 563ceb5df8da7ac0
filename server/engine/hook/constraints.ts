import type { Constraint } from '../../knowledge/discovery/gate-settings.ts';
import { createMatcher } from '../../knowledge/discovery/globs.ts';
import type { ProposedEdit } from '../../model/gate.ts';

/** A longer line is looked at up to here: it is generated. In UTF-16 units. */
const LONGEST_LINE = 5_000;
/** Lines that an edit adds and that are looked at. */
const MOST_LINES = 50_000;

/** A line of a text, with its number. */
export interface NumberedLine {
  /** Zero-based. */
  readonly line: number;
  readonly text: string;
}

/** A line that a constraint forbids. */
export interface Breach extends NumberedLine {
  readonly constraint: Constraint;
  /** The forbidden text, as the constraint has it. */
  readonly forbidden: string;
}

const linesOf = (text: string): string[] => text.split(/\r\n|[\n\r]/);

/** The lines of `text` that `other` lacks, a line that occurs several times as often as it is missing. */
export function linesMissing(text: string, other: string): NumberedLine[] {
  const left = new Map<string, number>();
  for (const line of linesOf(other)) left.set(line, (left.get(line) ?? 0) + 1);
  return linesOf(text).flatMap((line, at) => {
    const rest = left.get(line) ?? 0;
    if (rest > 0) left.set(line, rest - 1);
    return rest > 0 || line.trim() === '' ? [] : [{ line: at, text: line }];
  });
}

/** Text in which spaces and kinds of quotation marks do not matter. */
const plain = (text: string): string => text.replace(/\s+/g, ' ').replace(/["`’‘“”]/g, "'");

const isWordAt = (text: string, at: number): boolean => /[\p{L}\p{N}_]/u.test(text[at] ?? '');

/** Where a part begins at or after `from`, and a word of it is a whole word at the ends that the pattern leaves open; -1 where it is nowhere. */
function find(text: string, part: string, from: number, { start, end }: { readonly start: boolean; readonly end: boolean }): number {
  for (let at = text.indexOf(part, from); at >= 0; at = text.indexOf(part, at + 1)) {
    const cutsBefore = start && isWordAt(part, 0) && at > 0 && isWordAt(text, at - 1);
    const cutsAfter = end && isWordAt(part, part.length - 1) && isWordAt(text, at + part.length);
    if (!cutsBefore && !cutsAfter) return at;
    if (part === '') return -1;
  }
  return -1;
}

/**
 * Whether a line has a text in which `*` stands for anything; a word at either end of it is a whole word, so that `import moment` is not in
 * `import momentum`. Each part is looked for after the one before it, which finds every match of such a pattern: the time grows with the length of the line
 * times that of the pattern, whatever a repository writes.
 */
export function contains(line: string, pattern: string): boolean {
  const text = plain(line.slice(0, LONGEST_LINE));
  const parts = plain(pattern).split('*');
  let from = 0;
  for (const [index, part] of parts.entries()) {
    const at = find(text, part, from, { start: index === 0, end: index === parts.length - 1 });
    if (at < 0) return false;
    from = at + part.length;
  }
  return true;
}

/** What an edit adds that a constraint forbids in the file: the first line for each forbidden text. What was there before is no breach. */
export function breachesOf(constraints: readonly Constraint[], { path, before, after }: ProposedEdit): Breach[] {
  const here = constraints.filter(({ paths }) => paths.length === 0 || createMatcher(paths).match(path) !== undefined);
  if (here.length === 0) return [];
  const added = linesMissing(after, before ?? '').slice(0, MOST_LINES);
  return here.flatMap((constraint) =>
    constraint.forbid.flatMap((forbidden) => {
      const found = added.find(({ text }) => contains(text, forbidden));
      return found ? [{ ...found, constraint, forbidden }] : [];
    }),
  );
}
