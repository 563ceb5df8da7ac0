import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import type { DocumentKind } from '../../model/document.ts';
import { classify, mayBeDocument, PEEK_LENGTH } from './classify.ts';
import type { Config } from './config.ts';
import { isSafePattern } from './globs.ts';

/** A file that is a document. */
export interface DiscoveredFile {
  /** Repository-relative, forward slashes. */
  readonly path: string;
  readonly kind: DocumentKind;
  readonly format: string;
}

/** What was found, and sentences for people on what was left out. */
export interface Discovery {
  /** Ordered by path. */
  readonly documents: readonly DiscoveredFile[];
  readonly notices: readonly string[];
}

export interface DiscoverOptions {
  /** Root of the repository; named in notices. */
  readonly root: string;
  /** Candidates: repository-relative paths that are not ignored, as git lists them. */
  readonly files: readonly string[];
  readonly config: Config;
  /** Beginning of a file, at least 2,048 characters where it has them. May reject: the file is then classified by its name alone. */
  readonly readPeek: (path: string) => Promise<string>;
}

const CONCURRENCY = 32;

/**
 * Finds the documents among the files of a repository. Reads the beginning of a file only where its name leaves open what it is (a YAML file in a folder
 * of specifications, an unnumbered file in `docs/architecture`).
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
          `${unread} ${unread === 1 ? 'file' : 'files'} of ${root} could not be read to see what ${unread === 1 ? 'it is' : 'they are'}; the name decided.`,
        ]
      : [];
  return { documents: documents.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)), notices };
};

/** Most files that are listed in a folder that is not a git repository. */
const MAX_FILES = 200_000;

// Never of use and often huge; a folder outside git may have no .gitignore that says so.
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
const MAX_IGNORE_FILE = 256_000;

interface Scope {
  /** Folder that the rules belong to, with a slash at its end; empty for the root. */
  readonly base: string;
  readonly rules: Ignore;
}

const readRules = async (root: string, base: string): Promise<Scope | undefined> => {
  try {
    const text = (await readFile(join(root, base, '.gitignore'), 'utf8')).slice(0, MAX_IGNORE_FILE);
    return { base, rules: ignore().add(text.split(/\r?\n/).filter(isSafePattern)) };
  } catch {
    return undefined;
  }
};

/** The innermost .gitignore that says anything about a path decides. */
const isIgnored = (scopes: readonly Scope[], path: string): boolean => {
  for (let at = scopes.length - 1; at >= 0; at -= 1) {
    const scope = scopes[at];
    if (!scope) continue;
    const relative = path.slice(scope.base.length);
    if (!ignore.isPathValid(relative)) return true;
    const { ignored, unignored } = scope.rules.test(relative);
    if (ignored || unignored) return ignored;
  }
  return false;
};

/**
 * Lists the files of a folder that is not a git repository: repository-relative, ordered, without what its .gitignore files exclude and without symbolic
 * links (what one inside the folder names is listed under its own path). Unreadable folders and the limit of 200,000 files are notices.
 * Rejects only with the reason of the signal.
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
      // A folder that vanished while walking is no news.
      if (code !== 'ENOENT' && notices.length < 20)
        notices.push(`The folder "${base || '.'}" could not be read (${code}) and is left out.`);
      continue;
    }
    const own = entries.some((entry) => entry.name === '.gitignore' && entry.isFile()) ? await readRules(root, base) : undefined;
    const scopes = own ? [...folder.scopes, own] : folder.scopes;
    for (const entry of entries) {
      const path = `${base}${entry.name}`;
      if (entry.isDirectory()) {
        if (!NEVER.has(entry.name) && !isIgnored(scopes, `${path}/`)) pending.push({ base: `${path}/`, scopes });
      } else if (entry.isFile() && !isIgnored(scopes, path)) {
        if (files.length >= limit) {
          notices.push(
            `This folder has more than ${limit.toLocaleString('en')} files; the rest is left out. Exclude what is not needed in .gitignore.`,
          );
          return { files: files.sort(), notices };
        }
        files.push(path);
      }
    }
  }
  return { files: files.sort(), notices };
};
