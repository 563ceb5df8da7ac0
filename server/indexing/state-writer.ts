import {
  appendState,
  deleteState,
  type FileState,
  type IndexState,
  positionOf,
  type StateChange,
  type StateName,
  type StatePosition,
  type TestState,
  writeState,
} from '../store/state.ts';

/** Milliseconds between two writes of the state during a run, at least. A run that is killed repeats what it did since the last write. */
const STATE_EVERY_MS = 3_000;
/** Times that a write took to wait before the next one: the state of 100,000 documents has 20 MB, and writing it may take 5 % of the run. */
const STATE_SHARE = 20;

/** Bytes up to which a state is always written whole: that is as fast as appending to its log. */
const SMALL = 256 * 1024;

/**
 * The state of the index during a run. Rows and state are separate on disk and cannot change atomically, so files are recorded as uncertain before
 * their rows change (`announce`) and as certain afterwards (`settle`). If the run is killed in between, the uncertain entry makes the next run read
 * the file whatever its stamp and hash are. Without it, a file whose change was undone before that run would keep the rows of the undone change.
 */
export class StateWriter {
  readonly #folder: string;
  #name: StateName;
  readonly #uncertain = new Map<string, FileState>();
  /** Its `files` are changed in place, and are nobody else's: a copy for every batch of a large repository would take the square of its size. */
  #state: IndexState & { readonly files: Record<string, FileState>; readonly tests: Record<string, TestState> };
  #hasChanged = false;
  /** Paths of files and tests whose entries are not as they are on disk. */
  #changedFiles = new Set<string>();
  #changedTests = new Set<string>();
  /** How the state is on disk; `undefined` before the first write, and where that is unknown. */
  #position: StatePosition | undefined;
  #isWritten = false;
  #savedAt = performance.now();
  #wroteForMs = 0;
  #writing: Promise<void> = Promise.resolve();

  /** @param name `next.json` for an index that is built beside the one in use */
  constructor(folder: string, state: IndexState, name: StateName = 'index.json') {
    this.#folder = folder;
    // A file may be called `__proto__`.
    const tests: Record<string, TestState> = Object.assign(Object.create(null), state.tests);
    this.#state = { ...state, files: Object.assign(Object.create(null), state.files), tests };
    this.#name = name;
  }

  /** The state as it is now. `files` goes on changing. */
  get state(): IndexState {
    return this.#state;
  }

  /** True once the state differs from the one that the run began with. */
  get hasChanged(): boolean {
    return this.#hasChanged;
  }

  change(change: Partial<Omit<IndexState, 'files' | 'tests'>>): void {
    this.#state = { ...this.#state, ...change };
    this.#hasChanged = true;
  }

  /** Call before rows change: records which files, and whether commits, are uncertain. */
  async announce(
    files: readonly Pick<FileState & { readonly path: string }, 'path' | 'kind' | 'format'>[],
    commits: boolean,
  ): Promise<void> {
    if (files.length === 0 && !commits) return;
    for (const { path, kind, format } of files) {
      this.#uncertain.set(path, { size: -1, mtimeMs: -1, hash: '', kind, format });
      this.#changedFiles.add(path);
    }
    if (commits) this.change({ open: true });
    await this.write();
  }

  /** Call after the rows of these files changed: records their new state. */
  settle(files: Readonly<Record<string, FileState>>): void {
    for (const [path, file] of Object.entries(files)) {
      this.#uncertain.delete(path);
      this.#state.files[path] = file;
      this.#changedFiles.add(path);
    }
    this.#hasChanged = true;
  }

  /** Call after the rows of these files were removed. */
  forget(paths: readonly string[]): void {
    for (const path of paths) {
      this.#uncertain.delete(path);
      delete this.#state.files[path];
      this.#changedFiles.add(path);
    }
    this.#hasChanged = true;
  }

  /** Call before and after rows of tests change: before with the stamp that no file has, so that an interrupted run reads them again. */
  settleTests(tests: ReadonlyMap<string, TestState>, removed: readonly string[] = []): void {
    for (const [path, test] of tests) this.#state.tests[path] = test;
    for (const path of removed) delete this.#state.tests[path];
    for (const path of [...tests.keys(), ...removed]) this.#changedTests.add(path);
    this.#hasChanged = true;
  }

  /** Writes the state if the last write is more than three seconds ago, or 20 times what it took. */
  async writeNowAndThen(): Promise<void> {
    if (performance.now() - this.#savedAt >= Math.max(STATE_EVERY_MS, STATE_SHARE * this.#wroteForMs)) await this.write();
  }

  /** Makes the index that was built beside the one in use the one in use. */
  async publish(): Promise<void> {
    if (this.#name === 'index.json') return;
    this.#name = 'index.json';
    this.#isWritten = true;
    this.#position = undefined;
    await this.write();
    await deleteState(this.#folder, 'next.json');
  }

  /** Writes the state. Rejects with `disk-full` or `index-read-only`. */
  async write(): Promise<void> {
    const begun = performance.now();
    this.#savedAt = begun;
    const change = this.#takeChange();
    const bytes = JSON.stringify(change).length;
    this.#writing = this.#writing.catch(() => undefined).then(() => this.#put(change, bytes));
    await this.#writing;
    this.#savedAt = performance.now();
    this.#wroteForMs = this.#savedAt - begun;
  }

  /** What changed since this was called last. */
  #takeChange(): StateChange {
    const { files: known, tests: knownTests, ...rest } = this.#state;
    const files: Record<string, FileState | null> = Object.create(null);
    for (const path of this.#changedFiles) files[path] = this.#uncertain.get(path) ?? known[path] ?? null;
    const tests: Record<string, TestState | null> = Object.create(null);
    for (const path of this.#changedTests) tests[path] = knownTests[path] ?? null;
    this.#changedFiles.clear();
    this.#changedTests.clear();
    return { rest, files, tests };
  }

  /** Appends a change to the log of the state, or writes the state whole where it is small or the log has become larger than what it changes. */
  async #put(change: StateChange, bytes: number): Promise<void> {
    const name = this.#name;
    if (!this.#isWritten) this.#position = await positionOf(this.#folder, name);
    this.#isWritten = true;
    const position = this.#position;
    // After a write that fails, nobody knows what is on disk.
    this.#position = undefined;
    if (position && position.whole > SMALL && position.log + bytes <= position.whole)
      this.#position = await appendState(this.#folder, name, position, change);
    else this.#position = await writeState(this.#folder, this.#whole(), name);
  }

  #whole(): IndexState {
    const files: IndexState['files'] = Object.assign(Object.create(null), this.#state.files, Object.fromEntries(this.#uncertain));
    const tests: IndexState['tests'] = Object.assign(Object.create(null), this.#state.tests);
    return { ...this.#state, files, tests };
  }
}
