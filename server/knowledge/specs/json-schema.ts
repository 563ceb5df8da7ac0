import type { Document } from '../../model/document.ts';
import type { Source } from '../source.ts';
import { type OperationDraft, type SectionBuilder, sectionBuilder, titleFromPath } from './source.ts';
import {
  entriesOf,
  get,
  itemsOf,
  labelled,
  languageOf,
  parseTree,
  referencedNames,
  referenceName,
  type Tree,
  type TreeEntry,
  textAt,
  textOf,
} from './tree.ts';

const MAX_PROPERTIES = 400;
const PROPERTY_DEPTH = 6;
const ADDRESS = /^(?:https?:|urn:|\/)/;
const GROUPS = ['allOf', 'oneOf', 'anyOf'] as const;
/** Schemas that hold for the same value as the one that they are in. */
const SAME = ['if', 'then', 'else'] as const;
/** What the schema leads to by name, in any draft. */
const referenceOf = (schema: Tree): string | undefined =>
  textAt(schema, '$ref') ?? textAt(schema, '$dynamicRef') ?? textAt(schema, '$recursiveRef');

const typeOf = (schema: Tree): string | undefined => {
  const reference = referenceOf(schema);
  if (reference) return referenceName(reference);
  const type = get(schema, 'type');
  const names = type?.kind === 'list' ? itemsOf(type).slice(0, 8).map(textOf) : [textOf(type)];
  const items = get(schema, 'items');
  // The items of a tuple: `prefixItems` since 2020-12, a list of `items` before.
  const tuple = [...itemsOf(get(schema, 'prefixItems')), ...itemsOf(items)].slice(0, 12).map((item) => itemTypeOf(item) ?? 'any');
  const itemType = tuple.length > 0 ? tuple.join(', ') : items ? itemTypeOf(items) : undefined;
  return names.filter(Boolean).join(' or ') + (itemType ? ` of ${itemType}` : '') || undefined;
};

// Only one level of items, so that the recursion ends.
const itemTypeOf = (schema: Tree): string | undefined => {
  const reference = referenceOf(schema);
  return reference ? referenceName(reference) : textAt(schema, 'type');
};

/** A line per property, as in `address.street (string): description`; at most 400. */
const propertyLines = (schema: Tree): readonly string[] => {
  const lines: string[] = [];
  let work = 2_000;
  const visit = (node: Tree, prefix: string, depth: number): void => {
    const named = [...entriesOf(get(node, 'properties')), ...entriesOf(get(node, 'patternProperties'))];
    for (const entry of named.slice(0, MAX_PROPERTIES)) {
      work -= 1;
      if (work < 0 || lines.length >= MAX_PROPERTIES) return;
      const name = `${prefix}${entry.key}`.slice(0, 200);
      const type = typeOf(entry.value);
      const description = textAt(entry.value, 'description') ?? textAt(entry.value, 'title');
      const values = [textAt(entry.value, 'const'), ...itemsOf(get(entry.value, 'enum')).slice(0, 30).map(textOf)];
      lines.push([type ? `${name} (${type})` : name, description, labelled('one of', values)].filter(Boolean).join(': '));
      if (depth < PROPERTY_DEPTH) {
        visit(entry.value, `${name}.`, depth + 1);
        const items = get(entry.value, 'items');
        if (items) visit(items, `${name}[].`, depth + 1);
        const tuple = [...itemsOf(get(entry.value, 'prefixItems')), ...itemsOf(items)].slice(0, 50);
        for (const [at, item] of tuple.entries()) visit(item, `${name}[${at}].`, depth + 1);
      }
    }
    const conditional = SAME.flatMap((key) => get(node, key) ?? []);
    const dependent = entriesOf(get(node, 'dependentSchemas')).map(({ value }) => value);
    for (const part of [...conditional, ...dependent].slice(0, 50)) {
      work -= 1;
      if (work >= 0 && depth < PROPERTY_DEPTH) visit(part, prefix, depth + 1);
    }
    for (const group of GROUPS) {
      for (const part of itemsOf(get(node, group)).slice(0, 50)) {
        work -= 1;
        if (work >= 0 && depth < PROPERTY_DEPTH) visit(part, prefix, depth + 1);
      }
    }
  };
  visit(schema, '', 0);
  return lines;
};

const schemaLines = (schema: Tree): readonly (string | undefined)[] => [
  textAt(schema, 'title'),
  textAt(schema, 'description'),
  labelled('Type', [typeOf(schema)]),
  labelled('One of', itemsOf(get(schema, 'enum')).slice(0, 100).map(textOf)),
  labelled('Required', itemsOf(get(schema, 'required')).slice(0, 100).map(textOf)),
  ...propertyLines(schema),
  labelled('Uses', referencedNames(schema)),
];

/** Adds a section for a named schema: title, description, type, values, properties and the schemas that it uses. */
export const addSchema = (builder: SectionBuilder, parents: readonly string[], heading: string, entry: TreeEntry): void => {
  if (builder.full()) return;
  builder.add({
    heading,
    parents,
    lines: [entry.key, ...schemaLines(entry.value)],
    start: entry.keyRange.start,
    end: entry.value.end,
    operations: [{ kind: 'type', name: entry.key }],
  });
};

/** What other files refer to a schema by: its `$id`, where that is an address, and its file name. */
const schemaIds = (id: string | undefined, path: string): readonly OperationDraft[] => {
  const names = new Set([id !== undefined && ADDRESS.test(id) ? id : '', path.slice(path.lastIndexOf('/') + 1)]);
  return [...names].map((name) => ({ kind: 'schema-id', name }));
};

/**
 * Reads a JSON Schema of any draft, in JSON or YAML: a section for the schema itself and for each entry of `$defs` or `definitions`.
 * References are shown by name and never followed. Findings: `broken-json`, `broken-yaml`, `too-deep`.
 */
export const readJsonSchema = (source: Source): Document => {
  const builder = sectionBuilder(source);
  const root = parseTree(source.text, languageOf(source.path, source.text), builder);
  const titleNode = get(root, 'title');
  const title = textAt(root, 'title');
  builder.describe(schemaIds(textAt(root, '$id') ?? textAt(root, 'id'), source.path));
  if (root?.kind === 'map') {
    const name = title ?? titleFromPath(source.path);
    // The span ends before the definitions, which have sections of their own.
    const definitions = [get(root, '$defs'), get(root, 'definitions')];
    const own = Math.min(root.end, ...definitions.flatMap((node) => (node && node.start > root.start ? [node.start] : [])));
    builder.add({ heading: name, parents: [], lines: [textAt(root, '$id'), ...schemaLines(root)], start: root.start, end: own });
    for (const node of definitions) {
      for (const entry of entriesOf(node)) addSchema(builder, [name], `schema ${entry.key}`, entry);
    }
  }
  return builder.document('json-schema', title, titleNode);
};
