import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { blobsAtHead, type ChangeSet, readChanges } from '../../git/index.ts';
import { LINKS_FILE } from '../../knowledge/links/links.ts';
import type { CodeSymbol } from '../../model/answer.ts';
import type { ChangedSymbol, SelectionRequest, TestCommands, TestSelection } from '../../model/selection.ts';
import {
  coveredBy,
  durationsOf,
  type KnownSpec,
  type PastCommit,
  RUN_LOG,
  type Suite,
  type SuiteKnowledge,
  selectTests,
  suiteKnowledge,
} from '../../selection/index.ts';
import { resultStore } from '../../store/results.ts';
import { createLinksReader } from '../../workspace/declared-links.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { programStamp } from '../identifiers/program-stamp.ts';
import { changedSymbols } from './changed-symbols.ts';
import { commandsOf } from './commands.ts';
import { CoverageReading } from './coverage.ts';
import { requestedDiff } from './difference.ts';
import { importersIn } from './importers.ts';
import { labelKeeper } from './known-labels.ts';
import { MOST_TEXT_BYTES, suiteKeeper } from './known-suite.ts';
import { recordLinksIn, recordsAmong } from './record-links.ts';
import { readRuns } from './run-log-file.ts';
import { StructureReading } from './structure.ts';
import { logFolder } from './test-runs.ts';
import { unattendedKeeper } from './unattended.ts';

/** So many of the newest commits say which specs and files belong together. */
const MOST_COMMITS = 5_000;
/** Larger commits reformat or import. */
const MOST_PATHS = 60;

export interface SelectingOptions {
  readonly workspace: () => Workspace;
  readonly indexFolder: string;
}

const specsIn = (texts: ReadonlyMap<string, string>): readonly KnownSpec[] => [...texts].map(([path, text]) => ({ path, text }));

const isPast = (value: unknown): value is PastCommit =>
  typeof value === 'object' && value !== null && 'cuts' in value && Array.isArray(value.cuts) && 'needed' in value;

/** What tells one state of a suite from another. */
interface Known {
  readonly key: string;
  readonly knowledge: SuiteKnowledge;
  readonly suite: Suite;
  /** All files of the repository. */
  readonly paths: readonly string[];
  /** Texts of the specs, by path. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Selects the end-to-end tests of a repository, and keeps what it knows of them as long as nothing changes. */
export class TestSelecting {
  readonly #options: SelectingOptions;
  readonly #replayed: ReturnType<typeof resultStore<PastCommit>>;
  readonly #suite: ReturnType<typeof suiteKeeper>;
  readonly #labels: ReturnType<typeof labelKeeper>;
  readonly #structure: StructureReading;
  readonly #coverage = new CoverageReading();
  readonly #unattended = unattendedKeeper();
  #known: Known | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: SelectingOptions) {
    this.#options = options;
    this.#replayed = resultStore(options.indexFolder, 'selection', isPast);
    this.#suite = suiteKeeper(options.indexFolder);
    this.#labels = labelKeeper(options.indexFolder);
    this.#structure = new StructureReading(options.indexFolder);
  }

  async select(request: SelectionRequest, signal?: AbortSignal): Promise<TestSelection> {
    const workspace = this.#options.workspace();
    const { root, files, loaded } = workspace;
    const [diff, { knowledge: known, suite, paths, texts, key }] = await Promise.all([
      requestedDiff(workspace, request.diff, signal),
      this.#knowledge(signal),
    ]);
    const isAsked = suite.specs.length > 0 && diff.files.length > 0;
    const structure = isAsked ? await this.#structure.evidence({ diff, suite, texts, paths, files }, signal) : undefined;
    const coverage = isAsked
      ? await this.#coverage.files([...loaded.config.tests.coverage, ...(request.coverage ?? [])], root, signal)
      : undefined;
    const unattended = isAsked ? await this.#unattended(suite, texts, paths, files, key) : [];
    const knowledge: SuiteKnowledge = {
      ...known,
      unattended,
      ...(structure ? { structure } : {}),
      ...(coverage ? { coverage: (product) => coveredBy(diff, product, coverage, specsIn(texts), paths) } : {}),
    };
    const needsImporters = diff.files.some(({ path }) => knowledge.paths.isSupport(path));
    if (!needsImporters) return selectTests(diff, knowledge, request);
    const importers = await importersIn(suite, paths, (path) => files.read(path, MOST_TEXT_BYTES), signal);
    return selectTests(diff, { ...knowledge, importersOf: (path) => importers.get(path) ?? new Map() }, request);
  }

