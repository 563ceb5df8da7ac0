import { type BagIndex, bagIndex } from './bm25.ts';
import { vectorsOf } from './meaning.ts';
import { addText, type Bag, tokensOf, withoutExtension } from './tokens.ts';

/** The words of one spec. Independent of the rest of the suite, so it can be kept as long as its text does not change. */
export interface SpecWords {
  /** Repository-relative, forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Words of the text, and twice those of the path. */
  readonly body: Bag;
  /** The shortest word of the text for each token, to show to people. */
  readonly wordFor: ReadonlyMap<string, string>;
  readonly pathBag: Bag;
  /** Distinct words of the path without its extension. */
  readonly pathWords: ReadonlySet<string>;
  /** Vectors of the parts of the text; computed at the first call. */
  readonly vectors: () => readonly Float32Array[];
}

/** The specs of a suite, ready to be ranked. */
export interface SpecIndex {
  /** Ordered by path. */
  readonly specs: readonly SpecWords[];
  readonly body: BagIndex;
  readonly paths: BagIndex;
  /** In how many paths of specs a word occurs. */
  readonly pathFrequency: ReadonlyMap<string, number>;
}

/** How much the length counts: specs differ in size for no reason, paths less so. */
const BODY_B = 0.7;
const PATH_B = 0.5;

export const wordsOfSpec = (path: string, text: string): SpecWords => {
  const stem = withoutExtension(path);
  const body: Bag = new Map();
  const wordFor = new Map<string, string>();
  const keep = (token: string, word: string): void => {
    const known = wordFor.get(token);
    if (known === undefined || word.length < known.length) wordFor.set(token, word);
  };
  addText(body, text, 1, keep);
  addText(body, stem, 2, keep);
  const pathBag: Bag = new Map();
  addText(pathBag, stem, 1);
  let vectors: readonly Float32Array[] | undefined;
  return {
    path,
    text,
    body,
    wordFor,
    pathBag,
    pathWords: new Set(tokensOf(stem)),
    vectors: () => {
      vectors ??= vectorsOf(text);
      return vectors;
    },
  };
};

/** @param specs in any order */
export const indexSpecs = (specs: readonly SpecWords[]): SpecIndex => {
  const ordered = [...specs].sort((a, b) => (a.path < b.path ? -1 : 1));
  const pathFrequency = new Map<string, number>();
  for (const { pathWords } of ordered) for (const word of pathWords) pathFrequency.set(word, (pathFrequency.get(word) ?? 0) + 1);
  return {
    specs: ordered,
    body: bagIndex(
      ordered.map(({ body }) => body),
      BODY_B,
    ),
    paths: bagIndex(
      ordered.map(({ pathBag }) => pathBag),
      PATH_B,
    ),
    pathFrequency,
  };
};
