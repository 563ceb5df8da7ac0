import type {
  Citation,
  CodeSymbol,
  FileFindings,
  Hit,
  IndexProgress,
  IndexReport,
  IndexStatus,
  Inspection,
  Place,
  SearchAnswer,
  SearchQuery,
  WhyAnswer,
} from './answer.ts';
import type { Authoring } from './authoring.ts';
import type { Document, DocumentHead } from './document.ts';
import type { Position } from './span.ts';

export interface EngineOptions {
  /** Any folder inside the repository (or a plain folder). */
  readonly folder: string;
  /** The folder of this repository's index; default: one of its own below `indexHome`. */
  readonly indexFolder?: string;
  /** Folder that holds the indexes of all repositories; default: the environment variable `LINTEL_INDEX`, `lintel.yaml`, the user's cache folder. */
  readonly indexHome?: string;
  /** Embedding model: `static` (default, in the box), a Hugging Face model name, or a local folder. Overrides `lintel.yaml`. */
  readonly model?: string;
  /** Asked before a model is downloaded; default: refuse. */
  readonly consent?: (question: { readonly model: string; readonly host: string }) => Promise<boolean>;
  /** Told about progress of every indexing run, whoever started it. */
  readonly onProgress?: (progress: IndexProgress) => void;
  /** Told when the state of the index changed (ready, failed, new position, new notices). */
  readonly onStatus?: (status: IndexStatus) => void;
  /** Lines for the log of the face; never for people's eyes unasked. */
  readonly log?: (level: 'error' | 'warn' | 'info' | 'debug', message: string) => void;
}

export interface IndexOptions {
  readonly signal?: AbortSignal;
  /** Forget what is there and build anew. */
  readonly full?: boolean;
  /** Milliseconds to wait for another process that is writing the index; then the call rejects with `index-busy`. Default: for ever. */
  readonly patience?: number;
  readonly onProgress?: (progress: IndexProgress) => void;
}

/**
 * The architecture knowledge base of one repository. Every face (language server, CLI, MCP) calls only this.
 * Methods reject only for a failure that the caller must tell a person (an `EngineError`); a cancelled call rejects with the signal's reason.
 */
export interface Engine {
  readonly root: string;
  /** Brings the index up to date (incremental). Runs are serialised; a second call while one runs joins the next one. */
  index(options?: IndexOptions): Promise<IndexReport>;
  /** Files were saved, created or deleted: re-index only these. Repository-relative or absolute paths; others than documents are ignored. */
  changed(paths: readonly string[]): Promise<IndexReport>;
  search(query: SearchQuery, signal?: AbortSignal): Promise<SearchAnswer>;
  /** Decisions that govern a place, and what else is worth reading there. */
  why(place: Place, signal?: AbortSignal): Promise<WhyAnswer>;
  /**
   * What a position is about, for a hover: the records cited there; else the decisions that govern the declaration whose name is there, or the
   * line. Similarity alone shows nothing. The file is parsed once.
   */
  inspect(place: Place, position: Position, signal?: AbortSignal): Promise<Inspection>;
  /** Citations of records in a text, resolved; for links. */
  citations(place: Place, signal?: AbortSignal): Promise<readonly Citation[]>;
  /** What the code of a file declares, in the order of the text; empty for languages that are not understood. */
  symbols(place: Place): Promise<readonly CodeSymbol[]>;
  /**
   * Findings of one document, or of the citations in a file of code or configuration; with `text`, of that text instead of what is on disk.
   * `undefined` where the path is neither.
   */
  findings(path: string, text?: string): Promise<FileFindings | undefined>;
  /** Findings of all indexed documents and source files that have any, ordered by path. */
  allFindings(): Promise<readonly FileFindings[]>;
  document(id: string): Promise<Document | undefined>;
  /** A record, guide or specification in short: title, status, the sentence that says what it decides, and what replaced it. No evidence. */
  record(id: string): Promise<Hit | undefined>;
  /** All documents of the given kinds without their sections' text, ordered by id. */
  documents(kinds?: readonly Document['kind'][]): Promise<readonly DocumentHead[]>;
  /** The register of decisions, and writing to it. */
  readonly authoring: Authoring;
  status(): Promise<IndexStatus>;
  /** Checks every part (git, index folder, lock, store, model, native binary) and says in sentences what is wrong and what to do. */
  doctor(): Promise<readonly { readonly check: string; readonly ok: boolean; readonly detail: string }[]>;
  dispose(): Promise<void>;
}
