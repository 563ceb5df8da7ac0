import { realpathSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Path of a `file:` URI. `undefined` for any other scheme and for malformed URIs.
 * Drive letters become upper case, because editors write `c%3A`, `c:` and `C:` for the same drive.
 */
export const pathOfUri = (uri: string): string | undefined => {
  if (!/^file:/i.test(uri)) return undefined;
  try {
    const path = fileURLToPath(uri).replace(/^[a-z]:/, (drive) => drive.toUpperCase());
    // No file system has such a name, and Node throws for it.
    return path.includes('\0') ? undefined : path;
  } catch {
    return undefined;
  }
};

/** `file:` URI of an absolute path. */
export const uriOfPath = (path: string): string => pathToFileURL(path).href;

/** The path with symbolic links resolved, or the path itself if it does not exist. */
export const realPath = (path: string): string => {
  try {
    return realpathSync.native(path).replace(/^[a-z]:/, (drive) => drive.toUpperCase());
  } catch {
    return path;
  }
};

/** Path relative to a folder, or `undefined` if it is not inside that folder. The folder itself gives the empty string. */
export const below = (folder: string, path: string): string | undefined => {
  const rest = relative(folder, path);
  return rest === '..' || rest.startsWith(`..${sep}`) || isAbsolute(rest) ? undefined : rest;
};

/** A relative path of this platform with forward slashes, as the engine writes it. */
export const forwardSlashes = (path: string): string => (sep === '/' ? path : path.split(sep).join('/'));

/** Absolute path, in the form of this platform, of a repository-relative one. */
export const nativePath = (root: string, path: string): string => join(root, ...path.split('/'));
