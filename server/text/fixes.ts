import type { FileFindings } from '../model/answer.ts';
import type { Fix, TextEdit } from '../model/finding.ts';
import { comparePositions, sameSpan } from './positions.ts';

const same = (a: TextEdit, b: TextEdit): boolean => a.text === b.text && sameSpan(a.span, b.span);

/** Two insertions at one position overlap as well, because their order would be arbitrary. */
const overlap = (a: TextEdit, b: TextEdit): boolean =>
  (comparePositions(a.span.start, b.span.end) < 0 && comparePositions(b.span.start, a.span.end) < 0) ||
  comparePositions(a.span.start, b.span.start) === 0;

/** Fixes whose edits can be applied together. */
export interface Merged {
  /** By path, paths sorted; the edits of a file sorted by position. */
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
  /** The fixes that `edits` consists of; the others were in conflict with one of them. */
  readonly fixes: readonly Fix[];
}

/**
 * Combines fixes. Of two that conflict, the earlier one wins and the other is left out as a whole, so the result depends on nothing but the order. An edit
 * that several fixes share is made once.
 */
export function mergeFixes(fixes: readonly Fix[]): Merged {
  const edits = new Map<string, TextEdit[]>();
  const taken: Fix[] = [];
  for (const fix of fixes) {
    const fresh = fix.edits.filter((edit) => !(edits.get(edit.path) ?? []).some((other) => same(other, edit)));
    if (fresh.some((edit) => (edits.get(edit.path) ?? []).some((other) => overlap(other, edit)))) continue;
    for (const edit of fresh) edits.set(edit.path, [...(edits.get(edit.path) ?? []), edit]);
    taken.push(fix);
  }
  const ordered = [...edits].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    edits: new Map(ordered.map(([path, list]) => [path, list.sort((a, b) => comparePositions(a.span.start, b.span.start))])),
    fixes: taken,
  };
}

/** The fixes that may be applied without asking: the preferred one of each finding, where it has one. */
export const preferredFixes = (found: readonly FileFindings[]): Fix[] =>
  found.flatMap(({ findings }) => findings.flatMap(({ fixes }) => fixes?.find(({ preferred }) => preferred === true) ?? []));
