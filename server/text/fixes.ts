import type { FileFindings } from '../model/answer.ts';
import type { Fix, TextEdit } from '../model/finding.ts';
import { comparePositions, sameSpan } from './positions.ts';

const same = (a: TextEdit, b: TextEdit): boolean => a.text === b.text && sameSpan(a.span, b.span);

/** Two insertions in one place overlap as well: their order would be anybody's guess. */
const overlap = (a: TextEdit, b: TextEdit): boolean =>
  (comparePositions(a.span.start, b.span.end) < 0 && comparePositions(b.span.start, a.span.end) < 0) ||
  comparePositions(a.span.start, b.span.start) === 0;

/** Fixes whose edits can all be made at once. */
export interface Merged {
  /** By path, in order of place; paths in order. */
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
  /** The fixes that are in it. */
  readonly fixes: readonly Fix[];
}

/**
 * Takes fixes as long as their edits are apart from those taken before; edits that are wanted twice are made once. The first fix wins, so that the
 * same findings give the same edits.
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

/** The fixes that are certain enough to be made without asking: of each finding its preferred one. */
export const preferredFixes = (found: readonly FileFindings[]): Fix[] =>
  found.flatMap(({ findings }) => findings.flatMap(({ fixes }) => fixes?.find(({ preferred }) => preferred === true) ?? []));
