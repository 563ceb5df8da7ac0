import type { PlaceNames } from '../../code/place-names.ts';
import type { SourceFile } from '../../code/source-file.ts';
import type { CodeSymbol, Place } from '../../model/answer.ts';
import type { ScopedEvidence } from '../../model/evidence.ts';
import type { RecordCommits } from '../../register/record-commits.ts';
import type { Register } from '../../register/register.ts';
import type { DocumentIndex, IndexedDocument } from '../../retrieval/knowledge.ts';
import type { Query } from '../../retrieval/rank-records.ts';
import type { SourceIndex } from '../../retrieval/source-index.ts';
import { type RecordHistory, recordHistories, saturate } from './changed-together.ts';
import { type CitedSignals, citedSignals } from './cited.ts';
import { type Background, type Closeness, closeness, joined, relativeCloseness, zScores } from './closeness.ts';

/** What records are ranked with. */
export interface RankingSpace {
  readonly register: Register;
  readonly knowledge: DocumentIndex;
  readonly history: RecordCommits;
  readonly code: SourceIndex;
  readonly background: Background;
}

/** Everything about a place that its ranking depends on. */
export interface PlaceToRank {
  readonly place: Place;
  readonly file: SourceFile;
  /** What the file declares. */
  readonly symbols: readonly CodeSymbol[];
  /** The names that the place uses. */
  readonly used: PlaceNames;
  /** The lines around the place, as a query. */
  readonly window: Query;
  /** How strongly each record names what the lines use, by id: sums of `g` of docs/ranking.md. */
  readonly names: ReadonlyMap<string, number>;
  /** What the records name of this place, by id. */
  readonly named?: ReadonlyMap<string, readonly ScopedEvidence[]>;
  /** Only these commits count, by sha; absent: all, and the code of other files is that of the asked time. */
  readonly before?: ReadonlySet<string>;
}

/** The measured signals of one record at one place, each 0 where there is nothing. */
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
  /** By how much `zScore` surpasses that of every other record; negative unless it is the largest. */
  readonly lead: number;
  readonly signals: Signals;
}

/**
 * Weights of the signals beside closeness, which has 1; each signal x counts as x / (x + c). Measured and checked with each repository left out
 * (docs/ranking.md; `npm run bench -- weights`).
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

/** What is ranked for a place: records, and guides, which never govern. */
export const rankedDocuments = (knowledge: DocumentIndex): readonly IndexedDocument[] => knowledge.documents(KINDS);

/** Weighs all signals of one record except closeness. */
export function structure({ cited, history, names }: Signals, weights: Weights = WEIGHTS): number {
  return (
    weights.citedHere * (cited?.here ?? 0) +
    weights.citedInFile * half(cited?.inFile ?? 0) +
    weights.citedInFolder * half(cited?.inFolder ?? 0) +
    weights.citedByCommits * saturate(history?.cited ?? 0) +
    weights.names * half(names)
  );
}

/** Orders all records for a place, best first; ties by id. A few milliseconds; no git, no store. */
export function rankPlace(space: RankingSpace, { place, file, symbols, window, names, before }: PlaceToRank): RankedDocument[] {
  const { register, knowledge, history, code, background } = space;
  // Only records govern: whoever speaks unasked needs no guides, and a record stands out as far without them.
  const documents = place.unasked ? knowledge.documents(['decision']) : rankedDocuments(knowledge);
  const near = closeness(knowledge, documents, window);
  const relative = relativeCloseness(documents, near, background);
  const above = zScores(documents, near, background);
  const cited = citedSignals(register, before ? undefined : code, place, file, symbols);
  const histories = recordHistories(history, place.path, before);
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
      const score = joined((measure) => closeness[measure]) + structure(signals);
      return [{ document, score, closeness, zScore: own, lead, signals }];
    })
    .sort((a, b) => b.score - a.score || (a.document.head.id < b.document.head.id ? -1 : 1));
}
