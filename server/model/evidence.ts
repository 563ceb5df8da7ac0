import type { Span } from './span.ts';

interface EvidenceBase {
  /** Strength in [0, 1]; comparable within one kind of evidence only. */
  readonly weight: number;
  /** The reason, written for people: `cited on line 12 as "ADR-0007"`. */
  readonly explanation: string;
  /** Where the reason is in the code, if anywhere. */
  readonly codeSpan?: Span;
  /** Where the reason is in the document, if anywhere. */
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
  /** Number of files that contain the name; 1 for a file that is named itself. The fewer, the stronger the evidence. */
  readonly files?: number;
}

/** A person said so: `.lintel/links.yaml`. */
export interface DeclaredEvidence extends EvidenceBase {
  readonly kind: 'declared';
}

/** The record is in the documentation folder of the same package or of a parent folder, or has the same owners. */
export interface NeighbourEvidence extends EvidenceBase {
  readonly kind: 'neighbour';
  /** The package; absent where only the owners are the same. */
  readonly folder?: string;
  /** Owners that CODEOWNERS gives to both; owners of everything are left out. */
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

/** The texts are alike in words and meaning. Orders results; similarity alone never makes a record govern. */
export interface SimilarEvidence extends EvidenceBase {
  readonly kind: 'similar';
}

/** The text contains words of the query. */
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

export type EvidenceKind = Evidence['kind'];

/** Evidence from the wording of two texts alone. */
export type LikenessEvidence = SimilarEvidence | MatchedEvidence;

/** What a kind of evidence can show. Every kind has exactly one role: a new kind does not compile without one. */
type Role =
  /** The code, the record or a person connects the two, at lines that can be named. */
  | 'anchored'
  /** Commits connect the two. */
  | 'history'
  /** The record lives next to the code. */
  | 'nearby'
  /** Two texts are alike. */
  | 'likeness';

const ROLES: Readonly<Record<EvidenceKind, Role>> = {
  cited: 'anchored',
  scoped: 'anchored',
  declared: 'anchored',
  'changed-together': 'history',
  'explained-by': 'history',
  neighbour: 'nearby',
  similar: 'likeness',
  matched: 'likeness',
};

type HasKind = Pick<Evidence, 'kind'>;

/**
 * Is this structural evidence, which can speak for a record that governs? A record that only lives next to the code is worth reading, and
 * no record governs on likeness alone (docs/architecture.md, Invariants). What each kind can do by itself is decided in
 * `decisions/governing` (decision 0012).
 */
export const mayGovern = ({ kind }: HasKind): boolean => ROLES[kind] === 'anchored' || ROLES[kind] === 'history';

/** Does this evidence say by itself which lines of a file it is about? History and likeness are about whole files or texts. */
export const isAnchored = ({ kind }: HasKind): boolean => ROLES[kind] === 'anchored';

/** Is this evidence only that two texts are alike? It orders results and is always labeled as similar. */
export const isLikeness = ({ kind }: HasKind): boolean => ROLES[kind] === 'likeness';
