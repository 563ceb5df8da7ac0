import { existsSync } from 'node:fs';
import { discoverRepository, headOf, holdsCommit, mergeBase, type Repository, readDiff, workingTreeChanges } from '../../git/index.ts';
import type { Diff, FileDiff } from '../../model/diff.ts';
import { EngineError } from '../../model/errors.ts';
import type { DiffRequest } from '../../model/selection.ts';
import { readUnifiedDiff } from '../../text/unified-diff-reader.ts';
import type { WorkspaceFiles } from '../../workspace/files.ts';
import type { Workspace } from '../../workspace/workspace.ts';

/** Unchanged lines around each change: what stands beside a change tells what it is about. */
const CONTEXT = 3;
/** Larger differences are not read to their end, and then everything runs. In bytes. */
const MOST_BYTES = 50_000_000;
const MOST_UNTRACKED_BYTES = 500_000;

/** A new file as git would show it. */
const addedFile = (path: string, text: string): FileDiff => {
  if (text.slice(0, 8_000).includes('\0')) return { path, change: 'added', binary: true, hunks: [] };
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  if (lines.length === 0) return { path, change: 'added', hunks: [] };
  return {
    path,
    change: 'added',
    hunks: [
      {
        old: { first: 0, last: -1 },
        new: { first: 0, last: lines.length - 1 },
        lines: lines.map((line) => ({ kind: 'added', text: line })),
      },
    ],
  };
};

/** Adds the files on disk that git does not follow yet. */
async function withUntracked(repository: Repository, files: WorkspaceFiles, diff: Diff, signal?: AbortSignal): Promise<Diff> {
  const known = new Set(diff.files.flatMap(({ path, from }) => (from === undefined ? [path] : [path, from])));
  const paths = (await workingTreeChanges(repository, signal)).filter((path) => !known.has(path) && files.exists(path));
  const texts = await files.readMany(paths, MOST_UNTRACKED_BYTES);
  const added = paths.map((path, at) => addedFile(path, texts[at] ?? ''));
  return { ...diff, files: [...diff.files, ...added].sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** A patch as git writes it. A text that holds none is no empty difference: whoever sent it meant something. */
function patchOf(text: string): Diff {
  const diff = readUnifiedDiff(text.replaceAll('\r\n', '\n'));
  if (diff.files.length > 0 || diff.unreadable.length > 0 || text.trim() === '') return diff;
  return { ...diff, unreadable: [{ reason: 'malformed', message: 'the text is no patch as "git diff" writes it.' }] };
}

const unknownCommit = (name: string): EngineError =>
  new EngineError('unknown-commit', `There is no commit "${name}" in this repository. Fetch it, or name another one.`);

/** A repository that was found before, with the commit that HEAD is at now; to find it again takes seven calls of git. */
async function renewed(root: string, known: Repository | undefined): Promise<Repository | undefined> {
  if (known && existsSync(known.gitDir)) return { ...known, head: await headOf(known) };
  return (await discoverRepository(root)).repository;
}

/**
 * The difference that somebody asks about. Rejects with `unknown-commit` for a name that the repository lacks, and with `not-a-repository` for anything but
 * a patch outside of git.
 */
export async function requestedDiff(
  { root, files, repository: known }: Pick<Workspace, 'root' | 'files' | 'repository'>,
  request: DiffRequest,
  signal?: AbortSignal,
): Promise<Diff> {
  if (request.of === 'patch') return patchOf(request.text);
  const repository = await renewed(root, known);
  if (!repository)
    throw new EngineError('not-a-repository', `${root} is not a git repository, so nothing says what changed. Give a patch instead.`);
  const options = { context: CONTEXT, mostBytes: MOST_BYTES, signal };
  switch (request.of) {
    case 'staged':
      return readDiff(repository, 'index', options);
    case 'work-tree':
      return withUntracked(repository, files, await readDiff(repository, 'work-tree', options), signal);
    case 'branch': {
      const since = await mergeBase(repository, request.base);
      if (since === undefined) throw unknownCommit(request.base);
      return withUntracked(repository, files, await readDiff(repository, { since }, options), signal);
    }
    case 'range': {
      const { from, to } = request;
      const unknown = (await Promise.all([from, to].map(async (name) => ((await holdsCommit(repository, name)) ? [] : [name])))).flat();
      if (unknown[0] !== undefined) throw unknownCommit(unknown[0]);
      return readDiff(repository, { from, to }, options);
    }
  }
}
