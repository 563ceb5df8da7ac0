import type { Document } from '../../model/document.ts';
import { resolvePath } from '../paths.ts';
import type { Source } from '../source.ts';
import { addSchema } from './json-schema.ts';
import { addOperation, methodsOf } from './openapi.ts';
import { sectionBuilder } from './source.ts';
import { entriesOf, get, languageOf, nodeAt, parseTree, type Tree, type TreeEntry, textAt } from './tree.ts';

/** Limits on what one specification makes us read. */
const MOST_FILES = 2_000;
const MOST_CHARACTERS = 20_000_000;
const MOST_OPERATIONS = 5_000;
/** Limit on references that lead to references. */
const LONGEST_CHAIN = 10;

/** Reads a file of the repository; `undefined` if it is missing, too large or outside. */
export type ReadPart = (path: string) => Promise<string | undefined>;

/** What lies in other files of a specification. */
export interface Parts {
  /** One document for each file with operations or schemas, in the order in which they are first mentioned. */
  readonly documents: readonly Document[];
  /** The files that were asked for, present or not: the specification is to be read again when one of them changes. */
  readonly reads: readonly string[];
}

interface Located {
  readonly file: string;
  readonly tree: Tree;
}

/** A reference to another file, or what may be one. Without any, a large document is not parsed a second time. */
const OUTWARD = /\$ref["']?\s*:\s*(?!["']?#)\S/;

/**
 * Reads the path items, operations, webhooks and schemas that an OpenAPI document refers to in other files by `$ref`. Relative references are followed, with JSON
 * pointers and through other references; addresses, and paths that lead out of the repository, are not. Never rejects because of a file's content;
 * reads at most 2,000 files and 20 million characters.
 * @param onWork called before whatever may take time and does not yield
 */
export async function readOpenApiParts(source: Source, read: ReadPart, onWork: () => void = () => undefined): Promise<Parts> {
  if (!OUTWARD.test(source.text)) return { documents: [], reads: [] };
  const trees = new Map<string, Tree | undefined>();
  const texts = new Map<string, string>([[source.path, source.text]]);
  let characters = 0;
  const treeOf = async (file: string): Promise<Tree | undefined> => {
    if (trees.has(file)) return trees.get(file);
    if (trees.size > MOST_FILES || characters > MOST_CHARACTERS) return undefined;
    trees.set(file, undefined);
    const text = texts.get(file) ?? (await read(file));
    if (text === undefined) return undefined;
    characters += text.length;
    texts.set(file, text);
    onWork();
    const tree = parseTree(text, languageOf(file, text), sectionBuilder({ path: file, text, sha: '' }));
    trees.set(file, tree);
    return tree;
  };
  const resolve = async (from: string, tree: Tree): Promise<Located | undefined> => {
    let here: Located | undefined = { file: from, tree };
    for (let step = 0; here && step < LONGEST_CHAIN; step++) {
      const reference = textAt(here.tree, '$ref');
      if (reference === undefined) return here;
      const [path = '', pointer = ''] = reference.split('#', 2);
      const file: string | undefined = path === '' ? here.file : resolvePath(here.file, path.startsWith('/') ? `.${path}` : path);
      const node: Tree | undefined = file === undefined ? undefined : nodeAt(await treeOf(file), pointer);
      here = file === undefined || node === undefined ? undefined : { file, tree: node };
    }
    return undefined;
  };
  const found = new Map<string, { readonly path: TreeEntry; readonly method: TreeEntry }[]>();
  let count = 0;
  const root = await treeOf(source.path);
  for (const group of ['paths', 'webhooks']) {
    const paths = get(root, group);
    const all = paths && (await resolve(source.path, paths));
    for (const entry of entriesOf(all?.tree)) {
      if (!all || count > MOST_OPERATIONS) break;
      const item = await resolve(all.file, entry.value);
      for (const method of item ? methodsOf(item.tree) : []) {
        if (!item) continue;
        const operation = await resolve(item.file, method.value);
        // The reader of the file itself reads what is written there.
        if (!operation || (operation.file === source.path && all.file === source.path && item.file === source.path)) continue;
        count += 1;
        const own = operation.file === item.file && operation.tree === method.value;
        const keyRange = own ? method.keyRange : { start: operation.tree.start, end: operation.tree.start };
        const list = found.get(operation.file) ?? [];
        list.push({ path: { ...entry, value: item.tree }, method: { key: method.key, keyRange, value: operation.tree } });
        found.set(operation.file, list);
      }
    }
  }
  const schemas = new Map<string, TreeEntry[]>();
  const written = get(get(root, 'components'), 'schemas');
  const all = written && (await resolve(source.path, written));
  for (const entry of entriesOf(all?.tree)) {
    if (!all || count++ > MOST_OPERATIONS) break;
    const schema = await resolve(all.file, entry.value);
    if (!schema || schema.file === source.path) continue;
    const own = schema.tree === entry.value;
    const keyRange = own ? entry.keyRange : { start: schema.tree.start, end: schema.tree.start };
    schemas.set(schema.file, [...(schemas.get(schema.file) ?? []), { key: entry.key, keyRange, value: schema.tree }]);
  }
  const title = textAt(get(root, 'info'), 'title') ?? 'API';
  onWork();
  const documents = [...new Set([...found.keys(), ...schemas.keys()])].map((file): Document => {
    const builder = sectionBuilder({ path: file, text: texts.get(file) ?? '', sha: source.sha });
    const operations = found.get(file) ?? [];
    const types = schemas.get(file) ?? [];
    for (const { path, method } of operations) if (!builder.full()) addOperation(builder, [title], path, method);
    for (const schema of types) addSchema(builder, [title], `schema ${schema.key}`, schema);
    const document = builder.document('openapi', `${title}: ${operations[0]?.path.key ?? types[0]?.key ?? ''}`);
    return { ...document, id: `${source.path}#${file}` };
  });
  return { documents, reads: [...trees.keys()].filter((file) => file !== source.path) };
}
