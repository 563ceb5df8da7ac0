import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { defineRule } from '../../model/finding.ts';
import { parseJson } from './json.ts';
import type { Range, Tree, TreeEntry } from './node.ts';
import { type SectionBuilder, TOO_DEEP } from './source.ts';

export const BROKEN_YAML = defineRule({
  id: 'broken-yaml',
  severity: 'error',
  description: 'The file is not valid YAML.',
  tags: ['document'],
});
export const BROKEN_JSON = defineRule({
  id: 'broken-json',
  severity: 'error',
  description: 'The file is not valid JSON.',
  tags: ['document'],
});

export type { Tree, TreeEntry } from './node.ts';

/** Deepest nesting that is read; hand-written schemas stay below 40. */
const MAX_DEPTH = 200;
const MAX_INDENT = 400;
/** Limit on the entries that merge keys add to the maps of one file. */
const MAX_MERGED = 20_000;
// Several indicators in a row open a level each: `- - - a`.
const INDICATORS = /(?:[-?:][ \t]+)+/y;

/**
 * Whether a text may nest so deeply that a recursive parser overflows the stack. Linear; errs towards true. Must be asked before parsing, because
 * V8 aborts the process if it has no stack left to compile a regular expression (seen with yaml 2.9.1 and 100,000 opening brackets).
 */
export const nestsTooDeep = (text: string): boolean => {
  let open = 0;
  let lineStart = true;
  let indent = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) {
      lineStart = true;
      indent = 0;
    } else if (code === 91 || code === 123) {
      open += 1;
      if (open > MAX_DEPTH) return true;
      lineStart = false;
    } else if (code === 93 || code === 125) {
      open = Math.max(0, open - 1);
      lineStart = false;
    } else if (lineStart && (code === 32 || code === 9)) {
      indent += 1;
    } else if (lineStart || code === 45 || code === 63 || code === 58) {
      INDICATORS.lastIndex = at;
      const run = INDICATORS.exec(text)?.[0];
      if (run) {
        if (lineStart) indent += run.length;
        if (run.replace(/[ \t]/g, '').length > MAX_DEPTH / 2) return true;
        at += run.length - 1;
      } else if (lineStart && indent > MAX_INDENT && text.charCodeAt(at) !== 35) return true;
      if (!run) lineStart = false;
    }
  }
  return false;
};

type YamlNode = { readonly range?: readonly [number, number, number] | null; readonly anchor?: string | undefined };

const rangeOf = (node: unknown, fallback: Range): Range => {
  const range = (node as YamlNode | null)?.range;
  return range ? { start: range[0], end: range[1] } : fallback;
};

/** Reads YAML 1.2 or JSON. Errors become findings (`broken-yaml`, `broken-json`, `too-deep`), and the rest is still read. */
export const parseTree = (text: string, language: 'yaml' | 'json', builder: SectionBuilder): Tree | undefined => {
  if (nestsTooDeep(text)) {
    builder.report(TOO_DEEP, `This file nests more than ${MAX_DEPTH} levels deep, so its structure is not read.`, 0, text.length);
    return undefined;
  }
  const strict = language === 'json' ? parseJson(text) : undefined;
  if (strict) return strict;
  const document = parseDocument(text, { uniqueKeys: false, strict: false, prettyErrors: false, logLevel: 'silent' });
  for (const error of document.errors) {
    // Several documents in a file are not an error; the first is read.
    if (error.code === 'MULTIPLE_DOCS') continue;
    const name = language === 'json' ? 'JSON' : 'YAML';
    builder.report(
      language === 'json' ? BROKEN_JSON : BROKEN_YAML,
      `This is not valid ${name}: ${error.message
        .split('\n')[0]
        ?.trim()
        .replace(/(?<![.!?])$/, '.')}`,
      error.pos[0],
      Math.max(error.pos[1], error.pos[0] + 1),
    );
  }
  const anchors = new Map<string, Tree>();
  // Merging copies entries, and a merged map may be merged again: ten lines could make billions.
  let mergeable = MAX_MERGED;
  /** Adds the entries of a merge key (`<<: *common`, `<<: [*a, *b]`) that a map does not have itself; the first map that has a key wins. */
  const merge = (entries: TreeEntry[], merged: readonly Tree[]): void => {
    const known = new Set(entries.map(({ key }) => key));
    for (const tree of merged.flatMap((one) => (one.kind === 'list' ? one.items : [one]))) {
      for (const entry of entriesOf(tree)) {
        if (known.has(entry.key) || mergeable <= 0) continue;
        mergeable -= 1;
        known.add(entry.key);
        entries.push(entry);
      }
    }
  };
  const convert = (node: unknown, parent: Range, depth: number): Tree => {
    const range = rangeOf(node, { start: parent.start, end: parent.start });
    let tree: Tree = { kind: 'scalar', value: null, ...range };
    if (depth > MAX_DEPTH) return tree;
    // An alias of a node that is still being read is a cycle; it becomes null.
    if (isAlias(node)) return anchors.get(node.source) ?? tree;
    if (isScalar(node)) {
      const value = node.value;
      const plain =
        value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
          ? value
          : (node.source ?? null);
      tree = { kind: 'scalar', value: plain, ...range };
    } else if (isSeq(node)) {
      tree = { kind: 'list', items: node.items.map((item) => convert(item, range, depth + 1)), ...range };
    } else if (isMap(node)) {
      const entries: TreeEntry[] = [];
      const merged: Tree[] = [];
      for (const pair of node.items) {
        if (!isScalar(pair.key)) continue;
        if (pair.key.value === '<<' && language === 'yaml') {
          merged.push(convert(pair.value, range, depth + 1));
          continue;
        }
        const keyRange = rangeOf(pair.key, range);
        const key = typeof pair.key.value === 'string' ? pair.key.value : (pair.key.source ?? String(pair.key.value));
        entries.push({ key, keyRange, value: convert(pair.value, { start: keyRange.end, end: keyRange.end }, depth + 1) });
      }
      merge(entries, merged);
      tree = { kind: 'map', entries, ...range };
    }
    const anchor = (node as YamlNode | null)?.anchor;
    if (anchor) anchors.set(anchor, tree);
    return tree;
  };
  return document.contents ? convert(document.contents, { start: 0, end: text.length }, 0) : undefined;
};

