import { type DocumentIndex, type IndexedDocument, nearness, similarityOf } from './document-index.ts';
import { standardise } from './vectors.ts';

/** A question, or another text to find records for. */
export interface Query {
  readonly text: string;
  /** Indexed words with their counts. */
  readonly words: ReadonlyMap<string, number>;
  readonly vector: Float32Array;
}

export interface RankedRecord {
  readonly document: IndexedDocument;
  /** Fused score in standard deviations; comparable within this ranking only. */
  readonly score: number;
  /** Sum of the BM25 scores of the four best sections, each weighing .4 of the one before. */
  readonly lexical: number;
  /** BM25 score of the whole record. */
  readonly whole: number;
  /** Similarity of meaning, less the record's average similarity to arbitrary commits (its hub). */
  readonly similarity: number;
  /** Similarity of the closest passage. */
  readonly closest: number;
}

const BEST_SECTIONS = 4;
const NEXT_SECTION_WEIGHT = 0.4;
/** Weight of the whole record's score: one word of a question may stand in the context and another in the consequences. */
export const WHOLE_WEIGHT = 0.2;

const SECTION_WEIGHTS = Array.from({ length: BEST_SECTIONS }, (_, rank) => NEXT_SECTION_WEIGHT ** rank);
/** Scratch space for the best scores of one document, best first. Shared, because each query scores thousands of sections. */
const best = new Float64Array(BEST_SECTIONS);

/**
 * A document's score from those of its sections, best first: `a + .4 b + .16 c + .064 d`.
 * @param units numbers of the sections in `scores`; a missing one scores 0
 * @param weights of the sections, in the order of `units`; default: 1 each
 */
export function unitsScore(units: readonly number[], scores: ArrayLike<number>, weights?: readonly number[]): number {
  let filled = 0;
  for (let i = 0; i < units.length; i++) {
    const score = (scores[units[i] as number] ?? 0) * (weights?.[i] ?? 1);
    if (filled === BEST_SECTIONS && score <= (best[filled - 1] as number)) continue;
    let at = filled < BEST_SECTIONS ? filled++ : filled - 1;
    for (; at > 0 && (best[at - 1] as number) < score; at--) best[at] = best[at - 1] as number;
    best[at] = score;
  }
  let sum = 0;
  for (let rank = 0; rank < filled; rank++) sum += (best[rank] as number) * (SECTION_WEIGHTS[rank] as number);
  return sum;
}

/**
 * Orders records for a question by .5 BM25 of sections, .5 similarity of meaning less the hub, and .2 BM25 of the whole record, each standardised
 * over the given records. Sections about the problem weigh more. Measured in docs/ranking.md; ties break by id.
 */
export function rankRecords(
  documentIndex: DocumentIndex,
  query: Query,
  documents: readonly IndexedDocument[],
  scores: Float64Array,
): RankedRecord[] {
  const vector = documentIndex.centre(query.vector);
  const lexical = documents.map((document) => unitsScore(document.units, scores, document.unitWeights));
  const closest = new Float64Array(documents.length);
  const similarity = documents.map(({ passages, hub }, i) => {
    const near = nearness(passages, (passage) => {
      const plain = similarityOf(passage, vector);
      closest[i] = Math.max(closest[i] as number, plain);
      return passage.questionWeight * plain;
    });
    return near - hub;
  });
  const wholeScores = documentIndex.whole.scores(query.words);
  const whole = documents.map((document) => wholeScores[document.whole] ?? 0);
  const zWhole = standardise(whole);
  const zLexical = standardise(lexical);
  const zSimilarity = standardise(similarity);
  return documents
    .map((document, i) => ({
      document,
      score: 0.5 * (zLexical[i] ?? 0) + 0.5 * (zSimilarity[i] ?? 0) + WHOLE_WEIGHT * (zWhole[i] ?? 0),
      lexical: lexical[i] ?? 0,
      whole: whole[i] ?? 0,
      similarity: similarity[i] ?? 0,
      closest: closest[i] as number,
    }))
    .sort((a, b) => b.score - a.score || (a.document.head.id < b.document.head.id ? -1 : 1));
}

/**
 * Where a replaced record ranks above all of its successors, lets the best of them take its place, so that the record comes right after it.
 * @param successors full successors by id, the one in force first
 */
export function liftSuccessors<T extends { readonly id: string }>(
  ranked: readonly T[],
  successors: ReadonlyMap<string, readonly string[]>,
): T[] {
  const out = [...ranked];
  for (const old of ranked) {
    const replacements = successors.get(old.id);
    if (!replacements || replacements.length === 0) continue;
    const at = out.indexOf(old);
    const below = out.findIndex((item, i) => i > at && replacements.includes(item.id));
    if (below < 0 || out.slice(0, at).some((item) => replacements.includes(item.id))) continue;
    const [replacement] = out.splice(below, 1);
    if (replacement) out.splice(at, 0, replacement);
  }
  return out;
}
