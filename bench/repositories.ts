import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { openEngine } from '../server/engine/engine.ts';

/** One question of the retrieval benchmark: code of a repository at a commit (A, B), a question in words (C), or a question for a commit. */
export interface Item {
  readonly id: string;
  readonly repo: string;
  readonly sha: string;
  readonly kind: 'A' | 'B' | 'C' | 'commit';
  readonly path?: string;
  /** One-based line of the file at `sha` at which the text begins. */
  readonly startLine?: number;
  readonly text: string;
  readonly maskedText?: string;
  /** Paths of records, or shas. */
  readonly relevant: readonly string[];
}

/** A repository as it is at a commit, with its index. */
export interface Checkout {
  readonly repo: string;
  readonly folder: string;
  readonly indexFolder: string;
}

/** Where the benchmarks are kept. */
export const bench = resolve(process.env.LINTEL_BENCH ?? '../shared/bench', 'retrieval');
const mirror = process.env.LINTEL_MIRROR;
/** Work trees and indexes are made once and kept here. */
export const work = join(tmpdir(), 'lintel-bench');

export function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

export const lines = <T>(file: string): T[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);

/** The items of a part of the benchmark, of the kinds and the repository asked for. */
export function readItems(split: string, kinds: ReadonlySet<string>, repo?: string): readonly Item[] {
  if (!existsSync(join(bench, 'score.mjs')))
    fail(`There is no benchmark in ${bench}. Set LINTEL_BENCH to the folder that holds "retrieval".`);
  return readdirSync(join(bench, split))
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => lines<Item>(join(bench, split, name)))
    .filter((item) => kinds.has(item.kind) && (!repo || item.repo === repo));
}

/** The commit at which the benchmark's repositories are read. */
export const benchmarkHeads = (): ReadonlyMap<string, string> =>
  new Map(
    (JSON.parse(readFileSync(join(bench, 'repos.json'), 'utf8')) as { repo: string; sha: string }[]).map(({ repo, sha }) => [repo, sha]),
  );

/** A work tree of a bare clone in `LINTEL_MIRROR` at a commit; `undefined` where there is no clone. */
export function checkout(repo: string, sha: string | undefined): Checkout | undefined {
  if (!mirror || !existsSync(mirror)) fail('Set LINTEL_MIRROR to the folder that holds the bare clones (owner+name/repo).');
  const name = repo.replace('/', '+');
  const clone = join(mirror, name, 'repo');
  if (!sha || !existsSync(clone)) return undefined;
  const folder = join(work, 'trees', `${name}@${sha.slice(0, 12)}`);
  const found = { repo, folder, indexFolder: join(work, 'indexes', name) };
  if (existsSync(join(folder, '.complete'))) return found;
  mkdirSync(dirname(folder), { recursive: true });
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'core.hooksPath=/dev/null', '-c', 'advice.detachedHead=false', ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  if (!existsSync(folder)) git('clone', '--quiet', '--shared', '--no-checkout', clone, folder);
  git('-C', folder, 'update-ref', '--no-deref', 'HEAD', sha);
  git('-C', folder, 'read-tree', sha);
  // A clone may lack its largest files (images, archives): those that are there are written, and git's complaint about the others is no failure.
  spawnSync('git', ['-C', folder, 'checkout-index', '--all', '--force', '--quiet'], { stdio: 'ignore' });
  writeFileSync(join(folder, '.git/info/exclude'), '.complete\n');
  writeFileSync(join(folder, '.complete'), '');
  return found;
}

/** Opens the engine on a work tree and brings its index up to date. The caller disposes of the engine. */
export async function openIndexed({ repo, folder, indexFolder }: Checkout, full = false) {
  const engine = await openEngine({ folder, indexFolder });
  const { milliseconds, added } = await engine.index({ full });
  console.error(`${repo}: indexed in ${milliseconds} ms (${added} new)`);
  return engine;
}

/** A place in code, as the engine is asked about it, for an item of kind A or B. */
export interface ItemPlace {
  readonly path: string;
  readonly text: string;
  readonly line: number;
  readonly endLine?: number;
  readonly asOf?: string;
}

/**
 * Kind A: the cursor in the middle of the lines of the item, in its file as it is in HEAD with these lines. Kind B, a hunk that a commit wrote: these
 * lines selected, nothing else of the file, and only the history strictly before the commit.
 */
export function placeOf({ kind, path = '', text, maskedText, startLine = 1, sha }: Item, folder: string, unmasked: boolean): ItemPlace {
  const shown = (unmasked ? text : (maskedText ?? text)).split('\n');
  if (kind !== 'A' || !existsSync(join(folder, path)))
    return { path, text: shown.join('\n'), line: 0, endLine: shown.length - 1, asOf: sha };
  const file = readFileSync(join(folder, path), 'utf8').split('\n');
  file.splice(startLine - 1, shown.length, ...shown);
  return { path, text: file.join('\n'), line: startLine - 1 + Math.floor(shown.length / 2) };
}
