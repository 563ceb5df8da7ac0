import { realpathSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Path of a `file:` address, or undefined for any other scheme and for malformed addresses.
 * Drive letters are upper-cased, because editors write `c%3A`, `c:` and `C:` for the same drive.
 */
export const pathOfUri = (uri: string): string | undefined => {
  if (!/^file:/i.test(uri)) return undefined;
  try {
    return fileURLToPath(uri).replace(/^[a-z]:/, (drive) => drive.toUpperCase());
  } catch {
    return undefined;
  }
};

/** `file:` address of an absolute path. */
export const uriOfPath = (path: string): string => pathToFileURL(path).href;

/** The path with symbolic links resolved; the path itself where it does not exist. */
export const realPath = (path: string): string => {
  try {
    return realpathSync.native(path).replace(/^[a-z]:/, (drive) => drive.toUpperCase());
  } catch {
    return path;
  }
};

/** Path below a folder, or undefined where `path` is not inside it. The folder itself gives the empty string. */
export const below = (folder: string, path: string): string | undefined => {
  const rest = relative(folder, path);
  return rest === '..' || rest.startsWith(`..${sep}`) || isAbsolute(rest) ? undefined : rest;
};

/** Repository-relative spelling (forward slashes) of a native relative path. */
export const forwardSlashes = (path: string): string => (sep === '/' ? path : path.split(sep).join('/'));

/** Native absolute path of a repository-relative one. */
export const nativePath = (root: string, path: string): string => join(root, ...path.split('/'));
