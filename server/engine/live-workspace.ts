import { openWorkspace, type Workspace } from '../workspace/workspace.ts';

/** How long after opening the workspace the first indexing run may use it as it is. */
const MAX_AGE_MS = 1_000;

/** The workspace of an engine, opened again for every indexing run: HEAD moves on, and a folder may become a repository. */
export class LiveWorkspace {
  #workspace: Workspace;
  #openedAt: number;

  private constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.#openedAt = performance.now();
  }

  /** Rejects with `not-a-folder`. */
  static async open(folder: string): Promise<LiveWorkspace> {
    return new LiveWorkspace(await openWorkspace(folder));
  }

  get current(): Workspace {
    return this.#workspace;
  }

  /** Opens it again. Rejects with `not-a-folder` once the folder is gone. */
  async reopen(): Promise<void> {
    this.#workspace = await openWorkspace(this.#workspace.root);
  }

  /** As `reopen`, unless this is the first call and the workspace was opened just now. */
  async reopenUnlessNew(): Promise<void> {
    const age = performance.now() - this.#openedAt;
    this.#openedAt = Number.NEGATIVE_INFINITY;
    if (age > MAX_AGE_MS) await this.reopen();
  }
}
