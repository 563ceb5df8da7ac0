/** Why a text is embedded. Models trained with prefixes treat a query and a passage differently; the static model does not. */
export type Purpose = 'query' | 'passage';

export interface EmbedOptions {
  /** Checked between batches; an aborted call rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Default `passage`. */
  readonly purpose?: Purpose;
}

/** Turns texts into vectors of unit length, so that a dot product is a cosine. A text without letters and digits gives all zeros. */
export interface Embedder {
  /** `static`, or the name or folder of the model as configured. */
  readonly name: string;
  /** Name, checksum of the files and dimensions: changes whenever the vectors would. Vectors with different fingerprints must not be compared. */
  readonly fingerprint: string;
  /** Length of every vector. */
  readonly dimensions: number;
  /** One vector per text, in order. Deterministic. */
  embed(texts: readonly string[], options?: EmbedOptions): Promise<Float32Array[]>;
  /** Frees the model; further calls of `embed` reject. */
  dispose(): Promise<void>;
}

/** Asks the user before anything is downloaded. */
export type Consent = (question: { readonly model: string; readonly host: string }) => Promise<boolean>;

/** Bytes of a download: `done` of `total`, over all files of the model. */
export interface DownloadProgress {
  readonly model: string;
  readonly file: string;
  readonly done: number;
  readonly total: number;
}

export interface EmbedderSpec {
  /** `static` (bundled), a name `owner/name` on the model host, or a local folder (absolute, or starting with `.`). */
  readonly model: string;
  /** Folder for downloaded models. Created by the first download. */
  readonly cacheFolder: string;
  /** Default: refuse. Not asked for `static`, a local folder or a model that is already in the cache. */
  readonly consent?: Consent;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** URL of the model host; default: the environment variable `LINTEL_MODEL_HOST`, else `https://huggingface.co`. */
  readonly remoteHost?: string;
  /** Expected SHA-256 (hex) of the weights file. Default: the checksum of the first download is pinned. */
  readonly checksum?: string;
  readonly signal?: AbortSignal;
}
