import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { GIT_LIMITS, runGit } from './process.ts';
import type { Repository } from './repository.ts';

/** Where git looks for a commit-graph below a folder of objects. */
const GRAPH = join('info', 'commit-graph');
/** The graph of a few million commits. A larger one is not read to check it. */
const MOST_BYTES = 512 * 1024 * 1024;
/** Bytes of the checksum at the end, by the version of the hash in the header. */
const CHECKSUMS: Readonly<Record<number, { readonly name: string; readonly bytes: number }>> = {
  1: { name: 'sha1', bytes: 20 },
  2: { name: 'sha256', bytes: 32 },
};

/** Whether a folder can be named in a list of folders of objects, in which some characters have a meaning. */
const isNameable = (folder: string): boolean => !folder.includes(delimiter) && !folder.startsWith('"') && !/[\r\n\0]/.test(folder);

/** Whether git may use a commit-graph of a clone at all: where history is cut off, it does not. */
export const takesCommitGraph = ({ shallow, partial, head }: Repository): boolean => !shallow && !partial && head !== '';

/**
 * Writes the commit-graph of HEAD, with the paths that each commit changed, into a folder of objects of our own; nothing is written to the repository. Blame then
 * skips the commits that did not touch a file. Answers whether git said that it did.
 */
export const writeCommitGraph = async (repository: Repository, folder: string, signal?: AbortSignal): Promise<boolean> => {
  if (!takesCommitGraph(repository) || !isNameable(folder)) return false;
  const args = ['commit-graph', 'write', '--stdin-commits', '--changed-paths', '--no-progress', `--object-dir=${folder}`];
  const { code } = await runGit(repository, args, {
    input: `${repository.head}\n`,
    objects: folder,
    within: GIT_LIMITS.stream,
    ...(signal ? { signal } : {}),
  });
  return code === 0;
};

/** Whether the bytes of a commit-graph are those that git wrote. Git itself does not check that when it reads one. */
const isWhole = (bytes: Uint8Array): boolean => {
  const checksum = CHECKSUMS[bytes[5] ?? 0];
  if (!checksum || bytes.length < checksum.bytes + 8 || Buffer.from(bytes.subarray(0, 4)).toString('latin1') !== 'CGPH') return false;
  const end = bytes.length - checksum.bytes;
  return createHash(checksum.name).update(bytes.subarray(0, end)).digest().equals(bytes.subarray(end));
};

/**
 * Says whether the commit-graph below a folder of objects can be used, and answers the folder then. A damaged one cannot, nor what is none; each is read once
 * as long as it does not change.
 */
export const commitGraphReader = (): ((folder: string) => Promise<string | undefined>) => {
  let known: { readonly stamp: string; readonly usable: Promise<boolean> } | undefined;
  return async (folder) => {
    const path = join(folder, GRAPH);
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile() || found.size > MOST_BYTES || !isNameable(folder)) return undefined;
    const stamp = [path, found.size, found.mtimeMs, found.ino].join('\0');
    if (known?.stamp !== stamp) {
      known = {
        stamp,
        usable: readFile(path).then(isWhole, () => false),
      };
    }
    return (await known.usable) ? folder : undefined;
  };
};
