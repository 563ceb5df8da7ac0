import type { CitingLine } from '../../code/facts.ts';
import { languageOf } from '../../code/languages/index.ts';
import { LINKS_FILE } from '../../knowledge/links/links.ts';
import type { DocumentHead } from '../../model/document.ts';
import type { CitingDocument, CitingPlace, CompanionFile, NamedDocument, ReachedCode, RecordReach } from '../../model/reach.ts';
import { findCitations } from '../../register/citations/citations.ts';
import { isInForce } from '../../register/in-force.ts';
import type { RecordCommits } from '../../register/record-commits.ts';
import type { Register } from '../../register/register.ts';
import { type LinkResolver, linkResolver } from '../../register/successors.ts';
import type { DocumentIndex } from '../../retrieval/document-index.ts';
import type { SourceIndex } from '../../retrieval/source-index.ts';
import { forEachYielding } from '../../text/yielding.ts';

const MOST_TOGETHER = 10;
/** Files with citing lines that are read before other requests have a turn. */
const STEP = 64;

/** What the reach of a record is made from. */
export interface ReachSpace {
  readonly register: Register;
  readonly documentIndex: DocumentIndex;
  readonly code: SourceIndex;
  readonly recordCommits: RecordCommits;
}

/** Who refers to each record, by its id, for one state of the records and the code. */
interface References {
  readonly inCode: ReadonlyMap<string, readonly CitingPlace[]>;
  readonly inDocuments: ReadonlyMap<string, readonly CitingDocument[]>;
}

/** Adds the citations in the candidate lines of one file that can mean only one record. */
function addCitations(register: Register, path: string, lines: readonly CitingLine[], found: Map<string, CitingPlace[]>): void {
  // What Lintel itself is told is no code.
  if (path === LINKS_FILE) return;
  const text = lines.map((line) => line.text).join('\n');
  for (const { targets, span } of findCitations(text, register.catalogue, path, register.home, register.renamed)) {
    const [target] = targets;
    const line = lines[span.start.line];
    if (!target || targets.length > 1 || !line || target.record.path === path) continue;
    const at = (character: number) => ({ line: line.line, character: line.character + character });
    const end = span.end.line === span.start.line ? span.end.character : line.text.length;
    const place = { path, span: { start: at(span.start.character), end: at(end) }, text: line.text.trim() };
    const known = found.get(target.record.id);
    if (known) known.push(place);
    else found.set(target.record.id, [place]);
  }
}

/** Adds the records that one document refers to, each once. */
function addLinks(head: DocumentHead, resolve: LinkResolver, found: Map<string, CitingDocument[]>): void {
  const { id, path, title, status, links } = head;
  if (path === undefined) return;
  const told = new Set<string>([id]);
  for (const link of links) {
    const target = link.kind === 'applies-to' ? 'missing' : resolve(head, link);
    if (typeof target === 'string' || told.has(target.id)) continue;
    told.add(target.id);
    const document = { id, path, title, ...(status ? { status: status.value } : {}), span: link.span };
    const known = found.get(target.id);
    if (known) known.push(document);
    else found.set(target.id, [document]);
  }
}

async function readReferences({ register, documentIndex, code }: ReachSpace): Promise<References> {
  const inCode = new Map<string, CitingPlace[]>();
  const inDocuments = new Map<string, CitingDocument[]>();
  await forEachYielding(code.citingLines(), ([path, lines]) => addCitations(register, path, lines, inCode), STEP);
  const heads = documentIndex.documents(['decision', 'guide']).map(({ head }) => head);
  const resolve = linkResolver(heads);
  await forEachYielding(heads, (head) => addLinks(head, resolve, inDocuments), STEP);
  return { inCode, inDocuments };
}

const known = new WeakMap<Register, { readonly code: number; readonly references: Promise<References> }>();

/** Read once for a state of the index, in slices, and only if somebody asks. */
function referencesOf(space: ReachSpace): Promise<References> {
  const before = known.get(space.register);
  if (before?.code === space.code.version) return before.references;
  const references = readReferences(space);
  known.set(space.register, { code: space.code.version, references });
  return references;
}

function namedCode({ register }: ReachSpace, id: string): ReachedCode[] {
  const scope = register.scopes.get(id);
  if (!scope) return [];
  return [
    ...scope.patterns.map(({ pattern, span }) => ({ path: pattern, isFile: false, documentSpan: span })),
    ...[...scope.files].map(([path, { span }]) => ({ path, isFile: true, documentSpan: span })),
    ...[...scope.folders].map(([path, { span }]) => ({ path: `${path}/`, isFile: false, documentSpan: span })),
  ];
}

function linkedCode({ register: { links, tree } }: ReachSpace, id: string): ReachedCode[] {
  return (links.byRecord.get(id) ?? []).flatMap(({ code, symbol, lines, verdict }) => {
    const path = code.replace(/^(?:\.?\/)+/, '');
    const anchor = { ...(symbol === undefined ? {} : { symbol }), ...(lines === undefined ? {} : { lines }) };
    return verdict === 'governs' ? [{ path, isFile: tree.has(path), ...anchor }] : [];
  });
}

/** Files of code that commits changed together with the record. A section of a log of decisions has no history of its own. */
function companions({ recordCommits, register: { tree }, documentIndex }: ReachSpace, head: DocumentHead): CompanionFile[] {
  if (head.path === undefined || head.id !== head.path) return [];
  return recordCommits.history
    .coChanged(head.path)
    .filter(({ path }) => path !== LINKS_FILE && tree.has(path) && documentIndex.get(path) === undefined && languageOf(path) !== undefined)
    .slice(0, MOST_TOGETHER)
    .map(({ path, commits, newest }) => ({ path, commits, sha: newest }));
}

function inShort({ documentIndex }: ReachSpace, id: string): NamedDocument[] {
  const head = documentIndex.get(id)?.head;
  if (head?.path === undefined) return [];
  return [{ id, path: head.path, title: head.title, ...(head.status ? { status: head.status.value } : {}) }];
}

/** What a decision record reaches; `undefined` for any other document. */
export async function reachOf(space: ReachSpace, id: string): Promise<RecordReach | undefined> {
  const head = space.documentIndex.get(id)?.head;
  if (head?.kind !== 'decision') return undefined;
  const { inCode, inDocuments } = await referencesOf(space);
  const cited = inCode.get(id) ?? [];
  const named = namedCode(space, id);
  const linked = linkedCode(space, id);
  const files = new Set([...cited.map(({ path }) => path), ...[...named, ...linked].flatMap(({ path, isFile }) => (isFile ? [path] : []))]);
  const { successors } = space.register;
  const replaced = [...successors].flatMap(([before, by]) => (by.includes(id) ? [before] : [])).sort();
  return {
    id,
    replaces: replaced.flatMap((before) => inShort(space, before)),
    replacedBy: (successors.get(id) ?? []).flatMap((after) => inShort(space, after)),
    inForce: isInForce(head, successors),
    cited,
    citedBy: inDocuments.get(id) ?? [],
    named,
    linked,
    together: companions(space, head),
    files: files.size,
  };
}
