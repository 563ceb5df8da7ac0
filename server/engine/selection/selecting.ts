import { createHash } from 'node:crypto';
import { blobsAtHead, type ChangeSet, readChanges } from '../../git/index.ts';
import type { SelectionRequest, TestSelection } from '../../model/selection.ts';
import { discoverSuite, type PastCommit, type SuiteKnowledge, selectTests, suiteKnowledge } from '../../selection/index.ts';
import { resultStore } from '../../store/results.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { programStamp } from '../identifiers/program-stamp.ts';
import { requestedDiff } from './difference.ts';

/** So many of the newest commits say which specs and files belong together. */
const MOST_COMMITS = 10_000;
/** Larger commits reformat or import. */
const MOST_PATHS = 60;
const MOST_TEXT_BYTES = 500_000;

export interface SelectingOptions {
  readonly workspace: () => Workspace;
  readonly indexFolder: string;
}

const isPast = (value: unknown): value is PastCommit =>
  typeof value === 'object' && value !== null && 'cuts' in value && Array.isArray(value.cuts) && 'needed' in value;

/** What tells one state of a suite from another. */
interface Known {
  readonly key: string;
  readonly knowledge: SuiteKnowledge;
}

/** Selects the end-to-end tests of a repository, and keeps what it knows of them as long as nothing changes. */
export class TestSelecting {
  readonly #options: SelectingOptions;
  readonly #replayed: ReturnType<typeof resultStore<PastCommit>>;
  #known: Known | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: SelectingOptions) {
    this.#options = options;
    this.#replayed = resultStore(options.indexFolder, 'selection', isPast);
  }

  async select(request: SelectionRequest, signal?: AbortSignal): Promise<TestSelection> {
    const { root, files } = this.#options.workspace();
    const diff = await requestedDiff(root, files, request.diff, signal);
    return selectTests(diff, await this.#knowledge(signal), request);
  }

  /** One reading at a time: concurrent callers share it where nothing changed. */
  #knowledge(signal?: AbortSignal): Promise<SuiteKnowledge> {
    const turn = this.#turn.then(() => this.#read(signal));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #read(signal?: AbortSignal): Promise<SuiteKnowledge> {
    const { files, repository, loaded } = this.#options.workspace();
    const { files: paths } = await files.list(signal);
    const suite = await discoverSuite(paths, (path) => files.read(path, MOST_TEXT_BYTES));
    const specs = suite.specs.map(({ path }) => path);
    const stamps = await Promise.all(specs.map((path) => files.stamp(path)));
    const program = await programStamp();
    const key = createHash('sha256')
      .update(JSON.stringify([program, repository?.head, specs, stamps, suite.supports, loaded.config]))
      .digest('hex');
    if (this.#known?.key === key) return this.#known.knowledge;
    const [texts, changes, blobs, replayed] = await Promise.all([
      files.readMany(specs, MOST_TEXT_BYTES),
      repository ? readChanges(repository, MOST_COMMITS, MOST_PATHS, signal) : ([] as readonly ChangeSet[]),
      repository ? blobsAtHead(repository, signal) : new Map<string, string>(),
      this.#replayed.read(program),
    ]);
    const before = new Map([...replayed].flatMap(([sha, { result }]) => (result ? [[sha, result] as const] : [])));
    const found = await suiteKnowledge(
      {
        suite,
        texts: new Map(specs.map((path, at) => [path, texts[at] ?? ''])),
        changes,
        blobs,
        repository,
        inert: [],
        replayed: before,
        durations: new Map(),
      },
      signal,
    );
    if ([...found.replayed.keys()].some((sha) => !before.has(sha)))
      await this.#replayed.write(program, new Map([...found.replayed].map(([sha, result]) => [sha, { stamp: sha, result }])));
    this.#known = { key, knowledge: found.knowledge };
    return found.knowledge;
  }
}
