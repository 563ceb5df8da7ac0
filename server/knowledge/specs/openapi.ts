import type { Document } from '../../model/document.ts';
import type { Source } from '../source.ts';
import { addSchema } from './json-schema.ts';
import { type SectionBuilder, sectionBuilder } from './source.ts';
import {
  dereferenced,
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
} from './tree.ts';

/** Keys of a path item that are operations, in lower case. `query` is new in 3.2. */
const METHODS: ReadonlySet<string> = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']);
const MAX_ITEMS = 200;

const first = <T>(items: readonly T[]): readonly T[] => (items.length > MAX_ITEMS ? items.slice(0, MAX_ITEMS) : items);

const nameOf = (parameter: Tree): string | undefined => {
  const reference = textAt(parameter, '$ref');
  if (reference) return referenceName(reference);
  const name = textAt(parameter, 'name');
  const place = textAt(parameter, 'in');
  return name && place ? `${name} (${place})` : name;
};

const describeParameter = (parameter: Tree): string | undefined => {
  const description = textAt(parameter, 'description');
  const name = textAt(parameter, 'name');
  return name && description ? `${name}: ${description}` : undefined;
};

const describeResponse = (entry: TreeEntry): string => {
  const reference = textAt(entry.value, '$ref');
  const names = reference ? [referenceName(reference)] : referencedNames(entry.value);
  return ['Response', entry.key, ...names, textAt(entry.value, 'description') ?? ''].join(' ').trim();
};

/** Adds the section of one operation. @param path the path item, which may give parameters and a summary */
export const addOperation = (builder: SectionBuilder, parents: readonly string[], path: TreeEntry, method: TreeEntry): void => {
  const operation = method.value;
  const verb = method.key.toUpperCase();
  const id = textAt(operation, 'operationId');
  const parameters = first([...first(itemsOf(get(path.value, 'parameters'))), ...first(itemsOf(get(operation, 'parameters')))]);
  // In Swagger 2 the request body is a parameter.
  const bodies = [...referencedNames(get(operation, 'requestBody')), ...parameters.flatMap((item) => referencedNames(get(item, 'schema')))];
  builder.add({
    heading: [verb, path.key, id].filter(Boolean).join(' '),
    parents,
    lines: [
      `${verb} ${path.key}`,
      id,
      textAt(operation, 'summary') ?? textAt(path.value, 'summary'),
      textAt(operation, 'description') ?? textAt(path.value, 'description'),
      labelled(
        'Tags',
        first(itemsOf(get(operation, 'tags'))).map((tag) => (tag.kind === 'scalar' ? String(tag.value) : undefined)),
      ),
      labelled('Parameters', parameters.map(nameOf)),
      ...parameters.map(describeParameter),
      labelled('Request', [...new Set(bodies)]),
      ...first(entriesOf(get(operation, 'responses'))).map(describeResponse),
    ],
    start: method.keyRange.start,
    end: operation.end,
    // The key of a webhook is a name, not a path: others serve it.
    operations: path.key.startsWith('/')
      ? [
          { kind: 'endpoint', name: `${verb} ${path.key}`, method: verb, path: path.key },
          ...(id === undefined ? [] : [{ kind: 'operation', name: id } as const]),
        ]
      : [],
  });
};

/** The operations of a path item, those without a key of their own (`additionalOperations` of OpenAPI 3.2) too. */
export const methodsOf = (path: Tree): readonly TreeEntry[] =>
  first([
    ...entriesOf(path).filter(({ key }) => METHODS.has(key.toLowerCase())),
    ...entriesOf(get(path, 'additionalOperations')).filter(({ value }) => value.kind === 'map'),
  ]);

const addPaths = (builder: SectionBuilder, root: Tree, title: string, paths: Tree | undefined, kind: string): void => {
  const parents = kind ? [title, kind] : [title];
  for (const path of entriesOf(paths)) {
    if (builder.full()) return;
    const reference = textAt(path.value, '$ref');
    // `components.pathItems` since OpenAPI 3.1; what stands beside the reference counts too.
    const target = reference === undefined ? undefined : dereferenced(root, path.value);
    for (const item of target === undefined ? [path] : [path, { ...path, value: target }]) {
      for (const method of methodsOf(item.value)) {
        // What is written in another file is read there.
        if (textAt(method.value, '$ref') === undefined) addOperation(builder, parents, item, method);
      }
    }
    if (reference !== undefined && target === undefined) {
      builder.add({ heading: path.key, parents, lines: [path.key, `See ${reference}`], start: path.keyRange.start, end: path.value.end });
    }
  }
};

/** Adds the section about the whole API: title, version, description, servers and tags. AsyncAPI has the same `info`. */
export const addInfo = (builder: SectionBuilder, root: Tree, title: string): void => {
  const info = get(root, 'info');
  const tags = [...first(itemsOf(get(root, 'tags'))), ...first(itemsOf(get(info, 'tags')))];
  const servers = get(root, 'servers');
  const places = [...first(itemsOf(servers)), ...first(entriesOf(servers)).map((entry) => entry.value)];
  const anchor = info ?? root;
  builder.add({
    heading: title,
    parents: [],
    lines: [
      title,
      labelled('Version', [textAt(info, 'version')]),
      textAt(info, 'summary'),
      textAt(info, 'description'),
      ...places.map((server) => labelled('Server', [textAt(server, 'url') ?? textAt(server, 'host'), textAt(server, 'description')])),
      labelled('Server', [textAt(root, 'host') ? `${textAt(root, 'host')}${textAt(root, 'basePath') ?? ''}` : undefined]),
      ...tags.map((tag) => labelled('Tag', [textAt(tag, 'name'), textAt(tag, 'description')])),
    ],
    start: anchor.start,
    end: anchor.end,
  });
};

/**
 * Reads OpenAPI 2 (Swagger) and 3.0 to 3.2, in YAML or JSON: a section for the API and for each operation (`POST /orders createOrder`), webhook and
 * schema. Section texts are composed from fields (method, path, id, summary, description, tags, parameters, schemas); spans are exact. References
 * to other files are shown by their last part and not followed here. Findings: `broken-yaml`, `broken-json`, `too-deep`.
 */
export const readOpenApi = (source: Source): Document => {
  const builder = sectionBuilder(source);
  const root = parseTree(source.text, languageOf(source.path, source.text), builder);
  const titleNode = get(get(root, 'info'), 'title');
  const title = textAt(get(root, 'info'), 'title');
  if (root?.kind === 'map') {
    const name = title ?? 'API';
    addInfo(builder, root, name);
    addPaths(builder, root, name, get(root, 'paths'), '');
    addPaths(builder, root, name, get(root, 'webhooks'), 'Webhooks');
    const schemas = get(get(root, 'components'), 'schemas') ?? get(root, 'definitions');
    for (const schema of entriesOf(schemas)) addSchema(builder, [name], `schema ${schema.key}`, schema);
  }
  return builder.document('openapi', title, titleNode);
};
