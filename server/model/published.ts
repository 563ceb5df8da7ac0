/** What publishing an index came to. */
export interface PublishReport {
  /** The place, without secrets. */
  readonly place: string;
  readonly repository: string;
  readonly commit: string;
  /** Id of the snapshot: the hash of the list of its files. */
  readonly snapshot: string;
  /** False where an index of this commit, made in the same way, was published already; nothing was written then. */
  readonly isNew: boolean;
  /** Bytes of its files, and of what was not at the place yet. */
  readonly bytes: number;
  readonly newBytes: number;
}

/** What pulling an index came to. */
export interface PullReport {
  readonly place: string;
  readonly repository: string;
  /** `pulled`, or `current` where the local index is as near to HEAD already; nothing was read then but the list. */
  readonly outcome: 'pulled' | 'current';
  /** The commit of the snapshot, or of the local index. */
  readonly commit: string;
  /** When the snapshot was published, ISO 8601; empty for `current`. */
  readonly publishedAt: string;
  /** Commits between it and HEAD, both ways; `undefined` where the clone does not have the commit. */
  readonly distance?: number;
  readonly bytes: number;
}

export interface PublishOptions {
  /** Name of the repository. Default: `owner/name` of its remote, else the name of its folder. */
  readonly name?: string;
  readonly signal?: AbortSignal;
  /** Parts that are there, of all. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Publish also what is there already, or pull also where the local index is as near to HEAD: what is there may be damaged. Default false. */
  readonly force?: boolean;
}

/** Indexes that are published for others. */
export interface Publishing {
  /** Where `lintel.yaml` says that the index is published, relative to the root; `undefined` where it says nothing. */
  place(): Promise<string | undefined>;
  /**
   * Publishes the index as it is, which must be the one of HEAD. Rejects with `not-published` where the index or the work tree is not what HEAD says, with
   * `not-a-repository`, and with `published-unreachable`.
   * @param place a folder, which may be relative to `base`, or an address such as `s3://bucket/folder`
   */
  publish(place: string, base: string, options?: PublishOptions): Promise<PublishReport>;
  /**
   * Puts the published index that is nearest to HEAD in the place of the local one. Bring it up to date afterwards: what differs in the work tree is read then.
   * Rejects with `published-absent`, `published-damaged` or `published-unreachable`; the local index is as it was then.
   */
  pull(place: string, base: string, options?: PublishOptions): Promise<PullReport>;
}
