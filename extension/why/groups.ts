import { isLikeness, type WhyResult, type WireEvidence, type WireHit, type WireSuccessor } from '../../protocol/index.ts';

/** Groups in display order. Only `governing` claims that a decision applies to the code; the server decides what goes there. */
export type GroupId = 'governing' | 'probable' | 'related' | 'commits' | 'specifications';

export interface Group {
  readonly id: GroupId;
  readonly hits: readonly WireHit[];
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
export type Node = Group | WireHit | Reason | Replacement | Notice;

export const isGroup = (node: Node): node is Group => 'hits' in node;
export const isReason = (node: Node): node is Reason => 'document' in node;
export const isReplacement = (node: Node): node is Replacement => 'replaces' in node;
export const isNotice = (node: Node): node is Notice => 'sentences' in node;

const groupOf = ({ kind }: WireHit): GroupId => (kind === 'commit' ? 'commits' : kind === 'specification' ? 'specifications' : 'related');

/** Does nothing but similar text connect this document to the code? It is then shown as similar, after everything else. */
export const isOnlySimilar = (hit: WireHit): boolean => hit.evidence.every(isLikeness);

/** Splits a result into groups, in the server's order, and omits empty ones. */
export const groupsOf = (answer: WhyResult): readonly Group[] => {
  const groupWith = (id: GroupId): Group => ({ id, hits: answer.related.filter((hit) => groupOf(hit) === id) });
  return [
    { id: 'governing' as const, hits: answer.governing },
    { id: 'probable' as const, hits: answer.probable },
    groupWith('related'),
    groupWith('commits'),
    groupWith('specifications'),
  ].filter(({ hits }) => hits.length > 0);
};

/** Children of a document: its replacements, then its reasons. A single reason that the document's own row already shows is omitted. */
export const childrenOf = (hit: WireHit): readonly (Replacement | Reason)[] => {
  const replacements = (hit.successors ?? []).map((successor) => ({ replaces: hit, successor }));
  const repeated = hit.evidence.length === 1 && (hit.kind === 'commit' || isOnlySimilar(hit));
  return [...replacements, ...(repeated ? [] : hit.evidence.map((evidence) => ({ document: hit, evidence })))];
};
