import { nameHash } from '../../code/names.ts';
import { groupBy } from '../../text/group-by.ts';
import { placedRoutes } from './conventions.ts';
import { isIndex, namesFreely, stemOf, stemPath } from './families.ts';
import type { FileFacts, NamedRoute } from './file-facts.ts';
import type { RailsRoute } from './rails.ts';
import { routeMatch } from './route-path.ts';

/** How the files of a product hang together. */
export interface Product {
  readonly files: ReadonlyMap<string, FileFacts>;
  /** All routes of Rails, with the file that declares them. */
  readonly rails: readonly RailsRoute[];
  /** Files that bring in a file by a path or a package. In the order of their paths. */
  readonly importersOf: (path: string) => readonly string[];
  /** Whether a specifier in one file means another file. */
  readonly means: (from: string, specifier: string, target: string) => boolean;
  /** The route that a constant stands for, where only one does. */
  readonly routeNamed: (name: string) => NamedRoute | undefined;
  /** Files that name a subject of a broker, each with the lines; none where no file with it talks to a broker. */
  readonly withSubject: (subject: string) => readonly { readonly path: string; readonly lines: readonly number[] }[];
  /** Whether a file serves exactly this route: who writes it means that one. */
  readonly servesExactly: (segments: readonly string[]) => boolean;
  /** Whether a file declares a command of this name. */
  readonly declares: (command: string) => boolean;
  /** Files whose text has a name, at most one more than asked for. In the order of their paths. */
  readonly naming: (name: string, most: number) => readonly string[];
  /** Whether a file has one of some names. */
  readonly hasName: (path: string, names: Iterable<string>) => boolean;
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** The path that a relative specifier means, without its extension. */
function resolved(from: string, specifier: string): string | undefined {
  const parts = folderOf(from).split('/').filter(Boolean);
  for (const part of specifier.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

const SCRIPT_END = /\.(?:[cm]?[jt]sx?|vue|svelte|astro|mdx?)$/;
/** Aliases of the folder of the sources: `@/x`, `~/x`, `$lib/x`, `#x/y`, `src/x`. */
const ALIAS = /^(?:@\/|~\/?|\$\w+\/|#\/?|src\/|@src\/|app\/)/;

const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** What a specifier ends with: the name of the file or folder that it means. */
const keyOf = (specifier: string, isPython: boolean): string =>
  isPython
    ? lastOf(specifier.replaceAll('.', '/'))
    : lastOf(specifier.replace(SCRIPT_END, '').replace(/\/(?:index)?$/, '')).replace(/\..*$/, '');

const hasEnd = (path: string, end: string): boolean => path === end || path.endsWith(`/${end}`);

/** Whether a specifier in one file means another file. */
function means(from: string, specifier: string, target: string, packages: ReadonlyMap<string, string>, isPython: boolean): boolean {
  const stem = target.replace(isPython ? /\.py$/ : SCRIPT_END, '');
  const whole = isIndex(target) ? folderOf(target) : undefined;
  const is = (path: string): boolean => path === stem || path === whole || path === target;
  if (isPython) {
    const dots = /^\.*/.exec(specifier)?.[0].length ?? 0;
    const tail = specifier.slice(dots).replaceAll('.', '/');
    if (dots > 0) return is(resolved(from, `./${'../'.repeat(dots - 1)}${tail}`) ?? '\0');
    return hasEnd(stem, tail) || (whole !== undefined && hasEnd(whole, tail));
  }
  const plain = specifier.replace(SCRIPT_END, '');
  if (specifier.startsWith('.')) return is(resolved(from, specifier) ?? '\0') || is(resolved(from, plain) ?? '\0');
  const name = specifier.startsWith('@') ? specifier.split('/').slice(0, 2).join('/') : (specifier.split('/')[0] ?? '');
  const folder = packages.get(name);
  if (folder !== undefined) {
    const rest = plain.slice(name.length + 1);
    const below = target.startsWith(folder === '' ? '' : `${folder}/`);
    return below && (rest === '' ? isIndex(target) : hasEnd(stem, rest) || (whole !== undefined && hasEnd(whole, rest)));
  }
  if (!ALIAS.test(specifier) && !plain.includes('/')) return false;
  const inner = plain.replace(ALIAS, '');
  return inner !== '' && (hasEnd(stem, inner) || (whole !== undefined && hasEnd(whole, inner)));
}

const has = (names: Uint32Array, hash: number): boolean => {
  let low = 0;
  let high = names.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = names[middle] ?? 0;
    if (found === hash) return true;
    if (found < hash) low = middle + 1;
    else high = middle - 1;
  }
  return false;
};

/**
 * Puts the facts of all files together.
 * @param packages names of packages in the repository, with their folders
 */
export function productOf(files: ReadonlyMap<string, FileFacts>, packages: ReadonlyMap<string, string>): Product {
  const paths = [...files.keys()].sort();
  const importing = new Map<string, { readonly path: string; readonly specifier: string }[]>();
  for (const path of paths) {
    const facts = files.get(path);
    if (!facts || namesFreely(facts.family)) continue;
    for (const specifier of facts.imports) {
      const key = packages.has(specifier) ? specifier : keyOf(specifier, facts.family === 'python');
      const list = importing.get(key);
      if (list) list.push({ path, specifier });
      else importing.set(key, [{ path, specifier }]);
    }
  }
  const packageOf = (path: string): string | undefined =>
    [...packages].filter(([, folder]) => folder !== '' && path.startsWith(`${folder}/`)).sort((a, b) => b[1].length - a[1].length)[0]?.[0];
  const known = new Map<string, readonly string[]>();
  const rails = paths.flatMap((path) => files.get(path)?.rails ?? []);
  const served = paths.flatMap((path) => files.get(path)?.served ?? []);
  const commands = new Set(served.flatMap(({ kind, text }) => (kind === 'command' ? [text] : [])));
  const byLength = groupBy(
    [...rails, ...served.filter(({ kind }) => kind !== 'command'), ...paths.flatMap((path) => placedRoutes(path))],
    ({ segments }) => segments.length,
  );
  const exact = new Map<string, boolean>();
  const constants = groupBy(
    paths.flatMap((path) => files.get(path)?.named ?? []),
    ({ name }) => name,
  );
  const subjects = new Map<string, Map<string, number[]>>();
  for (const path of paths)
    for (const { subject, line } of files.get(path)?.subjects ?? []) {
      const own = subjects.get(subject) ?? new Map<string, number[]>();
      subjects.set(subject, own.set(path, [...(own.get(path) ?? []), line]));
    }
  return {
    files,
    rails,
    withSubject: (subject) => {
      const own = subjects.get(subject) ?? new Map<string, number[]>();
      return [...own.keys()].some((path) => files.get(path)?.talks) ? [...own].map(([path, lines]) => ({ path, lines })) : [];
    },
    means: (from, specifier, target) => means(from, specifier, target, packages, target.endsWith('.py')),
    routeNamed: (name) => {
      const meant = constants.get(name) ?? [];
      return new Set(meant.map(({ text }) => text)).size === 1 ? meant[0] : undefined;
    },
    declares: (command) => commands.has(command),
    servesExactly: (segments) => {
      const key = segments.join('/');
      const before = exact.get(key);
      if (before !== undefined) return before;
      const found = (byLength.get(segments.length) ?? []).some((route) => routeMatch(route.segments, segments)?.form === 'same');
      exact.set(key, found);
      return found;
    },
    importersOf: (path) => {
      const before = known.get(path);
      if (before) return before;
      const isPython = files.get(path)?.family === 'python' || path.endsWith('.py');
      const own = isIndex(path) ? packageOf(path) : undefined;
      const keys = new Set([stemOf(path), lastOf(stemPath(path)), lastOf(folderOf(path)), ...(own === undefined ? [] : [own])]);
      const found = [...keys]
        .flatMap((key) => importing.get(key) ?? [])
        .filter((one) => one.path !== path && means(one.path, one.specifier, path, packages, isPython));
      const importers = [...groupBy(found, (one) => one.path).keys()].sort();
      known.set(path, importers);
      return importers;
    },
    hasName: (path, names) => {
      const own = files.get(path)?.names;
      return own !== undefined && [...names].some((name) => has(own, nameHash(name)));
    },
    naming: (name, most) => {
      const hash = nameHash(name);
      const found: string[] = [];
      for (const path of paths) {
        if (found.length > most) break;
        if (has(files.get(path)?.names ?? new Uint32Array(), hash)) found.push(path);
      }
      return found;
    },
  };
}
