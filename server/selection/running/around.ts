import { folderOf, isBelow } from '../suite/path-patterns.ts';
import type { RunFacts } from './runner.ts';

/** The folder of a path and the folders around it, from the inside to the root, which is empty. */
export function foldersAround(path: string): string[] {
  const out: string[] = [];
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) out.push(folder);
  return [...out, ''];
}

const inside = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);

/** The innermost folder around a path that holds one of these files. */
export const nearest = ({ files }: RunFacts, path: string, names: readonly string[]): string | undefined =>
  foldersAround(path).find((folder) => names.some((name) => files.has(inside(folder, name))));

/** The outermost one. */
export const outermost = ({ files }: RunFacts, path: string, names: readonly string[]): string | undefined =>
  foldersAround(path).findLast((folder) => names.some((name) => files.has(inside(folder, name))));

export const holds = ({ files }: RunFacts, folder: string, name: string): boolean => files.has(inside(folder, name));

/** A path as a process in a folder names it. One that begins with a dash would be an option. */
export function within(folder: string, path: string): string {
  const relative = isBelow(path, folder) ? (folder === '' ? path : path.slice(folder.length + 1)) : upwards(folder, path);
  return relative.startsWith('-') ? `./${relative}` : relative;
}

const upwards = (folder: string, path: string): string => {
  const parts = folder.split('/');
  const target = path.split('/');
  let same = 0;
  while (same < parts.length && parts[same] === target[same]) same += 1;
  return [...parts.slice(same).map(() => '..'), ...target.slice(same)].join('/');
};

/** A text that a regular expression takes literally. A dot stays: it takes itself too, and people can read it. */
export const literally = (text: string): string => text.replace(/[\\^$*+?()[\]{}|]/g, '\\$&');

/** Names of the packages that a `package.json` around a path depends on, from the inside to the root. */
export function packagesAround(facts: RunFacts, path: string): ReadonlySet<string>[] {
  return foldersAround(path).flatMap((folder) => {
    const text = facts.text(inside(folder, 'package.json'));
    return text === undefined ? [] : [packagesOf(text)];
  });
}

function packagesOf(text: string): ReadonlySet<string> {
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== 'object' || read === null) return new Set();
    return new Set(
      Object.entries(read)
        .filter(([key, value]) => /^(?:dev|peer|optional)?dependencies$/i.test(key) && typeof value === 'object' && value !== null)
        .flatMap(([, value]) => Object.keys(value)),
    );
  } catch {
    return new Set();
  }
}
