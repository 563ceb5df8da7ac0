import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TextEdit } from '../model/finding.ts';
import { TEXT_START } from '../model/span.ts';
import { comparePositions } from '../text/positions.ts';
import { unifiedDiff } from '../text/unified-diff.ts';
import { writeRefusal } from './write-edits.ts';

export interface Patch {
  /** For `git apply` at the root of the repository; empty where nothing changes. */
  readonly text: string;
  /** Files whose edits were left out: not UTF-8, not readable, gone, or outside the folder, also by a symbolic link. */
  readonly skipped: readonly string[];
}

/**
 * One patch of edits to the files of a folder, in the order of their paths. No file is changed.
 *
 * @param edits By repository-relative path. A file that does not exist is created.
 */
export async function patchOf(root: string, edits: ReadonlyMap<string, readonly TextEdit[]>): Promise<Patch> {
  const parts: string[] = [];
  const skipped: string[] = [];
  for (const [path, list] of [...edits].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const before = (await writeRefusal(root, path)) !== undefined ? 'unreadable' : await readUtf8(join(root, path));
    const gone = before !== 'unreadable' && before.text === undefined && !list.every(createsFile);
    if (before === 'unreadable' || gone) skipped.push(path);
    else parts.push(unifiedDiff(path, before.text, list));
  }
  return { text: parts.join(''), skipped };
}

/** Whether an edit makes sense without a file: it inserts at the start. Any other was made for a file that is no longer there. */
const createsFile = ({ span: { start, end } }: TextEdit): boolean =>
  comparePositions(start, TEXT_START) === 0 && comparePositions(end, TEXT_START) === 0;

/** The text of a file exactly as its bytes have it, or no text where there is no file. */
async function readUtf8(path: string): Promise<{ readonly text: string | undefined } | 'unreadable'> {
  try {
    const bytes = await readFile(path);
    const text = bytes.toString('utf8');
    return Buffer.from(text, 'utf8').equals(bytes) ? { text } : 'unreadable';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? { text: undefined } : 'unreadable';
  }
}
