import { isAlias, isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';
import { parseJson } from '../../../knowledge/specs/json.ts';
import { nestsTooDeep, type Tree, type TreeEntry, textOf } from '../../../knowledge/specs/tree.ts';
import type { Located } from '../model.ts';

interface Ranged {
  readonly range?: readonly [number, number, number] | null;
}

const MAX_DEPTH = 100;

/** A node of YAML as a tree. Aliases become null: what they stand for is read where it is written. */
function convert(node: unknown, from: number, depth: number): Tree {
  const range = (node as Ranged | null)?.range;
  const place = { start: range?.[0] ?? from, end: range?.[1] ?? from };
  if (depth > MAX_DEPTH || isAlias(node)) return { kind: 'scalar', value: null, ...place };
  if (isMap(node)) {
    const entries = node.items.flatMap((pair): TreeEntry[] => {
      if (!isScalar(pair.key)) return [];
      const own = (pair.key as Ranged).range;
      const keyRange = { start: own?.[0] ?? place.start, end: own?.[1] ?? place.start };
      return [{ key: String(pair.key.value ?? ''), keyRange, value: convert(pair.value, keyRange.end, depth + 1) }];
    });
    return { kind: 'map', entries, ...place };
  }
  if (isSeq(node)) return { kind: 'list', items: node.items.map((item) => convert(item, place.start, depth + 1)), ...place };
  const value = isScalar(node) ? node.value : null;
  return {
    kind: 'scalar',
    value: typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null,
    ...place,
  };
}

/** The documents of a text in YAML or JSON, as far as they can be read. Empty for one that nests too deep. Never throws. */
export function documentsOf(text: string, json: boolean): readonly Tree[] {
  if (nestsTooDeep(text)) return [];
  const strict = json ? parseJson(text) : undefined;
  if (strict) return [strict];
  try {
    const documents = parseAllDocuments(text, { uniqueKeys: false, strict: false, prettyErrors: false, logLevel: 'silent' });
    return Array.isArray(documents) ? documents.map(({ contents }) => convert(contents, 0, 0)) : [];
  } catch {
    return [];
  }
}

/** Visits the maps of a tree with the keys that lead to them; a list adds no key. Linear in the nodes. */
export function visitMaps(tree: Tree, visit: (map: Tree & { readonly kind: 'map' }, keys: readonly string[]) => void): void {
  const walk = (node: Tree, keys: readonly string[]): void => {
    if (node.kind === 'list') for (const item of node.items) walk(item, keys);
    if (node.kind !== 'map') return;
    visit(node, keys);
    for (const { key, value } of node.entries) if (value.kind !== 'scalar') walk(value, [...keys, key]);
  };
  walk(tree, []);
}

/** The text of a scalar with its place, quotes left out. */
export function located(text: string, tree: Tree): Located | undefined {
  const value = textOf(tree);
  if (value === undefined || tree.kind !== 'scalar') return undefined;
  const quote = text[tree.start];
  const quoted = quote === '"' || quote === "'";
  return { text: value, start: tree.start + (quoted ? 1 : 0), end: quoted ? Math.max(tree.end - 1, tree.start + 1) : tree.end };
}
