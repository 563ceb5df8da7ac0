import { folderOf, joined } from './path-patterns.ts';
import { familyOf } from './places.ts';
import type { ReadFile } from './suite.ts';

/** Finds the files that one file means when it brings in a module, a class or a package. */
export type ResolveModule = (path: string, specifier: string) => readonly string[];

const SCRIPT_ENDS = [
  '',
  '.ts',
  '.tsx',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '.mts',
  '.cts',
  '/index.ts',
  '/index.tsx',
  '/index.js',
  '/index.mjs',
  '/index.jsx',
];
/** A name that means more files than this is not followed. */
const MOST_MEANINGS = 3;
const MOST_ALIAS_FILES = 200;
const MOST_GO_FILES = 60;

interface Alias {
  readonly folder: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly targets: readonly string[];
}

/** Aliases of `tsconfig.json` and `jsconfig.json`: `"@pages/*": ["./e2e/pages/*"]`. By patterns, because these files have comments and commas too many. */
function aliasesIn(path: string, text: string): Alias[] {
  const folder = folderOf(path);
  const base = /"baseUrl"\s*:\s*"([^"\n]{1,200})"/.exec(text)?.[1] ?? '.';
  const paths = /"paths"\s*:\s*\{([^{}]{1,20000})\}/.exec(text)?.[1] ?? '';
  return [...paths.matchAll(/"([^"\n]{1,200})"\s*:\s*\[([^\]]{0,2000})\]/g)].flatMap((match) => {
    const [prefix = '', suffix = ''] = (match[1] ?? '').split('*');
    const targets = [...(match[2] ?? '').matchAll(/"([^"\n]{1,300})"/g)].flatMap(
      (target) => joined(joined(folder, base) ?? folder, target[1] ?? '') ?? [],
    );
    return targets.length > 0 && prefix !== '' ? [{ folder, prefix, suffix, targets }] : [];
  });
}

/** What resolving needs to know of the repository. Reads configuration of compilers and `go.mod`, at most 200 files. */
export async function moduleResolver(paths: readonly string[], read: ReadFile): Promise<ResolveModule> {
  const known = new Set(paths);
  const aliases: Alias[] = [];
  const goModules: { folder: string; name: string }[] = [];
  const wanted = paths.filter(
    (path) => /(?:^|\/)(?:tsconfig(?:\.[\w-]+)?\.json|jsconfig\.json|go\.mod)$/.test(path) && !path.includes('node_modules/'),
  );
  for (const path of wanted.slice(0, MOST_ALIAS_FILES)) {
    const text = (await read(path))?.slice(0, 50_000) ?? '';
    if (path.endsWith('go.mod')) {
      const name = /^module\s+"?([\w./~-]+)/m.exec(text)?.[1];
      if (name) goModules.push({ folder: folderOf(path), name });
    } else aliases.push(...aliasesIn(path, text));
  }
  // The innermost one counts.
  aliases.sort((a, b) => b.folder.length - a.folder.length || b.prefix.length - a.prefix.length);
  goModules.sort((a, b) => b.name.length - a.name.length);
  const byStem = new Map<string, string[]>();
  const byFolder = new Map<string, string[]>();
  const push = (map: Map<string, string[]>, key: string, path: string): void => {
    const list = map.get(key);
    if (list) list.push(path);
    else map.set(key, [path]);
  };
  for (const path of paths) {
    const family = familyOf(path);
    if (family === 'java' || family === 'c-sharp' || family === 'php')
      push(byStem, `${family} ${path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '')}`, path);
    else if (family === 'go') push(byFolder, folderOf(path), path);
    else if (family === 'ruby' || family === 'python') push(byStem, `${family} ${path.slice(path.lastIndexOf('/') + 1)}`, path);
  }
  const first = (candidates: readonly (string | undefined)[]): string[] => {
    const found = candidates.find((candidate) => candidate !== undefined && known.has(candidate));
    return found === undefined ? [] : [found];
  };
  const script = (path: string, specifier: string): string[] => {
    const tried = (target: string | undefined): (string | undefined)[] =>
      target === undefined
        ? []
        : [...SCRIPT_ENDS.map((end) => `${target}${end}`), ...['.ts', '.tsx', '.mts'].map((end) => target.replace(/\.[cm]?jsx?$/, end))];
    if (specifier.startsWith('.')) return first(tried(joined(folderOf(path), specifier)));
    for (const { folder, prefix, suffix, targets } of aliases) {
      if (!path.startsWith(folder === '' ? '' : `${folder}/`) || !specifier.startsWith(prefix) || !specifier.endsWith(suffix)) continue;
      const star = specifier.slice(prefix.length, specifier.length - suffix.length);
      const found = targets.flatMap((target) => first(tried(target.replace('*', () => star))));
      if (found.length > 0) return found;
    }
    return [];
  };
  const python = (path: string, specifier: string): string[] => {
    const dots = /^\.*/.exec(specifier)?.[0].length ?? 0;
    const tail = specifier.slice(dots).replaceAll('.', '/');
    const ends = ['.py', '/__init__.py'];
    const from = dots > 0 ? joined(folderOf(path), `${'../'.repeat(dots - 1)}${tail}`) : undefined;
    if (dots > 0) return first(ends.map((end) => (from === undefined ? undefined : `${from}${end}`)));
    // From the folder of the file up to the root: any of them may be on the path of modules.
    const folders = folderOf(path).split('/');
    for (let length = folders.length; length >= 0; length -= 1) {
      const base = folders.slice(0, length).join('/');
      const found = first(ends.map((end) => joined(base, `${tail}${end}`)));
      if (found.length > 0) return found;
    }
    return [];
  };
  const ruby = (path: string, specifier: string): string[] => {
    const relative = joined(folderOf(path), `${specifier}.rb`);
    if (relative !== undefined && known.has(relative)) return [relative];
    const name = `${specifier.slice(specifier.lastIndexOf('/') + 1)}.rb`;
    const ending = `/${specifier.replace(/^\.\//, '')}.rb`;
    const same = (byStem.get(`ruby ${name}`) ?? []).filter((each) => `/${each}`.endsWith(ending));
    return same.length <= MOST_MEANINGS ? same : [];
  };
  const go = (specifier: string): string[] => {
    const module = goModules.find(({ name }) => specifier === name || specifier.startsWith(`${name}/`));
    if (!module) return [];
    const folder = joined(module.folder, specifier.slice(module.name.length).replace(/^\//, ''));
    return (folder === undefined ? [] : (byFolder.get(folder) ?? [])).filter((path) => !path.endsWith('_test.go')).slice(0, MOST_GO_FILES);
  };
  const byClass = (family: string, specifier: string): string[] => {
    const name = specifier.split(/[.\\]/).findLast((part) => /^[A-Z]/.test(part));
    const meant = name === undefined ? [] : (byStem.get(`${family} ${name}`) ?? []);
    return meant.length <= MOST_MEANINGS ? meant : [];
  };
  return (path, specifier) => {
    const family = familyOf(path);
    if (family === 'typescript') return script(path, specifier);
    if (family === 'python') return python(path, specifier);
    if (family === 'ruby') return ruby(path, specifier);
    if (family === 'go') return go(specifier);
    return family === 'java' || family === 'c-sharp' || family === 'php' ? byClass(family, specifier) : [];
  };
}
