import { folderOf, resolvePath } from '../../../knowledge/paths.ts';
import type { LineReference } from '../../../register/lines/line-references.ts';
import type { Tree } from '../../../workspace/tree.ts';

/** What is known of paths: of those that there are, and of those that were. */
export interface KnownPaths {
  readonly tree: Tree;
  /** `owner/name` of the repository at its forge. */
  readonly home?: string;
  /** Current path of a file that git moved away from a path; `undefined` if it did not. The path itself may exist again. */
  readonly renamed: (path: string) => string | undefined;
  /** Earlier paths of a file, latest first. */
  readonly formerPaths: (path: string) => readonly string[];
}

/** A file that a reference may mean, by the path that it may have had when the reference was written. */
export interface MeantPath {
  readonly path: string;
  /** Found by the end of its path only: another file may have been meant that ended so, too. */
  readonly byEnding: boolean;
}

const MOST_NAMESAKES = 3;
const BRANCHES = /^(?:main|master|trunk|develop|dev|HEAD|next|mainline)$/;

const fromRoot = (written: string): string | undefined => resolvePath('', written.replace(/^\/+/, ''));

/**
 * The paths that a reference may mean, likely ones first: from the folder of the document, from the root, or the only file whose path ends so, under its name
 * of today and those before. Empty for a file of another repository.
 */
export function meantPaths({ path: written, from, remote }: LineReference, document: string, paths: KnownPaths): readonly MeantPath[] {
  const plain = (path: string | undefined): MeantPath[] => (path === undefined ? [] : [{ path, byEnding: false }]);
  if (remote !== undefined) {
    const isHome = paths.home !== undefined && remote.repository.toLowerCase() === paths.home.toLowerCase();
    return isHome && BRANCHES.test(remote.branch) ? plain(fromRoot(written)) : [];
  }
  if (/^~|^[A-Za-z]:|^\$/.test(written)) return [];
  const beside = resolvePath(document, written);
  if (/^\.\.?\//.test(written)) {
    const root = written.startsWith('./') ? fromRoot(written) : undefined;
    return [...plain(beside), ...(root === beside ? [] : plain(root))];
  }
  if (written.startsWith('/')) return plain(fromRoot(written));
  const root = fromRoot(written);
  const exact = from === 'link' ? [beside, root] : [root, beside];
  const namesakes = paths.tree.filesNamed(written, MOST_NAMESAKES);
  const ending = namesakes.length === 1 ? namesakes.flatMap((path) => [path, ...paths.formerPaths(path)]) : [];
  const known = new Set(exact);
  return [...[...known].flatMap(plain), ...ending.filter((path) => !known.has(path)).map((path) => ({ path, byEnding: true }))];
}

/** Where a file is now: at its path, or where git moved it; the likelier one first. */
export function currentPaths(path: string, { tree, renamed }: KnownPaths): readonly string[] {
  const moved = renamed(path);
  const here = tree.has(path) ? [path] : [];
  return moved === undefined || moved === path ? here : [...here, moved];
}

/** Whether nothing in the repository is called as the file was, in any folder and with any extension. */
export function hasNoNamesake(path: string, { tree }: KnownPaths): boolean {
  const name = path.slice(folderOf(path).length).replace(/^\//, '');
  return tree.filesNamed(name, Number.POSITIVE_INFINITY).length === 0;
}
