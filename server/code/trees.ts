import type { Point, Tree } from 'web-tree-sitter';

/** Trees that are kept, for as many documents. */
const MOST_TREES = 8;
/** UTF-16 units of all texts whose trees are kept. A tree takes up to 60 bytes for each. */
const MOST_UNITS = 3_000_000;

/** A document as it was parsed last. */
interface Parsed {
  readonly text: string;
  readonly tree: Tree;
}

/** Trees by document, the least recently used one first. One map for the process, because what trees take is of the process. */
const trees = new Map<string, Parsed>();

/** Forgets the trees without freeing them: the runtime that they are in is no more. */
export const forgetTrees = (): void => trees.clear();

const isHighSurrogate = (unit: number): boolean => (unit & 0xfc00) === 0xd800;

/** The one range in which two texts differ, in UTF-16 units. Never ends inside of a surrogate pair, which is one character to the parser. */
export function changedRange(before: string, after: string): { readonly start: number; readonly oldEnd: number; readonly newEnd: number } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  if (start > 0 && isHighSurrogate(before.charCodeAt(start - 1))) start -= 1;
  let same = 0;
  while (same < shorter - start && before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)) same += 1;
  if (same > 0 && same < before.length && isHighSurrogate(before.charCodeAt(before.length - same - 1))) same -= 1;
  else if (same > 0 && same < after.length && isHighSurrogate(after.charCodeAt(after.length - same - 1))) same -= 1;
  return { start, oldEnd: before.length - same, newEnd: after.length - same };
}

/** The position of an offset as the parser counts: lines end with a line feed, columns are UTF-16 units. */
function pointAt(text: string, offset: number): Point {
  let row = 0;
  let begin = 0;
  for (let end = text.indexOf('\n'); end >= 0 && end < offset; end = text.indexOf('\n', begin)) {
    row += 1;
    begin = end + 1;
  }
  return { row, column: offset - begin };
}

/** How a text changed, as the parser is told. */
export interface TextEdit {
  readonly startIndex: number;
  readonly oldEndIndex: number;
  readonly newEndIndex: number;
  readonly startPosition: Point;
  readonly oldEndPosition: Point;
  readonly newEndPosition: Point;
}

function editOf(before: string, after: string): TextEdit {
  const { start, oldEnd, newEnd } = changedRange(before, after);
  return {
    startIndex: start,
    oldEndIndex: oldEnd,
    newEndIndex: newEnd,
    startPosition: pointAt(before, start),
    oldEndPosition: pointAt(before, oldEnd),
    newEndPosition: pointAt(after, newEnd),
  };
}

function keep(document: string, parsed: Parsed): void {
  trees.set(document, parsed);
  let units = 0;
  for (const { text } of trees.values()) units += text.length;
  for (const [oldest, { text, tree }] of trees) {
    if (trees.size <= MOST_TREES && units <= MOST_UNITS) return;
    trees.delete(oldest);
    tree.delete();
    units -= text.length;
  }
}

/** What parses the text of a document. */
export interface DocumentParser {
  /** Parses it, with the tree of another text that was told how it became this one; `null` where the parser was stopped. */
  readonly parse: (before: Tree | null) => Tree | null;
  /** Tells a tree how its text changed. */
  readonly edit: (tree: Tree, edit: TextEdit) => void;
}

/**
 * The tree of a document, which belongs to this module and must not be freed: the one of the last time where the text is the same, or made from it where the
 * text changed. The tree is the same as from nothing: what the parser makes of mistakes depends on what it knew before, so a text with mistakes is parsed
 * from nothing.
 */
export function treeOf(document: string, text: string, { parse, edit }: DocumentParser): Tree | null {
  const before = trees.get(document);
  trees.delete(document);
  if (before?.text === text) {
    trees.set(document, before);
    return before.tree;
  }
  let tree: Tree | null = null;
  try {
    if (before) {
      edit(before.tree, editOf(before.text, text));
      tree = parse(before.tree);
      if (!tree) return null;
    }
  } finally {
    before?.tree.delete();
  }
  if (!tree || tree.rootNode.hasError) {
    tree?.delete();
    tree = parse(null);
  }
  if (tree) keep(document, { text, tree });
  return tree;
}
