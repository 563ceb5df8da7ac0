import type { CandidateRow } from '../store/row.ts';
import { forEachYielding } from '../text/yielding.ts';
import { COMMIT_BM25, inverseFrequency, saturation } from './lexical.ts';
import type { Query } from './rank-records.ts';
import { dot } from './vectors.ts';
import { countWords } from './words.ts';

/** How often words occur in the commits of the index. */
export interface CommitStatistics {
  readonly total: number;
  readonly averageLength: number;
  readonly frequency: ReadonlyMap<string, number>;
  /** Ids of all commits, ordered. */
  readonly ids: readonly string[];
  /** Rows by document id; absent where there are too many to keep in memory. */
  readonly rows?: ReadonlyMap<string, CandidateRow>;
}

export const NO_COMMITS: CommitStatistics = { total: 0, averageLength: 1, frequency: new Map(), ids: [] };

/** Separates the words of the message from those of the changed paths in the indexed words of a commit. */
export const PATH_MARK = '|';

/** Splits the indexed words of a commit row into message words and path words. */
export function commitWords(words: string): { readonly message: readonly string[]; readonly paths: readonly string[] } {
  const all = words.split(' ').filter((word) => word !== '');
  const mark = all.indexOf(PATH_MARK);
  return mark < 0 ? { message: all, paths: [] } : { message: all.slice(0, mark), paths: all.slice(mark + 1) };
}

/** The candidates closest to a vector of length 1, closest first; ties keep the order of the input. */
export function nearestCommits<T extends { readonly vector: Float32Array }>(
  candidates: Iterable<T>,
  query: Float32Array,
  most: number,
): T[] {
  const closest: { readonly item: T; readonly similarity: number }[] = [];
  let least = Number.NEGATIVE_INFINITY;
  for (const item of candidates) {
    const similarity = dot(item.vector, query);
    if (closest.length >= most && similarity <= least) continue;
    let at = closest.length;
    while (at > 0 && (closest[at - 1]?.similarity ?? 0) < similarity) at--;
    closest.splice(at, 0, { item, similarity });
    if (closest.length > most) closest.pop();
    least = closest.at(-1)?.similarity ?? least;
  }
  return closest.map(({ item }) => item);
}

/** Counts the words of the commits, in slices: 20,000 commits take some 100 ms. */
export async function commitStatistics(rows: readonly string[], ids: readonly string[] = []): Promise<CommitStatistics> {
  const counts = new Map<string, { commits: number; last: number }>();
  let length = 0;
  await forEachYielding(rows, (row, index) => {
    const { message, paths } = commitWords(row);
    length += message.length + PATH_WEIGHT * paths.length;
    for (const words of [message, paths]) {
      for (const word of words) {
        const known = counts.get(word);
        if (known === undefined) counts.set(word, { commits: 1, last: index });
        else if (known.last !== index) {
          known.commits += 1;
          known.last = index;
        }
      }
    }
  });
  const frequency = new Map<string, number>();
  for (const [word, { commits }] of counts) frequency.set(word, commits);
  return { total: rows.length, averageLength: length / (rows.length || 1), frequency, ids };
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
    weight: Math.sqrt(repetitions) * inverseFrequency(statistics.total, statistics.frequency.get(word) ?? 0),
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
