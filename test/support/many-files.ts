import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILES_IN_FOLDER = 1_000;

export interface ManyFilesOptions {
  /** Text of the n-th file. Default: none, which is the quickest. */
  readonly content?: (index: number) => string;
  /** Default `txt`. */
  readonly extension?: string;
}

/**
 * Creates `count` files below a folder, 1,000 in each sub-folder (`d000/f000000.txt`, ...). 100,000 empty files take
 * one to three seconds in a folder in memory (`testFolder(name, { memory: true })`), several times that on a disk.
 * Answers their relative paths.
 */
export const manyFiles = (folder: string, count: number, options: ManyFilesOptions = {}): string[] => {
  const { content, extension = 'txt' } = options;
  const paths: string[] = [];
  for (let index = 0; index < count; index++) {
    const parent = `d${String(Math.floor(index / FILES_IN_FOLDER)).padStart(3, '0')}`;
    if (index % FILES_IN_FOLDER === 0) mkdirSync(join(folder, parent), { recursive: true });
    const path = `${parent}/f${String(index).padStart(6, '0')}.${extension}`;
    if (content) writeFileSync(join(folder, path), content(index));
    else closeSync(openSync(join(folder, path), 'w'));
    paths.push(path);
  }
  return paths;
};
