import { folderOf, resolvePath } from '../../../knowledge/paths.ts';
import type { DocumentHead, Link } from '../../../model/document.ts';
import { possiblePaths } from '../../../register/successors.ts';
import type { Tree } from '../../../workspace/tree.ts';

/** Limit on the files of one name among which a link from the root of a site finds its own. */
const MOST_NAMESAKES = 200;

/** What is known of the files that a link may mean. */
export interface LinkedFiles {
  /** Whether there is a file or folder at this path, letter by letter. */
  readonly exists: (path: string) => boolean;
  /** Absent without an index. */
  readonly tree?: Tree;
}

const withoutAnchor = (target: string): string => target.replace(/[?#].*$/s, '');

/** The paths that a link may mean: resolved, and spelled as written, for names that hold percent signs. */
function pathsOf({ path = '', target }: Link, from: string): readonly string[] {
  const written = withoutAnchor(target);
  if (!written.includes('%')) return [path];
  // Escaping the percent sign makes resolving give back what is written.
  const literal = resolvePath(from, written.replaceAll('%', '%25'));
  return literal === undefined || literal === path ? [path] : [path, literal];
}

/**
 * Whether a site generator resolves the link to a file: from the root of the site, which is some folder of the repository (Sphinx, Docusaurus, Hugo);
 * from the page as a folder, as pages without an extension are served (`../0007-x/` on the page `0008-y/`); from the pages of the module (Antora).
 */
function isSiteLink(
  { format, path = '' }: DocumentHead,
  { target, path: linked = '' }: Link,
  present: (path: string) => boolean,
  tree?: Tree,
): boolean {
  const module = format === 'asciidoc' ? /^(?:.*\/)?modules\/[^/]+\//.exec(path)?.[0] : undefined;
  if (module !== undefined && present(`${module}pages/${withoutAnchor(target)}`)) return true;
  if (!target.startsWith('/')) {
    if (!/(?:^|\/)[^/.]+\/?$/.test(withoutAnchor(target))) return false;
    const asFolder = resolvePath(`${path.replace(/\.[^./]+$/, '')}/index.md`, target);
    return asFolder !== undefined && present(asFolder);
  }
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) if (present(`${folder}/${linked}`)) return true;
  if (!tree || !linked.includes('/')) return false;
  return possiblePaths(linked).some(
    (candidate) => tree.filesNamed(candidate, MOST_NAMESAKES).length > 0 || tree.foldersNamed(candidate, MOST_NAMESAKES).length > 0,
  );
}

/**
 * Whether a link leads to a file or folder: `true`, `false`, or the path of one whose name differs in upper and lower case only. Names count as the
 * same in any Unicode form and with percent signs in either place.
 */
export function leadsTo(document: DocumentHead, link: Link, { exists, tree }: LinkedFiles): boolean | string {
  const alike = (path: string): ReturnType<Tree['spelled']> => tree?.spelled(path);
  const present = (path: string): boolean =>
    possiblePaths(path).some((candidate) => exists(candidate)) || possiblePaths(path).some((candidate) => alike(candidate)?.same === true);
  const paths = pathsOf(link, document.path ?? '');
  // A bare path, as front matter has it, may count from the root of the repository: nothing renders it.
  const { start, end } = link.span;
  const isBare = start.line === end.line && end.character - start.character === link.target.length;
  if (isBare && /^[^./][^:]*\//.test(link.target) && present(link.target)) return true;
  if (paths.some(present) || isSiteLink(document, link, present, tree)) return true;
  for (const path of paths) {
    for (const candidate of possiblePaths(path)) {
      const other = alike(candidate);
      if (other !== undefined) return other.path;
    }
  }
  return false;
}
