import type { WireRecord } from '../../protocol/authoring.ts';
import type { DecisionGraphResult } from '../../protocol/decisions.ts';
import { recordLabel, statusOf } from '../decisions/rows.ts';
import { statusName } from '../names.ts';
import type { Graph, GraphEdge } from '../webview/graph/messages.ts';

/** Records that are drawn; more than that nobody can read, and the layout would take seconds. */
export const MOST_DRAWN = 400;

/** A record of the drawing: unique over the repositories, because two may have a record of the same id. */
export const keyOf = ({ uri, id }: Pick<WireRecord, 'uri' | 'id'>): string => `${uri} ${id}`;

interface Found {
  readonly records: ReadonlyMap<string, WireRecord>;
  readonly edges: readonly GraphEdge[];
}

/** The graphs of several repositories as one. Two folders of one repository have the same records, once. */
const union = (answers: readonly DecisionGraphResult[]): Found => {
  const records = new Map<string, WireRecord>();
  const edges = new Map<string, GraphEdge>();
  for (const answer of answers) {
    const keys = new Map(answer.nodes.map((record) => [record.id, keyOf(record)]));
    for (const record of answer.nodes) records.set(keyOf(record), record);
    for (const { from, to, kind, partial } of answer.edges) {
      const [a, b] = [keys.get(from), keys.get(to)];
      if (a !== undefined && b !== undefined) edges.set(`${a}\n${b}`, { from: a, to: b, kind, partial: partial === true });
    }
  }
  return { records, edges: [...edges.values()] };
};

/** The most connected records and, of those without a connection, the newest. In the order in which they came. */
const drawn = ({ records, edges }: Found, most: number): ReadonlyMap<string, WireRecord> => {
  if (records.size <= most) return records;
  const degree = new Map<string, number>();
  for (const { from, to } of edges) for (const key of [from, to]) degree.set(key, (degree.get(key) ?? 0) + 1);
  const kept = [...records]
    .sort(([a, x], [b, y]) => (degree.get(b) ?? 0) - (degree.get(a) ?? 0) || (y.date ?? '').localeCompare(x.date ?? '') || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([key]) => key);
  const keep = new Set(kept);
  return new Map([...records].filter(([key]) => keep.has(key)));
};

/** What is drawn of the decisions of all repositories. */
export const graphOf = (answers: readonly DecisionGraphResult[], most = MOST_DRAWN): Graph => {
  const found = union(answers);
  const kept = drawn(found, most);
  return {
    nodes: [...kept].map(([key, record]) => {
      const status = statusOf(record);
      return {
        key,
        label: recordLabel(record),
        status,
        statusName: status === '' ? '' : statusName(status),
        date: record.date?.slice(0, 10) ?? '',
        path: record.path,
      };
    }),
    edges: found.edges.filter(({ from, to }) => kept.has(from) && kept.has(to)),
    total: found.records.size,
  };
};
