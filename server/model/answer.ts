import type { Document, DocumentKind, StatusValue } from './document.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import type { LineCommit } from './history.ts';
import type { Filter } from './passage.ts';
import type { LineRange, Span } from './span.ts';

/** A part of a snippet to emphasise. UTF-16 offsets into the snippet, `end` exclusive. */
export interface Highlight {
  readonly start: number;
  readonly end: number;
}

/** Maximum length of a snippet, in UTF-16 units. */
export const SNIPPET_LENGTH = 240;

/**
 * How surely a decision applies to a place. `governs`: shown unasked. `probably`: shown first to whoever asks, and counted at the head of a file.
 * `related`: worth reading, no more. What each takes, and how often people agreed, is in docs/decisions/0026.
 */
export type Level = 'governs' | 'probably' | 'related';

/** A document in an answer, with the reasons why it is there. */
export interface Hit {
  /** Document id. */
  readonly id: string;
  readonly kind: DocumentKind;
  readonly path?: string;
  /** Commit at which the document was read; for a commit, its own sha. */
  readonly sha: string;
  readonly title: string;
  /** Of a decision, as people write it before the title: `0014`, `A-13`. Absent without one, and where the title begins with it. */
  readonly number?: string;
  readonly status?: StatusValue;
  readonly date?: string;
  /** In [0, 1]; comparable only within one answer. */
  readonly score: number;
  /** For a decision in an answer to `why`: the share, in [0, 1], of records with such evidence that people judged to govern the place. */
  readonly confidence?: number;
  /** For a decision in an answer to `why`. */
  readonly level?: Level;
  /** For a decision in an answer to `why` about lines: it governs their whole file, and these lines with it. Absent otherwise. */
  readonly wholeFile?: boolean;
  /** Verbatim text of the best passage, at most {@link SNIPPET_LENGTH}. */
  readonly snippet: string;
  readonly highlights: readonly Highlight[];
  /** Where the snippet is in the document. */
  readonly span: Span;
  /** Strongest first. */
  readonly evidence: readonly Evidence[];
  /** Ids of the documents that replace this one, the one in force first; empty if none does. */
  readonly supersededBy: readonly string[];
  /** Of a commit: the sentence of its message that says why, verbatim but for line breaks; then it is the snippet, too. Absent where none does. */
  readonly reason?: string;
  /** In an answer to `why`: little connects it to the lines, so that surfaces fold it. Absent otherwise. */
  readonly weak?: true;
  /** Number of other documents of this kind with the same title and the same best passage, which are left out; absent if there are none. */
  readonly copies?: number;
}

/** How up to date the index was when it gave the answer. */
export interface IndexPosition {
  /** HEAD at the last update of the index; empty outside git. */
  readonly sha: string;
  /** Number of commits and changed documents that are not indexed yet; 0 if it is up to date. Source files do not count. */
  readonly behind: number;
}

export interface SearchQuery {
  readonly text: string;
  readonly filter?: Filter;
  /** Default 20, at most 200. */
  readonly limit?: number;
  /** A commit, by sha or name: documents are found as they were in it, and commits up to it. Tests are not found then. Absent: now. */
  readonly at?: string;
}

export interface SearchAnswer {
  /** By kind: decisions, specifications, guides, tests, commits; each kind best first. A kind whose document the query names comes first. */
  readonly hits: readonly Hit[];
  /** None of the hits is a good match. */
  readonly weak?: true;
  readonly index: IndexPosition;
  /** Sha of the commit that was asked about; absent where the question is about now. */
  readonly at?: string;
}

