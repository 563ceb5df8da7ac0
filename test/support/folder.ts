import { chmodSync, existsSync, lstatSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder that is there until `remove` is called. */
export interface TemporaryFolder {
  /** Real path. */
  readonly path: string;
  /** Removes it with everything in it, read-only files included. May be called again. */
  readonly remove: () => void;
}

export interface FolderOptions {
  /** In memory where the system has a place for that (`/dev/shm`): for very many files. Default false. */
  readonly memory?: boolean;
}

const MEMORY = '/dev/shm';

/** Makes a folder below the system's temporary folder. The caller removes it; inside one test, `testFolder` is shorter. */
export const temporaryFolder = (name = 'lintel-test', { memory = false }: FolderOptions = {}): TemporaryFolder => {
  const parent = memory && existsSync(MEMORY) ? MEMORY : tmpdir();
  const path = realpathSync(mkdtempSync(join(parent, `${name}-`)));
  const remove = () => {
    makeWritable(path);
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  };
  return { path, remove };
};

/** A folder that is removed when the running test has ended. Its path. */
export const testFolder = (name?: string, options?: FolderOptions): string => {
  const folder = temporaryFolder(name, options);
  onTestFinished(folder.remove);
  return folder.path;
};

/** Folders that a test made read-only cannot be emptied by an ordinary user. */
const makeWritable = (path: string): void => {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return;
  if ((found.mode & 0o700) !== 0o700) chmodSync(path, 0o700);
  for (const entry of readdirSync(path, { withFileTypes: true })) if (entry.isDirectory()) makeWritable(join(path, entry.name));
};
