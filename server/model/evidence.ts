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

/** The record's front matter or text names this path. */
export interface ScopedEvidence extends EvidenceBase {
  readonly kind: 'scoped';
  /** The path or pattern as the record writes it. */
  readonly names: string;
}

/** The record lives in the documentation folder of the same package or of an ancestor folder. */
export interface NeighbourEvidence extends EvidenceBase {
  readonly kind: 'neighbour';
  readonly folder: string;
}

/** The commit changed this file. */
export interface ChangedTogetherEvidence extends EvidenceBase {
  readonly kind: 'changed-together';
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

export type Evidence = CitedEvidence | ScopedEvidence | NeighbourEvidence | ChangedTogetherEvidence | SimilarEvidence | MatchedEvidence;

/** Evidence that has a place in the structure of the repository, so that a record may be shown as governing. */
export const isStructural = (evidence: Evidence): boolean => evidence.kind === 'cited' || evidence.kind === 'scoped';
