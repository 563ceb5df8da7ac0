import { numberLabel } from '../../knowledge/record-name.ts';
import type { DecisionGraph, GraphEdgeKind, RecordSummary } from '../../model/authoring.ts';
import type { DocumentHead } from '../../model/document.ts';
import type { RecordEntry } from '../../register/catalogue.ts';
import type { Register } from '../../register/register.ts';
import { linkResolver } from '../../register/successors.ts';

/** A decision as it is listed. */
export function summaryOf({ head, path, namespace, number }: RecordEntry, register: Register): RecordSummary {
  const owners = register.ownersOf?.(path) ?? [];
  const hasLetters = number !== undefined && register.catalogue.series.has(namespace);
  return {
    id: head.id,
    path,
    title: head.title,
    // A record that could not be read has the number of its file name.
    ...(number === undefined ? {} : { number }),
    ...(hasLetters ? { numberLabel: numberLabel(namespace, number) } : {}),
    ...(head.status === undefined ? {} : { status: head.status.value, statusText: head.status.text }),
    ...(head.date === undefined ? {} : { date: head.date }),
    ...(owners.length === 0 ? {} : { owners }),
    supersededBy: register.successors.get(head.id) ?? [],
  };
}

/** All decisions, ordered by path. */
export const summariesOf = (register: Register): readonly RecordSummary[] =>
  [...register.catalogue.records].sort((a, b) => (a.path < b.path ? -1 : 1)).map((record) => summaryOf(record, register));

const RANK: Readonly<Record<GraphEdgeKind, number>> = { supersedes: 0, amends: 1, cites: 2 };

/** Decisions and how they refer to each other: between two records only the strongest edge. Links to anything else are left out. */
export function graphOf(register: Register): DecisionGraph {
  const nodes = summariesOf(register);
  const heads: readonly DocumentHead[] = register.catalogue.records.map(({ head }) => head);
  const resolve = linkResolver(heads);
  const edges = new Map<string, DecisionGraph['edges'][number]>();
  const add = (from: string, to: string, kind: GraphEdgeKind, partial: boolean): void => {
    if (from === to) return;
    const key = `${from}\0${to}`;
    const known = edges.get(key);
    if (known && RANK[known.kind] <= RANK[kind]) return;
    edges.set(key, { from, to, kind, ...(partial ? { partial } : {}) });
  };
  for (const head of heads) {
    for (const link of head.links) {
      if (link.kind === 'applies-to') continue;
      const other = resolve(head, link);
      if (typeof other === 'string') continue;
      const partial = link.partial ?? false;
      if (link.kind === 'superseded-by') add(other.id, head.id, 'supersedes', partial);
      else add(head.id, other.id, link.kind, partial);
    }
  }
  // The old record names its successor anyway: that citation adds nothing to the supersession.
  const shown = [...edges.values()].filter(({ from, to, kind }) => kind !== 'cites' || edges.get(`${to}\0${from}`)?.kind !== 'supersedes');
  return { nodes, edges: shown.sort((a, b) => (a.from === b.from ? (a.to < b.to ? -1 : 1) : a.from < b.from ? -1 : 1)) };
}
