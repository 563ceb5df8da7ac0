import { withoutFilters } from './files.ts';
import { runGit } from './process.ts';
import type { Repository } from './repository.ts';

/** A file of the work tree that differs from HEAD. */
export interface WorkTreeChange {
  readonly path: string;
  readonly change: 'added' | 'changed' | 'deleted';
  /** Hunks of the unified diff, each with its `@@` line; none for binary and untracked files. */
  readonly hunks: readonly string[];
}

/** More of a diff is not read, in UTF-16 units. */
const LARGEST_PATCH = 2_000_000;
const MOST_HUNKS = 20;

/** What follows `+++ b/` or `--- a/`, with the quotes that git puts around unusual names taken away. */
const pathIn = (line: string): string | undefined => {
  const written = line.slice(4).replace(/\t$/, '');
  if (written === '/dev/null') return undefined;
  const plain = written.startsWith('"') ? unquoted(written) : written;
  return plain.slice(2);
};

const ESCAPES: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, '"': 34, '\\': 92, a: 7, b: 8, f: 12, v: 11 };

const unquoted = (written: string): string => {
  const bytes: number[] = [];
  for (const [part, octal, letter] of written.slice(1, -1).matchAll(/\\(?:([0-7]{3})|(.))|[^\\]+/gs)) {
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else if (letter !== undefined) bytes.push(ESCAPES[letter] ?? letter.charCodeAt(0));
    else bytes.push(...Buffer.from(part));
  }
  return Buffer.from(bytes).toString('utf8');
};

/**
 * How tracked files differ from the last commit (staged or not), in the order of their paths. Nothing of the repository runs: no filters, no drivers. Empty
 * before the first commit and for a bare repository.
 */
export const workTreePatch = async (repository: Repository, signal?: AbortSignal): Promise<readonly WorkTreeChange[]> => {
  if (repository.bare || repository.head === '') return [];
  const form = [
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    '--no-renames',
    '--ignore-submodules=all',
    '--unified=1',
    '--src-prefix=a/',
    '--dst-prefix=b/',
  ];
  const { code, stdout } = await runGit(
    repository.root,
    [...(await withoutFilters(repository)), 'diff', ...form, 'HEAD', '--'],
    signal ? { signal } : {},
  );
  return code > 1 ? [] : parsePatch(stdout.toString('utf8').slice(0, LARGEST_PATCH));
};

const parsePatch = (text: string): WorkTreeChange[] => {
  const changes: WorkTreeChange[] = [];
  for (const file of text.split(/^(?=diff --git )/m)) {
    const [head = '', ...rest] = file.split(/^(?=@@ )/m);
    const lines = head.split('\n');
    const before = lines.find((line) => line.startsWith('--- '));
    const after = lines.find((line) => line.startsWith('+++ '));
    const path = (after && pathIn(after)) ?? (before && pathIn(before));
    if (path === undefined || path === '') continue;
    const change = before === '--- /dev/null' ? 'added' : after === '+++ /dev/null' ? 'deleted' : 'changed';
    changes.push({ path, change, hunks: rest.slice(0, MOST_HUNKS).map((hunk) => hunk.trimEnd()) });
  }
  return changes;
};
