import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { localFolder } from '../cache.ts';

/** Remembers from which inputs (a hash of them) a file or folder was made. */
export async function noteMadeFrom(made: string, inputs: string): Promise<void> {
  await mkdir(path.dirname(noteOf(made)), { recursive: true });
  await writeFile(noteOf(made), inputs);
}

/** Whether a file or folder exists and was made from these inputs. */
export function isMadeFrom(made: string, inputs: string): boolean {
  return existsSync(made) && existsSync(noteOf(made)) && readFileSync(noteOf(made), 'utf8') === inputs;
}

/** Hash of a file's content. */
export function contentHash(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function noteOf(made: string): string {
  return path.join(localFolder, 'made-from', createHash('sha256').update(made).digest('hex').slice(0, 16));
}
