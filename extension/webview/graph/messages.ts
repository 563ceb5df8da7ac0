import type { GraphEdgeKind } from '../../../protocol/decisions.ts';

/** A record in the drawing. */
export interface GraphNode {
  /** Unique over all repositories of the workspace. */
  readonly key: string;
  /** With its number: "0014 Transactional outbox". */
  readonly label: string;
  /** Value of `StatusValue`; empty where the record states none. */
  readonly status: string;
  readonly statusName: string;
  /** The day; empty where the record has none. */
  readonly date: string;
  readonly path: string;
}

/** `from` supersedes, amends or cites `to`. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: GraphEdgeKind;
  readonly partial: boolean;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** All records, drawn or not. */
  readonly total: number;
}

/** Messages from the drawing to the extension. */
export type FromGraph =
  | { readonly type: 'ready' }
  | { readonly type: 'open'; readonly key: string; readonly beside: boolean }
  /** A record has the focus: what does it decide? */
  | { readonly type: 'preview'; readonly key: string }
  | { readonly type: 'command'; readonly command: GraphCommand };

/** Commands that buttons of the drawing may run. The extension rejects all others. */
export const GRAPH_COMMANDS = ['lintel.newDecision', 'lintel.openWalkthrough', 'lintel.openLog'] as const;
export type GraphCommand = (typeof GRAPH_COMMANDS)[number];

/** Messages from the extension to the drawing. */
export type ToGraph =
  | { readonly type: 'graph'; readonly graph: Graph; readonly focus?: string }
  /** There is nothing to draw: why, and what to do. */
  | {
      readonly type: 'nothing';
      readonly text: string;
      readonly actions: readonly { readonly label: string; readonly command: GraphCommand }[];
    }
  | { readonly type: 'preview'; readonly key: string; readonly sentence: string };

/** Localized texts of the drawing. `{0}` and `{1}` are placeholders. */
export interface GraphStrings {
  readonly label: string;
  readonly help: string;
  readonly find: string;
  readonly notFound: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly fit: string;
  readonly open: string;
  readonly records: string;
  /** Where not all are drawn: how many of how many. */
  readonly bounded: string;
  readonly legend: string;
  /** By the kind of an edge, read from the record that says it and from the other. */
  readonly says: Readonly<Record<GraphEdgeKind, string>>;
  readonly isSaid: Readonly<Record<GraphEdgeKind, string>>;
  /** The kinds as the legend names them. */
  readonly kinds: Readonly<Record<GraphEdgeKind, string>>;
  readonly inPart: string;
  readonly noEdges: string;
}