/** A place in code: a file of the repository, and optionally lines of it. */
export interface Place {
  /** Repository-relative, forward slashes. */
  readonly path: string;
  /** Zero-based. Absent: the whole file. */
  readonly line?: number;
  /** Last line, zero-based, of a selection that begins at `line`. Absent: only that line. */
  readonly endLine?: number;
  /** Text of the file in the editor. Absent: as on disk. */
  readonly text?: string;
  /** Set by surfaces that show decisions without being asked (hover, CodeLens); leaves `related` empty, and says nothing of the whole file. Default false. */
  readonly unasked?: boolean;
  /** For `inspect`: tell the commits that made the line, too, where they are known in time. Default false. */
  readonly history?: boolean;
  /** Sha of a commit: only the history before it is used, that is, its ancestors. Absent: all history up to HEAD. */
  readonly asOf?: string;
  /**
   * For `why`: a commit, by sha or name. The file and the records are those of it, and only the history up to it counts; `text` and `asOf` are ignored. What code of
   * other files says is not used. Absent: now.
   */
  readonly at?: string;
  /** Maximum number of related records, however weak their evidence. Default: 8, and only those worth reading. */
  readonly most?: number;
}

export interface WhyAnswer {
  /** Decisions in force that govern the place, surest first; after those about the lines, those about their whole file. */
  readonly governing: readonly Hit[];
  /** Decisions in force that probably govern the place, best first. */
  readonly probable: readonly Hit[];
  /** What else is worth reading: neighbours, commits that changed the lines or the file, similar texts. The evidence of each says which. */
  readonly related: readonly Hit[];
  /** The commits that made the logic of the line, newest first, as far as git knows; absent for a whole file. They are among `related`, too. */
  readonly reasons?: readonly LineCommit[];
  readonly index: IndexPosition;
  /** Sentences to show to the user about what the answer could not take into account, and why; absent if nothing is missing. */
  readonly notices?: readonly string[];
  /** Sha of the commit that was asked about; absent where the question is about now. */
  readonly at?: string;
}

/** A citation in code or text, and the records it may mean. */
export interface Citation {
  readonly text: string;
  readonly span: Span;
  /** Best first. Empty if it cites nothing; several if it is ambiguous. */
  readonly targets: readonly {
    readonly id: string;
    readonly path: string;
    readonly title: string;
    readonly status?: StatusValue;
    readonly weight: number;
  }[];
}

/** A record that a citation may mean, with its successors. */
export interface CitedRecord {
  readonly target: Citation['targets'][number];
  /** Absent if it is no longer in the index. */
  readonly record?: Hit;
  /** The records that replace it, the one in force first. */
  readonly successors: readonly Hit[];
}

/** A position within a citation. */
interface CitationAtPosition {
  readonly citation: Citation;
  /** Best first, at most three. */
  readonly records: readonly CitedRecord[];
}

/** What the code of a file does with an identifier. */
export interface IdentifierTrail {
  readonly name: string;
  /** The name at the position. */
  readonly span: Span;
  readonly made: readonly Span[];
  readonly takenApart: readonly Span[];
  readonly stored: readonly Span[];
}

/** A position in code outside of citations. */
interface CodeAtPosition {
  readonly citation?: never;
  /** The declaration that is at the position, by its name or the lines that open it; absent if the answer is about the line. */
  readonly symbol?: CodeSymbol;
  /** The position is in a comment. Absent: it is not. */
  readonly comment?: true;
  readonly governing: readonly Hit[];
  /** Decisions that probably govern; hovers show them only where a setting asks for it. */
  readonly probable: readonly Hit[];
  /** The identifier whose name is at the position, if the file makes it, takes it apart or stores it. */
  readonly identifier?: IdentifierTrail;
  /** The commits that made the logic of the line, newest first. Absent where git does not know, and where finding out takes longer than a hover may wait. */
  readonly reasons?: readonly LineCommit[];
}

/** What a position in a file is about: a citation of records, or code that decisions govern. */
export type Inspection = (CitationAtPosition | CodeAtPosition) & { readonly index: IndexPosition };

export interface IndexStatus {
  readonly state: 'absent' | 'indexing' | 'ready' | 'failed';
  /** Root folder of the repository. */
  readonly root: string;
  /** Folder of the index. */
  readonly folder: string;
  readonly position: IndexPosition;
  readonly counts: Readonly<Record<DocumentKind, number>>;
  readonly passages: number;
  /** Name of the embedding model. */
  readonly model: string;
  /** Whether the root is a git repository; false for a plain folder. */
  readonly git: boolean;
  /** Sentences to show to the user about what is limited and why: shallow clone, not a git repository, read-only index folder, ... */
  readonly notices: readonly string[];
  /** Sentences on what is not looked at, which nobody has to act on: minified code. Absent where there are none. */
  readonly remarks?: readonly string[];
}

