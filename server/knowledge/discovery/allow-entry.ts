import { CONFIG_FILE } from '../../model/configuration.ts';
import type { Splice } from '../../text/edits.ts';
import { lineEndingOf } from '../../text/edits.ts';
import { lineIndex } from '../../text/lines.ts';
import { sectionBuilder } from '../specs/source.ts';
import { entriesOf, itemsOf, parseTree, type Tree, type TreeEntry } from '../specs/tree.ts';
import { loadConfig } from './config.ts';
import { REASON_SLOT } from './identifier-settings.ts';

/** An entry of `identifiers.allow`. */
export interface AllowEntry {
  readonly rules: readonly string[];
  /** Repository-relative paths of files, not patterns. */
  readonly paths: readonly string[];
  readonly names: readonly string[];
  /** Default: the word that stands where a reason belongs. */
  readonly reason?: string;
  readonly link?: string;
}

/** An insertion into `lintel.yaml`, and where in its text the reason will be. */
export interface AllowInsertion extends Splice {
  /** Offsets into `text`. */
  readonly reason: { readonly start: number; readonly end: number };
}

/** What YAML takes for text without quotes, in lists in brackets as well. */
const PLAIN = /^[\p{L}_./$][\p{L}\p{N}_./$-]*(?: [\p{L}\p{N}_./$;()'-]+)*[.]?$/u;
const OTHER_TYPE = /^(?:true|false|null|yes|no|on|off|~|[-.\d]+)$/i;
const scalar = (text: string): string => (PLAIN.test(text) && !OTHER_TYPE.test(text) ? text : JSON.stringify(text));

/** A path as a pattern that means this file alone. */
const pattern = (path: string): string => `${path.includes('/') ? '' : '/'}${path.replace(/[*?[\]{}!#\\]/g, '\\$&')}`;

const list = (values: readonly string[]): string => `[${values.map(scalar).join(', ')}]`;

const linesOf = ({ rules, paths, names, reason = REASON_SLOT, link }: AllowEntry): readonly string[] => [
  ...(rules.length > 0 ? [`rules: ${list(rules)}`] : []),
  ...(paths.length > 0 ? [`paths: ${list(paths.map(pattern))}`] : []),
  ...(names.length > 0 ? [`names: ${list(names)}`] : []),
  `reason: ${scalar(reason.replace(/\s+/g, ' ').trim())}`,
  ...(link === undefined ? [] : [`link: ${scalar(link)}`]),
];

const asItem = (entry: AllowEntry, indent: string): string[] =>
  linesOf(entry).map((line, at) => `${indent}${at === 0 ? '- ' : '  '}${line}`);
const asFlow = (entry: AllowEntry): string => `{ ${linesOf(entry).join(', ')} }`;

const entryOf = (tree: Tree | undefined, key: string): TreeEntry | undefined => entriesOf(tree).find((entry) => entry.key === key);
const isEmpty = ({ value }: TreeEntry): boolean => value.kind === 'scalar' && value.value === null;

/** Where the entry goes into a configuration, without touching anything that is there. `undefined` where it cannot be put safely. */
function placeOf(text: string, root: Tree | undefined, entry: AllowEntry): Splice | undefined {
  const eol = lineEndingOf(text);
  const lines = lineIndex(text);
  const isFlow = ({ start }: Tree): boolean => text[start] === '{' || text[start] === '[';
  const columnOf = (offset: number): string => ' '.repeat(offset - lines.start(lines.lineAt(offset)));
  /** New lines below the line of an offset. */
  const below = (offset: number, added: readonly string[]): Splice => {
    const line = lines.lineAt(offset);
    if (line + 1 < lines.count) return { start: lines.start(line + 1), end: lines.start(line + 1), text: added.join(eol) + eol };
    return { start: text.length, end: text.length, text: eol + added.join(eol) + eol };
  };
  /** Into a map or list in braces. */
  const inside = (node: Tree, added: string): Splice | undefined => {
    const close = node.end - 1;
    if (!/[}\]]/.test(text[close] ?? '')) return undefined;
    const before = text.slice(node.start + 1, close).trimEnd();
    const at = node.start + 1 + before.length;
    return { start: at, end: at, text: before === '' || before.endsWith(',') ? ` ${added}` : `, ${added}` };
  };
  if (root === undefined || (root.kind === 'scalar' && root.value === null)) {
    const gap = text === '' || /\n$/.test(text) ? '' : eol;
    return { start: text.length, end: text.length, text: [`${gap}identifiers:`, '  allow:', ...asItem(entry, '    '), ''].join(eol) };
  }
  if (root.kind !== 'map' || isFlow(root)) return undefined;
  const own = entryOf(root, 'identifiers');
  if (own === undefined) {
    const gap = /\n$/.test(text) ? '' : eol;
    return { start: text.length, end: text.length, text: [`${gap}identifiers:`, '  allow:', ...asItem(entry, '    '), ''].join(eol) };
  }
  if (isEmpty(own)) return below(own.keyRange.end, ['  allow:', ...asItem(entry, '    ')]);
  if (own.value.kind !== 'map') return undefined;
  const allow = entryOf(own.value, 'allow');
  if (allow === undefined) {
    if (isFlow(own.value)) return inside(own.value, `allow: [${asFlow(entry)}]`);
    const indent = columnOf(own.value.entries[0]?.keyRange.start ?? own.value.start);
    return below(own.keyRange.end, [`${indent}allow:`, ...asItem(entry, `${indent}  `)]);
  }
  if (isEmpty(allow)) {
    if (isFlow(own.value)) return undefined;
    return below(allow.keyRange.end, asItem(entry, `${columnOf(allow.keyRange.start)}  `));
  }
  if (allow.value.kind !== 'list') return undefined;
  if (isFlow(allow.value)) return inside(allow.value, asFlow(entry));
  const last = itemsOf(allow.value).at(-1);
  if (last === undefined) return undefined;
  const dash = text.lastIndexOf('-', last.start);
  const end = text.slice(0, last.end).trimEnd().length;
  return below(Math.max(end - 1, dash), asItem(entry, columnOf(dash)));
}

