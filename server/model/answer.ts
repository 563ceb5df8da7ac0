import type { Document, DocumentKind, StatusValue } from './document.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import type { Filter } from './passage.ts';
import type { Span } from './span.ts';

/** A stretch of a snippet to emphasise: UTF-16 offsets into the snippet text, `end` exclusive. */
export interface Highlight {
  readonly start: number;
  readonly end: number;
}

/** Longest snippet of an answer, in UTF-16 units. */
export const SNIPPET_LENGTH = 240;

/** One document in an answer, with its reasons. */
export interface Hit {
  /** Document id. */
  readonly id: string;
  readonly kind: DocumentKind;
  readonly path?: string;
  /** Commit at which the document was read; for a commit its own sha. */
  readonly sha: string;
  readonly title: string;
  readonly status?: StatusValue;
  readonly date?: string;
  /** In [0, 1]; comparable only within one answer. */
  readonly score: number;
  /** For a decision in an answer to `why`: the share of records with such evidence that people judged to govern the place, in [0, 1]. */
  readonly confidence?: number;
  /** Verbatim text of the passage that answers best, cut to {@link SNIPPET_LENGTH}. */
  readonly snippet: string;
  readonly highlights: readonly Highlight[];
  /** Where the snippet is in the document. */
  readonly span: Span;
  /** Largest first. */
  readonly evidence: readonly Evidence[];
  /** Ids of the documents that replace this one, the one in force first; empty for one that was not replaced. */
  readonly supersededBy: readonly string[];
}

/** How current the answer is. */
export interface IndexPosition {
  /** HEAD when the index was last brought up to date; empty outside git. */
  readonly sha: string;
  /** Number of commits and changed documents that the index lacks; 0 when it is current. Source files do not count. */
  readonly behind: number;
}

export interface SearchQuery {
  readonly text: string;
  readonly filter?: Filter;
  /** Default 20, at most 200. */
  readonly limit?: number;
}

export interface SearchAnswer {
  readonly hits: readonly Hit[];
  readonly index: IndexPosition;
}

/** A place in code: a file of the repository, and a line of it. */
export interface Place {
  /** Repository-relative, forward slashes. */
  readonly path: string;
  /** Zero-based. Absent: the whole file. */
  readonly line?: number;
  /** Last line, zero-based, of a selection that begins at `line`. Absent: only that line. */
  readonly endLine?: number;
  /** Text of the file as the editor has it; absent: read from disk. */
  readonly text?: string;
  /** For surfaces that show something nobody asked for (hover, CodeLens): `related` is left empty. Default false. */
  readonly unasked?: boolean;
  /** Sha of a commit: history from it on is not used, only its ancestors. Absent: all of HEAD's history. */
  readonly asOf?: string;
  /** Related records to list at most, however little speaks for them; default: at most 8, and only those worth reading. */
  readonly most?: number;
}

export interface WhyAnswer {
  /** Decisions with structural evidence, in force first. */
  readonly governing: readonly Hit[];
  /** Everything else worth reading: neighbours, commits that changed the lines or the file, similar texts; each says which it is. */
  readonly related: readonly Hit[];
  readonly index: IndexPosition;
  /** What the answer could not look at and why, in sentences for people; absent where nothing is missing. */
  readonly notices?: readonly string[];
}

/** A citation in code or text and what it may mean. */
export interface Citation {
  readonly text: string;
  readonly span: Span;
  /** Best first; empty: cites nothing; several: ambiguous. */
  readonly targets: readonly {
    readonly id: string;
    readonly path: string;
    readonly title: string;
    readonly status?: StatusValue;
    readonly weight: number;
  }[];
}

/** A record that a citation may mean, with what replaced it. */
export interface CitedRecord {
  readonly target: Citation['targets'][number];
  /** Absent where the index lost it since. */
  readonly record?: Hit;
  /** The records that replace it, the one in force first. */
  readonly successors: readonly Hit[];
}

/** A position in a file that cites records. */
interface CitationAtPosition {
  readonly citation: Citation;
  /** Best first, at most three. */
  readonly records: readonly CitedRecord[];
}

/** A position in code that decisions may govern. */
interface CodeAtPosition {
  readonly citation?: never;
  /** The declaration whose name is at the position; absent where the answer is about the line. */
  readonly symbol?: CodeSymbol;
  readonly governing: readonly Hit[];
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
  /** True where the root is a git repository; false for a plain folder. */
  readonly git: boolean;
  /** What is limited and why, in sentences for people: shallow clone, not a git repository, read-only index folder, ... */
  readonly notices: readonly string[];
}

/** Progress of indexing. `done` of `total` are units of work that are known in advance; `percent` never falls. */
export interface IndexProgress {
  readonly phase: 'plan' | 'read' | 'embed' | 'write' | 'upkeep';
  readonly done: number;
  readonly total: number;
  readonly percent: number;
}

/** The phases of indexing in words for people, to follow "Indexing:". */
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
  /** Why the index was rebuilt from nothing, in words that fit "because ..."; absent where it was not. */
  readonly rebuilt?: string;
  readonly cancelled: boolean;
}

/** The report of a run that found nothing to do. */
export const NO_CHANGE: IndexReport = { added: 0, updated: 0, removed: 0, unchanged: 0, milliseconds: 0, cancelled: false };

/** Findings of one document or file of code, as the editor shows them. */
export interface FileFindings {
  readonly document: Pick<Document, 'id' | 'path'> & { readonly kind: DocumentKind | 'code' };
  readonly findings: readonly Finding[];
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

/** Something that a file of code declares. */
export interface CodeSymbol {
  readonly name: string;
  readonly kind: CodeSymbolKind;
  /** The whole declaration, without `export` and decorators before it. */
  readonly span: Span;
  readonly nameSpan: Span;
  /** 0 at the top of the file or of a namespace; members of a class are at 1. */
  readonly depth: number;
  /** Name of the type of a member that is declared outside of it (Go, Rust, C++); absent for all others, whose type is around them. */
  readonly container?: string;
}
