/**
 * Custom messages between a client and the language server, in addition to the Language Server Protocol. Both sides import this file.
 *
 * What a message carries is defined once, in `server/model/`, and derived from there; this folder only adds what an editor needs, such as
 * the URI of a file. It imports types, and from `server/model/` the predicates on evidence and the form of titles, so that a client bundles no server code.
 * Positions are those of LSP: zero-based lines, zero-based UTF-16 code units.
 */
import type { Hit, IndexPosition, IndexReport, IndexStatus, SearchQuery, WhyAnswer } from '../server/model/answer.ts';
import type { Evidence } from '../server/model/evidence.ts';
import type { Filter } from '../server/model/passage.ts';
import type { Span } from '../server/model/span.ts';
import type { WireReach } from './reach.ts';

export { type EvidenceKind, isLikeness } from '../server/model/evidence.ts';
export { numberedTitle } from '../server/model/title.ts';

export type WireRange = Span;
export type WireEvidence = Evidence;
export type WireIndexPosition = IndexPosition;

/** A document in an answer, with the URI of its file. */
export interface WireHit extends Hit {
  /** `file:` URI of the document; absent for commits. */
  readonly uri?: string;
  /** The best passage for people to read; that of a decision or guide without the marks of Markdown. `highlights` are offsets into it. */
  readonly snippet: string;
  /** The documents of `supersededBy` that are indexed, the one in force first. Only in answers to `lintel/why`, and absent if there are none. */
  readonly successors?: readonly WireSuccessor[];
}

/** A record that replaced another. */
export interface WireSuccessor extends Pick<Hit, 'id' | 'title' | 'number' | 'status'> {
  readonly uri: string;
  /** Where it states its decision. */
  readonly span: Span;
}

/** Request `lintel/search`: client to server. */
export const SEARCH = 'lintel/search';
export interface SearchParams extends Omit<Filter, 'kinds' | 'statuses'>, Pick<SearchQuery, 'limit'> {
  readonly query: string;
  /** Values of `DocumentKind`. The server refuses any other. */
  readonly kinds?: readonly string[];
  /** Values of `StatusValue`. The server refuses any other. */
  readonly statuses?: readonly string[];
  /** Searches only the repository of this folder. Default: all repositories of the workspace, merged by score. */
  readonly folderUri?: string;
}
export interface SearchResult {
  /** By kind, decisions first; each kind best first. */
  readonly hits: readonly WireHit[];
  /** None of the hits is a good match. */
  readonly weak?: true;
  readonly index: WireIndexPosition;
}

/** Request `lintel/why`: client to server. */
export const WHY = 'lintel/why';
export interface WhyParams {
  readonly uri: string;
  readonly line?: number;
  /** Last line of a selection that begins at `line`. Default: no selection. */
  readonly endLine?: number;
}
export interface WhyResult extends Omit<WhyAnswer, 'governing' | 'probable' | 'related'> {
  /** What the record reaches, where the file is one. */
  readonly reach?: WireReach;
  readonly governing: readonly WireHit[];
  readonly probable: readonly WireHit[];
  readonly related: readonly WireHit[];
}

/** Request `lintel/commit`: the text of a commit for a read-only editor. */
export const COMMIT = 'lintel/commit';
export interface CommitParams {
  readonly sha: string;
  /** Looks only in the repository of this folder. Default: in all repositories of the workspace. */
  readonly folderUri?: string;
}
export interface CommitResult {
  /** Message, author, date and changed paths as plain text; absent if no repository has the commit. */
  readonly text?: string;
}

/** Request `lintel/index`: brings every index of the workspace up to date; `full` rebuilds them. */
export const INDEX = 'lintel/index';
export interface IndexParams {
  readonly full?: boolean;
}
export interface IndexResult {
  /** One entry per repository of the workspace. */
  readonly repositories: readonly IndexOutcome[];
}
export interface IndexOutcome extends IndexReport {
  readonly root: string;
  /** Why the index could not be brought up to date. */
  readonly error?: string;
}

/**
 * Command of code lenses that the client implements: show what governs a place. Its only argument is a `ShowWhyArgument`.
 * A client that does not implement it shows the lens as plain text.
 */
