import { type Tree, textOf } from '../../../knowledge/specs/tree.ts';
import type { Located } from '../model.ts';
import { readFlow } from './flow.ts';
import { readYaml } from './yaml.ts';

/** The documents of a text in YAML or JSON, as far as they can be read. Never throws. */
export const documentsOf = (text: string, json: boolean): readonly Tree[] => (json ? [readFlow(text, 0, false).tree] : readYaml(text));

/** What nests deeper is not written by people, and would exhaust the stack. */
const MAX_DEPTH = 100;

/** Visits the maps of a tree with the keys that lead to them; a list adds no key. Linear in the nodes. */
export function visitMaps(tree: Tree, visit: (map: Tree & { readonly kind: 'map' }, keys: readonly string[]) => void): void {
  const walk = (node: Tree, keys: readonly string[], depth: number): void => {
    if (depth > MAX_DEPTH) return;
    if (node.kind === 'list') for (const item of node.items) walk(item, keys, depth + 1);
    if (node.kind !== 'map') return;
    visit(node, keys);
    for (const { key, value } of node.entries) if (value.kind !== 'scalar') walk(value, [...keys, key], depth + 1);
  };
  walk(tree, [], 0);
}

/** The text of a scalar with its place, quotes left out. */
export function located(text: string, tree: Tree): Located | undefined {
  const value = textOf(tree);
  if (value === undefined || tree.kind !== 'scalar') return undefined;
  const quote = text[tree.start];
  const quoted = quote === '"' || quote === "'";
  return { text: value, start: tree.start + (quoted ? 1 : 0), end: quoted ? Math.max(tree.end - 1, tree.start + 1) : tree.end };
}
