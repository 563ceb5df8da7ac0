import { stampOf } from '../../indexing/plan.ts';
import type { CodeEntry } from '../../store/code-log.ts';
import type { IndexState } from '../../store/state.ts';
import type { WorkspaceFiles } from '../../workspace/files.ts';

const FILES_AT_ONCE = 64;

/** Where an index was put, and which of its files are as they were where it was made. */
export interface Copied {
  readonly root: string;
  readonly files: Pick<WorkspaceFiles, 'stamp'>;
  /** Paths that differ from the commit of the index; `undefined` where that is not known, so that all do. */
  readonly changed: ReadonlySet<string> | undefined;
}

async function eachOf<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const out: R[] = [];
  for (let at = 0; at < items.length; at += FILES_AT_ONCE) out.push(...(await Promise.all(items.slice(at, at + FILES_AT_ONCE).map(work))));
  return out;
}

/** The stamp of a file here, if it is the file that was indexed: not changed since that commit, and of the same size, which line ends may change. */
async function sameHere({ root, changed }: Copied, path: string, size: number): Promise<{ size: number; mtimeMs: number } | undefined> {
  if (!changed || changed.has(path)) return undefined;
  const here = await stampOf(root, path);
  return here?.size === size ? here : undefined;
}

/**
 * A state that was made in another work tree, with the stamps of the files in this one, so that they are not read again. A file that differs keeps its stamp of
 * there, and is read by the next run.
 */
export async function restampState(state: IndexState, copied: Copied): Promise<IndexState> {
  const files: Record<string, IndexState['files'][string]> = Object.assign(Object.create(null), state.files);
  await eachOf(Object.entries(state.files), async ([path, file]) => {
    const here = await sameHere(copied, path, file.size);
    if (!here) return;
    const reads = file.reads && Object.fromEntries(await eachOf(Object.entries(file.reads), (entry) => restampRead(entry, copied)));
    files[path] = { ...file, ...here, ...(reads ? { reads } : {}) };
  });
  const tests: Record<string, NonNullable<IndexState['tests']>[string]> = Object.assign(Object.create(null), state.tests);
  await eachOf(Object.entries(state.tests ?? {}), async ([path, test]) => {
    const [, size] = test.stamp.split(' ');
    if (await sameHere(copied, path, Number(size))) tests[path] = { ...test, stamp: await copied.files.stamp(path) };
  });
  return { ...state, files, ...(state.tests ? { tests } : {}) };
}

/** A stamp of another file that a document was read from: `SIZE TIME`, or nothing for one that is missing. */
async function restampRead([path, stamp]: readonly [string, string], copied: Copied): Promise<[string, string]> {
  if (stamp === '') return [path, stamp];
  const here = await sameHere(copied, path, Number(stamp.split(' ')[0]));
  return [path, here ? `${here.size} ${here.mtimeMs}` : stamp];
}

/** The same for the entries of the log of source files. */
export const restampCode = (entries: readonly CodeEntry[], copied: Copied): Promise<CodeEntry[]> =>
  eachOf(entries, async (entry) => {
    // A source file is never a symbolic link, whose stamp would be that of its target.
    const here = await sameHere(copied, entry.path, entry.size);
    return here ? { ...entry, ...here } : entry;
  });
