import { type HeldDocument, type Knowledge, nearness, similarityOf } from '../retrieval/knowledge.ts';
import { documentScore, type Query } from '../retrieval/rank-records.ts';
import { standardise } from '../retrieval/vectors.ts';

/** How close the texts of records are to a piece of code; one number for each record, in the order asked for. */
export interface Closeness {
  /** BM25 of the four best sections. */
  readonly lexical: readonly number[];
  /** Similarity in meaning of the three closest passages. */
  readonly meaning: readonly number[];
}

/** How close arbitrary code of a repository is to one record, by one measure. */
export interface Usual {
  readonly mean: number;
  readonly deviation: number;
}

/**
 * How close the records are to arbitrary code of their repository: what a place must surpass to say anything. Records that speak of everything
 * are near to all code; by how much is taken off when records are compared for a place (docs/ranking.md).
 */
export interface Background {
  /** In the order of the records asked for. */
  readonly usual: Readonly<Record<keyof Closeness, readonly Usual[]>>;
  /** Root of the mean square of the records' deviations. */
  readonly pooled: Readonly<Record<keyof Closeness, number>>;
}

export const MEASURES = ['lexical', 'meaning'] as const;

/** Both measures count alike (docs/ranking.md). */
const SHARE = 1 / MEASURES.length;

export function closeness(knowledge: Knowledge, documents: readonly HeldDocument[], query: Query): Closeness {
  const scores = knowledge.lexical.scores(query.words);
  const vector = knowledge.centre(query.vector);
  return {
    lexical: documents.map((document) => documentScore(document.units.map((unit) => scores[unit] ?? 0))),
    meaning: documents.map((document) => nearness(document.passages, (passage) => similarityOf(passage, vector)).mean),
  };
}

const joined = (values: (measure: keyof Closeness) => readonly number[]): number[] => {
  const all = MEASURES.map(values);
  return (all[0] ?? []).map((_, i) => all.reduce((sum, each) => sum + SHARE * (each[i] ?? 0), 0));
};

/** Closeness beyond what is usual, in standard deviations over the records: orders the records of one place. */
export const relativeCloseness = (near: Closeness, background: Background): number[] =>
  joined((measure) => standardise(near[measure].map((value, i) => value - (background.usual[measure][i]?.mean ?? 0))));

/**
 * How unusual it is for code of this repository to be this close to each record, in standard deviations of the background. Compares between
 * places and does not depend on how many records there are: what is shown unasked depends on it.
 */
export const standout = (near: Closeness, background: Background): number[] =>
  joined((measure) =>
    near[measure].map((value, i) => {
      const { mean, deviation } = background.usual[measure][i] ?? { mean: 0, deviation: 0 };
      const scale = 0.5 * deviation + 0.5 * background.pooled[measure];
      return scale > 1e-12 ? (value - mean) / scale : 0;
    }),
  );
