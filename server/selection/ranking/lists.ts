import { bm25, type TermShare } from './bm25.ts';
import type { DiffWords } from './diff-words.ts';
import { closeness } from './meaning.ts';
import type { SpecHistory } from './spec-history.ts';
import type { SpecIndex, SpecWords } from './spec-index.ts';

/**
 * One way to order specs for a difference:
 * - `body`: words of the changed lines and paths in the text of the spec.
 * - `context`: words around the changes in the text of the spec.
 * - `path-cover`: share of the words of the spec's path that the difference has.
 * - `lift`: changed together with these files more often than by chance.
 * - `vanished`: literals that the difference removes stand in the spec.
 * - `path-path`: words of the changed paths in the path of the spec.
 * - `similar`: a part of the spec means something similar as the changed lines.
 * - `visits`: the spec goes to a route that changed code is behind.
 * - `shown`: the spec names what changed code or a changed translation shows.
 */
export const LISTS = ['body', 'context', 'path-cover', 'lift', 'vanished', 'path-path', 'similar', 'visits', 'shown'] as const;
export type ListName = (typeof LISTS)[number];

/** Scores by position in the index; 0 without evidence. */
export type Lists = Readonly<Record<ListName, Float64Array>>;

/** Scores by the structure of the product, by path of the spec, 0 up to 1. */
export interface StructureScores {
  readonly visits: ReadonlyMap<string, { readonly score: number }>;
  readonly shown: ReadonlyMap<string, { readonly score: number }>;
}

/** Why a spec is in a list: terms, literals. */
export interface ListReasons {
  /** The terms of `body` with the largest scores, by position in the index. */
  readonly terms: ReadonlyMap<number, readonly TermShare[]>;
  /** The vanished literals that stand in a spec, by position in the index. */
  readonly literals: ReadonlyMap<number, readonly string[]>;
}

const MOST_TEXT_TERMS = 400;
const MOST_PATH_TERMS = 300;
/** A word of a path counts so much where only changed lines have it. */
const WORD_OF_LINES = 0.6;
/** A literal in more specs than these (or in more than a fifth of them) tells nothing. */
const FEW = 3;
const FEW_SHARE = 0.2;
/** Literals that are looked for; a larger difference repeats itself. */
const MOST_LITERALS = 400;
/** Terms that are kept to choose from: some are no words that a person recognises. */
const MOST_TERMS = 12;

const pathCover = ({ specs, pathFrequency }: SpecIndex, { main, pathWords }: DiffWords): Float64Array =>
  Float64Array.from(specs, (spec) => {
    let all = 0;
    let covered = 0;
    for (const word of spec.pathWords) {
      const idf = Math.log(1 + specs.length / (pathFrequency.get(word) ?? 1));
      all += idf;
      if (pathWords.has(word)) covered += idf;
      else if (main.has(word)) covered += WORD_OF_LINES * idf;
    }
    return all === 0 ? 0 : covered / all;
  });

const vanishedIn = (specs: readonly SpecWords[], literals: readonly string[]): [Float64Array, Map<number, string[]>] => {
  const scores = new Float64Array(specs.length);
  const found = new Map<number, string[]>();
  for (const literal of literals.slice(0, MOST_LITERALS)) {
    const holders = specs.flatMap(({ text }, at) => (text.includes(literal) ? [at] : []));
    if (holders.length === 0 || holders.length > Math.max(FEW, specs.length * FEW_SHARE)) continue;
    for (const at of holders) {
      scores[at] = (scores[at] ?? 0) + Math.log(1 + specs.length / holders.length);
      found.set(at, [...(found.get(at) ?? []), literal]);
    }
  }
  return [scores, found];
};

const byPath = ({ specs }: SpecIndex, scores: ReadonlyMap<string, number>): Float64Array =>
  Float64Array.from(specs, ({ path }) => scores.get(path) ?? 0);
/** One text in common may be chance, several are not: what is shown counts by the cube of its score. */
const SHOWN_POWER = 3;
const byStructure = ({ specs }: SpecIndex, scores: StructureScores['visits'] | undefined): Float64Array =>
  Float64Array.from(specs, ({ path }) => scores?.get(path)?.score ?? 0);

/** @param now the time from which the age of commits is measured, in milliseconds since 1970 */
export const listsOf = (
  index: SpecIndex,
  diff: DiffWords,
  history: SpecHistory,
  now: number,
  structure?: StructureScores,
): { lists: Lists; reasons: ListReasons } => {
  const terms = new Map<number, TermShare[]>();
  const keep = (at: number, share: TermShare): void => {
    const known = terms.get(at) ?? [];
    terms.set(at, known);
    known.push(share);
    known.sort((a, b) => b.score - a.score || (a.term < b.term ? -1 : 1));
    if (known.length > MOST_TERMS) known.pop();
  };
  const [vanished, literals] = vanishedIn(index.specs, diff.vanished);
  return {
    lists: {
      body: bm25(index.body, diff.main, MOST_TEXT_TERMS, keep),
      context: bm25(index.body, diff.context, MOST_TEXT_TERMS),
      'path-cover': pathCover(index, diff),
      lift: byPath(index, history.lift(diff.paths, now)),
      vanished,
      'path-path': bm25(index.paths, diff.pathBag, MOST_PATH_TERMS),
      similar: closeness(
        diff.vector,
        index.specs.map(({ vectors }) => vectors()),
      ),
      visits: byStructure(index, structure?.visits),
      shown: byStructure(index, structure?.shown).map((score) => score ** SHOWN_POWER),
    },
    reasons: { terms, literals },
  };
};
