import type { CommitFacts } from '../store/commits/facts.ts';
import { COMMIT_BM25, inverseFrequency } from './lexical.ts';
import type { Query } from './rank-records.ts';
import { countWords } from './words.ts';

/** How often words occur in the commits of the index. */
export interface CommitStatistics {
  readonly total: number;
  /** Average length of message and paths together, as `lengthOf` counts. */
  readonly averageLength: number;
  /** Average number of words of the changed lines. */
  readonly averageChanged: number;
  readonly frequency: (word: string) => number;
}

/** The statistics of some facts. */
export const statisticsOf = (
  facts: Pick<CommitFacts, 'total' | 'messageWords' | 'pathWords' | 'changedWords' | 'frequency'>,
): CommitStatistics => ({
  total: facts.total,
  averageLength: (facts.messageWords + PATH_WEIGHT * facts.pathWords) / (facts.total || 1),
  averageChanged: facts.changedWords / (facts.total || 1),
  frequency: (word) => facts.frequency(word),
});

/** Separates the words of the message, of the changed paths and of the changed lines in the indexed words of a commit. */
const MARK = '|';

/** What the indexed words of a commit are of. */
export interface CommitWords {
  readonly message: readonly string[];
  readonly paths: readonly string[];
  /** Of the lines that it added or removed, each once; none where they were not compared. */
  readonly changed: readonly string[];
}

/** The indexed words of a commit, as its row has them. */
export const joinCommitWords = ({ message, paths, changed }: CommitWords): string =>
  [...message, MARK, ...paths, ...(changed.length === 0 ? [] : [MARK, ...changed])].join(' ');

/** The other way. */
export function commitWords(words: string): CommitWords {
  const parts: string[][] = [[]];
  for (const word of words.split(' ')) {
    if (word === MARK) parts.push([]);
    else if (word !== '') parts.at(-1)?.push(word);
  }
  const [message = [], paths = [], changed = []] = parts;
  return { message, paths, changed };
}

export interface CommitCandidate {
  readonly id: string;
  readonly title: string;
  readonly words: string;
  readonly vector: Float32Array;
}

export interface RankedCommit<T extends CommitCandidate> {
  readonly candidate: T;
  readonly score: number;
  /** Share of the largest possible BM25 score, times the share of the query's word weight that is covered, in [0, 1]. */
  readonly lexical: number;
  /** The same without the changed lines: what is compared with documents of other kinds, which have no such lines. */
  readonly said: number;
  /** Words of the query that the changed lines have, and neither message nor paths. */
  readonly onlyChanged: ReadonlySet<string>;
  /** Cosine of the vectors, at least 0. */
  readonly similarity: number;
}

const PATH_WEIGHT = 0.3;
/** A changed line says what was done less well than a message, which is written to say it. */
const CHANGED_WEIGHT = 0.5;
/** How much the length of the change counts: a large one has every word. */
const CHANGED_B = 0.5;
const LEXICAL_SHARE = 0.85;
/** A merge commit repeats what its commits say better. */
const MERGE = /^merge (?:pull request|branch|remote|tag|commit|origin\/|'|\S+ into )/i;
const MERGE_WEIGHT = 0.5;

/**
 * Orders commits for a question by .85 BM25 and .15 similarity of meaning, each relative to the best candidate. BM25 is of three fields, each with its own
 * length: the message, at .3 the changed paths, at .5 the words of the changed lines; it is multiplied by the share of the query's word weight that the commit
 * covers. Merges count half. Measured in docs/ranking.md; ties break by id.
 */
export function rankCommits<T extends CommitCandidate>(
  query: Query,
  candidates: readonly T[],
  statistics: CommitStatistics,
  cosine: (vector: Float32Array) => number,
): RankedCommit<T>[] {
  const weights = [...query.words].map(([word, repetitions]) => ({
    word,
    weight: Math.sqrt(repetitions) * inverseFrequency(statistics.total, statistics.frequency(word)),
  }));
  const total = weights.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const { k1, b } = COMMIT_BM25;
  const scored = candidates.map((candidate) => {
    const { message, paths, changed } = commitWords(candidate.words);
    const inMessage = countWords(message);
    const inPaths = countWords(paths);
    const inChanged = new Set(changed);
    const textLength = relativeLength(message.length + PATH_WEIGHT * paths.length, statistics.averageLength, b);
    const changedLength = relativeLength(changed.length, statistics.averageChanged, CHANGED_B);
    const onlyChanged = new Set<string>();
    const all = { sum: 0, covered: 0 };
    const said = { sum: 0, covered: 0 };
    const add = (to: typeof all, weight: number, count: number): void => {
      to.sum += (weight * count) / (count + k1);
      to.covered += weight;
    };
    const shareOf = ({ sum, covered }: typeof all): number => ((sum / total) * covered) / total;
    for (const { word, weight } of weights) {
      const inText = (inMessage.get(word) ?? 0) + PATH_WEIGHT * (inPaths.get(word) ?? 0);
      const isChanged = inChanged.has(word);
      if (inText === 0 && !isChanged) continue;
      if (inText === 0) onlyChanged.add(word);
      if (inText > 0) add(said, weight, inText / textLength);
      add(all, weight, inText / textLength + (isChanged ? CHANGED_WEIGHT / changedLength : 0));
    }
    return {
      candidate,
      lexical: shareOf(all),
      said: shareOf(said),
      onlyChanged,
      similarity: Math.max(0, cosine(candidate.vector)),
    };
  });
  const bestLexical = Math.max(...scored.map((item) => item.lexical), 1e-9);
  const bestSimilarity = Math.max(...scored.map((item) => item.similarity), 1e-9);
  return scored
    .map((item) => ({
      ...item,
      score:
        ((LEXICAL_SHARE * item.lexical) / bestLexical + ((1 - LEXICAL_SHARE) * item.similarity) / bestSimilarity) *
        (MERGE.test(item.candidate.title) ? MERGE_WEIGHT : 1),
    }))
    .sort((a, b) => b.score - a.score || (a.candidate.id < b.candidate.id ? -1 : 1));
}

/** 1 for a text of average length; `b` says how much the length counts. */
const relativeLength = (length: number, average: number, b: number): number => 1 - b + (b * length) / (average || 1);
