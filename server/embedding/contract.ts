/** Why a text is embedded: models trained with prefixes treat a question and a passage differently; the static model does not. */
export type Purpose = 'query' | 'passage';

export interface EmbedOptions {
  /** Checked between batches; an aborted call rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Default `passage`. */
  readonly purpose?: Purpose;
}

/** Text to vector. Every vector has unit length, so that a dot product is a cosine; the vector of a text without letters and digits is all zeros. */
export interface Embedder {
  /** `static`, or the model's name or folder as configured. */
  readonly name: string;
  /** Changes whenever the vectors would: name of the kind, checksum of the files, dimensions. Vectors of different fingerprints never mix. */
  readonly fingerprint: string;
  /** Length of every vector. */
  readonly dimensions: number;
  /** One vector a text, in order. Deterministic. */
  embed(texts: readonly string[], options?: EmbedOptions): Promise<Float32Array[]>;
  /** Frees the model; further calls of `embed` reject. */
  dispose(): Promise<void>;
}

/** Asked before anything is downloaded. */
export type Consent = (question: { readonly model: string; readonly host: string }) => Promise<boolean>;

/** Bytes of a download: `done` of `total`, over all files of the model. */
export interface DownloadProgress {
  readonly model: string;
  readonly file: string;
  readonly done: number;
  readonly total: number;
}

export interface EmbedderSpec {
  /** `static` (in the box), a model name `owner/name` of the model host, or a local folder (absolute, or starting with `.`). */
  readonly model: string;
  /** Where downloaded models are kept. Created on the first download. */
  readonly cacheFolder: string;
  /** Default: refuse. Not asked for `static`, a local folder or a model that is already in the cache. */
  readonly consent?: Consent;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Address of the model host; default: the environment variable `LINTEL_MODEL_HOST`, else `https://huggingface.co`. */
  readonly remoteHost?: string;
  /** Expected SHA-256 (hex) of the weights file; absent: whatever the first download brought is pinned. */
  readonly checksum?: string;
  readonly signal?: AbortSignal;
}
