import type {
  Citation,
  CodeSymbol,
  FileFindings,
  Hit,
  IdentifierReport,
  IdentifierRequest,
  IndexProgress,
  IndexReport,
  IndexStatus,
  Inspection,
  LineLink,
  Place,
  SearchAnswer,
  SearchQuery,
  UntakenRecords,
  WhyAnswer,
} from './answer.ts';
import type { AskAnswer, AskRequest } from './ask.ts';
import type { AllowIdentifierRequest, Authored, Authoring, Refused } from './authoring.ts';
import type { ChangeReport, ChangeRequest } from './change.ts';
import type { Document, DocumentHead } from './document.ts';
import type { BeforeEdit } from './gate.ts';
import type { LineHistory } from './history.ts';
import type { Publishing } from './published.ts';
import type { RecordReach } from './reach.ts';
import type { Review, ReviewRequest } from './review.ts';
import type { ChangedSymbol, SelectionRequest, TestCommands, TestSelection } from './selection.ts';
import type { Position } from './span.ts';
import type { TestRunning } from './test-runs.ts';

export interface EngineOptions {
  /** Any folder inside the repository, or a plain folder. */
  readonly folder: string;
  /** Folder of this repository's index. Default: one of its own below `indexHome`. */
  readonly indexFolder?: string;
  /**
   * Folder that holds the indexes of all repositories. Default: the environment variable `LINTEL_INDEX`, else the folder inside the repository that
   * `lintel.yaml` names for its own index, else the user's cache folder.
   */
  readonly indexHome?: string;
  /** Embedding model: `static` (ships with Lintel), the name of a Hugging Face model, or a local folder. Default: as `lintel.yaml` says, else `static`. */
  readonly model?: string;
  /** Called before a model is downloaded. Default: refuse. */
  readonly consent?: (question: { readonly model: string; readonly host: string }) => Promise<boolean>;
  /** Progress of every indexing run, whoever started it. */
  readonly onProgress?: (progress: IndexProgress) => void;
  /** Called when the status may have changed: indexing started or ended, or files were saved. It may be equal to the one before. */
  readonly onStatus?: (status: IndexStatus) => void;
  /** Whether an index that cannot be read is rebuilt in the background once somebody asks. Default true. */
  readonly heal?: boolean;
  /** Lines for the log of the surface; not to be shown to people unless they look for them. */
  readonly log?: (level: 'error' | 'warn' | 'info' | 'debug', message: string) => void;
}

export interface IndexOptions {
  /** Gives up: a call whose turn has not come rejects with the signal's reason; a run under way stops and reports `cancelled`. */
  readonly signal?: AbortSignal;
  /** Build the index from nothing. Default false. */
  readonly full?: boolean;
  /** Milliseconds to wait for another process that is writing the index; then the call rejects with `index-busy`. Default: no limit. */
  readonly patience?: number;
  readonly onProgress?: (progress: IndexProgress) => void;
}

export interface StatusOptions {
  /**
   * Load the index, which the next question needs anyway and which is a lot for somebody who asks none. Default true. Without it `passages` is 0 unless the
   * index is loaded, and damage is not told that only loading finds.
   */
  readonly load?: boolean;
  /** Measure how far the index is behind, which starts git. Default true. Otherwise it is said as it was measured last, a few seconds ago at most. */
  readonly measure?: boolean;
}

/**
 * The architecture knowledge base of one repository. Every surface (language server, CLI) asks this and nothing below it.
 *
 * Questions are answered from the index as it is; if there is none that can be read, the answer is empty. A damaged index is rebuilt in the
 * background. Methods reject with an `EngineError` for failures to show to the user, and with the signal's reason when they are cancelled. Any other
 * rejection is a fault of Lintel.
 */
