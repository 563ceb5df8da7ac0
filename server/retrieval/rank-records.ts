import { type HeldDocument, type Knowledge, nearness, similarityOf } from './knowledge.ts';
import { standardise } from './vectors.ts';

/** A question or other text that is looked for. */
export interface Query {
  readonly text: string;
  /** Indexed words with their counts. */
  readonly words: ReadonlyMap<string, number>;
  readonly vector: Float32Array;
}

export interface RankedRecord {
  readonly document: HeldDocument;
  /** Fused score in standard deviations; comparable within this ranking only. */
  readonly score: number;
  /** Sum of the four best sections' BM25 scores, each next one counting .4 of the one before. */
  readonly lexical: number;
  /** Similarity of meaning above the record's own average. */
  readonly similarity: number;
  /** Similarity of the closest passage. */
  readonly closest: number;
}

const SECTIONS_THAT_COUNT = 4;
const NEXT_SECTION_COUNTS = 0.4;

/** The document's score from those of its sections: `a + .4 b + .16 c + .064 d`, best first. */
export function documentScore(sectionScores: readonly number[]): number {
  const best = Float64Array.from(sectionScores).sort();
  let sum = 0;
  for (let rank = 0; rank < Math.min(SECTIONS_THAT_COUNT, best.length); rank++)
    sum += (best[best.length - 1 - rank] as number) * NEXT_SECTION_COUNTS ** rank;
  return sum;
}

/**
 * Orders records for a question: half BM25, half similarity of meaning less the record's hub, both standardised over the
 * records asked for (docs/ranking.md, measured). Ties break by id.
 */
export function rankRecords(knowledge: Knowledge, query: Query, documents: readonly HeldDocument[], scores: Float64Array): RankedRecord[] {
  const vector = knowledge.centre(query.vector);
  const lexical = documents.map((document) => documentScore(document.units.map((unit) => scores[unit] ?? 0)));
  const near = documents.map((document) => nearness(document.passages, (passage) => similarityOf(passage, vector)));
  const similarity = documents.map((document, i) => (near[i]?.mean ?? 0) - document.hub);
  const zLexical = standardise(lexical);
  const zSimilarity = standardise(similarity);
  return documents
    .map((document, i) => ({
      document,
      score: 0.5 * (zLexical[i] ?? 0) + 0.5 * (zSimilarity[i] ?? 0),
      lexical: lexical[i] ?? 0,
      similarity: similarity[i] ?? 0,
      closest: near[i]?.closest ?? 0,
    }))
    .sort((a, b) => b.score - a.score || (a.document.head.id < b.document.head.id ? -1 : 1));
}

/**
 * Puts a record that is no longer in force just below the best of its successors when it ranks above it: the successor takes
 * its place. `successors`: full successors by id, the one in force first.
 */
export function liftSuccessors<T extends { readonly id: string }>(
  ranked: readonly T[],
  successors: ReadonlyMap<string, readonly string[]>,
): T[] {
  const out = [...ranked];
  for (const old of ranked) {
    const heirs = successors.get(old.id);
    if (!heirs || heirs.length === 0) continue;
    const at = out.indexOf(old);
    const below = out.findIndex((item, i) => i > at && heirs.includes(item.id));
    if (below < 0 || out.slice(0, at).some((item) => heirs.includes(item.id))) continue;
    const [heir] = out.splice(below, 1);
    if (heir) out.splice(at, 0, heir);
  }
  return out;
}
