import { isInside } from './files.ts';
import { isRevision } from './log.ts';
import { listGit, runGit, streamGit } from './process.ts';
import type { Repository } from './repository.ts';

export interface BlobOptions {
  /** Larger files are left out. In bytes; default 64 MiB. */
  readonly mostBytes?: number;
  readonly signal?: AbortSignal;
}

/** A file as it is in a commit. */
export interface Blob {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const DEFAULT_MOST_BYTES = 64 * 1024 * 1024;
/** Above this number of paths, listing the whole tree is cheaper than looking them up by name. */
const MOST_NAMED_PATHS = 100;

/**
 * Streams the contents of files at a commit, in no particular order. Left out are paths that do not exist or are not files, files above the size limit,
 * and files whose objects a partial clone lacks.
 */
export async function* streamBlobs(
  repository: Repository,
  sha: string,
  paths: readonly string[],
  options: BlobOptions = {},
): AsyncGenerator<Blob> {
  const { signal, mostBytes = DEFAULT_MOST_BYTES } = options;
  const objects = await objectsOf(repository, sha, paths, signal);
  if (objects.size === 0) return;
  const shas = [...objects.keys()];
  const git = streamGit(repository, ['cat-file', '--batch'], { input: shas.map((object) => `${object}\n`).join(''), signal });
  for await (const { object, bytes } of readBatch(git, mostBytes)) for (const path of objects.get(object) ?? []) yield { path, bytes };
}

/** Like {@link streamBlobs}, collected by path. */
export const readBlobs = async (
  repository: Repository,
  sha: string,
  paths: readonly string[],
  options: BlobOptions = {},
): Promise<Map<string, Uint8Array>> => {
  const blobs = new Map<string, Uint8Array>();
  for await (const { path, bytes } of streamBlobs(repository, sha, paths, options)) blobs.set(path, bytes);
  return blobs;
};

/** Requested paths by blob. Git is asked for objects rather than for `<commit>:<path>`, which would not work for every file name. */
const objectsOf = async (
  repository: Repository,
  sha: string,
  paths: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const objects = new Map<string, string[]>();
  const names = paths.filter((path) => isInside(path) && !path.endsWith('/'));
  if (!isRevision(sha) || names.length === 0) return objects;
  const selection = names.length > MOST_NAMED_PATHS ? ['-r', sha] : [sha, '--', ...names];
  const lines = await listGit(repository, ['ls-tree', '-z', '--full-tree', ...selection], { signal });
  const wanted = new Set(paths);
  const missing = repository.partial ? await missingObjects(repository, sha, signal) : new Set();
  for (const line of lines ?? []) {
    const tab = line.indexOf('\t');
    const [, type, object] = line.slice(0, tab).split(' ');
    const path = line.slice(tab + 1);
    if (type !== 'blob' || object === undefined || !wanted.has(path) || missing.has(object)) continue;
    objects.set(object, [...(objects.get(object) ?? []), path]);
  }
  return objects;
};

/** Objects of a commit's tree that a partial clone lacks. `cat-file` would exit when asked for one. */
const missingObjects = async (repository: Repository, sha: string, signal: AbortSignal | undefined): Promise<ReadonlySet<string>> => {
  const { stdout } = await runGit(repository, ['rev-list', '--objects', '--no-object-names', '--missing=print', `${sha}^{tree}`, '--'], {
    signal,
  });
  const lines = stdout.toString('latin1').split('\n');
  return new Set(lines.filter((line) => line.startsWith('?')).map((line) => line.slice(1)));
};

/** Parses `<object> <type> <size>\n<bytes>\n` and `<object> missing\n`. Contents above the limit are skipped without being buffered. */
export async function* readBatch(source: AsyncIterable<Buffer>, mostBytes: number): AsyncGenerator<{ object: string; bytes: Uint8Array }> {
  let header = '';
  let object = '';
  let kept: Buffer[] | undefined;
  /** Bytes of the body still to come, including the line feed after it; -1 while a header is read. */
  let left = -1;
  for await (const chunk of source) {
    let at = 0;
    while (at < chunk.length) {
      if (left < 0) {
        const end = chunk.indexOf(10, at);
        header += chunk.toString('latin1', at, end < 0 ? chunk.length : end);
        if (end < 0) break;
        at = end + 1;
        const [name = '', , size] = header.split(' ');
        header = '';
        if (size === undefined) continue;
        object = name;
        left = Number(size) + 1;
        kept = left - 1 > mostBytes ? undefined : [];
      } else {
        const end = Math.min(chunk.length, at + left);
        kept?.push(chunk.subarray(at, end));
        left -= end - at;
        at = end;
        if (left > 0) continue;
        if (kept) yield { object, bytes: Buffer.concat(kept).subarray(0, -1) };
        left = -1;
      }
    }
  }
}