export const SHOW_WHY = 'lintel.showWhy';
export interface ShowWhyArgument {
  readonly uri: string;
  readonly line?: number;
  /** Last line, for instance of a function. Default: only `line`. */
  readonly endLine?: number;
}
/** Command of links in hovers that the client implements: open a commit. Its only argument is an `OpenCommitArgument`. */
export const OPEN_HIT = 'lintel.openHit';
export type OpenCommitArgument = Pick<WireHit, 'kind' | 'sha' | 'title' | 'span' | 'snippet' | 'evidence'>;
/** Command of the lens "Superseded by ..." that the client implements: open a document. Its only argument is an `OpenDocumentArgument`. */
export const OPEN_DOCUMENT = 'lintel.openDocument';
export interface OpenDocumentArgument {
  readonly uri: string;
  readonly range?: WireRange;
}

/** Notification `lintel/status`: server to client, on every change. */
export const STATUS = 'lintel/status';
export interface StatusParams {
  /** One entry per repository of the workspace. */
  readonly repositories: readonly WireStatus[];
}
export interface WireStatus extends Pick<IndexStatus, 'root' | 'state' | 'model' | 'notices' | 'remarks' | 'git'> {
  /** How much of the current indexing run is done, in [0, 100]; absent if unknown. */
  readonly percent?: number;
  readonly index: IndexPosition;
  /** Number of documents by kind; empty until the first status of the engine. */
  readonly counts: Partial<IndexStatus['counts']>;
}

/** Request `lintel/consent`: server to client, before a model is downloaded. */
export const CONSENT = 'lintel/consent';
export interface ConsentParams {
  readonly model: string;
  readonly host: string;
}

/** Which commits a hover shows: the one that made the line if its message says why, that one always, or none. */
export type HoverHistory = 'reason' | 'always' | 'off';

/** What gets a code lens: only files, also what a file declares at its top level, or also the members of classes. */
export type CodeLensGranularity = 'file' | 'topLevel' | 'all';

/**
 * Client capability `experimental.commands.commands`: names of the commands that the client runs from links in the Markdown of a hover,
 * written `command:NAME?ARGUMENTS`. Hovers contain such links only for these commands.
 */
export const HOVER_COMMANDS: readonly string[] = [SHOW_WHY, OPEN_HIT];

/**
 * Command of code actions that the client implements: ask why the format of an identifier is allowed, then send `lintel/allowIdentifier`. Its only argument is
 * an `AllowIdentifierArgument`. A client that does not name it among its commands gets the edit of `lintel.yaml` itself, with the word REASON in it.
 */
export const ASK_REASON = 'lintel.allowIdentifier';
export interface AllowIdentifierArgument {
  readonly uri: string;
  /** Id of the rule, and where its finding begins. */
  readonly rule: string;
  readonly position: WireRange['start'];
}
/** Command of code actions that the client implements: begin a record on why an identifier stays as it is. Its only argument is a `KeepIdentifierArgument`. */
export const KEEP_IDENTIFIER = 'lintel.keepIdentifier';
export interface KeepIdentifierArgument {
  readonly uri: string;
  /** Of the finding: these lines are quoted. */
  readonly range: WireRange;
  /** Title to begin with. */
  readonly title: string;
  /** What was found, for the context of the record. */
  readonly because: string;
}
/** The commands of code actions. A client names those that it implements in `experimental.commands.commands`, beside those of hovers. */
export const CODE_ACTION_COMMANDS: readonly string[] = [ASK_REASON, KEEP_IDENTIFIER];

/** The settings of a client: its `initializationOptions`, and section `lintel` of `workspace/configuration`. */
export interface Settings {
  readonly index?: { readonly folder?: string };
  readonly embedding?: { readonly model?: string };
  readonly hover?: { readonly enabled?: boolean; readonly probable?: boolean; readonly history?: HoverHistory };
  readonly codeLens?: { readonly enabled?: boolean; readonly granularity?: CodeLensGranularity };
  readonly diagnostics?: { readonly enabled?: boolean; readonly code?: { readonly enabled?: boolean } };
  readonly documentLinks?: { readonly enabled?: boolean };
  readonly tests?: { readonly codeLens?: { readonly enabled?: boolean } };
}
