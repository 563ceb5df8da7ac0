import type { WhyResult, WireEvidence, WireHit, WireSuccessor } from '../protocol/index.ts';
import { isStructural } from './citation.ts';

/** Groups of the view, in the order in which they are shown. Only `governing` claims that a decision is in force here (law 1). */
export type GroupId = 'governing' | 'related' | 'commits' | 'specifications';

export interface Group {
  readonly id: GroupId;
  readonly hits: readonly WireHit[];
}

/** A reason below a document of an answer. */
export interface Reason {
  readonly of: WireHit;
  readonly evidence: WireEvidence;
}

/** What replaced a document, below it. */
export interface Replacement {
  readonly replaces: WireHit;
  readonly successor: WireSuccessor;
}

/** What could not be looked at, as the last line of the view. */
export interface Remark {
  readonly sentences: readonly string[];
}

/** A row of the view. */
export type Node = Group | WireHit | Reason | Replacement | Remark;

export const isGroup = (node: Node): node is Group => 'hits' in node;
export const isReason = (node: Node): node is Reason => 'of' in node;
export const isReplacement = (node: Node): node is Replacement => 'replaces' in node;
export const isRemark = (node: Node): node is Remark => 'sentences' in node;

const groupOf = ({ kind }: WireHit): GroupId => (kind === 'commit' ? 'commits' : kind === 'specification' ? 'specifications' : 'related');

/** What speaks of the lines at hand comes before what speaks of the file, and that before what is only similar. */
const rankOf = (hit: WireHit): number => {
  if (hit.evidence.some(({ kind }) => kind === 'explained-by')) return 0;
  return isStructural(hit) ? 1 : 2;
};

/** Sorts an answer into groups; empty groups are left out, and each keeps the server's order within what is equally sure. */
export const groupsOf = (answer: WhyResult): readonly Group[] => {
  const of = (id: GroupId): Group => {
    const hits = answer.related.filter((hit) => groupOf(hit) === id);
    const rank = (hit: WireHit): number => (id === 'commits' ? rankOf(hit) : Math.max(1, rankOf(hit)));
    return { id, hits: hits.sort((a, b) => rank(a) - rank(b)) };
  };
  return [{ id: 'governing' as const, hits: answer.governing }, of('related'), of('commits'), of('specifications')].filter(
    ({ hits }) => hits.length > 0,
  );
};

/** What is below a document: what replaced it, then its reasons. One reason that its own line says already is not repeated. */
export const childrenOf = (hit: WireHit): readonly (Replacement | Reason)[] => {
  const replacements = (hit.successors ?? []).map((successor) => ({ replaces: hit, successor }));
  const repeated = hit.evidence.length === 1 && (hit.kind === 'commit' || !isStructural(hit));
  return [...replacements, ...(repeated ? [] : hit.evidence.map((evidence) => ({ of: hit, evidence })))];
};
