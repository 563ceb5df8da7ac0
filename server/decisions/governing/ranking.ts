import type { PlaceNames } from '../../code/place-names.ts';
import type { SourceFile } from '../../code/source-file.ts';
import type { CodeSymbol, Place } from '../../model/answer.ts';
import type { ScopedEvidence } from '../../model/evidence.ts';
import type { RecordCommits } from '../../register/record-commits.ts';
import type { Register } from '../../register/register.ts';
import type { DocumentIndex, IndexedDocument } from '../../retrieval/document-index.ts';
import type { Query } from '../../retrieval/rank-records.ts';
import type { SourceIndex } from '../../retrieval/source-index.ts';
import { type RecordHistory, recordHistories, saturate } from './changed-together.ts';
import { type CitedSignals, citedSignals } from './cited.ts';
import { type Background, type Closeness, closeness, meanOf, relativeCloseness, zScores } from './closeness.ts';

/** What records are ranked with. */
export interface RankingSpace {
  readonly register: Register;
  readonly documentIndex: DocumentIndex;
  readonly recordCommits: RecordCommits;
  readonly code: SourceIndex;
  readonly background: Background;
}

/** Everything about a place that ranking depends on. */
export interface RankingQuery {
  readonly place: Place;
  readonly file: SourceFile;
  /** What the file declares. */
  readonly symbols: readonly CodeSymbol[];
  /** The names that the place uses. */
  readonly used: PlaceNames;
  /** The lines around the place, as a query. */
  readonly codeWindow: Query;
  /** How strongly each record names what the lines use, by record id: sums of `g` in docs/ranking.md. */
  readonly names: ReadonlyMap<string, number>;
  /** Evidence from names of the place that records mention, by record id. */
  readonly named?: ReadonlyMap<string, readonly ScopedEvidence[]>;
  /** Shas of the commits that count, when an older state is asked about; absent: all commits, and the code of today. */
  readonly before?: ReadonlySet<string>;
}

/** The measured signals of one record at one place. */
export interface Signals {
  readonly cited: CitedSignals | undefined;
  readonly history: RecordHistory | undefined;
  readonly names: number;
}

export interface RankedDocument {
  readonly document: IndexedDocument;
  /** Orders the records of this place. */
  readonly score: number;
  /** Closeness in standard deviations over the records of this place, by measure. */
  readonly closeness: Readonly<Record<keyof Closeness, number>>;
  /** Closeness in standard deviations of arbitrary code: compares between places. */
  readonly zScore: number;
  /** How far `zScore` exceeds that of every other record; negative unless it is the largest. */
  readonly lead: number;
  readonly signals: Signals;
}

/**
 * Weights of the signals relative to closeness, which has 1; a signal x counts as x / (x + c). Fitted on real repositories and checked with each
 * one left out (docs/ranking.md; `npm run bench -- weights`).
 */
export const WEIGHTS = {
  citedHere: 4,
  citedInFile: 2,
  citedInFolder: 2,
  citedByCommits: 1,
  names: 1,
} as const;

export type Weights = Readonly<Record<keyof typeof WEIGHTS, number>>;

const half = (x: number): number => x / (x + 1);

const KINDS = ['decision', 'guide'] as const;

/** What is ranked for a place: records, and guides, although guides never govern. */
export const rankedDocuments = (documentIndex: DocumentIndex): readonly IndexedDocument[] => documentIndex.documents(KINDS);

/** Weighted sum of a record's signals, without closeness. */
export function structure({ cited, history, names }: Signals, weights: Weights = WEIGHTS): number {
  return (
    weights.citedHere * (cited?.here ?? 0) +
    weights.citedInFile * half(cited?.inFile ?? 0) +
    weights.citedInFolder * half(cited?.inFolder ?? 0) +
    weights.citedByCommits * saturate(history?.cited ?? 0) +
    weights.names * half(names)
  );
}

/** Ranks all records for a place, best first; ties by id. Takes a few milliseconds; uses neither git nor the store. */
export function rankPlace(space: RankingSpace, { place, file, symbols, codeWindow, names, before }: RankingQuery): RankedDocument[] {
  const { register, documentIndex, recordCommits, code, background } = space;
  // Only records govern, so unasked surfaces need no guides; leaving them out does not change a record's z-score.
  const documents = place.unasked ? documentIndex.documents(['decision']) : rankedDocuments(documentIndex);
  const near = closeness(documentIndex, documents, codeWindow);
  const relative = relativeCloseness(documents, near, background);
  const above = zScores(documents, near, background);
  const cited = citedSignals(register, before ? undefined : code, place, file, symbols);
  const histories = recordHistories(recordCommits, place.path, before);
  const decisions = above.filter((_, i) => documents[i]?.head.kind === 'decision').sort((a, b) => b - a);
  return documents
    .flatMap((document, i): RankedDocument[] => {
      if (document.head.path === place.path) return [];
      const { id } = document.head;
      const signals = { cited: cited.get(id), history: histories.get(id), names: names.get(id) ?? 0 };
      const own = above[i] ?? 0;
      const best = decisions[0] ?? 0;
      const lead = own === best ? own - (decisions[1] ?? 0) : own - best;
      const closeness = { lexical: relative.lexical[i] ?? 0, meaning: relative.meaning[i] ?? 0 };
      const score = meanOf((measure) => closeness[measure]) + structure(signals);
      return [{ document, score, closeness, zScore: own, lead, signals }];
    })
    .sort((a, b) => b.score - a.score || (a.document.head.id < b.document.head.id ? -1 : 1));
}
