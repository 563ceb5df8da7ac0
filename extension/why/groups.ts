import { isLikeness, type WhyResult, type WireEvidence, type WireHit, type WireSuccessor } from '../../protocol/index.ts';
import type { ReachPlace, ReachSection } from './reach.ts';

/** Groups in display order. Only `governing`, and for all of the file `file`, claim that a decision applies to the code; the server decides what goes there. */
export type GroupId = 'governing' | 'file' | 'probable' | 'related' | 'commits' | 'specifications';

export interface Group {
  readonly id: GroupId;
  readonly hits: readonly WireHit[];
  /** Behind them, folded away: what nothing but similar text connects to the code, after the first few. */
  readonly more: readonly WireHit[];
}

/** The row that unfolds them. */
export interface More {
  readonly group: GroupId;
  readonly folded: readonly WireHit[];
}

/** A reason, shown below its document. */
export interface Reason {
  readonly document: WireHit;
  readonly evidence: WireEvidence;
}

/** The replacement of a superseded document, shown below it. */
export interface Replacement {
  readonly replaces: WireHit;
  readonly successor: WireSuccessor;
}

/** A line of text in the view, such as what could not be checked. */
export interface Notice {
  readonly sentences: readonly string[];
}

/** A row of the view. */
export type Node = Group | More | WireHit | Reason | Replacement | Notice | ReachSection | ReachPlace;

export const isGroup = (node: Node): node is Group => 'hits' in node;
export const isMore = (node: Node): node is More => 'folded' in node;
export const isReason = (node: Node): node is Reason => 'document' in node;
export const isReplacement = (node: Node): node is Replacement => 'replaces' in node;
export const isSection = (node: Node): node is ReachSection => 'section' in node;
export const isReached = (node: Node): node is ReachPlace => 'reached' in node;
export const isNotice = (node: Node): node is Notice => 'sentences' in node;

const groupOf = ({ kind }: WireHit): GroupId => (kind === 'commit' ? 'commits' : kind === 'specification' ? 'specifications' : 'related');

/** Does nothing but similar text connect this document to the code? It is then shown as similar, after everything else. */
export const isOnlySimilar = (hit: WireHit): boolean => hit.evidence.every(isLikeness);

/** Documents that are shown whatever connects them to the code: the right one is among the first three of the server far more often than not. */
const ALWAYS_SHOWN = 3;
/** Fewer are not worth a row to unfold them. */
const LEAST_FOLDED = 2;

const folded = (id: GroupId, hits: readonly WireHit[]): Group => {
  const isWeak = (hit: WireHit, at: number): boolean => hit.weak === true || (at >= ALWAYS_SHOWN && isOnlySimilar(hit));
  const more = hits.filter(isWeak);
  return more.length < LEAST_FOLDED ? { id, hits, more: [] } : { id, hits: hits.filter((hit, at) => !isWeak(hit, at)), more };
};

/** Sorts a result into groups and omits empty ones. Within a group, the server's order is kept; only commits that changed the lines stand before those of the file. */
export const groupsOf = ({ governing, probable, related }: WhyResult): readonly Group[] => {
  const groupWith = (id: GroupId): Group =>
    folded(
      id,
      related.filter((hit) => groupOf(hit) === id),
    );
  const isOfLines = (hit: WireHit): boolean => hit.evidence.some(({ kind }) => kind === 'explained-by');
  const commits = related.filter((hit) => groupOf(hit) === 'commits');
  return [
    { id: 'governing' as const, hits: governing.filter(({ wholeFile }) => !wholeFile), more: [] },
    { id: 'file' as const, hits: governing.filter(({ wholeFile }) => wholeFile), more: [] },
    { id: 'probable' as const, hits: probable, more: [] },
    folded('commits', [...commits.filter(isOfLines), ...commits.filter((hit) => !isOfLines(hit))]),
    groupWith('specifications'),
    groupWith('related'),
  ].filter(({ hits, more }) => hits.length + more.length > 0);
};

/** Children of a document: its replacements, then its reasons. A single reason that the document's own row already shows is omitted. */
export const childrenOf = (hit: WireHit): readonly (Replacement | Reason)[] => {
  const replacements = (hit.successors ?? []).map((successor) => ({ replaces: hit, successor }));
  const repeated = hit.evidence.length === 1 && (hit.kind === 'commit' || isOnlySimilar(hit));
  return [...replacements, ...(repeated ? [] : hit.evidence.map((evidence) => ({ document: hit, evidence })))];
};
