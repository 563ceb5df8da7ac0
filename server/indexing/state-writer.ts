import { type FileState, type IndexState, writeState } from '../store/state.ts';

/** Least time between two writes of the state during a run; a run that is killed repeats what it did since the last one. */
const STATE_EVERY_MS = 3_000;

/**
 * What the index is known to hold, kept while a run changes it. Rows and state are two things on disk that cannot change at once; so what is
 * about to change is written down as uncertain first (`announce`) and as certain after the rows (`settle`). A run that is killed in between leaves
 * an uncertain entry, and the next one reads that file again whatever its stamp and hash say: otherwise a file that is changed back before
 * that next run would keep the rows of the change.
 */
export class StateWriter {
  readonly #folder: string;
  readonly #uncertain = new Map<string, FileState>();
  #state: IndexState;
  #savedAt = Date.now();
  #writing: Promise<void> = Promise.resolve();

  constructor(folder: string, state: IndexState) {
    this.#folder = folder;
    this.#state = state;
  }

  get state(): IndexState {
    return this.#state;
  }

  change(change: Partial<IndexState>): void {
    this.#state = { ...this.#state, ...change };
  }

  /** Before rows change: writes down which files, and whether commits, are no longer certain. */
  async announce(
    files: readonly Pick<FileState & { readonly path: string }, 'path' | 'kind' | 'format'>[],
    commits: boolean,
  ): Promise<void> {
    if (files.length === 0 && !commits) return;
    for (const { path, kind, format } of files) this.#uncertain.set(path, { size: -1, mtimeMs: -1, hash: '', kind, format });
    if (commits) this.change({ open: true });
    await this.write();
  }

  /** After their rows changed: what is known of these files now. */
  settle(files: Readonly<Record<string, FileState>>): void {
    for (const path of Object.keys(files)) this.#uncertain.delete(path);
    this.change({ files: { ...this.#state.files, ...files } });
  }

  /** After their rows went. */
  forget(paths: readonly string[]): void {
    const gone = new Set(paths);
    for (const path of paths) this.#uncertain.delete(path);
    this.change({ files: Object.fromEntries(Object.entries(this.#state.files).filter(([path]) => !gone.has(path))) });
  }

  /** Writes the state where the last time is a while ago. */
  async writeNowAndThen(): Promise<void> {
    if (Date.now() - this.#savedAt >= STATE_EVERY_MS) await this.write();
  }

  /** Writes the state. Rejects with `disk-full` or `index-read-only`. */
  async write(): Promise<void> {
    this.#savedAt = Date.now();
    const files = { ...this.#state.files, ...Object.fromEntries(this.#uncertain) };
    const state = { ...this.#state, files };
    this.#writing = this.#writing.catch(() => undefined).then(() => writeState(this.#folder, state));
    await this.#writing;
  }
}
