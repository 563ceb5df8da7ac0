/** BM25 parameters. There is no `delta`: BM25+ cost .03 nDCG@10 on code queries (docs/ranking.md). */
export interface Bm25Parameters {
  readonly k1: number;
  readonly b: number;
}

/** Measured best for sections of records. */
export const RECORD_BM25: Bm25Parameters = { k1: 1.5, b: 0.9 };
/** Measured best for commit messages: a long message explains rather than dilutes (docs/ranking.md). */
export const COMMIT_BM25: Bm25Parameters = { k1: 1.2, b: 0.2 };

/** Units that contain a word, in their order, with how often each does. */
interface Postings {
  readonly units: ArrayLike<number>;
  readonly counts: ArrayLike<number>;
}

/** The postings of a word: those of a frozen index, and of units that were added since. */
interface Posting {
  /** Where those of the frozen index are, in its arrays; equal where there are none. */
  readonly from: number;
  readonly to: number;
  readonly units: number[];
  readonly counts: number[];
  /** How many live units contain the word. */
  frequency: number;
}

/** An index as plain arrays, which can be written to a file and used as they are read. Postings of word i end at `ends[i]`. */
export interface FrozenLexical {
  readonly words: readonly string[];
  readonly ends: Uint32Array;
  readonly units: Uint32Array;
  readonly counts: Uint32Array;
  /** Number of words of each unit, with repetitions. */
  readonly lengths: Uint32Array;
}

const NOTHING_FROZEN: Postings = { units: [], counts: [] };

/** Inverse document frequency as in Lucene: ln(1 + (N - df + .5) / (df + .5)); never negative. */
export const inverseFrequency = (total: number, frequency: number): number => Math.log(1 + (total - frequency + 0.5) / (frequency + 0.5));

/** The part of the saturation that depends on the unit alone. */
const dampingOf = (length: number, averageLength: number, { k1, b }: Bm25Parameters): number =>
  k1 * (1 - b + (b * length) / (averageLength || 1));

const FROZEN = 'frozen';
/** One more than the largest count of a word in a unit that is told from others when an index is frozen. */
const MOST_COUNTED = 2 ** 20;

interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * An in-memory BM25 index over units (sections). Removed units keep their numbers but count in no statistic, so that scores are those of an index
 * that never contained them.
 */
export class LexicalIndex {
  readonly #postings = new Map<string, Posting>();
  #frozen: Postings = NOTHING_FROZEN;
  /** Postings of each unit's words; `undefined` for a removed unit, and `FROZEN` for one of the frozen index. */
  readonly #units: (readonly Posting[] | typeof FROZEN | undefined)[] = [];
  readonly #lengths: number[] = [];
  #live = 0;
  #totalLength = 0;
  /** Damping of each unit for the parameters used last; recomputed when units are added or removed. */
  #damping: { readonly parameters: Bm25Parameters; readonly values: Float64Array } | undefined;

  /** An index that holds what a frozen one does; its arrays are used as they are. */
  static of({ words, ends, units, counts, lengths }: FrozenLexical): LexicalIndex {
    const index = new LexicalIndex();
    let from = 0;
    words.forEach((word, at) => {
      const to = ends[at] as number;
      index.#postings.set(word, { from, to, units: [], counts: [], frequency: to - from });
      from = to;
    });
    index.#frozen = { units, counts };
    for (const length of lengths) {
      index.#units.push(FROZEN);
      index.#lengths.push(length);
      index.#totalLength += length;
    }
    index.#live = lengths.length;
    return index;
  }

  /**
   * What the index holds, as plain arrays.
   * @param order its live units; they are numbered by their place in it
   */
  frozen(order: readonly number[]): FrozenLexical {
    const numbers = new Int32Array(this.#units.length).fill(-1);
    order.forEach((unit, at) => {
      numbers[unit] = at;
    });
    const words: string[] = [];
    const ends: number[] = [];
    let total = 0;
    for (const posting of this.#postings.values()) total += posting.to - posting.from + posting.units.length;
    const all = new Float64Array(total);
    let filled = 0;
    for (const [word, posting] of this.#postings) {
      const start = filled;
      for (const { units, counts, from, to } of this.#parts(posting))
        for (let i = from; i < to; i++) {
          const unit = numbers[units[i] as number] as number;
          if (unit >= 0) all[filled++] = unit * MOST_COUNTED + Math.min(counts[i] as number, MOST_COUNTED - 1);
        }
      if (filled === start) continue;
      all.subarray(start, filled).sort();
      words.push(word);
      ends.push(filled);
    }
    const held = all.subarray(0, filled);
    return {
      words,
      ends: Uint32Array.from(ends),
      units: Uint32Array.from(held, (each) => Math.floor(each / MOST_COUNTED)),
      counts: Uint32Array.from(held, (each) => each % MOST_COUNTED),
      lengths: Uint32Array.from(order, (unit) => this.#lengths[unit] as number),
    };
  }

  #parts({ from, to, units, counts }: Posting): readonly [Postings & Range, Postings & Range] {
    return [
      { units: this.#frozen.units, counts: this.#frozen.counts, from, to },
      { units, counts, from: 0, to: units.length },
    ];
  }

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
        posting = { from: 0, to: 0, units: [], counts: [], frequency: 0 };
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

  remove(units: readonly number[]): void {
    const frozen = new Set<number>();
    for (const unit of units) {
      const postings = this.#units[unit];
      if (!postings) continue;
      if (postings === FROZEN) frozen.add(unit);
      else for (const posting of postings) posting.frequency -= 1;
      this.#units[unit] = undefined;
      this.#totalLength -= this.#lengths[unit] ?? 0;
      this.#live -= 1;
    }
    this.#damping = undefined;
    if (frozen.size > 0) this.#forget(frozen);
  }

  /** Counts some units of the frozen index no more. Looks at all of its postings, a million in 3 ms, because it does not say which words a unit has. */
  #forget(removed: ReadonlySet<number>): void {
    const marks = new Uint8Array(this.#units.length);
    for (const unit of removed) marks[unit] = 1;
    const { units } = this.#frozen;
    for (const posting of this.#postings.values())
      for (let i = posting.from; i < posting.to; i++) posting.frequency -= marks[units[i] as number] as number;
  }

  /** Whether a live unit holds the word. */
  has(word: string): boolean {
    return (this.#postings.get(word)?.frequency ?? 0) > 0;
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
      for (const { units, counts, from, to } of this.#parts(posting))
        for (let i = from; i < to; i++) {
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
