import { discoverRepository, mergeBase, readDiff, workingTreeChanges } from '../git/index.ts';
import { recordName } from '../knowledge/record-name.ts';
import type { LineRange, Span } from '../model/span.ts';
import { wordMentions } from '../text/record-numbers.ts';

/** Larger differences are not read to their end. In bytes. */
const MOST_BYTES = 50_000_000;

/** The lines that a difference added or changed. */
export interface ChangedLines {
  /** Whether a place is on such a line, or in a new file. */
  readonly touches: (path: string, span: Span) => boolean;
  /** Whether the message of a finding is about a file that was deleted or renamed: what it misses was there before. */
  readonly misses: (message: string) => boolean;
  /** Sentences for people on what could not be compared; it counts as changed. */
  readonly notices: readonly string[];
}

const meets = ({ first, last }: LineRange, { start, end }: Span): boolean => first <= end.line && start.line <= last;

/**
 * What differs between a commit and the work tree, untracked files included.
 * @param base a commit, by sha or name: compared is the commit at which HEAD forked from it. Default: HEAD, that is, what is not committed
 * @returns a sentence to show to the user where there is nothing to compare with
 */
export async function changedLines(root: string, base?: string): Promise<ChangedLines | { readonly refused: string }> {
  const { repository } = await discoverRepository(root);
  if (!repository) return { refused: `${root} is not a git repository, so nothing says what changed.` };
  const since = base === undefined ? repository.head : await mergeBase(repository, base);
  if (since === undefined) return { refused: `There is no commit "${base}" in this repository. Fetch it, or name another one.` };
  const diff = since === '' ? { files: [], unreadable: [] } : await readDiff(repository, { since }, { mostBytes: MOST_BYTES });
  const lines = new Map<string, readonly LineRange[] | 'all'>();
  for (const { path, change, binary, hunks } of diff.files)
    lines.set(path, change === 'added' || binary ? 'all' : hunks.map((hunk) => hunk.new));
  for (const path of await workingTreeChanges(repository)) if (!lines.has(path)) lines.set(path, 'all');
  for (const { path } of diff.unreadable) if (path !== undefined) lines.set(path, 'all');
  const removed = diff.files.flatMap(({ path, from, change }) => (change === 'deleted' ? [path] : from === undefined ? [] : [from]));
  const numbers = new Set(
    removed.flatMap((path) => {
      const { namespace, number } = recordName(path);
      return number === undefined ? [] : [`${namespace}:${number}`];
    }),
  );
  const unknown = diff.unreadable.some(({ path }) => path === undefined);
  return {
    touches: (path, span) => {
      const changed = lines.get(path);
      return unknown || changed === 'all' || (changed?.some((range) => meets(range, span)) ?? false);
    },
    misses: (message) =>
      removed.some((path) => message.includes(path)) ||
      (/does not (?:match|exist)|no record matches/.test(message) &&
        [...wordMentions(message)].some(({ namespace, number }) => numbers.has(`${namespace}:${number}`))),
    notices: diff.unreadable.map(({ message }) => message),
  };
}
