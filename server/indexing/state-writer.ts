import { deleteState, type FileState, type IndexState, type StateName, writeState } from '../store/state.ts';

/** Milliseconds between two writes of the state during a run. A run that is killed repeats what it did since the last write. */
const STATE_EVERY_MS = 3_000;

/**
 * The state of the index during a run. Rows and state are separate on disk and cannot change atomically, so files are recorded as uncertain before
 * their rows change (`announce`) and as certain afterwards (`settle`). If the run is killed in between, the uncertain entry makes the next run read
 * the file whatever its stamp and hash are. Without it, a file whose change was undone before that run would keep the rows of the undone change.
 */
export class StateWriter {
  readonly #folder: string;
  #name: StateName;
  readonly #uncertain = new Map<string, FileState>();
  #state: IndexState;
  #savedAt = performance.now();
  #writing: Promise<void> = Promise.resolve();

  /** @param name `next.json` for an index that is built beside the one in use */
  constructor(folder: string, state: IndexState, name: StateName = 'index.json') {
    this.#folder = folder;
    this.#state = state;
    this.#name = name;
  }

  get state(): IndexState {
    return this.#state;
  }

  change(change: Partial<IndexState>): void {
    this.#state = { ...this.#state, ...change };
  }

  /** Call before rows change: records which files, and whether commits, are uncertain. */
  async announce(
    files: readonly Pick<FileState & { readonly path: string }, 'path' | 'kind' | 'format'>[],
    commits: boolean,
  ): Promise<void> {
    if (files.length === 0 && !commits) return;
    for (const { path, kind, format } of files) this.#uncertain.set(path, { size: -1, mtimeMs: -1, hash: '', kind, format });
    if (commits) this.change({ open: true });
    await this.write();
  }

  /** Call after the rows of these files changed: records their new state. */
  settle(files: Readonly<Record<string, FileState>>): void {
    for (const path of Object.keys(files)) this.#uncertain.delete(path);
    this.change({ files: { ...this.#state.files, ...files } });
  }

  /** Call after the rows of these files were removed. */
  forget(paths: readonly string[]): void {
    const gone = new Set(paths);
    for (const path of paths) this.#uncertain.delete(path);
    this.change({ files: Object.fromEntries(Object.entries(this.#state.files).filter(([path]) => !gone.has(path))) });
  }

  /** Writes the state if the last write is more than three seconds ago. */
  async writeNowAndThen(): Promise<void> {
    if (performance.now() - this.#savedAt >= STATE_EVERY_MS) await this.write();
  }

  /** Makes the index that was built beside the one in use the one in use. */
  async publish(): Promise<void> {
    if (this.#name === 'index.json') return;
    this.#name = 'index.json';
    await this.write();
    await deleteState(this.#folder, 'next.json');
  }

  /** Writes the state. Rejects with `disk-full` or `index-read-only`. */
  async write(): Promise<void> {
    this.#savedAt = performance.now();
    const files = { ...this.#state.files, ...Object.fromEntries(this.#uncertain) };
    const state = { ...this.#state, files };
    this.#writing = this.#writing.catch(() => undefined).then(() => writeState(this.#folder, state, this.#name));
    await this.#writing;
  }
}
