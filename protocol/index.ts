/**
 * Custom messages between the VS Code client and the language server, beside the standard protocol.
 * Both sides import this file; it imports neither. Positions are those of LSP (zero-based, UTF-16).
 */

export interface WirePosition {
  readonly line: number;
  readonly character: number;
}
export interface WireRange {
  readonly start: WirePosition;
  readonly end: WirePosition;
}
export interface WireEvidence {
  readonly kind: string;
  readonly weight: number;
  readonly explanation: string;
  readonly codeSpan?: WireRange;
  readonly documentSpan?: WireRange;
  /** The commit that speaks, where one does. */
  readonly sha?: string;
}
export interface WireHit {
  readonly id: string;
  readonly kind: 'decision' | 'specification' | 'guide' | 'commit';
  readonly path?: string;
  /** `file:` address of the document; absent for commits. */
  readonly uri?: string;
  readonly sha: string;
  readonly title: string;
  readonly status?: string;
  readonly date?: string;
  readonly score: number;
  /** For a decision in an answer of `lintel/why`: the share of such records that people judged to govern such places, in [0, 1]. */
  readonly confidence?: number;
  readonly snippet: string;
  readonly highlights: readonly { readonly start: number; readonly end: number }[];
  readonly span: WireRange;
  readonly evidence: readonly WireEvidence[];
  readonly supersededBy: readonly string[];
  /** The documents of `supersededBy` as far as they are indexed, the one in force first; only in answers of `lintel/why`, and only where there are any. */
  readonly successors?: readonly WireSuccessor[];
}
/** A record that replaced another. */
export interface WireSuccessor {
  readonly id: string;
  readonly title: string;
  readonly uri: string;
  readonly status?: string;
  /** Where it says what it decides. */
  readonly span: WireRange;
}
export interface WireIndexPosition {
  readonly sha: string;
  readonly behind: number;
}

/** Request `lintel/search`: client to server. */
export const SEARCH = 'lintel/search';
export interface SearchParams {
  readonly query: string;
  readonly kinds?: readonly string[];
  readonly statuses?: readonly string[];
  readonly path?: string;
  readonly since?: string;
  readonly until?: string;
  readonly limit?: number;
  /** Folder whose repository is asked; absent: all repositories of the workspace, merged by score. */
  readonly folderUri?: string;
}
export interface SearchResult {
  readonly hits: readonly WireHit[];
  readonly index: WireIndexPosition;
}

/** Request `lintel/why`: client to server. */
export const WHY = 'lintel/why';
export interface WhyParams {
  readonly uri: string;
  readonly line?: number;
  /** Last line of a selection that begins at `line`; absent: the cursor stands there. */
  readonly endLine?: number;
}
export interface WhyResult {
  readonly governing: readonly WireHit[];
  readonly related: readonly WireHit[];
  readonly index: WireIndexPosition;
  /** What could not be looked at and why, in sentences; absent where nothing is missing. */
  readonly notices?: readonly string[];
}

/** Request `lintel/commit`: the text of a commit for a read-only editor. */
export const COMMIT = 'lintel/commit';
export interface CommitParams {
  readonly sha: string;
  readonly folderUri?: string;
}
export interface CommitResult {
  /** Message, author, date and changed paths as plain text; undefined where the repository does not hold the commit. */
  readonly text?: string;
}

/** Request `lintel/index`: bring the index up to date; `full` builds it anew. */
export const INDEX = 'lintel/index';
export interface IndexParams {
  readonly full?: boolean;
}
/** One entry for each repository of the workspace; `error` says why its index could not be brought up to date. */
export interface IndexResult {
  readonly repositories: readonly {
    readonly root: string;
    readonly added: number;
    readonly updated: number;
    readonly removed: number;
    readonly unchanged: number;
    readonly milliseconds: number;
    readonly rebuilt?: string;
    readonly cancelled: boolean;
    readonly error?: string;
  }[];
}

/**
 * Command of the code lenses, carried out by the client: show what governs a place. Its one argument is a `ShowWhyArgument`.
 * A client without it shows the lens as plain text.
 */
export const SHOW_WHY = 'lintel.showWhy';
export interface ShowWhyArgument {
  readonly uri: string;
  readonly line?: number;
  /** Last line of what is asked about, such as a function; absent: only `line`. */
  readonly endLine?: number;
}
/** Command of the lens "Superseded by ...", carried out by the client: open a document. Its one argument is an `OpenDocumentArgument`. */
export const OPEN_DOCUMENT = 'lintel.openDocument';
export interface OpenDocumentArgument {
  readonly uri: string;
  readonly range?: WireRange;
}

/** Notification `lintel/status`: server to client, on every change. One entry for each repository. */
export const STATUS = 'lintel/status';
export interface StatusParams {
  readonly repositories: readonly WireStatus[];
}
export interface WireStatus {
  readonly root: string;
  readonly state: 'absent' | 'indexing' | 'ready' | 'failed';
  readonly percent?: number;
  readonly index: WireIndexPosition;
  readonly counts: Readonly<Record<string, number>>;
  readonly model: string;
  readonly notices: readonly string[];
  /** True where the folder is inside a git repository. */
  readonly git: boolean;
}

/** Request `lintel/consent`: server to client, before a model is downloaded. */
export const CONSENT = 'lintel/consent';
export interface ConsentParams {
  readonly model: string;
  readonly host: string;
}

/** How finely code lenses speak: of files, of what a file declares at its top level, of members of classes as well. */
export type CodeLensGranularity = 'file' | 'topLevel' | 'all';

/**
 * Client capability `experimental.commands.commands`: names of the commands that the client runs when they stand in the Markdown of a hover,
 * as `command:NAME?ARGUMENTS`. Without it hovers hold no such links.
 */
export const HOVER_COMMANDS: readonly string[] = [SHOW_WHY];

/** Initialization options and `workspace/configuration` section `lintel`. */
export interface Settings {
  readonly index?: { readonly folder?: string };
  readonly embedding?: { readonly model?: string };
  readonly hover?: { readonly enabled?: boolean };
  readonly codeLens?: { readonly enabled?: boolean; readonly granularity?: CodeLensGranularity };
  readonly diagnostics?: { readonly enabled?: boolean; readonly code?: { readonly enabled?: boolean } };
  readonly documentLinks?: { readonly enabled?: boolean };
}
