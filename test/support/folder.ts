import { chmodSync, lstatSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
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

/** Makes a folder below the system's temporary folder. The caller removes it; inside one test, `testFolder` is shorter. */
export const temporaryFolder = (name = 'lintel-test'): TemporaryFolder => {
  const path = realpathSync(mkdtempSync(join(tmpdir(), `${name}-`)));
  const remove = () => {
    makeWritable(path);
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  };
  return { path, remove };
};

/** A folder that is removed when the running test has ended. Its path. */
export const testFolder = (name?: string): string => {
  const folder = temporaryFolder(name);
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
