import type { Diff, FileDiff, Hunk } from '../../model/diff.ts';
import { isTelling, normalised } from './tokens.ts';

/** The lines that a hunk takes away and adds, and where they begin. */
export interface Change {
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /** Zero-based first line of the removed ones, and of the added ones. */
  readonly oldFirst: number;
  readonly newFirst: number;
}

export const changeOf = ({ lines, old, new: fresh }: Hunk): Change => ({
  removed: lines.filter(({ kind }) => kind === 'removed').map(({ text }) => text),
  added: lines.filter(({ kind }) => kind === 'added').map(({ text }) => text),
  oldFirst: old.first,
  newFirst: fresh.first,
});

/** The change that a line of the file after it belongs to; `undefined` where the line was not changed. */
export function changeAt(file: FileDiff | undefined, line: number): Change | undefined {
  const hunk = file?.hunks.find(({ new: { first, last } }) => line >= first && line <= last);
  return hunk && changeOf(hunk);
}

/** A line before a commit. */
export interface OldLine {
  readonly path: string;
  /** Zero-based. */
  readonly line: number;
}

/** Neighbours on either side that have to have moved along with a line, together, before it counts as moved. */
const LEAST_RUN = 3;
/** Letters and digits in a run of moved lines: fewer are found anywhere. */
const LEAST_LETTERS = 24;
/** A block of this many lines is no look-alike. */
const LONG_RUN = 6;

/**
 * Where an added line was before, if the same commit took it away elsewhere: in the file or another one, among neighbours that moved with it. A line that stays
 * where it was is no source, so that look-alikes are not mistaken for it.
 */
export function movedFrom(patch: Diff, change: Change, index: number): OldLine | undefined {
  const added = change.added.map(normalised);
  const own = added[index] ?? '';
  if (own === '') return undefined;
  let best: { at: OldLine; run: number } | undefined;
  let sources = 0;
  for (const file of patch.files) {
    for (const hunk of file.hunks) {
      const { removed, oldFirst } = changeOf(hunk);
      const texts = removed.map(normalised);
      for (let at = texts.indexOf(own); at >= 0; at = texts.indexOf(own, at + 1)) {
        sources++;
        const run = runAround(added, index, texts, at);
        const letters = added
          .slice(index - run.before, index + run.after + 1)
          .join('')
          .replace(/\W/g, '').length;
        const length = run.before + run.after + 1;
        if (letters < LEAST_LETTERS || (length < LEAST_RUN && !isTelling(change.added[index] ?? ''))) continue;
        if (length < 2 && letters < 2 * LEAST_LETTERS) continue;
        if (length > (best?.run ?? 0)) best = { at: { path: file.from ?? file.path, line: oldFirst + at }, run: length };
      }
    }
  }
  // Of a line that is taken away or added in several places, only a block of some length tells where it came from.
  const isUnique = sources === 1 && countAdded(patch, own) <= 1;
  return best !== undefined && (isUnique || best.run >= LONG_RUN) ? best.at : undefined;
}

function countAdded(patch: Diff, own: string): number {
  let count = 0;
  for (const { hunks } of patch.files)
    for (const { lines } of hunks) for (const { kind, text } of lines) if (kind === 'added' && normalised(text) === own) count++;
  return count;
}

/** How many neighbours on either side are equal in both lists, without counting empty lines. */
function runAround(a: readonly string[], i: number, b: readonly string[], j: number): { before: number; after: number } {
  const count = (step: number): number => {
    let n = 0;
    while (n < 40 && a[i + step * (n + 1)] !== undefined && a[i + step * (n + 1)] === b[j + step * (n + 1)]) n++;
    return n;
  };
  return { before: count(-1), after: count(1) };
}
