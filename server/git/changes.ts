import type { Diff } from '../model/diff.ts';
import { readUnifiedDiff } from '../text/unified-diff-reader.ts';
import { readBatch } from './blobs.ts';
import { FORM } from './diff.ts';
import { isRevision } from './log.ts';
import { listGit, streamGit } from './process.ts';
import type { Repository } from './repository.ts';

/** What a commit did to a path, by the contents before and after. */
export interface BlobChange {
  readonly path: string;
  /** Sha of the content before; absent where the file was added. */
  readonly before?: string;
  /** Sha of the content after; absent where the file was deleted. */
  readonly after?: string;
}

/** A commit that is no merge, with every path that it changed. Renames are a deletion and an addition. */
export interface ChangeSet {
  readonly sha: string;
  /** Commit time, in milliseconds since 1970. */
  readonly time: number;
  readonly changes: readonly BlobChange[];
}

const NOWHERE = /^0+$/;
const HEAD_LINE = /^([0-9a-f]{40,64}) (\d+)$/;
const RAW = /^:\d+ \d+ ([0-9a-f]+) ([0-9a-f]+) [A-Z]\d*$/;

/** Reads `git log --raw -z`: a line for each commit, then for each path its contents and its name. */
class ChangeReader {
  readonly #most: number;
  #commit: { sha: string; time: number; changes: BlobChange[]; paths: number } | undefined;
  #pending: { before?: string; after?: string } | undefined;

  constructor(most: number) {
    this.#most = most;
  }

  /** @returns the commit that this token ends */
  take(token: string): ChangeSet | undefined {
    if (this.#pending) {
      if (this.#commit && this.#commit.paths++ < this.#most) this.#commit.changes.push({ path: token, ...this.#pending });
      this.#pending = undefined;
      return undefined;
    }
    const text = token.replace(/^\n/, '');
    const raw = RAW.exec(text);
    if (raw) {
      const [, before = '', after = ''] = raw;
      this.#pending = { ...(NOWHERE.test(before) ? {} : { before }), ...(NOWHERE.test(after) ? {} : { after }) };
      return undefined;
    }
    const [, sha, seconds] = HEAD_LINE.exec(text) ?? [];
    if (sha === undefined) return undefined;
    const done = this.end();
    this.#commit = { sha, time: Number(seconds) * 1_000, changes: [], paths: 0 };
    return done;
  }

  end(): ChangeSet | undefined {
    const done = this.#commit;
    this.#commit = undefined;
    return done && done.paths > 0 && done.paths <= this.#most ? { sha: done.sha, time: done.time, changes: done.changes } : undefined;
  }
}

/**
 * The newest commits up to HEAD, newest first, without merges and without those that changed more paths than `mostPaths`: they reformat or import.
 * Needs no contents, so that it is fast and works in a partial clone.
 * @param most number of commits that are looked at
 */
export async function readChanges(
  repository: Repository,
  most: number,
  mostPaths: number,
  signal?: AbortSignal,
): Promise<readonly ChangeSet[]> {
  if (repository.head === '') return [];
  const args = [
    'log',
    '-z',
    '--raw',
    '--no-abbrev',
    '--no-merges',
    '--no-renames',
    '--ignore-submodules=all',
    '--no-show-signature',
    '--no-notes',
  ];
  const git = streamGit(repository, [...args, `--max-count=${most}`, '--format=tformat:%H %ct', repository.head, '--'], { signal });
  const reader = new ChangeReader(mostPaths);
  const found: ChangeSet[] = [];
  const keep = (change: ChangeSet | undefined): void => void (change && found.push(change));
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of git) {
    const tokens = (rest + decoder.decode(chunk, { stream: true })).split('\0');
    rest = tokens.pop() ?? '';
    for (const token of tokens) keep(reader.take(token));
  }
  keep(reader.end());
  return found;
}

/**
 * What commits changed, each compared with its first parent, by sha; with three unchanged lines around each change.
 * @param mostBytes of the patches in all; commits beyond are missing
 */
export async function readPatches(
  repository: Repository,
  shas: readonly string[],
  mostBytes: number,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Diff>> {
  const wanted = new Set(shas.filter(isRevision));
  const patches = new Map<string, Diff>();
  if (wanted.size === 0) return patches;
  const args = ['diff-tree', '--stdin', '-r', '--root', '--no-renames', ...FORM, '--unified=3'];
  const git = streamGit(repository, args, { input: [...wanted].map((sha) => `${sha}\n`).join(''), signal });
  let sha = '';
  let lines: string[] = [];
  let rest = '';
  let size = 0;
  const decoder = new TextDecoder();
  const close = (): void => {
    if (sha !== '') patches.set(sha, readUnifiedDiff(lines.join('\n')));
    lines = [];
  };
  for await (const chunk of git) {
    size += chunk.length;
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) {
      // Within a patch, every line begins with a mark or a word of git.
      if (!wanted.has(line)) lines.push(line);
      else {
        close();
        sha = line;
      }
    }
    if (size > mostBytes) return patches;
  }
  close();
  return patches;
}

/** The contents of objects by their shas; those that are missing or larger are left out. */
export async function readObjects(
  repository: Repository,
  shas: Iterable<string>,
  mostBytes: number,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const input = [...new Set(shas)].map((sha) => `${sha}\n`).join('');
  const texts = new Map<string, string>();
  if (input === '') return texts;
  const git = streamGit(repository, ['cat-file', '--batch'], { input, signal });
  for await (const { object, bytes } of readBatch(git, mostBytes)) texts.set(object, Buffer.from(bytes).toString('utf8'));
  return texts;
}

/** Shas of the contents of all files at HEAD, by path. */
export async function blobsAtHead(repository: Repository, signal?: AbortSignal): Promise<ReadonlyMap<string, string>> {
  if (repository.head === '') return new Map();
  const lines = (await listGit(repository, ['ls-tree', '-r', '-z', '--full-tree', repository.head], { signal })) ?? [];
  return new Map(
    lines.flatMap((line): [string, string][] => {
      const tab = line.indexOf('\t');
      const [, type, object] = line.slice(0, tab).split(' ');
      return type === 'blob' && object !== undefined ? [[line.slice(tab + 1), object]] : [];
    }),
  );
}
