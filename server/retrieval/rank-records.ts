import { type DocumentIndex, type IndexedDocument, nearness, similarityOf } from './knowledge.ts';
import { standardise } from './vectors.ts';

/** A question or other text that is looked for. */
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
  /** Sum of the four best sections' BM25 scores, each next one counting .4 of the one before. */
  readonly lexical: number;
  /** BM25 score of the whole record. */
  readonly whole: number;
  /** Similarity of meaning above the record's own average. */
  readonly similarity: number;
  /** Similarity of the closest passage. */
  readonly closest: number;
}

const SECTIONS_THAT_COUNT = 4;
const NEXT_SECTION_COUNTS = 0.4;
/** A question may find one word in the context and another in the consequences. */
export const WHOLE_COUNTS = 0.2;

const COUNTS = Array.from({ length: SECTIONS_THAT_COUNT }, (_, rank) => NEXT_SECTION_COUNTS ** rank);
/** The best scores of the document at hand, best first: one array, because a place is compared with thousands of sections. */
const best = new Float64Array(SECTIONS_THAT_COUNT);

/**
 * A document's score from those of its sections, which have these numbers in `scores`: `a + .4 b + .16 c + .064 d`, best first. A section that is
 * missing there has 0.
 * @param counts what each of the units counts; default 1
 */
export function unitsScore(units: readonly number[], scores: ArrayLike<number>, counts?: readonly number[]): number {
  let held = 0;
  for (let i = 0; i < units.length; i++) {
    const score = (scores[units[i] as number] ?? 0) * (counts?.[i] ?? 1);
    if (held === SECTIONS_THAT_COUNT && score <= (best[held - 1] as number)) continue;
    let at = held < SECTIONS_THAT_COUNT ? held++ : held - 1;
    for (; at > 0 && (best[at - 1] as number) < score; at--) best[at] = best[at - 1] as number;
    best[at] = score;
  }
  let sum = 0;
  for (let rank = 0; rank < held; rank++) sum += (best[rank] as number) * (COUNTS[rank] as number);
  return sum;
}

/**
 * Orders records for a question: half BM25 of sections, half similarity of meaning less the record's hub, and a fifth BM25 of the whole
 * record, each standardised over the records asked for; sections on the problem count more (docs/ranking.md, measured). Ties break by id.
 */
export function rankRecords(
  knowledge: DocumentIndex,
  query: Query,
  documents: readonly IndexedDocument[],
  scores: Float64Array,
): RankedRecord[] {
  const vector = knowledge.centre(query.vector);
  const lexical = documents.map((document) => unitsScore(document.units, scores, document.unitCounts));
  const closest = new Float64Array(documents.length);
  const similarity = documents.map(({ passages, hub }, i) => {
    const near = nearness(passages, (passage) => {
      const plain = similarityOf(passage, vector);
      closest[i] = Math.max(closest[i] as number, plain);
      return passage.counts * plain;
    });
    return near - hub;
  });
  const wholeScores = knowledge.whole.scores(query.words);
  const whole = documents.map((document) => wholeScores[document.whole] ?? 0);
  const zWhole = standardise(whole);
  const zLexical = standardise(lexical);
  const zSimilarity = standardise(similarity);
  return documents
    .map((document, i) => ({
      document,
      score: 0.5 * (zLexical[i] ?? 0) + 0.5 * (zSimilarity[i] ?? 0) + WHOLE_COUNTS * (zWhole[i] ?? 0),
      lexical: lexical[i] ?? 0,
      whole: whole[i] ?? 0,
      similarity: similarity[i] ?? 0,
      closest: closest[i] as number,
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
