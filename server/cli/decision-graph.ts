import { type DecisionGraph, type GraphEdgeKind, numberOf, type RecordSummary } from '../model/authoring.ts';
import { STATUS_VALUES, type StatusValue } from '../model/document.ts';
import { printable } from './terminal.ts';

type StatusClass = StatusValue | 'none';

/** Fill and stroke by status, readable on white and on black. What is not in force is also dashed, so that color is not the only sign. */
const COLORS: Readonly<Record<StatusClass, { readonly fill: string; readonly stroke: string; readonly dashed: boolean }>> = {
  accepted: { fill: '#d9f0dd', stroke: '#2f7d3b', dashed: false },
  proposed: { fill: '#fff3c4', stroke: '#9a7400', dashed: true },
  superseded: { fill: '#e6e6e6', stroke: '#767676', dashed: true },
  deprecated: { fill: '#e6e6e6', stroke: '#767676', dashed: true },
  rejected: { fill: '#f8d7d7', stroke: '#a33a3a', dashed: true },
  unknown: { fill: '#ffffff', stroke: '#767676', dashed: false },
  none: { fill: '#ffffff', stroke: '#767676', dashed: false },
};
const CLASSES: readonly StatusClass[] = [...STATUS_VALUES, 'none'];
const LONGEST_LABEL = 80;

const classOf = ({ status, supersededBy }: RecordSummary): StatusClass => (supersededBy.length > 0 ? 'superseded' : (status ?? 'none'));

const labelOf = (record: RecordSummary): string => {
  const whole = printable(`${numberOf(record)} ${record.title}`).trim();
  return whole.length > LONGEST_LABEL ? `${whole.slice(0, LONGEST_LABEL - 1)}…` : whole;
};

/** Escapes everything except letters, digits and plain punctuation as entity codes, which start with `#` in Mermaid. */
const mermaidText = (text: string): string => text.replace(/[^\p{L}\p{N} .,:'()/+_-]/gu, (character) => `#${character.codePointAt(0)};`);

const ARROWS: Readonly<Record<GraphEdgeKind, string>> = { supersedes: '==>', amends: '-->', cites: '-.->' };

/** The graph as a Mermaid flowchart. */
export function mermaidOf({ nodes, edges }: DecisionGraph): string {
  const names = new Map(nodes.map(({ id }, at) => [id, `d${at + 1}`]));
  const name = (id: string): string => names.get(id) ?? 'd0';
  const used = CLASSES.filter((status) => nodes.some((node) => classOf(node) === status));
  return `${[
    'flowchart TD',
    ...nodes.map((node) => `  ${name(node.id)}["${mermaidText(labelOf(node))}"]:::${classOf(node)}`),
    ...edges.map(({ from, to, kind, partial }) => `  ${name(from)} ${ARROWS[kind]}|${partial ? `${kind} in part` : kind}| ${name(to)}`),
    ...used.map((status) => {
      const { fill, stroke, dashed } = COLORS[status];
      return `  classDef ${status} fill:${fill},stroke:${stroke},color:#000000${dashed ? ',stroke-dasharray:4 3' : ''}`;
    }),
  ].join('\n')}\n`;
}

/** A quoted string of the DOT language, in which a backslash would start an escape sequence. */
const dotText = (text: string): string => `"${printable(text).replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;

const LINES: Readonly<Record<GraphEdgeKind, string>> = { supersedes: 'bold', amends: 'solid', cites: 'dotted' };

/** The graph in the DOT language of Graphviz. */
export function dotOf({ nodes, edges }: DecisionGraph): string {
  return `${[
    'digraph decisions {',
    '  node [shape=box, style=filled, fontname="sans-serif", fontcolor="#000000"];',
    ...nodes.map((node) => {
      const { fill, stroke, dashed } = COLORS[classOf(node)];
      const style = dashed ? 'filled,dashed' : 'filled';
      return `  ${dotText(node.id)} [label=${dotText(labelOf(node))}, class=${dotText(classOf(node))}, fillcolor="${fill}", color="${stroke}", style="${style}"];`;
    }),
    ...edges.map(({ from, to, kind, partial }) => {
      const label = partial ? `${kind} in part` : kind;
      return `  ${dotText(from)} -> ${dotText(to)} [label=${dotText(label)}, style=${LINES[kind]}];`;
    }),
    '}',
  ].join('\n')}\n`;
}