  /** The specs of the suite with their texts. */
  async specs(signal?: AbortSignal): Promise<readonly KnownSpec[]> {
    const { files } = this.#options.workspace();
    const { files: paths } = await files.list(signal);
    const { specs } = await this.#suite(this.#options.workspace(), paths);
    const texts = await files.readMany(
      specs.map(({ path }) => path),
      MOST_TEXT_BYTES,
    );
    return specs.map(({ path }, at) => ({ path, text: texts[at] ?? '' }));
  }

  /** How specs are run. Paths that are no specs are left out. */
  async commands(specs: readonly string[], signal?: AbortSignal): Promise<TestCommands> {
    const workspace = this.#options.workspace();
    const { files: paths } = await workspace.files.list(signal);
    return commandsOf(workspace, await this.#suite(workspace, paths), paths, specs);
  }

  /** What the change of each of these symbols of a file makes relevant. */
  async symbols(path: string, declared: readonly CodeSymbol[], signal?: AbortSignal): Promise<readonly ChangedSymbol[]> {
    const workspace = this.#options.workspace();
    if (workspace.repository === undefined) return [];
    const diff = await requestedDiff(workspace, { of: 'work-tree' }, signal);
    const changed = diff.files.find((file) => file.path === path);
    return changed === undefined ? [] : changedSymbols(changed, declared, (await this.#knowledge(signal)).knowledge);
  }

  /** One reading at a time: concurrent callers share it where nothing changed. */
  #knowledge(signal?: AbortSignal): Promise<Known> {
    const turn = this.#turn.then(() => this.#read(signal));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #read(signal?: AbortSignal): Promise<Known> {
    const { files, repository, loaded } = this.#options.workspace();
    const { files: paths } = await files.list(signal);
    const suite = await this.#suite(this.#options.workspace(), paths);
    const specs = suite.specs.map(({ path }) => path);
    const records = recordsAmong(paths, loaded.config);
    const stamps = await Promise.all([...specs, ...suite.supports.map(({ path }) => path), ...records].map((path) => files.stamp(path)));
    const program = await programStamp();
    const folder = await logFolder(this.#options.workspace());
    const logged = await stat(join(folder, RUN_LOG)).then(
      ({ size, mtimeMs }) => `${size} ${mtimeMs}`,
      () => '',
    );
    const key = createHash('sha256')
      .update(
        JSON.stringify([
          program,
          repository?.head,
          specs,
          records,
          stamps,
          suite.supports,
          loaded.config,
          logged,
          await files.stamp(LINKS_FILE),
        ]),
      )
      .digest('hex');
    if (this.#known?.key === key) return this.#known;
    const [texts, changes, blobs, replayed, { runs }, links, recordLinks] = await Promise.all([
      files.readMany(specs, MOST_TEXT_BYTES),
      repository ? readChanges(repository, MOST_COMMITS, MOST_PATHS, signal) : ([] as readonly ChangeSet[]),
      repository ? blobsAtHead(repository, signal) : new Map<string, string>(),
      this.#replayed.read(program),
      readRuns(folder),
      createLinksReader(() => files).current(),
      recordLinksIn(records, new Set(specs), files, loaded.config),
    ]);
    const textOf = new Map(specs.map((path, at) => [path, texts[at] ?? '']));
    const before = new Map([...replayed].flatMap(([sha, { result }]) => (result ? [[sha, result] as const] : [])));
    const stamped = suite.specs.map((spec, at) => ({ spec, text: texts[at] ?? '', stamp: stamps[at] ?? '' }));
    const found = await suiteKnowledge(
      {
        suite,
        texts: textOf,
        labels: await this.#labels(stamped, program),
        changes,
        blobs,
        repository,
        inert: loaded.config.tests.inert,
        replayed: before,
        durations: durationsOf(runs),
        links: links.tests,
        recordLinks,
        runs,
      },
      signal,
    );
    if ([...found.replayed.keys()].some((sha) => !before.has(sha)))
      await this.#replayed.write(program, new Map([...found.replayed].map(([sha, result]) => [sha, { stamp: sha, result }])));
    this.#known = { key, knowledge: found.knowledge, suite, paths, texts: textOf };
    return this.#known;
  }
}
