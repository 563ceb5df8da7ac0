import { type Embedder, openEmbedder } from '../embedding/embedder.ts';
import { remoteUrl } from '../git/index.ts';
import { CommitHistory } from '../history/commit-history.ts';
import type { DeclaredLinks } from '../knowledge/links/links.ts';
import { EngineError } from '../model/errors.ts';
import { type RecordCommits, RecordCommitsKeeper } from '../register/record-commits.ts';
import { type Register, readyForRegister, registerOf } from '../register/register.ts';
import { factsOfIndex } from '../retrieval/commit-facts.ts';
import { type Loaded, Loader } from '../retrieval/loader.ts';
import { MutableSourceIndex, type SourceIndex } from '../retrieval/source-index.ts';
import { CodeLogReader } from '../store/code-log.ts';
import { NO_FACTS } from '../store/commits/facts.ts';
import { StoreUnusable } from '../store/failure.ts';
import { databaseName } from '../store/leftovers.ts';
import { type StateRead, stateReader } from '../store/state.ts';
import { openStore, type Store } from '../store/store.ts';
import { databaseFolder } from '../store/table.ts';
import { createLinksReader } from '../workspace/declared-links.ts';
import { type OwnersOf, readOwners } from '../workspace/owners.ts';
import { type Tree, treeOf } from '../workspace/tree.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { homeOf } from './publishing/name.ts';

/** The index as it is now, loaded to answer from. */
export interface LightView extends Loaded {
  readonly store: Store;
  readonly embedder: Embedder;
  readonly register: Register;
  readonly code: SourceIndex;
}

/** With what is asked about places in code: it takes longer the first time after records changed. */
export interface View extends LightView {
  /** What commits say about the records. */
  readonly recordCommits: RecordCommits;
}

export interface ViewOptions {
  /** Read on every call, because the folder may become a repository later. */
  readonly workspace: () => Pick<Workspace, 'files' | 'repository'>;
  readonly indexFolder: string;
  readonly modelFolder: string;
  /** The configured model. */
  readonly model: () => string;
  readonly consent?: (question: { readonly model: string; readonly host: string }) => Promise<boolean>;
}

/** Why a state cannot be read, in words that fit "because ..."; `undefined` if it can be, or if there is none. */
export function whyUnreadable(read: StateRead): string | undefined {
  if (read.status === 'present' || read.status === 'absent') return undefined;
  return read.status === 'damaged' ? read.reason : `it was made by ${read.status === 'older' ? 'an older' : 'a newer'} version of Lintel`;
}

/**
 * Versions of the table after which it is opened anew, because the native library keeps memory for each version that it has read, beyond the limits of its
 * caches: 0.1 to 0.25 MB. Opening takes 50 ms.
 */
const MOST_VERSIONS = 50;
/** Milliseconds after loading before an image of what was loaded is written, so that the first answers are not in its way. */
const QUIET_MS = 3_000;
/** Milliseconds after which nobody asks a store any more that was opened anew: a question is given up in a minute. */
const LAST_QUESTION_MS = 120_000;

interface Model {
  readonly name: string;
  readonly embedder: Embedder;
}

interface Opened extends Model {
  /** Name of the folder of its table. */
  readonly database: string;
  readonly store: Store;
  /** Version of the table that the store read first. */
  readonly since?: number;
  readonly loader: Loader;
  readonly recordCommits: RecordCommitsKeeper;
}

/** Opens the index when it is first asked for, follows what any process writes to it, and closes one that cannot be read. */
export class Views {
  readonly #options: ViewOptions;
  readonly #readState: () => Promise<StateRead>;
  readonly #codeLog: CodeLogReader;
  readonly #code = new MutableSourceIndex();
  #model: Model | undefined;
  #opened: Opened | undefined;
  #view: LightView | undefined;
  #full: { readonly of: LightView; readonly view: View } | undefined;
  #facts = NO_FACTS;
  #tree: Tree | undefined;
  #home: string | undefined;
  #ownersOf: OwnersOf | undefined;
  readonly #links: ReturnType<typeof createLinksReader>;
  /** The links that the view's register was built with. */
  #registeredLinks: DeclaredLinks | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #broken: string | undefined;

