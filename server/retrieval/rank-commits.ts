import type { CommitFacts } from '../store/commits/facts.ts';
import { COMMIT_BM25, inverseFrequency, saturation } from './lexical.ts';
import type { Query } from './rank-records.ts';
import { countWords } from './words.ts';

/** How often words occur in the commits of the index. */
export interface CommitStatistics {
  readonly total: number;
  readonly averageLength: number;
  readonly frequency: (word: string) => number;
}

/** The statistics of some facts. */
export const statisticsOf = (facts: Pick<CommitFacts, 'total' | 'messageWords' | 'pathWords' | 'frequency'>): CommitStatistics => ({
  total: facts.total,
  averageLength: (facts.messageWords + PATH_WEIGHT * facts.pathWords) / (facts.total || 1),
  frequency: (word) => facts.frequency(word),
});

/** Separates the words of the message from those of the changed paths in the indexed words of a commit. */
export const PATH_MARK = '|';

/** Splits the indexed words of a commit row into message words and path words. */
export function commitWords(words: string): { readonly message: readonly string[]; readonly paths: readonly string[] } {
  const all = words.split(' ').filter((word) => word !== '');
  const mark = all.indexOf(PATH_MARK);
  return mark < 0 ? { message: all, paths: [] } : { message: all.slice(0, mark), paths: all.slice(mark + 1) };
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
  /** Cosine of the vectors, at least 0. */
  readonly similarity: number;
}

const PATH_WEIGHT = 0.3;
const LEXICAL_SHARE = 0.85;
/** A merge commit repeats what its commits say better. */
const MERGE = /^merge (?:pull request|branch|remote|tag|commit|origin\/|'|\S+ into )/i;
const MERGE_WEIGHT = 0.5;

/**
 * Orders commits for a question by .85 BM25 and .15 similarity of meaning, each relative to the best candidate. BM25 covers the message and, at .3,
 * the changed paths, and is multiplied by the share of the query's word weight that the commit covers. Merges count half. Measured in
 * docs/ranking.md; ties break by id.
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
  const scored = candidates.map((candidate) => {
    const { message, paths } = commitWords(candidate.words);
    const inMessage = countWords(message);
    const inPaths = countWords(paths);
    const length = message.length + PATH_WEIGHT * paths.length;
    let sum = 0;
    let covered = 0;
    for (const { word, weight } of weights) {
      const count = (inMessage.get(word) ?? 0) + PATH_WEIGHT * (inPaths.get(word) ?? 0);
      if (count === 0) continue;
      covered += weight;
      sum += weight * saturation(count, length, statistics.averageLength, COMMIT_BM25);
    }
    return {
      candidate,
      lexical: ((sum / (total * (COMMIT_BM25.k1 + 1))) * covered) / total,
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
