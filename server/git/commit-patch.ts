import type { Diff } from '../model/diff.ts';
import { readUnifiedDiff } from '../text/unified-diff-reader.ts';
import { FORM } from './diff.ts';
import { isRevision } from './log.ts';
import { streamGit } from './process.ts';
import type { Repository } from './repository.ts';

/** A commit, and the parent to compare it with. */
export interface CommitPair {
  readonly sha: string;
  readonly parent: string;
}

export interface CommitPatchOptions {
  /** Only these paths. Default: all. */
  readonly paths?: readonly string[];
  /** How much of the patch is read, in bytes; files beyond are missing. Default 2,000,000. */
  readonly mostBytes?: number;
  /** Milliseconds after which git is ended. */
  readonly within?: number;
  readonly signal?: AbortSignal | undefined;
}

const DEFAULT_MOST_BYTES = 2_000_000;

/**
 * What a commit changed against one parent, without context lines, with renamed files among the paths. Empty where git cannot tell: unknown commits, objects
 * that a partial clone lacks.
 *
 * @throws as `streamGit`.
 */
export const commitPatch = async (
  repository: Repository,
  { sha, parent }: CommitPair,
  { paths = [], mostBytes = DEFAULT_MOST_BYTES, within, signal }: CommitPatchOptions = {},
): Promise<Diff> => {
  const nothing: Diff = { files: [], unreadable: [] };
  if (!isRevision(sha) || !isRevision(parent)) return nothing;
  const renames = repository.partial ? '--find-renames=100%' : '--find-renames';
  const args = ['diff-tree', '-r', ...FORM, renames, '--unified=0', parent, sha, '--', ...new Set(paths)];
  const git = streamGit(repository, args, { signal, ...(within === undefined ? {} : { within }) });
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of git) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > mostBytes) break;
  }
  const text = Buffer.concat(chunks).subarray(0, mostBytes).toString('utf8');
  return readUnifiedDiff(size > mostBytes ? text.slice(0, text.lastIndexOf('\ndiff --git ') + 1) : text);
};