/** A folder of files that look like records but are not taken. */
export interface UntakenFolder {
  /** Repository-relative, with a slash at its end; `./` for the root. */
  readonly folder: string;
  /** Number of files in it that look like records and are not taken. */
  readonly records: number;
  /** Patterns that take them, for `decisions` in `lintel.yaml`. */
  readonly patterns: readonly string[];
}

/** Folders that look like records and are not taken, and what takes them. */
export interface UntakenRecords {
  /** Those with the most records first. */
  readonly folders: readonly UntakenFolder[];
  /** What to add to `lintel.yaml` to take them all: a setting, or items of the one that is there. Empty if there are no such folders. */
  readonly lines: readonly string[];
}

/** Progress of indexing. `done` and `total` count units of work; `percent` never falls. */
export interface IndexProgress {
  readonly phase: 'plan' | 'read' | 'embed' | 'write' | 'upkeep';
  readonly done: number;
  readonly total: number;
  readonly percent: number;
}

/** Names of the phases of indexing, shown after "Indexing:". */
export const PHASE_NAMES: Readonly<Record<IndexProgress['phase'], string>> = {
  plan: 'looking for changes',
  read: 'reading',
  embed: 'embedding',
  write: 'writing',
  upkeep: 'cleaning up',
};

export interface IndexReport {
  readonly added: number;
  readonly updated: number;
  readonly removed: number;
  readonly unchanged: number;
  readonly milliseconds: number;
  /** Why the index was rebuilt from scratch, in words that complete "because ..."; absent if it was not. */
  readonly rebuilt?: string;
  readonly cancelled: boolean;
}

/** The report of a run that found nothing to do. */
export const NO_CHANGE: IndexReport = { added: 0, updated: 0, removed: 0, unchanged: 0, milliseconds: 0, cancelled: false };

/** Findings in a document or source file. */
export interface FileFindings {
  readonly document: Pick<Document, 'id' | 'path'> & { readonly kind: DocumentKind | 'code' };
  readonly findings: readonly Finding[];
}

export interface IdentifierRequest {
  /** Repository-relative files and folders. Default: everything. */
  readonly paths?: readonly string[];
  /** Only what is there and was not when HEAD forked from this commit, by sha or name: what is not committed counts as well. */
  readonly since?: string;
}

/** A finding that the repository allows, and why. */
export interface AllowedFinding {
  readonly path: string;
  readonly finding: Finding;
  readonly reason: string;
  /** The record or page that says so: a repository-relative path, or an address. */
  readonly link?: string;
}

/** What was found about identifiers. */
export interface IdentifierReport {
  /** By path, hints included, at the severities that the configuration sets, without what comments ignore. */
  readonly files: readonly FileFindings[];
  /** What `lintel.yaml` allows, by path. */
  readonly allowed: readonly AllowedFinding[];
  /** Number of files that were looked at. */
  readonly looked: number;
  /** Sentences for people on what was not looked at. */
  readonly notices: readonly string[];
}

export type CodeSymbolKind =
  | 'namespace'
  | 'module'
  | 'class'
  | 'interface'
  | 'enum'
  | 'type'
  | 'function'
  | 'method'
  | 'property'
  | 'constant';

/** A declaration in a source file. */
export interface CodeSymbol {
  readonly name: string;
  readonly kind: CodeSymbolKind;
  /** The whole declaration, without a preceding `export` or decorators. */
  readonly span: Span;
  readonly nameSpan: Span;
  /** 0 at the top level of a file or namespace; 1 for members of a class. */
  readonly depth: number;
  /** Name of the type, for a member that is declared outside of it (Go, Rust, C++); absent for all others. */
  readonly container?: string;
}

/** A reference to lines in a document, and where those lines are now. */
export interface LineLink {
  readonly span: Span;
  /** File that holds the lines now. */
  readonly path: string;
  readonly lines: LineRange;
  /** Whether they are elsewhere than the reference says. */
  readonly moved: boolean;
}
