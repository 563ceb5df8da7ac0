import { type DocumentIndex, type IndexedDocument, nearness, similarityOf } from '../../retrieval/knowledge.ts';
import { type Query, unitsScore } from '../../retrieval/rank-records.ts';
import { standardise } from '../../retrieval/vectors.ts';

/** How close the texts of records are to a piece of code; one number for each record, in the order asked for. */
export interface Closeness {
  /** BM25 of the four best sections. */
  readonly lexical: readonly number[];
  /** Similarity in meaning of the three closest passages. */
  readonly meaning: readonly number[];
}

/** How close arbitrary code of a repository is to one record, by one measure. */
export interface Distribution {
  readonly mean: number;
  readonly deviation: number;
}

/**
 * How close the records are to arbitrary code of their repository: what a place must surpass to say anything. Records that speak of everything
 * are near to all code; by how much is taken off when records are compared for a place (docs/ranking.md).
 */
export interface Background {
  /** By id of the record. */
  readonly distributions: Readonly<Record<keyof Closeness, ReadonlyMap<string, Distribution>>>;
  /** Root of the mean square of the records' deviations. */
  readonly pooled: Readonly<Record<keyof Closeness, number>>;
}

export const MEASURES = ['lexical', 'meaning'] as const;

export function closeness(knowledge: DocumentIndex, documents: readonly IndexedDocument[], query: Query): Closeness {
  const scores = knowledge.lexical.scores(query.words);
  const vector = knowledge.centre(query.vector);
  return {
    lexical: documents.map((document) => unitsScore(document.units, scores)),
    meaning: documents.map((document) => nearness(document.passages, (passage) => similarityOf(passage, vector))),
  };
}

/** Both measures joined; they count alike (docs/ranking.md). */
export const joined = (of: (measure: keyof Closeness) => number): number =>
  MEASURES.reduce((sum, measure) => sum + of(measure), 0) / MEASURES.length;

/** What is usual of a record that was not there yet when it was measured. */
const NOTHING_USUAL: Distribution = { mean: 0, deviation: 0 };

/** Closeness beyond what is usual, in standard deviations over the records: orders the records of one place. */
export function relativeCloseness(documents: readonly IndexedDocument[], near: Closeness, { distributions: usual }: Background): Closeness {
  const relative = (measure: keyof Closeness): number[] =>
    standardise(documents.map(({ head }, i) => (near[measure][i] ?? 0) - (usual[measure].get(head.id) ?? NOTHING_USUAL).mean));
  return { lexical: relative('lexical'), meaning: relative('meaning') };
}

/**
 * How unusual it is for code of this repository to be this close to each record, in standard deviations of the background. Compares between
 * places and does not depend on how many records there are: what is shown unasked depends on it.
 */
export const zScores = (documents: readonly IndexedDocument[], near: Closeness, { distributions: usual, pooled }: Background): number[] =>
  documents.map(({ head }, i) =>
    joined((measure) => {
      const { mean, deviation } = usual[measure].get(head.id) ?? NOTHING_USUAL;
      const scale = 0.5 * deviation + 0.5 * pooled[measure];
      return scale > 1e-12 ? ((near[measure][i] ?? 0) - mean) / scale : 0;
    }),
  );
