import { type Register, registerOf } from '../decisions/register.ts';
import { type Tree, treeOf } from '../decisions/tree.ts';
import { type Embedder, openEmbedder } from '../embedding/embedder.ts';
import { listFiles, type Repository, remoteUrl } from '../git/index.ts';
import { listFolder } from '../knowledge/discovery.ts';
import { type Loaded, Loader } from '../retrieval/loader.ts';
import { StoreUnusable } from '../store/failure.ts';
import { readState } from '../store/state.ts';
import { openStore, type Store } from '../store/store.ts';

/** The index as it is now, loaded for answers. */
export interface View extends Loaded {
  readonly store: Store;
  readonly embedder: Embedder;
  readonly register: Register;
}

export interface ViewOptions {
  readonly root: string;
  readonly repository?: Repository;
  readonly indexFolder: string;
  readonly modelFolder: string;
  /** The configured model. */
  readonly model: () => string;
  readonly consent?: (question: { readonly model: string; readonly host: string }) => Promise<boolean>;
}

/** `owner/name` at the end of a remote address. */
const homeOf = (url: string | undefined): string | undefined => url?.replace(/\.git\/?$/, '').match(/[/:]([^/:]+\/[^/:]+)\/?$/)?.[1];

interface Opened {
  readonly model: string;
  readonly embedder: Embedder;
  readonly store: Store;
  readonly loader: Loader;
}

/** Opens the index lazily, follows what any process writes to it, and lets go of one that cannot be read. */
export class Views {
  readonly #options: ViewOptions;
  #opened: Opened | undefined;
  #view: View | undefined;
  #tree: Tree | undefined;
  #home: string | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  /** Why there is no view, in a sentence; empty while there is one or none was asked for. */
  reason = '';

  constructor(options: ViewOptions) {
    this.#options = options;
  }

  /** The newest view, or `undefined` where there is no index that can be read (`reason` says why). One caller loads, the others wait. */
  current(): Promise<View | undefined> {
    const turn = this.#turn.then(() => this.#load());
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** True where the index can be opened with the configured model; nothing is loaded yet. */
  usable(): Promise<boolean> {
    const turn = this.#turn.then(async () => {
      await this.#open();
      return true;
    });
    this.#turn = turn.catch(() => undefined);
    return turn.catch(() => false);
  }

  /** The files of the work tree changed: paths in records are resolved anew. */
  forgetTree(): void {
    this.#tree = undefined;
  }

  async close(): Promise<void> {
    await this.#turn;
    const opened = this.#opened;
    this.#opened = undefined;
    this.#view = undefined;
    await opened?.store.close();
    await opened?.embedder.dispose();
  }

  async #load(): Promise<View | undefined> {
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        return await this.#refresh();
      } catch (error) {
        if (!(error instanceof StoreUnusable)) throw error;
        this.reason = error.reason;
        await this.#letGo();
        if (error.state === 'absent') return undefined;
      }
    }
    return undefined;
  }

  async #letGo(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    this.#view = undefined;
    await opened?.store.close().catch(() => undefined);
  }

  async #refresh(): Promise<View | undefined> {
    const read = await readState(this.#options.indexFolder);
    if (read.status !== 'present') {
      this.reason = read.status === 'absent' ? 'there is none yet' : 'it must be rebuilt';
      await this.#letGo();
      return undefined;
    }
    const opened = await this.#open();
    const commitKey = `${read.state.head} ${read.state.commitsIndexed}`;
    const loaded = await opened.loader.refresh(opened.store, commitKey);
    this.reason = '';
    if (this.#view && this.#view.version === loaded.version && this.#view.commits === loaded.commits && this.#tree) return this.#view;
    this.#tree ??= await this.#readTree();
    const register = registerOf(loaded.knowledge, this.#tree, this.#home);
    this.#view = { ...loaded, store: opened.store, embedder: opened.embedder, register };
    return this.#view;
  }

  async #open(): Promise<Opened> {
    const { indexFolder, modelFolder, consent } = this.#options;
    const model = this.#options.model();
    if (this.#opened?.model === model) return this.#opened;
    const embedder = await openEmbedder({ model, cacheFolder: modelFolder, ...(consent ? { consent } : {}) });
    const store = await openStore(indexFolder, { fingerprint: embedder.fingerprint, dimensions: embedder.dimensions, readOnly: true });
    this.#opened = { model, embedder, store, loader: new Loader(embedder.dimensions) };
    return this.#opened;
  }

  async #readTree(): Promise<Tree> {
    const { root, repository } = this.#options;
    if (!repository) return treeOf((await listFolder(root)).files);
    this.#home = homeOf(await remoteUrl(repository));
    return treeOf(await listFiles(repository));
  }
}
