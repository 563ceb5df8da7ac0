import type { Diff } from '../../model/diff.ts';
import type { Touch } from '../../model/history.ts';
import { align } from './alignment.ts';
import { type Change, changeAt, movedFrom, type OldLine } from './patch-lines.ts';
import { editCounts, touchOf } from './touch.ts';

/** A line, and the commit that last changed it. */
export interface BlamedLine {
  readonly sha: string;
  readonly subject: string;
  /** Path of the file in that commit. */
  readonly path: string;
  /** Zero-based line in that commit. */
  readonly line: number;
  /** The parent that it was compared with, and the path of the file there; absent where the file begins. */
  readonly previous?: { readonly sha: string; readonly path: string };
}

/** Where the walk reads history from. All of it may reject when it is cancelled or takes too long. */
export interface HistorySource {
  /** The commit that last changed a line of a file as it is in a commit; `undefined` where that is not known. */
  readonly blame: (place: OldLine, at: string) => Promise<BlamedLine | undefined>;
  /** What a commit changed against a parent, without context; empty where that is not known. With `paths`, only there. */
  readonly patch: (pair: { readonly sha: string; readonly parent: string }, paths?: readonly string[]) => Promise<Diff>;
  /** Number of files that a commit changed. */
  readonly files: (pair: { readonly sha: string; readonly parent: string }) => Promise<number>;
  /** The commit that a revert took back; `undefined` where the message does not name one that is there. */
  readonly reverted: (sha: string) => Promise<string | undefined>;
}

/** A commit in the history of a line. */
export interface Step extends BlamedLine {
  /** How it touched the line, where it did not make its logic. Absent for a maker. */
  readonly touch?: Touch;
}

/** Commits that are looked at for one line. */
const MOST_STEPS = 10;
/** Makers of one line: a line that changed often has one logic at least in the newest. */
export const MOST_MAKERS = 3;
/** Share of a line that has to come from the one before for its maker to count as another maker. */
const LEAST_SHARED = 0.5;

const REVERT = /^revert\b/i;

/** Where a line was before a commit, and how the commit touched it on the way. */
interface Origin {
  readonly at: OldLine;
  readonly parent: string;
  /** Absent where the commit made the logic of the line. */
  readonly touch?: Touch;
}

async function movedOrReverted(
  source: HistorySource,
  step: BlamedLine,
  change: Change | undefined,
  parent: string,
): Promise<Origin | undefined> {
  if (!change) return undefined;
  const index = step.line - change.newFirst;
  const at = movedFrom(await source.patch({ sha: step.sha, parent }), change, index);
  if (at) return { at, parent, touch: 'moved' };
  const reverted = REVERT.test(step.subject) ? await source.reverted(step.sha) : undefined;
  if (reverted === undefined) return undefined;
  const before = `${reverted}^1`;
  const old = movedFrom(await source.patch({ sha: reverted, parent: before }), change, index);
  return old && { at: old, parent: before, touch: 'reverted' };
}

async function originOf(source: HistorySource, step: BlamedLine): Promise<Origin | undefined> {
  const { sha, previous, path, line } = step;
  const parent = previous?.sha ?? `${sha}^1`;
  const pair = { sha, parent };
  const paths = previous ? [previous.path, path] : [path];
  const file = (await source.patch(pair, paths)).files.find((one) => one.path === path);
  const change = changeAt(file, line);
  if (!change || !previous) return movedOrReverted(source, step, change, parent);
  const alignment = align(change.removed, change.added, line - change.newFirst);
  if (!alignment) return movedOrReverted(source, step, change, parent);
  const at = { path: previous.path, line: change.oldFirst + alignment.old };
  const before = change.removed[alignment.old] ?? '';
  const after = change.added[line - change.newFirst] ?? '';
  if (alignment.edits.length === 0) return { at, parent, touch: 'layout' };
  const [files, whole] = await Promise.all([source.files(pair), source.patch(pair)]);
  let counts: ReadonlyMap<string, number> | undefined;
  const touch = touchOf({ before, after, alignment }, { subject: step.subject, files }, () => (counts ??= editCounts(whole)));
  if (touch) return { at, parent, touch };
  return alignment.kept >= LEAST_SHARED ? { at, parent } : undefined;
}

/**
 * Follows a line back through history: past the commits that only touched it, to the one that made its logic, and on to those that made it before. Newest first.
 * The last step is a maker as far as git knows.
 * @param edges shas at which a shallow clone ends: they seem to have made everything, and the walk ends before them
 * @param most makers after which the walk ends
 */
export async function walk(
  source: HistorySource,
  start: BlamedLine,
  edges: ReadonlySet<string> = new Set(),
  most: number = MOST_MAKERS,
): Promise<readonly Step[]> {
  const steps: Step[] = [];
  let makers = 0;
  let current: BlamedLine | undefined = start;
  while (current !== undefined && steps.length < MOST_STEPS && !edges.has(current.sha)) {
    const origin: Origin | undefined = await originOf(source, current);
    const touch = origin?.touch;
    // Who made the line before is not asked where that is not told.
    const isLast = touch === undefined && makers + 1 >= most;
    const next: BlamedLine | undefined = isLast ? undefined : origin && (await source.blame(origin.at, origin.parent));
    // Where git does not know what was before, the touch is all that is known of the line.
    steps.push(touch !== undefined && next !== undefined ? { ...current, touch } : current);
    if (touch === undefined || next === undefined) makers++;
    if (makers >= most) break;
    current = next;
  }
  return steps;
}
