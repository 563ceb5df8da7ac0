import type { DocumentIndex, IndexedDocument } from '../../retrieval/document-index.ts';
import type { Query } from '../../retrieval/rank-records.ts';
import { forEachYielding } from '../../text/yielding.ts';
import { type Background, type Closeness, closeness, type Distribution, MEASURES } from './closeness.ts';

/** Limit on the pairs of window and passage that are compared: with very many records, fewer windows are used. */
const MOST_PAIRS = 1_500_000;
const LEAST_WINDOWS = 24;

/** Measures how close windows of code come to each record. About a millisecond per window and 300 records, in slices. */
export async function measureBackground(
  documentIndex: DocumentIndex,
  documents: readonly IndexedDocument[],
  windows: readonly Query[],
): Promise<Background> {
  const passages = documents.reduce((sum, document) => sum + document.passages.length, 0);
  const used = windows.slice(0, Math.max(LEAST_WINDOWS, Math.floor(MOST_PAIRS / Math.max(1, passages))));
  const sums = MEASURES.map(() => ({ sum: new Float64Array(documents.length), squares: new Float64Array(documents.length) }));
  await forEachYielding(
    used,
    (window) => {
      const near = closeness(documentIndex, documents, window);
      MEASURES.forEach((measure, m) => {
        const { sum, squares } = sums[m] as (typeof sums)[number];
        near[measure].forEach((value, i) => {
          sum[i] = (sum[i] as number) + value;
          squares[i] = (squares[i] as number) + value * value;
        });
      });
    },
    1,
  );
  const count = used.length || 1;
  const distributions = sums.map(({ sum, squares }) =>
    documents.map((_, i): Distribution => {
      const mean = (sum[i] as number) / count;
      return { mean, deviation: Math.sqrt(Math.max(0, (squares[i] as number) / count - mean * mean)) };
    }),
  );
  const pooled = distributions.map((all) =>
    Math.sqrt(all.reduce((sum, { deviation }) => sum + deviation * deviation, 0) / (all.length || 1)),
  );
  const byId = (all: readonly Distribution[]) => new Map(documents.map(({ head }, i) => [head.id, all[i] as Distribution]));
  const byMeasure = <T>(values: readonly T[]) =>
    Object.fromEntries(MEASURES.map((measure, m) => [measure, values[m]])) as Record<keyof Closeness, T>;
  return { distributions: byMeasure(distributions.map(byId)), pooled: byMeasure(pooled) };
}