export interface Engine {
  /** Root of the repository, or the folder itself outside git. */
  readonly root: string;
  /**
   * Brings the index up to date; only what changed is read. One run at a time: a call during a run waits for the next one, and joins a call that
   * waits already with the same `full` and `patience`. A shared run is cancelled once all its callers have given up.
   */
  index(options?: IndexOptions): Promise<IndexReport>;
  /**
   * Indexes files that were saved, created or deleted: documents, source files, and `lintel.yaml`, after which everything is looked at. Repository-relative
   * or absolute paths; those outside the repository are ignored.
   */
  changed(paths: readonly string[]): Promise<IndexReport>;
  /** Rejects with `unknown-commit` for an `at` that the repository lacks. */
  search(query: SearchQuery, signal?: AbortSignal): Promise<SearchAnswer>;
  /**
   * Answers a question with verbatim lines of records, specifications, guides and commits. A record that is no longer in force is never the answer. Rejects with
   * `unknown-commit` for an `at` that the repository lacks.
   */
  ask(request: AskRequest): Promise<AskAnswer>;
  /** Decisions that govern a place, and what else is worth reading there. Rejects with `unknown-commit` for an `asOf` or `at` that the repository lacks. */
  why(place: Place, signal?: AbortSignal): Promise<WhyAnswer>;
  /**
   * What a position is about, for a hover: the records cited there; else the decisions that govern the declaration whose name is there, or the
   * line. Similarity alone shows nothing. The file is parsed once. With them, or without an index: what the file does with the identifier at the position.
   */
  inspect(place: Place, position: Position, signal?: AbortSignal): Promise<Inspection>;
  /**
   * The commits of the line of a place, newest first: those that touched it and those that made its logic, each with the sentence of its message that says why.
   * For a place without a line, the newest commits of its file. Needs no index and fetches nothing; what git could not tell is in the notices.
   */
  history(place: Place, signal?: AbortSignal): Promise<LineHistory>;
  /** Citations of records in a text, resolved; for links. */
  citations(place: Place, signal?: AbortSignal): Promise<readonly Citation[]>;
  /** References to lines in a document of prose, with the place where those lines are now; for links. Those that nobody can follow are left out. */
  lineLinks(place: Place, signal?: AbortSignal): Promise<readonly LineLink[]>;
  /** What the code of a file declares, in the order of the text; empty for languages that are not understood. */
  symbols(place: Place): Promise<readonly CodeSymbol[]>;
  /**
   * Findings of one document, or of the citations in a file of code or configuration; `undefined` if the path is neither.
   * @param text as the editor has it. Default: read from disk.
   */
  findings(path: string, text?: string, signal?: AbortSignal): Promise<FileFindings | undefined>;
  /**
   * Findings of all indexed documents and source files that have any, ordered by path.
   * @param each whether every finding keeps its own severity. Default false: a fault that repeats is a warning once, and an info elsewhere.
   */
  allFindings(signal?: AbortSignal, each?: boolean): Promise<readonly FileFindings[]>;
  /**
   * The decisions that govern what changed, and the findings there: for what is about to be committed, or differs from where HEAD forked. Rejects with
   * `unknown-commit` for a base that the repository lacks, and with `not-a-repository` outside of git.
   */
  change(request: ChangeRequest, signal?: AbortSignal): Promise<ChangeReport>;
  /** The decisions that probably govern files, for a person to accept or reject with `authoring.feedbackAll`. Takes some milliseconds for each file. */
  review(request?: ReviewRequest, signal?: AbortSignal): Promise<Review>;
  /**
   * Findings about identifiers in all files, or in some, as they are on disk. Needs no index, and only what changed since the last time is read. Rejects with
   * `unknown-commit` for a `since` that the repository lacks.
   */
  identifiers(request?: IdentifierRequest, signal?: AbortSignal): Promise<IdentifierReport>;
  /** The edit of `lintel.yaml` that allows what a finding about an identifier reports. It keeps everything that is there. */
  allowIdentifier(request: AllowIdentifierRequest): Promise<Authored | Refused>;
  /**
   * The end-to-end tests that a difference makes relevant, with a verdict. Needs no index. Rejects with `unknown-commit` for a name that the repository
   * lacks, and with `not-a-repository` for anything but a patch outside of git.
   */
  selectTests(request: SelectionRequest, signal?: AbortSignal): Promise<TestSelection>;
  /** What hooks of agents ask before an edit. */
  readonly beforeEdit: BeforeEdit;
  /** Recorded runs of the end-to-end tests, and what they say of the suite and its selection. */
  readonly testRuns: TestRunning;
  /** The commands that run these specs, and those that nothing is known to run. Runs nothing. Paths that are no specs are left out. */
  testCommands(specs: readonly string[], signal?: AbortSignal): Promise<TestCommands>;
  /**
   * The symbols of a file on disk that are not as in HEAD, each with the tests that its own change makes relevant: what the file declares at its top level, at most the first
   * ten that changed. Empty outside of git.
   */
  changedSymbols(path: string, signal?: AbortSignal): Promise<readonly ChangedSymbol[]>;
  /** The branch that changes are merged to, as a name such as `origin/main`; `undefined` where that is not known. */
  defaultBranch(signal?: AbortSignal): Promise<string | undefined>;
  /** What a record reaches: who cites it, and the code that it names or that is linked to it. `undefined` for anything but a decision record. */
  reach(id: string): Promise<RecordReach | undefined>;
  /** A document as it was indexed, with its sections; `undefined` where the index has none of that id. */
  document(id: string): Promise<Document | undefined>;
  /**
   * A record, guide or specification in short: title, status, the sentence that says what it decides, and what replaced it. Its list of evidence is
   * empty. `undefined` for commits and for unknown ids.
   */
  record(id: string): Promise<Hit | undefined>;
  /** All documents of the given kinds (default: all) without their sections, ordered by id. */
  documents(kinds?: readonly Document['kind'][]): Promise<readonly DocumentHead[]>;
  /** The register of decisions, and writing to it. */
  readonly authoring: Authoring;
  /** Publishing the index for others, and taking over what others published. */
  readonly publishing: Publishing;
  /** Measures how far the index is behind, and describes it. Rejects with `not-a-folder` once the root is gone. */
  status(options?: StatusOptions): Promise<IndexStatus>;
  /** Folders that look like records and are not taken. Reads the start of every text of the work tree. */
  untaken(): Promise<UntakenRecords>;
  /** Checks git, the repository, the index folder, its lock, the index and the model, and says in sentences what is wrong and what to do. */
  doctor(): Promise<readonly { readonly check: string; readonly ok: boolean; readonly detail: string }[]>;
  /** Ends the indexing process and closes the index. Nothing may be asked afterwards. */
  dispose(): Promise<void>;
}
