import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** What a runner needs of what `lintel tests select --format json` wrote. Paths are relative to the root of the repository. */
export interface RunnerSelection {
  readonly verdict: string;
  readonly cause: string;
  /** Selected specs with their reasons. */
  readonly selected: ReadonlyMap<string, { readonly framework: string; readonly reasons: readonly string[] }>;
  /** Specs that are not to run now. Empty where a human is asked: then nothing is left out. */
  readonly remainder: ReadonlySet<string>;
}

interface Written {
  readonly verdict: string;
  readonly cause: string;
  readonly selected: readonly {
    readonly item: { readonly path: string; readonly framework: string };
    readonly evidence?: readonly { readonly explanation: string }[];
  }[];
  readonly remainder: readonly { readonly item: { readonly path: string } }[];
}

const isWritten = (value: unknown): value is Written =>
  typeof value === 'object' &&
  value !== null &&
  'verdict' in value &&
  'selected' in value &&
  Array.isArray(value.selected) &&
  'remainder' in value &&
  Array.isArray(value.remainder);

/**
 * Reads a selection; `undefined` where there is no such file, so that everything runs. Throws for a file that is no selection: half a file must not
 * become half a run.
 */
export function readSelection(file: string): RunnerSelection | undefined {
  if (!existsSync(file)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    value = undefined;
  }
  if (!isWritten(value)) throw new Error(`lintel: ${file} is no selection. Write one with "lintel tests select --format json".`);
  const { verdict, cause, selected, remainder } = value;
  return {
    verdict,
    cause,
    selected: new Map(
      selected.map(({ item, evidence = [] }) => [
        item.path,
        { framework: item.framework, reasons: evidence.map(({ explanation }) => explanation) },
      ]),
    ),
    remainder: new Set(verdict === 'ask-a-human' ? [] : remainder.map(({ item }) => item.path)),
  };
}

/** A folder with no symbolic link in its path. */
export const realFolder = (folder: string): string => (existsSync(folder) ? realpathSync(folder) : resolve(folder));

/** The root of the repository that a folder is in: where `.git` is; the folder itself outside of git. */
export function repositoryRoot(folder: string): string {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return realFolder(at);
    if (dirname(at) === at) return realFolder(folder);
  }
}

/** A file as a selection names it. */
export const pathIn = (root: string, file: string): string =>
  relative(root, existsSync(file) ? realpathSync(file) : file).replaceAll('\\', '/');
