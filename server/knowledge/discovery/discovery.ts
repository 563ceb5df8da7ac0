import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DocumentKind } from '../../model/document.ts';
import { readInside } from '../../text/read-file.ts';
import { classify, mayBeDocument } from './classify.ts';
import type { Config } from './config.ts';
import { createMatcher, isInside, type Matcher } from './globs.ts';
import { PEEK_LENGTH } from './record-words.ts';

/** A file that Lintel can read as a document. */
export interface DiscoveredFile {
  /** Repository-relative, forward slashes. */
  readonly path: string;
  readonly kind: DocumentKind;
  readonly format: string;
}

/** The documents found, with sentences for people about what was skipped. */
export interface Discovery {
  /** Ordered by path. */
  readonly documents: readonly DiscoveredFile[];
  readonly notices: readonly string[];
}

export interface DiscoverOptions {
  /** Root of the repository, for notices. */
  readonly root: string;
  /** Repository-relative paths as git lists them, without ignored ones. */
  readonly files: readonly string[];
  readonly config: Config;
  /** Reads the start of a file, at least its first 2,048 characters. If it rejects, the file is classified by its name alone. */
  readonly readPeek: (path: string) => Promise<string>;
}

const CONCURRENCY = 32;

/**
 * Finds the documents among the files of a repository. Reads the start of a file only if its name does not say what it is, such as a YAML file in a
 * folder of specifications or an unnumbered file in `docs/architecture`.
 */
export const discover = async ({ root, files, config, readPeek }: DiscoverOptions): Promise<Discovery> => {
  const documents: DiscoveredFile[] = [];
  const open: string[] = [];
  for (const path of files) {
    if (!mayBeDocument(path)) continue;
    let asked = false;
    const found = classify(path, config, () => {
      asked = true;
      return '';
    });
    if (asked) open.push(path);
    else if (found) documents.push({ path, ...found });
  }
  let unread = 0;
  let next = 0;
  const work = async (): Promise<void> => {
    for (let path = open[next++]; path !== undefined; path = open[next++]) {
      const current = path;
      const text = await readPeek(current).catch(() => undefined);
      if (text === undefined) unread += 1;
      const beginning = text?.slice(0, PEEK_LENGTH);
      const found = classify(current, config, beginning === undefined ? undefined : () => beginning);
      if (found) documents.push({ path: current, ...found });
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, open.length) }, work));
  const notices =
    unread > 0
      ? [
          `${unread} ${unread === 1 ? 'file' : 'files'} in ${root} could not be read, so ${unread === 1 ? 'it was' : 'they were'} classified by name alone.`,
        ]
      : [];
  return { documents: documents.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)), notices };
};

/** Limit on the files listed in a folder that is not a git repository. */
const MAX_FILES = 200_000;

// Never useful and often huge; a folder outside git may have no .gitignore to exclude them.
const NEVER = new Set([
  '.git',
  '.hg',
  '.svn',
  '.jj',
  'node_modules',
  'bower_components',
  '__pycache__',
  '.venv',
  'venv',
  '.tox',
  '.gradle',
  '.terraform',
  '.next',
  '.nuxt',
  '.cache',
]);
/** Bytes. */
const MAX_IGNORE_FILE = 256_000;
const MOST_NOTICES = 20;
/** Characters. */
const LONGEST_SHOWN = 200;

interface Scope {
  /** Folder of the rules, with a trailing slash; empty for the root. */
  readonly base: string;
  readonly rules: Matcher;
}

/** A path for people: of one that is too long to be shown, its beginning and end. */
const shortened = (path: string): string =>
  path.length <= LONGEST_SHOWN ? path : `${path.slice(0, LONGEST_SHOWN / 2)}...${path.slice(-LONGEST_SHOWN / 2)}`;

const readRules = async (root: string, base: string, notices: string[]): Promise<Scope | undefined> => {
  const text = await readInside(root, `${base}.gitignore`, MAX_IGNORE_FILE);
  if (text === undefined) return undefined;
  const rules = createMatcher(text.split('\n'));
  if ((rules.leftOut > 0 || text.length >= MAX_IGNORE_FILE) && notices.length < MOST_NOTICES)
    notices.push(
      `"${shortened(base)}.gitignore" has more rules than Lintel follows outside of git: the first 2,000 in 256 KB, each of at most 1,000 characters. Files that the others exclude may be indexed.`,
    );
  return { base, rules };
};

/** The innermost .gitignore with a rule for the path decides. */
const isIgnored = (scopes: readonly Scope[], path: string): boolean => {
  for (let at = scopes.length - 1; at >= 0; at -= 1) {
    const scope = scopes[at];
    if (!scope) continue;
    const relative = path.slice(scope.base.length);
    if (!isInside(relative)) return true;
    const decided = scope.rules.decide(relative);
    if (decided !== undefined) return decided;
  }
  return false;
};

/**
 * Lists the files of a folder that is not a git repository, as sorted relative paths. Leaves out what .gitignore files exclude, and symbolic links
 * (their targets within the folder are listed under their own paths). Unreadable folders and the limit of 200,000 files are reported as notices.
 * Rejects only with the signal's reason.
 */
export const listFolder = async (
  root: string,
  { signal, limit = MAX_FILES }: { readonly signal?: AbortSignal; readonly limit?: number } = {},
): Promise<{ readonly files: readonly string[]; readonly notices: readonly string[] }> => {
  const files: string[] = [];
  const notices: string[] = [];
  const pending: { readonly base: string; readonly scopes: readonly Scope[] }[] = [{ base: '', scopes: [] }];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    signal?.throwIfAborted();
    const { base } = folder;
    let entries: Dirent[];
    try {
      entries = await readdir(join(root, base), { withFileTypes: true });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
      // A folder that was deleted meanwhile is not worth a notice.
      if (code !== 'ENOENT' && notices.length < MOST_NOTICES)
        notices.push(`The folder "${shortened(base) || '.'}" could not be read (${code}) and is skipped.`);
      continue;
    }
    const own = entries.some((entry) => entry.name === '.gitignore' && entry.isFile()) ? await readRules(root, base, notices) : undefined;
    const scopes = own ? [...folder.scopes, own] : folder.scopes;
    for (const entry of entries) {
      const path = `${base}${entry.name}`;
      if (entry.isDirectory()) {
        if (!NEVER.has(entry.name) && !isIgnored(scopes, `${path}/`)) pending.push({ base: `${path}/`, scopes });
      } else if (entry.isFile() && !isIgnored(scopes, path)) {
        if (files.length >= limit) {
          notices.push(
            `This folder has more than ${limit.toLocaleString('en')} files; the rest are skipped. Exclude files you do not need in .gitignore.`,
          );
          return { files: files.sort(), notices };
        }
        files.push(path);
      }
    }
  }
  return { files: files.sort(), notices };
};
