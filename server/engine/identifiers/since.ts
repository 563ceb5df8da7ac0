import { SourceFile } from '../../code/source-file.ts';
import { mergeBase, readBlobs, readDiff, workingTreeChanges } from '../../git/index.ts';
import { identityOf, KnownFindings } from '../../identifiers/index.ts';
import { EngineError } from '../../model/errors.ts';
import type { Finding } from '../../model/finding.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { mostBytesOf } from './unread.ts';

/** Larger differences are not read to their end: what is not read counts as changed. In bytes. */
const MOST_DIFF_BYTES = 50_000_000;
/** Files whose old text is read. */
const MOST_FILES = 5_000;

/** What changed since a commit. */
export interface Change {
  /** The commit that HEAD forked at. */
  readonly base: string;
  /** Whether a file changed. */
  readonly touches: (path: string) => boolean;
  /** Path of a file before the change; `undefined` where it did not exist. */
  readonly before: (path: string) => string | undefined;
  /** Old paths of everything that changed or was deleted. */
  readonly oldPaths: readonly string[];
  readonly notices: readonly string[];
}

/** What differs between the commit at which HEAD forked from another one and the work tree, untracked files included. Rejects with `unknown-commit`. */
export async function changeSince({ root, repository }: Workspace, since: string, signal?: AbortSignal): Promise<Change> {
  if (!repository) throw new EngineError('unknown-commit', `${root} is not a git repository, so nothing says what changed.`);
  const base = await mergeBase(repository, since);
  if (base === undefined)
    throw new EngineError('unknown-commit', `There is no commit "${since}" in this repository. Fetch it, or name another one.`);
  const diff = await readDiff(repository, { since: base }, { mostBytes: MOST_DIFF_BYTES, signal });
  const before = new Map<string, string | undefined>();
  for (const { path, from, change } of diff.files) before.set(path, change === 'added' ? undefined : (from ?? path));
  for (const path of await workingTreeChanges(repository, signal)) if (!before.has(path)) before.set(path, undefined);
  for (const { path } of diff.unreadable) if (path !== undefined && !before.has(path)) before.set(path, path);
  const isUnknown = diff.unreadable.some(({ path }) => path === undefined);
  return {
    base,
    touches: (path) => isUnknown || before.has(path),
    before: (path) => (before.has(path) ? before.get(path) : path),
    oldPaths: [...new Set([...before.values()].filter((path) => path !== undefined))].sort(),
    notices: diff.unreadable.map(({ message }) => message),
  };
}

/** Findings of one file, with its text. */
export interface FoundIn {
  readonly source: SourceFile;
  readonly findings: readonly Finding[];
}

/**
 * The findings that a change brought in: those that are not recognized among the findings of the old text of the file, nor among what other files lost. A
 * line that moved, a file that was renamed, and code that went from one file to another bring in nothing.
 * @param judge the findings of an old text
 */
export async function introduced(
  { repository }: Workspace,
  change: Change,
  found: readonly FoundIn[],
  judge: (source: SourceFile) => Promise<readonly Finding[]>,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, readonly Finding[]>> {
  const judged = new Map<string, Promise<FoundIn>>();
  const read = async (paths: readonly string[]): Promise<void> => {
    const missing = paths.filter((path) => !judged.has(path)).slice(0, MOST_FILES);
    if (!repository || missing.length === 0) return;
    const blobs = await readBlobs(repository, change.base, missing, { ...(signal ? { signal } : {}) });
    const decoder = new TextDecoder();
    for (const path of missing) {
      const bytes = blobs.get(path);
      const source = new SourceFile(path, bytes === undefined ? '' : decoder.decode(bytes.subarray(0, mostBytesOf(path))));
      judged.set(
        path,
        bytes === undefined ? Promise.resolve({ source, findings: [] }) : judge(source).then((findings) => ({ source, findings })),
      );
    }
  };
  const knownIn = async (path: string): Promise<KnownFindings> => {
    let known = knowns.get(path);
    if (known === undefined) {
      known = new KnownFindings();
      const old = await judged.get(path);
      for (const finding of old?.findings ?? []) known.add(identityOf(old?.source ?? EMPTY, finding));
      knowns.set(path, known);
    }
    return known;
  };
  const knowns = new Map<string, KnownFindings>();
  await read(found.flatMap(({ source }) => change.before(source.path) ?? []));
  const left: { readonly source: SourceFile; readonly finding: Finding }[] = [];
  for (const { source, findings } of found) {
    signal?.throwIfAborted();
    const old = change.before(source.path);
    const known = old === undefined ? undefined : await knownIn(old);
    const identities = findings.map((finding) => ({ finding, identity: identityOf(source, finding) }));
    const unknown = identities
      .filter(({ identity }) => !known?.takeByWords(identity))
      .filter(({ identity }) => !known?.takeByNames(identity));
    left.push(...unknown.map(({ finding }) => ({ source, finding })));
  }
  if (left.length > 0) {
    // What is still unknown may come from a file that lost it.
    await read(change.oldPaths);
    const lost = await Promise.all(change.oldPaths.map(knownIn));
    const moved = left.filter(({ source, finding }) => {
      const identity = identityOf(source, finding);
      return lost.some((known) => known.takeByWords(identity));
    });
    const isMoved = new Set(moved.map(({ finding }) => finding));
    return groupedByPath(left.filter(({ finding }) => !isMoved.has(finding)));
  }
  return new Map();
}

const EMPTY = new SourceFile('', '');

function groupedByPath(list: readonly { readonly source: SourceFile; readonly finding: Finding }[]): Map<string, Finding[]> {
  const byPath = new Map<string, Finding[]>();
  for (const { source, finding } of list) byPath.set(source.path, [...(byPath.get(source.path) ?? []), finding]);
  return byPath;
}
