import { discoverRepository, mergeBase, readDiff, workingTreeChanges } from '../git/index.ts';
import { recordName } from '../knowledge/record-name.ts';
import type { FileDiff } from '../model/diff.ts';
import type { Finding } from '../model/finding.ts';
import type { LineRange, Span } from '../model/span.ts';
import { lineCountOf } from '../text/line-range.ts';
import { wordMentions } from '../text/record-numbers.ts';

/** Larger differences are not read to their end. In bytes. */
const MOST_BYTES = 50_000_000;

/** One file that a difference is about. */
export interface ChangedFile {
  /** Repository-relative. */
  readonly path: string;
  /** Its changed lines as they are now, `all` for a new or binary file, or one that could not be compared. */
  readonly lines: readonly LineRange[] | 'all';
  readonly change: FileDiff['change'];
}

/** The lines that a difference added or changed. */
export interface ChangedLines {
  /** By path, deleted ones and those that git does not follow yet included. */
  readonly files: readonly ChangedFile[];
  /** Whether a place is on such a line, or in a new file. */
  readonly touches: (path: string, span: Span) => boolean;
  /** Whether a finding in a file is on such a line, belongs to a record with one, misses a file that was deleted or renamed, or cites lines that the difference moved. */
  readonly concerns: (path: string, finding: Finding) => boolean;
  /** Sentences for people on what could not be compared; it counts as changed. */
  readonly notices: readonly string[];
}

/** Why there is nothing to compare with, in a sentence to show to the user. */
export interface NothingToCompare {
  readonly reason: 'not-a-repository' | 'unknown-commit';
  readonly refused: string;
}

const meets = ({ first, last }: LineRange, { start, end }: Span): boolean => first <= end.line && start.line <= last;

/**
 * What differs between a commit and the work tree, untracked files included.
 * @param base a commit, by sha or name: compared is the commit at which HEAD forked from it. Default: HEAD, that is, what is not committed
 * @returns a sentence to show to the user where there is nothing to compare with
 */
export async function changedLines(root: string, base?: string): Promise<ChangedLines | NothingToCompare> {
  const { repository } = await discoverRepository(root);
  if (!repository) return { reason: 'not-a-repository', refused: `${root} is not a git repository, so nothing says what changed.` };
  const since = base === undefined ? repository.head : await mergeBase(repository, base);
  if (since === undefined)
    return { reason: 'unknown-commit', refused: `There is no commit "${base}" in this repository. Fetch it, or name another one.` };
  const diff = since === '' ? { files: [], unreadable: [] } : await readDiff(repository, { since }, { mostBytes: MOST_BYTES });
  const files = new Map<string, ChangedFile>();
  for (const { path, change, binary, hunks } of diff.files)
    files.set(path, { path, change, lines: change === 'added' || binary ? 'all' : hunks.map((hunk) => hunk.new) });
  for (const path of await workingTreeChanges(repository)) if (!files.has(path)) files.set(path, { path, change: 'added', lines: 'all' });
  for (const { path } of diff.unreadable) if (path !== undefined) files.set(path, { path, change: 'changed', lines: 'all' });
  const removed = diff.files.flatMap(({ path, from, change }) => (change === 'deleted' ? [path] : from === undefined ? [] : [from]));
  const numbers = new Set(
    removed.flatMap((path) => {
      const { namespace, number } = recordName(path);
      return number === undefined ? [] : [`${namespace}:${number}`];
    }),
  );
  const unknown = diff.unreadable.some(({ path }) => path === undefined);
  const touches = (path: string, span: Span): boolean => {
    const changed = files.get(path)?.lines;
    return unknown || changed === 'all' || (changed?.some((range) => meets(range, span)) ?? false);
  };
  /** Whether the difference put a line of today elsewhere, or took lines out of its file. */
  const displaced = (path: string, line: number): boolean => {
    const file = diff.files.find((one) => one.path === path);
    const before = file?.hunks.filter((hunk) => hunk.new.first <= line) ?? [];
    const shift = before.reduce((sum, { old, new: now }) => sum + lineCountOf(now) - lineCountOf(old), 0);
    return file !== undefined && (file.change === 'added' || file.from !== undefined || shift !== 0);
  };
  const shortened = (path: string): boolean =>
    diff.files.some((one) => one.path === path && one.hunks.some(({ old }) => lineCountOf(old) > 0));
  const misplaces = ({ rule, related = [] }: Finding): boolean =>
    (rule === 'line-reference-moved' && related.some(({ path, span }) => displaced(path, span.start.line))) ||
    (rule === 'line-reference-gone' && related.some(({ path }) => shortened(path)));
  const misses = (message: string): boolean =>
    removed.some((path) => message.includes(path)) ||
    (/does not (?:match|exist)|no record matches/.test(message) &&
      [...wordMentions(message)].some(({ namespace, number }) => numbers.has(`${namespace}:${number}`)));
  return {
    files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    touches,
    concerns: (path, finding) =>
      touches(path, finding.span) ||
      misses(finding.message) ||
      misplaces(finding) ||
      finding.related?.some((one) => touches(one.path, one.span)) === true,
    notices: diff.unreadable.map(({ message }) => message),
  };
}
