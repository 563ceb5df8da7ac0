import { type DocumentIndex, type IndexedDocument, nearness, similarityOf } from '../../retrieval/document-index.ts';
import { type Query, unitsScore } from '../../retrieval/rank-records.ts';
import { standardise } from '../../retrieval/vectors.ts';

/** How close the texts of records are to a piece of code: one number per record, in the order of the documents given. */
export interface Closeness {
  /** BM25 of the four best sections. */
  readonly lexical: readonly number[];
  /** Similarity in meaning of the three closest passages. */
  readonly meaning: readonly number[];
}

/** How close arbitrary code of the repository comes to one record, by one measure. */
export interface Distribution {
  readonly mean: number;
  readonly deviation: number;
}

/**
 * How close the records are to arbitrary code of their repository: what a place must exceed to mean anything. A record that covers everything
 * is close to all code; that closeness is subtracted when records are compared for a place (docs/ranking.md).
 */
export interface Background {
  /** By id of the record. */
  readonly distributions: Readonly<Record<keyof Closeness, ReadonlyMap<string, Distribution>>>;
  /** Root mean square of the records' deviations. */
  readonly pooled: Readonly<Record<keyof Closeness, number>>;
}

export const MEASURES = ['lexical', 'meaning'] as const;

/** How close the documents are to a query, usually a code window. */
export function closeness(documentIndex: DocumentIndex, documents: readonly IndexedDocument[], query: Query): Closeness {
  const scores = documentIndex.lexical.scores(query.words);
  const vector = documentIndex.centre(query.vector);
  return {
    lexical: documents.map((document) => unitsScore(document.units, scores)),
    meaning: documents.map((document) => nearness(document.passages, (passage) => similarityOf(passage, vector))),
  };
}

/** The mean of both measures: they count the same (docs/ranking.md). */
export const meanOf = (measured: (measure: keyof Closeness) => number): number =>
  MEASURES.reduce((sum, measure) => sum + measured(measure), 0) / MEASURES.length;

/** For a record that did not exist yet when the background was measured. */
const NO_DISTRIBUTION: Distribution = { mean: 0, deviation: 0 };

/** Closeness minus the record's background mean, in standard deviations over the records: orders the records of one place. */
export function relativeCloseness(documents: readonly IndexedDocument[], near: Closeness, { distributions }: Background): Closeness {
  const relative = (measure: keyof Closeness): number[] =>
    standardise(documents.map(({ head }, i) => (near[measure][i] ?? 0) - (distributions[measure].get(head.id) ?? NO_DISTRIBUTION).mean));
  return { lexical: relative('lexical'), meaning: relative('meaning') };
}

/**
 * How unusual it is for code of this repository to be this close to each record, in standard deviations of the background. Comparable between
 * places and independent of the number of records, so it decides what is shown unasked.
 */
export const zScores = (documents: readonly IndexedDocument[], near: Closeness, { distributions, pooled }: Background): number[] =>
  documents.map(({ head }, i) =>
    meanOf((measure) => {
      const { mean, deviation } = distributions[measure].get(head.id) ?? NO_DISTRIBUTION;
      const scale = 0.5 * deviation + 0.5 * pooled[measure];
      return scale > 1e-12 ? ((near[measure][i] ?? 0) - mean) / scale : 0;
    }),
  );
