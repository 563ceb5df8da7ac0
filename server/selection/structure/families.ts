import { fileNameOf, languageOf } from '../../code/languages/index.ts';

/** Languages whose files name one another alike. */
export type Family = 'script' | 'python' | 'ruby' | 'go' | 'java' | 'c-sharp' | 'php';

const BY_LANGUAGE: Readonly<Record<string, Family>> = {
  typescript: 'script',
  tsx: 'script',
  javascript: 'script',
  vue: 'script',
  svelte: 'script',
  python: 'python',
  ruby: 'ruby',
  erb: 'ruby',
  go: 'go',
  java: 'java',
  kotlin: 'java',
  groovy: 'java',
  scala: 'java',
  'c-sharp': 'c-sharp',
  razor: 'c-sharp',
  php: 'php',
};
const BY_EXTENSION: readonly (readonly [RegExp, Family])[] = [
  [/\.(?:astro|mdx)$/, 'script'],
  [/\.(?:haml|slim|jbuilder)$/, 'ruby'],
];

/** The family of a file; `undefined` for one that serves no route and imports nothing. */
export function familyOfCode(path: string): Family | undefined {
  if (path.endsWith('.d.ts')) return undefined;
  const id = languageOf(path)?.id;
  return (id === undefined ? undefined : BY_LANGUAGE[id]) ?? BY_EXTENSION.find(([pattern]) => pattern.test(path))?.[1];
}

/** Languages in which a name of another file is used without saying where it comes from, or a package brings in many files. */
export const namesFreely = (family: Family): boolean => family !== 'script' && family !== 'python';

/** A path without its extensions: `orders/page.server.ts` gives `orders/page`. */
export const stemPath = (path: string): string => {
  const slash = path.lastIndexOf('/');
  const dot = path.indexOf('.', slash + 2);
  return dot < 0 ? path : path.slice(0, dot);
};

/** The name of a file without extensions, in its own case. */
export const stemOf = (path: string): string => {
  const stem = stemPath(path);
  return stem.slice(stem.lastIndexOf('/') + 1);
};

/** Files that are all of a package or folder. */
export const isIndex = (path: string): boolean => /^(?:index|__init__|mod|main)\.\w+$/.test(fileNameOf(path));
