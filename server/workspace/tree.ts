import { canonicalPath } from '../knowledge/paths.ts';

import { groupBy } from '../text/group-by.ts';

/** The files of a repository, for resolving what a text calls them. */
export interface Tree {
  readonly size: number;
  has(path: string): boolean;
  /** Files whose path is `name` or ends with `/name`; at most `most`, else none (too common to mean one). */
  filesNamed(name: string, most: number): readonly string[];
  /** Folders whose path is `name` or ends with `/name`, likewise. */
  foldersNamed(name: string, most: number): readonly string[];
  /** Files below a folder. */
  filesBelow(folder: string): number;
  /**
   * The file or folder whose name differs from this path only in its Unicode form or in percent signs (`same`), or in upper and lower case. `undefined`
   * where there is none.
   */
  spelled(path: string): { readonly path: string; readonly same: boolean } | undefined;
  /**
   * Whether a file or folder is named by a series and a number, such as `bip-0032.mediawiki` or `bip-0032/`, in whatever format it is.
   * @param series letters in lower case
   */
  hasNumber(series: string, number: string): boolean;
}

/** `bip-0032.mediawiki`, `BIP32`. */
const SERIES_NAME = /^([a-z]{2,6})[-_ ]?0*(\d{1,5})(?![a-z0-9])/i;

const lastSegment = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const bySegment = (paths: Iterable<string>): Map<string, string[]> => groupBy(paths, lastSegment);

export function treeOf(files: readonly string[]): Tree {
  const all = new Set(files);
  const below = new Map<string, number>();
  for (const file of files) {
    for (let at = file.lastIndexOf('/'); at > 0; at = file.lastIndexOf('/', at - 1)) {
      const folder = file.slice(0, at);
      below.set(folder, (below.get(folder) ?? 0) + 1);
    }
  }
  const fileIndex = bySegment(all);
  const folderIndex = bySegment(below.keys());
  const named = (index: Map<string, string[]>, name: string, most: number): readonly string[] => {
    const hits = (index.get(lastSegment(name)) ?? []).filter((path) => path === name || path.endsWith(`/${name}`));
    return hits.length <= most ? hits : hits.filter((path) => path === name);
  };
  // Needed only where a link leads nowhere.
  let numbers: ReadonlySet<string> | undefined;
  let spellings: { readonly same: Map<string, string>; readonly folded: Map<string, string> } | undefined;
  const spelled: Tree['spelled'] = (path) => {
    if (!spellings) {
      spellings = { same: new Map(), folded: new Map() };
      for (const one of [...all, ...below.keys()]) {
        const canonical = canonicalPath(one);
        spellings.same.set(canonical, one);
        spellings.folded.set(canonical.toLowerCase(), one);
      }
    }
    const canonical = canonicalPath(path);
    const same = spellings.same.get(canonical);
    if (same !== undefined) return { path: same, same: true };
    const folded = spellings.folded.get(canonical.toLowerCase());
    return folded === undefined ? undefined : { path: folded, same: false };
  };
  return {
    spelled,
    size: files.length,
    has: (path) => all.has(path),
    hasNumber: (series, number) => {
      numbers ??= new Set(
        [...fileIndex.keys(), ...folderIndex.keys()].flatMap((name) => {
          const match = SERIES_NAME.exec(name);
          return match === null ? [] : [`${(match[1] ?? '').toLowerCase()}:${Number(match[2])}`];
        }),
      );
      return numbers.has(`${series}:${Number(number)}`);
    },
    filesNamed: (name, most) => named(fileIndex, name, most),
    foldersNamed: (name, most) => named(folderIndex, name, most),
    filesBelow: (folder) => below.get(folder) ?? 0,
  };
}
