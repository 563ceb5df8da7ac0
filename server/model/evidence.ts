import type { Span } from './span.ts';

/** What all evidence has. */
export interface EvidenceBase {
  /** Strength in [0, 1]; comparable only within one kind of evidence. */
  readonly weight: number;
  /** The reason, as shown to the user: `cited on line 12 as "ADR-0007"`. */
  readonly explanation: string;
  /** Where in the code the reason is; absent if it is elsewhere. */
  readonly codeSpan?: Span;
  /** Where in the document the reason is; absent if it is elsewhere. */
  readonly documentSpan?: Span;
}

/** The code cites the record. */
export interface CitedEvidence extends EvidenceBase {
  readonly kind: 'cited';
  /** The citation as written. */
  readonly citation: string;
}

/** What a record names: a pattern in its front matter, or something in its text that exists in the repository. */
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

/** The front matter or text of the record names this path, or something in this code. */
export interface ScopedEvidence extends EvidenceBase {
  readonly kind: 'scoped';
  /** The path, pattern or name as the record writes it. */
  readonly names: string;
  readonly form: ScopeForm;
  /** Number of files that contain the name; 1 if the record names the file itself. Fewer files make stronger evidence. */
  readonly files?: number;
}

/** Somebody linked the two in `.lintel/links.yaml`. */
export interface DeclaredEvidence extends EvidenceBase {
  readonly kind: 'declared';
}

/** The record is in the documentation folder of the same package or of a parent folder, or has the same owners. */
export interface NeighbourEvidence extends EvidenceBase {
  readonly kind: 'neighbour';
  /** The package; absent if only the owners are the same. */
  readonly folder?: string;
  /** Owners of both according to CODEOWNERS, without the owners of everything. */
  readonly owners?: readonly string[];
}

/** Commits or pull requests changed this file and either changed or cite the record. For a commit: it changed this file. */
export interface ChangedTogetherEvidence extends EvidenceBase {
  readonly kind: 'changed-together';
  /** The newest of the commits. */
  readonly sha: string;
  /** Number of commits; absent for one. */
  readonly commits?: number;
}

/** The last commit to change the lines in scope cites or changed the record. For a commit: it is the last to change these lines. */
export interface ExplainedByEvidence extends EvidenceBase {
  readonly kind: 'explained-by';
  readonly sha: string;
}

/** The texts are similar in words and meaning. Orders results; similarity alone never makes a record govern. */
export interface SimilarEvidence extends EvidenceBase {
  readonly kind: 'similar';
}

/** The text contains words from the query. Weight 1 where the query names the document, and only there. */
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

/** Evidence from the wording of two texts only. */
export type LikenessEvidence = SimilarEvidence | MatchedEvidence;

/** What a kind of evidence can show. A new kind does not compile until it has a role. */
type Role =
  /** The code, the record or a person connects the two, at known lines. */
  | 'anchored'
  /** Commits connect the two. */
  | 'history'
  /** The record lives next to the code. */
  | 'nearby'
  /** Two texts are similar. */
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
 * Whether this is structural evidence, on which a record may govern. A record that is only near the code is worth reading but does not govern, and
 * neither does one on likeness alone (docs/architecture.md, Invariants). How much each kind counts is decided in `decisions/governing` (record 0012).
 */
export const mayGovern = ({ kind }: HasKind): boolean => ROLES[kind] === 'anchored' || ROLES[kind] === 'history';

/** Whether this evidence says which lines of a file it is about. History and likeness are about whole files or texts. */
export const isAnchored = ({ kind }: HasKind): boolean => ROLES[kind] === 'anchored';

/** Whether this evidence is only that two texts are similar. It orders results and is always labelled as similar. */
export const isLikeness = ({ kind }: HasKind): boolean => ROLES[kind] === 'likeness';
