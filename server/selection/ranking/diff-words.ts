import type { Diff } from '../../model/diff.ts';
import { vectorOfDiff } from './meaning.ts';
import { addText, type Bag, tokensOf, withoutExtension } from './tokens.ts';

/** What a difference says, as queries against specs. */
export interface DiffWords {
  /** Paths of the changed files of the product, in the order of the diff. */
  readonly paths: readonly string[];
  /** Words of added and removed lines, and twice those of the paths. */
  readonly main: Bag;
  /** Words around the changes: headings of hunks and, less, unchanged lines. */
  readonly context: Bag;
  /** Words of the paths without extensions. */
  readonly pathBag: Bag;
  readonly pathWords: ReadonlySet<string>;
  /** Literals on removed lines that no added line repeats. */
  readonly vanished: readonly string[];
  /** What the difference means. */
  readonly vector: Float32Array;
}

const SHORTEST_LITERAL = 5;
const LONGEST_LITERAL = 120;
/** Text in quotes, text between tags, and the value of a line of YAML or JSON. */
const LITERALS = [
  /"([^"\n]*)"/g,
  /'([^'\n]*)'/g,
  /`([^`\n]*)`/g,
  />([^<>{}\n]+)</g,
  /^\s*["']?[\w.-]+["']?\s*:\s*([^"'`{}[\]\n]+?),?\s*$/g,
];

const literalsIn = (line: string): string[] =>
  LITERALS.flatMap((pattern) => [...line.matchAll(pattern)].map(([, literal = '']) => literal.trim())).filter(
    ({ length }) => length >= SHORTEST_LITERAL && length <= LONGEST_LITERAL,
  );

const CONTEXT_WEIGHT = 0.4;
const PATH_WEIGHT = 2;

/** @param isProduct whether a changed file is code of the product: its tests, vendored files and lock files say nothing of what a change does */
export const wordsOfDiff = (diff: Diff, isProduct: (path: string) => boolean): DiffWords => {
  const files = diff.files.filter(({ path }) => isProduct(path));
  const main: Bag = new Map();
  const context: Bag = new Map();
  const pathBag: Bag = new Map();
  const removed = new Set<string>();
  const added = new Set<string>();
  for (const { hunks } of files)
    for (const { section, lines } of hunks) {
      if (section !== undefined) addText(context, section, 1);
      for (const { kind, text } of lines) {
        if (kind === 'context') addText(context, text, CONTEXT_WEIGHT);
        else {
          addText(main, text, 1);
          for (const literal of literalsIn(text)) (kind === 'removed' ? removed : added).add(literal);
        }
      }
    }
  const paths = [...new Set(files.flatMap(({ path, from }) => (from === undefined ? [path] : [path, from])))];
  for (const path of paths) {
    addText(main, path, PATH_WEIGHT);
    addText(pathBag, withoutExtension(path), 1);
  }
  return {
    paths,
    main,
    context,
    pathBag,
    pathWords: new Set(paths.flatMap((path) => tokensOf(path))),
    vanished: [...removed].filter((literal) => !added.has(literal)),
    vector: vectorOfDiff({ files, unreadable: [] }),
  };
};
