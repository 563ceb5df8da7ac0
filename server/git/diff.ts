import type { Diff, Unreadable } from '../model/diff.ts';
import { readUnifiedDiff } from '../text/unified-diff-reader.ts';
import { workTreeRefusal } from './files.ts';
import { isRevision } from './log.ts';
import { complaintOf, streamGit } from './process.ts';
import type { Repository } from './repository.ts';

/**
 * Which two states to compare:
 * - `work-tree`: the last commit with the files on disk, staged or not. Untracked files are not part of it (`workingTreeChanges` lists them).
 * - `index`: the last commit with what is staged.
 * - `since`: a commit, by sha or name, with the files on disk.
 * - `from` and `to`: two commits, by sha or name. Not what a branch added since it forked: for that, give its merge base as `from`.
 */
export type DiffSource = 'work-tree' | 'index' | { readonly since: string } | { readonly from: string; readonly to: string };

export interface DiffOptions {
  /** Unchanged lines around each change. Default 0, so that hunks are exactly the lines that changed. */
  readonly context?: number;
  /** How much of the patch is read, in bytes; the rest is reported as `truncated`. Default 2,000,000. */
  readonly mostBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

const DEFAULT_MOST_BYTES = 2_000_000;
const NOTHING: Diff = { files: [], unreadable: [] };

/** Fixed output, whatever the configuration says: no programs, no colours, no submodules, the prefixes that our reader expects. */
export const FORM: readonly string[] = [
  '--patch',
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  '--no-relative',
  '--ignore-submodules=all',
  '--inter-hunk-context=0',
  '--src-prefix=a/',
  '--dst-prefix=b/',
];

/**
 * How two states of a repository differ, with renames. Never runs a program that the repository configures. The work tree and the index of a bare
 * repository do not differ from anything, nor does the work tree before the first commit.
 *
 * Never rejects because of what the repository contains: whatever could not be read is named in `unreadable`.
 *
 * @throws GitMissingError where there is no git; the reason of `signal` when aborted.
 */
export const readDiff = async (repository: Repository, source: DiffSource, options: DiffOptions = {}): Promise<Diff> => {
  const { context = 0, mostBytes = DEFAULT_MOST_BYTES, signal } = options;
  if (typeof source === 'string' && (repository.bare || (source === 'work-tree' && repository.head === ''))) return NOTHING;
  const states = statesOf(source);
  if (!Array.isArray(states)) return { files: [], unreadable: [states] };
  // Without the contents, only unchanged files can be recognised under their new name.
  const renames = repository.partial ? '--find-renames=100%' : '--find-renames';
  const refused = typeof source === 'string' || 'since' in source ? await workTreeRefusal(repository) : undefined;
  if (refused !== undefined)
    return { files: [], unreadable: [{ reason: 'git-failed', message: `Git could not compare the two states: ${refused}.` }] };
  const args = ['diff', ...FORM, renames, `--unified=${context}`, ...states, '--'];
  const { patch, truncated, failure } = await readPatch(repository, args, mostBytes, signal);
  const { files, unreadable } = readUnifiedDiff(patch);
  return { files, unreadable: [...unreadable, ...(truncated ? [truncated] : []), ...(failure ? [failure] : [])] };
};

const statesOf = (source: DiffSource): string[] | Unreadable => {
  if (source === 'work-tree') return ['HEAD'];
  if (source === 'index') return ['--cached'];
  const names = 'since' in source ? [source.since] : [source.from, source.to];
  const unknown = names.find((name) => !isRevision(name));
  return unknown === undefined ? names : { reason: 'git-failed', message: `"${unknown}" does not name a commit.` };
};

interface Patch {
  readonly patch: string;
  readonly truncated?: Unreadable;
  readonly failure?: Unreadable;
}

/** Runs git until it ends or has written enough. */
const readPatch = async (
  repository: Repository,
  args: readonly string[],
  mostBytes: number,
  signal: AbortSignal | undefined,
): Promise<Patch> => {
  const git = streamGit(repository, args, { signal });
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for (let step = await git.next(); ; step = await git.next()) {
      if (step.done) {
        const { code, stderr } = step.value;
        const patch = Buffer.concat(chunks).toString('utf8');
        if (code === 0) return { patch };
        const message = `Git could not compare the two states: ${complaintOf(stderr) || `it ended with code ${code}`}.`;
        return { patch, failure: { reason: 'git-failed', message } };
      }
      chunks.push(step.value);
      size += step.value.length;
      if (size > mostBytes) {
        const message = `The difference is larger than ${mostBytes} bytes. Only its beginning was read.`;
        return {
          patch: upToWholeHeader(Buffer.concat(chunks).subarray(0, mostBytes)),
          truncated: { reason: 'truncated', message },
        };
      }
    }
  } finally {
    await git.return({ code: 0, stderr: '' });
  }
};

/** The beginning of a patch without its last, incomplete line, and without a file whose header may go on behind the cut. */
const upToWholeHeader = (bytes: Buffer): string => {
  const patch = bytes.subarray(0, bytes.lastIndexOf(10) + 1).toString('utf8');
  const last = patch.lastIndexOf('\ndiff --git ') + 1;
  return patch.indexOf('\n@@ ', last) < 0 ? patch.slice(0, last) : patch;
};