  constructor(options: ViewOptions) {
    this.#options = options;
    this.#readState = stateReader(options.indexFolder);
    this.#codeLog = new CodeLogReader(options.indexFolder);
    this.#links = createLinksReader(() => options.workspace().files);
  }

  /** Why the index cannot be read, in words that fit "because ..."; `undefined` if it can be, or if there is none. */
  get broken(): string | undefined {
    return this.#broken;
  }

  /** The newest view, or `undefined` if there is no index that can be read (`broken` says why). Concurrent callers share one load. */
  current(): Promise<View | undefined> {
    return this.#next(async () => {
      const light = await this.#refresh();
      return light && this.#withRecordCommits(light);
    });
  }

  /** As `current`, without what commits say about records: for questions that are not about code. */
  light(): Promise<LightView | undefined> {
    return this.#next(() => this.#refresh());
  }

  /** Number of passages in the index; 0 if there is none that can be read (`broken` says why). Opens the index and loads nothing. */
  async passages(): Promise<number> {
    // One that failed to answer may open nevertheless, so that only loading it tells whether it is whole again.
    if (this.#broken !== undefined) return (await this.light())?.store.count() ?? 0;
    const count = await this.#next(async () => {
      const read = await this.#readState();
      if (read.status !== 'present') return undefined;
      return (await this.#open(databaseName(read.state))).store.count();
    });
    return count ?? 0;
  }

  #next<T>(load: () => Promise<T | undefined>): Promise<T | undefined> {
    const turn = this.#turn.then(() => this.#load(load));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** True if the index opens with the configured model and passes a quick check. Loads nothing. */
  usable(): Promise<boolean> {
    const turn = this.#turn.then(async () => {
      const read = await this.#readState();
      if (read.status !== 'present') return false;
      const { store } = await this.#open(databaseName(read.state));
      const soundness = await store.verify();
      if (soundness.state === 'damaged') this.#broken = soundness.reason;
      return soundness.state === 'sound';
    });
    this.#turn = turn.catch(() => undefined);
    return turn.catch(() => false);
  }

  /** What the index knows about the source files. Does not open the store. */
  code(): Promise<SourceIndex> {
    const turn = this.#turn.then(() => this.#followCode());
    this.#turn = turn;
    return turn;
  }

  /** Call it when files of the work tree changed, so that paths in records are resolved again. */
  forgetTree(): void {
    this.#tree = undefined;
  }

  /** Call it when `.lintel/links.yaml` was written: it is read again even if its stamp is the same. */
  forgetLinks(): void {
    this.#links.forget();
  }

  /** The configured model. */
  embedder(): Promise<Embedder> {
    const turn = this.#turn.then(async () => (await this.#openModel()).embedder);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Closes the index; the next view opens it again. */
  reopen(): Promise<void> {
    const turn = this.#turn.then(() => this.#closeStore());
    this.#turn = turn;
    return turn;
  }

  /** Closes the index and disposes of the model. */
  async close(): Promise<void> {
    await this.reopen();
    await this.#model?.embedder.dispose();
    this.#model = undefined;
  }

  async #load<T>(load: () => Promise<T | undefined>): Promise<T | undefined> {
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        return await load();
      } catch (error) {
        const failure = await this.#provenDamage(error);
        if (!(failure instanceof StoreUnusable)) throw failure;
        this.#broken = failure.state === 'absent' ? 'its table is missing' : failure.reason;
        await this.#closeStore();
      }
    }
    return undefined;
  }

  /**
   * What to make of a failure while loading. Only the store can prove that its files are damaged, by its checksums; any other error is a fault of
   * this program, which must be seen and not answered by a rebuild.
   */
  async #provenDamage(error: unknown): Promise<unknown> {
    if (error instanceof EngineError || !this.#opened) return error;
    const soundness = await this.#opened.store.verify({ full: true }).catch(() => undefined);
    if (soundness?.state !== 'damaged') return error;
    return new StoreUnusable('damaged', soundness.reason, this.#options.indexFolder, { cause: error });
  }

  async #followCode(): Promise<SourceIndex> {
    const news = await this.#codeLog.read();
    if (news) this.#code.take(news);
    return this.#code;
  }

  async #closeStore(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    if (this.#broken === undefined) await opened?.loader.show();
    this.#view = undefined;
    this.#full = undefined;
    this.#facts = NO_FACTS;
    await opened?.store.close().catch(() => undefined);
  }

  async #withRecordCommits(light: LightView): Promise<View | undefined> {
    if (this.#full?.of === light) return this.#full.view;
    await readyForRegister(light.documentIndex, light.register.tree);
    const recordCommits = await this.#opened?.recordCommits.refresh(light.log, light.register);
    if (!recordCommits) return undefined;
    const view = { ...light, recordCommits };
    this.#full = { of: light, view };
    return view;
  }

  async #refresh(): Promise<LightView | undefined> {
    const read = await this.#readState();
    if (read.status !== 'present') {
      this.#broken = whyUnreadable(read);
      await this.#closeStore();
      return undefined;
    }
    const opened = await this.#renewed(await this.#open(databaseName(read.state)));
    const folder = databaseFolder(this.#options.indexFolder, opened.database);
    this.#facts = await factsOfIndex(opened.store, folder, read.state, this.#facts);
    const form = `${read.state.schema} ${read.state.fingerprint} ${read.state.reading ?? ''}`;
    const loaded = await opened.loader.refresh(opened.store, this.#facts, form);
    if (opened.loader.isUnshown) setTimeout(() => void opened.loader.show(), QUIET_MS).unref();
    this.#broken = undefined;
    const links = await this.#links.current();
    const sameIndex = this.#view?.version === loaded.version && this.#view.log === loaded.log;
    const code = await this.#followCode();
    this.#opened = { ...opened, since: opened.since ?? loaded.version };
    if (this.#view && sameIndex && this.#tree && this.#registeredLinks === links && this.#view.store === opened.store) return this.#view;
    this.#tree ??= await this.#readTree();
    const history = new CommitHistory(this.#facts);
    const renamed = (path: string): string | undefined => history.renamed(path, (now) => this.#tree?.has(now) ?? false);
    const ownersOf = this.#ownersOf ? { ownersOf: this.#ownersOf } : {};
    const register = registerOf(loaded.documentIndex, this.#tree, this.#home, links, { renamed, ...ownersOf });
    this.#registeredLinks = links;
    this.#view = { ...loaded, store: opened.store, embedder: opened.embedder, code, register };
    return this.#view;
  }

  /** Opens the table in a database folder. Another one than is open is that of an index which was built beside it and is now in use. */
  async #open(database: string): Promise<Opened> {
    const name = this.#options.model();
    if (this.#opened?.name === name && this.#opened.database === database) return this.#opened;
    await this.#closeStore();
    const { embedder } = await this.#openModel();
    const { fingerprint, dimensions } = embedder;
    const store = await openStore(this.#options.indexFolder, { fingerprint, dimensions, database, readOnly: true });
    this.#opened = { name, database, embedder, store, loader: new Loader(embedder.dimensions), recordCommits: new RecordCommitsKeeper() };
    return this.#opened;
  }

  async #openModel(): Promise<Model> {
    const { modelFolder, consent } = this.#options;
    const name = this.#options.model();
    if (this.#model?.name === name) return this.#model;
    await this.#closeStore();
    await this.#model?.embedder.dispose();
    this.#model = undefined;
    this.#model = { name, embedder: await openEmbedder({ model: name, cacheFolder: modelFolder, ...(consent ? { consent } : {}) }) };
    return this.#model;
  }

  /** The same table in a new store once the old one has read many versions of it. Questions that are under way end with the old one. */
  async #renewed(opened: Opened): Promise<Opened> {
    const { embedder, database, store: old, since } = opened;
    if (since === undefined || (this.#view?.version ?? since) - since < MOST_VERSIONS) return opened;
    const { fingerprint, dimensions } = embedder;
    const store = await openStore(this.#options.indexFolder, { fingerprint, dimensions, database, readOnly: true });
    setTimeout(() => void old.close().catch(() => undefined), LAST_QUESTION_MS).unref();
    const { name, loader, recordCommits } = opened;
    this.#opened = { name, embedder, database, store, loader, recordCommits };
    return this.#opened;
  }

  async #readTree(): Promise<Tree> {
    const { files, repository } = this.#options.workspace();
    if (repository) this.#home = homeOf(await remoteUrl(repository));
    const tree = treeOf((await files.list()).files);
    this.#ownersOf = await readOwners(files, tree);
    return tree;
  }
}
