/** A commit that changed files of the product, specs, or both. */
export interface SuiteCommit {
  readonly sha: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Changed files of the product. */
  readonly product: readonly string[];
  /** Changed specs. */
  readonly specs: readonly string[];
}

const HALF_LIFE_MS = 270 * 24 * 3_600_000;
/** So many folders above a file count as well. */
const MOST_FOLDERS = 4;
/** A file or folder with so many decayed commits that changed specs says enough, and the folders above it are not asked. */
const ENOUGH = 5;

const foldersOf = (path: string): string[] => {
  const folders: string[] = [];
  for (let at = path.lastIndexOf('/'); at > 0 && folders.length < MOST_FOLDERS; at = path.lastIndexOf('/', at - 1))
    folders.push(path.slice(0, at + 1));
  return folders;
};

/** Commits that changed a file and a spec. */
export interface Together {
  readonly commits: number;
  /** Sha of the newest. */
  readonly newest: string;
}

type Weights = Map<string, number>;
const add = (weights: Weights, key: string, weight: number): void => void weights.set(key, (weights.get(key) ?? 0) + weight);

const addPair = (pairs: Map<string, Weights>, key: string, spec: string, weight: number): void => {
  const known = pairs.get(key);
  if (known) add(known, spec, weight);
  else pairs.set(key, new Map([[spec, weight]]));
};

/**
 * Which specs were changed together with which files, counted so that 270 days halve the weight of a commit. Commits are fed in the order
 * of their time; a question is about the commits fed so far.
 */
export class SpecHistory {
  /** Weights are kept as if all were of this time, and divided when read, so that a commit is counted once. */
  #epoch: number | undefined;
  readonly #files: Weights = new Map();
  readonly #filePairs = new Map<string, Weights>();
  readonly #together = new Map<string, Map<string, Together>>();
  readonly #specs: Weights = new Map();
  #sumOfSpecs = 0;

  #growth(time: number): number {
    this.#epoch ??= time;
    return 2 ** ((time - this.#epoch) / HALF_LIFE_MS);
  }

  feed({ sha, time, product, specs }: SuiteCommit): void {
    const growth = this.#growth(time);
    const weight = growth / Math.log2(2 + specs.length);
    for (const spec of specs) {
      add(this.#specs, spec, weight);
      this.#sumOfSpecs += weight;
    }
    if (product.length === 0) return;
    for (const key of new Set(product.flatMap((path) => [path, ...foldersOf(path)]))) {
      add(this.#files, key, growth);
      for (const spec of specs) addPair(this.#filePairs, key, spec, weight);
    }
    for (const path of product) {
      const known = this.#together.get(path) ?? new Map<string, Together>();
      if (specs.length > 0) this.#together.set(path, known);
      for (const spec of specs) known.set(spec, { commits: (known.get(spec)?.commits ?? 0) + 1, newest: sha });
    }
  }

  /**
   * How much more often each spec was changed together with these files, or the folders above them, than by chance.
   * @returns by path of the spec; specs without such a history are missing
   */
  lift(paths: readonly string[], now: number): Weights {
    const decay = 1 / this.#growth(now);
    const total = this.#sumOfSpecs * decay;
    const found: Weights = new Map();
    for (const path of paths) {
      let share = 1;
      for (const key of [path, ...foldersOf(path)]) {
        const pairs = this.#filePairs.get(key);
        let sum = 0;
        const frequency = (this.#files.get(key) ?? 0) * decay;
        for (const [spec, raw] of pairs ?? []) {
          const together = raw * decay;
          sum += together;
          const expected = total > 0 ? ((this.#specs.get(spec) ?? 0) * decay) / total : 0;
          const ratio = Math.log((together + 0.3 * expected) / ((frequency + 0.3) * (expected + 0.0001)));
          if (ratio > 0) add(found, spec, ((share * together) / (together + 1)) * ratio);
        }
        if (sum >= ENOUGH) break;
        share /= 2;
      }
    }
    return found;
  }

  /** The commits that changed a file and a spec; `undefined` where there are none. */
  together(path: string, spec: string): Together | undefined {
    return this.#together.get(path)?.get(spec);
  }
}