/** Entries of a map; empty for anything else. */
export const entriesOf = (tree: Tree | undefined): readonly TreeEntry[] => (tree?.kind === 'map' ? tree.entries : []);

/** Items of a list; empty for anything else. */
export const itemsOf = (tree: Tree | undefined): readonly Tree[] => (tree?.kind === 'list' ? tree.items : []);

const MAX_SCAN = 2_000;

/** Value of the first entry with this key. Looks at 2,000 entries only: maps with fixed keys are small, and a shared node may be visited very often. */
export const get = (tree: Tree | undefined, key: string): Tree | undefined => {
  const entries = entriesOf(tree);
  const last = Math.min(entries.length, MAX_SCAN);
  for (let at = 0; at < last; at += 1) {
    const entry = entries[at];
    if (entry?.key === key) return entry.value;
  }
  return undefined;
};

/** Trimmed text of a scalar; `undefined` for null, empty text, lists and maps. */
export const textOf = (tree: Tree | undefined): string | undefined =>
  tree?.kind === 'scalar' && tree.value !== null ? String(tree.value).trim() || undefined : undefined;

/** Text of the scalar under a key. */
export const textAt = (tree: Tree | undefined, key: string): string | undefined => textOf(get(tree, key));

/** The node at a JSON pointer, such as `/paths/~1orders`. */
export function nodeAt(tree: Tree | undefined, pointer: string): Tree | undefined {
  let node = tree;
  for (const part of pointer.split('/').slice(1, 20)) {
    const key = decodeURIComponentSafely(part).replaceAll('~1', '/').replaceAll('~0', '~');
    node = node?.kind === 'list' ? node.items[Number(key)] : get(node, key);
  }
  return node;
}

function decodeURIComponentSafely(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Limit on references that lead to references. */
const LONGEST_CHAIN = 10;

/**
 * What a node stands for: itself, or the node of the same file that its `$ref` leads to, through other references.
 * @returns `undefined` where a reference leads into another file, in a circle or nowhere
 */
export function dereferenced(root: Tree | undefined, tree: Tree | undefined): Tree | undefined {
  let node = tree;
  for (let step = 0; step < LONGEST_CHAIN; step++) {
    const reference = textAt(node, '$ref');
    if (reference === undefined) return node;
    if (!reference.startsWith('#/')) return undefined;
    node = nodeAt(root, reference.slice(1));
  }
  return undefined;
}

/** Last part of a reference: `Order` for `#/components/schemas/Order` or `other.yaml#/Order`, and the file name for a whole file. References are never followed. */
export const referenceName = (reference: string): string => {
  const last = reference.slice(Math.max(reference.lastIndexOf('/'), reference.lastIndexOf('#')) + 1) || reference;
  return last
    .replaceAll('~1', '/')
    .replaceAll('~0', '~')
    .replace(/\.(?:ya?ml|json)$/, '');
};

/** `$dynamicRef` since JSON Schema 2020-12, `$recursiveRef` in 2019-09. */
const REFERENCES = new Set(['$ref', '$dynamicRef', '$recursiveRef']);
const MAX_NAMES = 40;
const NAME_DEPTH = 12;

/** Distinct names of the schemas that a node refers to, in order of appearance; at most 40. */
export const referencedNames = (tree: Tree | undefined): readonly string[] => {
  const names = new Set<string>();
  let work = 2_000;
  const visit = (node: Tree, depth: number): void => {
    work -= 1;
    if (work < 0 || depth > NAME_DEPTH || names.size >= MAX_NAMES) return;
    for (const item of itemsOf(node)) visit(item, depth + 1);
    for (const entry of entriesOf(node)) {
      const reference = REFERENCES.has(entry.key) ? textOf(entry.value) : undefined;
      if (reference) names.add(referenceName(reference));
      else if (entry.key !== 'example' && entry.key !== 'examples') visit(entry.value, depth + 1);
    }
  };
  if (tree) visit(tree, 0);
  return [...names];
};

/** `label: a, b, c`; `undefined` if there are no values. */
export const labelled = (label: string, values: readonly (string | undefined)[]): string | undefined => {
  const present = values.filter((value) => value !== undefined && value !== '');
  return present.length > 0 ? `${label}: ${present.join(', ')}` : undefined;
};

/** Language of a file, by its extension or else its first character. */
export const languageOf = (path: string, text: string): 'yaml' | 'json' => {
  if (/\.json[c5]?$/i.test(path)) return 'json';
  return /\.ya?ml$/i.test(path) || !/^\s*[{[]/.test(text) ? 'yaml' : 'json';
};
