/** Custom messages about decisions as a whole: how they hang together, and one of them in short. Every `uri` is a `file:` URI. */
import type { DecisionGraph } from '../server/model/authoring.ts';
import type { WireRecord } from './authoring.ts';
import type { WireHit } from './index.ts';

export type { GraphEdgeKind } from '../server/model/authoring.ts';

/** Request `lintel/decisionGraph`: the decisions of the repository of a file or folder, and what they say of each other. */
export const DECISION_GRAPH = 'lintel/decisionGraph';
export interface DecisionGraphParams {
  readonly uri: string;
}
export interface DecisionGraphResult extends Pick<DecisionGraph, 'edges'> {
  readonly nodes: readonly WireRecord[];
}

/** Request `lintel/record`: a decision in short, for a preview. */
export const RECORD = 'lintel/record';
export interface RecordParams {
  /** A file or folder of the repository. */
  readonly uri: string;
  /** Of the decision. */
  readonly id: string;
}
export interface RecordResult {
  /** Its snippet is the sentence that decides; absent for an unknown id. */
  readonly record?: WireHit;
}
