import type { Span } from './span.ts';

interface EvidenceBase {
  /** Strength in [0, 1]; comparable within one kind of evidence only. */
  readonly weight: number;
  /** The reason in words for people, e.g. `cited on line 12 as "ADR-0007"`. */
  readonly explanation: string;
  /** Where in the code, when the reason has a place there. */
  readonly codeSpan?: Span;
  /** Where in the document, when the reason has a place there. */
  readonly documentSpan?: Span;
}

/** The code names the record. */
export interface CitedEvidence extends EvidenceBase {
  readonly kind: 'cited';
  /** The citation as written. */
  readonly citation: string;
}

/** What a record names: a pattern of its front matter, or something of its text that the repository has. */
export type ScopeForm =
  | 'pattern'
  | 'file'
  | 'folder'
  | 'package'
  | 'symbol'
  | 'endpoint'
  | 'table'
  | 'topic'
  | 'environment'
  | 'dependency';

/** The record's front matter or text names this path, or something in this code. */
export interface ScopedEvidence extends EvidenceBase {
  readonly kind: 'scoped';
  /** The path, pattern or name as the record writes it. */
  readonly names: string;
  readonly form: ScopeForm;
  /** Files of the repository that hold the name; 1 for a file that is named itself. The fewer, the more the name means. */
  readonly files?: number;
}

/** A person said so: `.lintel/links.yaml`. */
export interface DeclaredEvidence extends EvidenceBase {
  readonly kind: 'declared';
}

/** The record lives in the documentation folder of the same package or of an ancestor folder, or belongs to the same owners. */
export interface NeighbourEvidence extends EvidenceBase {
  readonly kind: 'neighbour';
  /** The package; absent where only the owners are the same. */
  readonly folder?: string;
  /** Owners of both by CODEOWNERS, who do not own everything. */
  readonly owners?: readonly string[];
}

/** Commits or pull requests changed this file and the record, or changed this file and cite the record; of a commit: it changed this file. */
export interface ChangedTogetherEvidence extends EvidenceBase {
  readonly kind: 'changed-together';
  /** The newest of the commits. */
  readonly sha: string;
  /** How many there are; absent: one. */
  readonly commits?: number;
}

/** A commit that last changed the lines in scope cites or changed the record; of a commit: it last changed these lines. */
export interface ExplainedByEvidence extends EvidenceBase {
  readonly kind: 'explained-by';
  readonly sha: string;
}

/** The texts are alike. Orders results; never makes a record govern (law 1). */
export interface SimilarEvidence extends EvidenceBase {
  readonly kind: 'similar';
}

/** Words of the query stand in the text. */
export interface MatchedEvidence extends EvidenceBase {
  readonly kind: 'matched';
  readonly words: readonly string[];
}

export type Evidence =
  | CitedEvidence
  | ScopedEvidence
  | DeclaredEvidence
  | NeighbourEvidence
  | ChangedTogetherEvidence
  | ExplainedByEvidence
  | SimilarEvidence
  | MatchedEvidence;

/** Evidence that has a place in the structure of the repository, so that a record may be shown as governing. */
export const isStructural = ({ kind }: Evidence): boolean => kind !== 'similar' && kind !== 'matched' && kind !== 'neighbour';