/**
 * The insertion that adds an entry to `identifiers.allow`, with everything else as it is, comments included. `undefined` where the text is not valid, or has a
 * form in which an entry cannot be put safely.
 * @param text of `lintel.yaml`; empty if there is none
 */
export async function allowInsertion(text: string, entry: AllowEntry): Promise<AllowInsertion | undefined> {
  const builder = sectionBuilder({ path: CONFIG_FILE, text, sha: '' });
  const root = parseTree(text, 'yaml', builder);
  if (builder.document('config', undefined).findings.length > 0) return undefined;
  const splice = placeOf(text, root, entry);
  if (splice === undefined) return undefined;
  const load = async (written: string) => (await loadConfig('', async (path) => (path === CONFIG_FILE ? written : undefined))).config;
  // With a reason in it, so that the entry is one that counts.
  const tried = placeOf(text, root, { ...entry, reason: entry.reason ?? 'It is so.' });
  if (tried === undefined) return undefined;
  const [before, after] = await Promise.all([load(text), load(text.slice(0, tried.start) + tried.text + text.slice(tried.end))]);
  const one = after.identifiers.allow.length === before.identifiers.allow.length + 1;
  const rest = JSON.stringify({ ...after, identifiers: { ...after.identifiers, allow: before.identifiers.allow } });
  if (!one || rest !== JSON.stringify(before)) return undefined;
  const written = scalar((entry.reason ?? REASON_SLOT).replace(/\s+/g, ' ').trim());
  const at = splice.text.lastIndexOf(`reason: ${written}`) + 'reason: '.length;
  return { ...splice, reason: { start: at, end: at + written.length } };
}
