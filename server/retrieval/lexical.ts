/** BM25 parameters. There is no `delta`: BM25+ cost .03 nDCG@10 on code queries (docs/ranking.md). */
export interface Bm25Parameters {
  readonly k1: number;
  readonly b: number;
}

/** Measured best for sections of records. */
export const RECORD_BM25: Bm25Parameters = { k1: 1.5, b: 0.9 };
/** Measured best for commit messages: a long message explains rather than dilutes (docs/ranking.md). */
export const COMMIT_BM25: Bm25Parameters = { k1: 1.2, b: 0.2 };

interface Posting {
  readonly units: number[];
  readonly counts: number[];
  /** How many live units contain the word. */
  frequency: number;
}

/** Inverse document frequency as in Lucene: ln(1 + (N - df + .5) / (df + .5)); never negative. */
export const inverseFrequency = (total: number, frequency: number): number => Math.log(1 + (total - frequency + 0.5) / (frequency + 0.5));

/** The part of the saturation that depends on the unit alone. */
const dampingOf = (length: number, averageLength: number, { k1, b }: Bm25Parameters): number =>
  k1 * (1 - b + (b * length) / (averageLength || 1));

/**
 * An in-memory BM25 index over units (sections). Removed units keep their numbers but count in no statistic, so that scores are those of an index
 * that never contained them.
 */
export class LexicalIndex {
  readonly #postings = new Map<string, Posting>();
  /** Postings of each unit's words; `undefined` for a removed unit. */
  readonly #units: (readonly Posting[] | undefined)[] = [];
  readonly #lengths: number[] = [];
  #live = 0;
  #totalLength = 0;
  /** Damping of each unit for the parameters used last; recomputed when units are added or removed. */
  #damping: { readonly parameters: Bm25Parameters; readonly values: Float64Array } | undefined;

  /** Number of live units. */
  get size(): number {
    return this.#live;
  }

  /** Share of all unit numbers that belong to removed units; rebuild above a quarter. */
  get waste(): number {
    return this.#units.length === 0 ? 0 : 1 - this.#live / this.#units.length;
  }

  /** Adds a unit and returns its number. */
  add(words: readonly string[]): number {
    const unit = this.#units.length;
    const postings: Posting[] = [];
    for (const word of words) {
      let posting = this.#postings.get(word);
      if (!posting) {
        posting = { units: [], counts: [], frequency: 0 };
        this.#postings.set(word, posting);
      }
      const last = posting.units.length - 1;
      if (last >= 0 && posting.units[last] === unit) {
        posting.counts[last] = (posting.counts[last] as number) + 1;
        continue;
      }
      posting.units.push(unit);
      posting.counts.push(1);
      posting.frequency += 1;
      postings.push(posting);
    }
    this.#damping = undefined;
    this.#units.push(postings);
    this.#lengths.push(words.length);
    this.#totalLength += words.length;
    this.#live += 1;
    return unit;
  }

  remove(unit: number): void {
    const postings = this.#units[unit];
    if (!postings) return;
    this.#damping = undefined;
    for (const posting of postings) posting.frequency -= 1;
    this.#units[unit] = undefined;
    this.#totalLength -= this.#lengths[unit] ?? 0;
    this.#live -= 1;
  }

  /** Inverse document frequency of a word over the live units. */
  idf(word: string): number {
    return inverseFrequency(this.#live, this.#postings.get(word)?.frequency ?? 0);
  }

  /**
   * BM25 score of every unit for a query, by unit number. A word repeated in the query counts with the square root of its count, so that one
   * identifier does not dominate a long query of code. Entries of removed units are meaningless.
   */
  scores(query: ReadonlyMap<string, number>, parameters: Bm25Parameters = RECORD_BM25): Float64Array {
    const out = new Float64Array(this.#units.length);
    const { k1 } = parameters;
    const damping = this.#dampingOf(parameters);
    for (const [word, repetitions] of query) {
      const posting = this.#postings.get(word);
      if (!posting || posting.frequency === 0) continue;
      const weight = Math.sqrt(repetitions) * inverseFrequency(this.#live, posting.frequency);
      const { units, counts } = posting;
      for (let i = 0; i < units.length; i++) {
        const unit = units[i] as number;
        const count = counts[i] as number;
        out[unit] = (out[unit] as number) + weight * ((count * (k1 + 1)) / (count + (damping[unit] as number)));
      }
    }
    return out;
  }

  #dampingOf(parameters: Bm25Parameters): Float64Array {
    if (this.#damping?.parameters !== parameters) {
      const average = this.#totalLength / (this.#live || 1);
      this.#damping = { parameters, values: Float64Array.from(this.#lengths, (length) => dampingOf(length, average, parameters)) };
    }
    return this.#damping.values;
  }

  /** The score that a unit full of the query's words would reach, so that scores of several indexes can be compared. */
  ideal(query: ReadonlyMap<string, number>, { k1 }: Bm25Parameters = RECORD_BM25): number {
    let sum = 0;
    for (const [word, repetitions] of query) sum += Math.sqrt(repetitions) * this.idf(word) * (k1 + 1);
    return sum;
  }
}
