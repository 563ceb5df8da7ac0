import { join } from 'node:path';
import { commitId } from '../model/commit.ts';
import type { DocumentKind } from '../model/document.ts';
import type { CommitFacts } from '../store/commits/facts.ts';
import { decodeHead } from '../store/head.ts';
import type { StoreRow } from '../store/row.ts';
import type { Store } from '../store/store.ts';
import { groupBy } from '../text/group-by.ts';
import { forEachYielding } from '../text/yielding.ts';
import { type CommitLog, commitLogOf, NO_LOG } from './commit-log.ts';
import { type ImageKey, readDocuments, writeDocuments } from './document-image.ts';
import { DocumentIndex, type DocumentToIndex, type PassageToIndex } from './document-index.ts';

/** Kinds that are loaded into memory; commits stay in the store, and tests are loaded once somebody searches them. */
export const IN_MEMORY_KINDS: readonly DocumentKind[] = ['decision', 'specification', 'guide'];
const TEST_KINDS: readonly DocumentKind[] = ['test'];

/** Size of the sample of commits that hubs are measured with. Larger ones changed no measured figure (docs/ranking.md). */
const HUB_SAMPLE = 50;

/** Documents whose rows are read at once: those of 100,000 take more memory than the index that is made of them. */
const DOCUMENTS_AT_ONCE = 10_000;

const COLUMNS = [
  'documentId',
  'ordinal',
  'headingPath',
  'text',
  'words',
  'startLine',
  'startCharacter',
  'endLine',
  'endCharacter',
  'vector',
  'document',
] as const;

type Row = Pick<StoreRow, (typeof COLUMNS)[number]>;

const passageOf = (row: Row): PassageToIndex => ({
  headingPath: row.headingPath,
  text: row.text,
  words: row.words === '' ? [] : row.words.split(' '),
  span: { start: { line: row.startLine, character: row.startCharacter }, end: { line: row.endLine, character: row.endCharacter } },
  vector: row.vector.slice(),
});

const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

/** The first and the last of some ids as the store orders them, by their bytes. */
export function boundsOf(ids: readonly string[]): readonly [string, string] {
  const bytes = ids.map((id) => Buffer.from(id));
  const outermost = (sign: 1 | -1): string =>
    bytes.reduce((most, one) => (sign * Buffer.compare(one, most) > 0 ? one : most), bytes[0] ?? Buffer.alloc(0)).toString();
  return [outermost(-1), outermost(1)];
}

/** The rows of each document, ordered by its id. */
const grouped = (rows: readonly Row[]): Row[][] =>
  [...groupBy(rows, (row) => row.documentId)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);

function documentOf(group: Row[], folder: string): DocumentToIndex[] {
  const ordered = group.sort((a, b) => a.ordinal - b.ordinal);
  const json = ordered[0]?.document;
  return json ? [{ head: decodeHead(json, folder), version: json, passages: ordered.map(passageOf) }] : [];
}

export interface Loaded {
  readonly documentIndex: DocumentIndex;
  /** The commits, which stay in the store. */
  readonly log: CommitLog;
  /** The end-to-end tests, in an index of their own: they change nothing in how records are ranked. */
  readonly tests: () => Promise<DocumentIndex>;
  /** Version of the store; equal versions mean equal content. */
  readonly version: number;
}

/** The file that shows the documents of a table as they are in memory. */
const IMAGE = 'documents.image';
/** Passages from which there is an image: fewer are read from the table in a moment. */
const MANY_PASSAGES = 2_000;
/** Share of the documents above which an image that differs from the table is made anew. */
const MOST_STALE = 0.05;

/** What the store has and an index lacks. */
interface News {
  /** The index to update; a new one, which has taken everything, where `isRebuilt`. */
  readonly documentIndex: DocumentIndex;
  readonly isRebuilt: boolean;
  readonly loaded: readonly DocumentToIndex[];
  readonly removed: readonly string[];
  readonly hasChanged: boolean;
}

/** Ids of the documents that the store has in another version than an index, of those that it has no more, and how many it has. */
async function differences(store: Store, kinds: readonly DocumentKind[], documentIndex: DocumentIndex) {
  const stored = new Map((await store.documents(kinds)).map((row) => [row.documentId, row.document]));
  const versions = documentIndex.versions();
  const changed = [...stored].filter(([id, json]) => versions.get(id) !== json).map(([id]) => id);
  const removed = [...versions.keys()].filter((id) => !stored.has(id));
  return { changed, removed, total: stored.size };
}

/** Reads the documents of some kinds that changed. Queries may be running on the index, so it is not touched. */
async function readNews(store: Store, kinds: readonly DocumentKind[], current: DocumentIndex, dimensions: number): Promise<News> {
  // A rebuilt index is filled before anybody can see it, so that a failure halfway leaves the old one in place.
  const isRebuilt = current.worn || current.documents().length === 0;
  const documentIndex = isRebuilt ? new DocumentIndex(dimensions) : current;
  const { changed, removed, total } = await differences(store, kinds, documentIndex);
  const most = changed.length > total / 2;
  const loaded: DocumentToIndex[] = [];
  for (const ids of most ? chunks(changed, DOCUMENTS_AT_ONCE) : [changed]) {
    const rows = most ? await store.allRows(kinds, COLUMNS, { between: boundsOf(ids) }) : await store.rowsOf(ids, COLUMNS);
    const wanted = new Set(ids);
    await forEachYielding(
      grouped(rows.filter((row) => wanted.has(row.documentId))),
      (group) => {
        const documents = documentOf(group, store.folder);
        if (isRebuilt) documentIndex.update(documents, []);
        else loaded.push(...documents);
      },
      1,
    );
  }
  return { documentIndex, isRebuilt, loaded, removed, hasChanged: changed.length + removed.length > 0 };
}

/** The documents by their image, brought up to the version of the table; `undefined` where there is no image of nearly all of them. */
async function readShown(store: Store, dimensions: number, { form, version }: ImageKey): Promise<DocumentIndex | undefined> {
  const shown = await readDocuments(join(store.database, IMAGE), form, dimensions, store.folder);
  if (!shown || shown.version === version) return shown?.documentIndex;
  const { documentIndex } = shown;
  const { changed, removed, total } = await differences(store, IN_MEMORY_KINDS, documentIndex);
  if (changed.length + removed.length > MOST_STALE * total) return undefined;
  const loaded = grouped(await store.rowsOf(changed, COLUMNS)).flatMap((group) => documentOf(group, store.folder));
  documentIndex.update(loaded, removed);
  return documentIndex;
}

/** Keeps the index of the tests equal to the store, once somebody asks for it. */
class TestLoader {
  #documentIndex: DocumentIndex;
  readonly #dimensions: number;
  #version = -1;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(dimensions: number) {
    this.#dimensions = dimensions;
    this.#documentIndex = new DocumentIndex(dimensions);
  }

  /** The tests as they are now. Concurrent callers share one load. Rejects as the store does. */
  current(store: Store): Promise<DocumentIndex> {
    const turn = this.#turn.then(() => this.#refresh(store));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #refresh(store: Store): Promise<DocumentIndex> {
    const version = await store.version();
    if (version === this.#version) return this.#documentIndex;
    const { documentIndex, isRebuilt, loaded, removed, hasChanged } = await readNews(
      store,
      TEST_KINDS,
      this.#documentIndex,
      this.#dimensions,
    );
    if (isRebuilt) await documentIndex.settleInSlices();
    else if (hasChanged) {
      documentIndex.update(loaded, removed);
      documentIndex.settle();
    }
    this.#documentIndex = documentIndex;
    this.#version = version;
    return documentIndex;
  }
}

const newsOf = (documentIndex: DocumentIndex): News => ({ documentIndex, isRebuilt: true, loaded: [], removed: [], hasChanged: true });

/** Keeps the in-memory index equal to the store. */
export class Loader {
  readonly #dimensions: number;
  #documentIndex: DocumentIndex;
  #log = NO_LOG;
  #store: Store | undefined;
  #version = -1;
  #unshown: ImageKey | undefined;
  readonly #tests: TestLoader;

  constructor(dimensions: number) {
    this.#dimensions = dimensions;
    this.#documentIndex = new DocumentIndex(dimensions);
    this.#tests = new TestLoader(dimensions);
  }

  /**
   * Loads what changed since the last call.
   * @param facts of the commits that the store holds
   * @param form of the rows: an image of another form is of no use
   * Rejects with `StoreUnusable` where a row is not what was written, and as the store does.
   */
  async refresh(store: Store, facts: CommitFacts, form: string): Promise<Loaded> {
    const version = await store.version();
    const sameCommits = facts.key === this.#log.facts.key;
    if (version === this.#version && sameCommits && this.#store === store) return this.#loaded(store);
    const shown = this.#documentIndex.documents().length === 0 ? await readShown(store, this.#dimensions, { form, version }) : undefined;
    const news = shown ? newsOf(shown) : await readNews(store, IN_MEMORY_KINDS, this.#documentIndex, this.#dimensions);
    const { documentIndex } = news;
    const subjects = sameCommits ? undefined : await readSubjects(store, facts);
    if (news.isRebuilt) await documentIndex.settleInSlices(subjects ?? this.#documentIndex.subjects);
    else {
      documentIndex.update(news.loaded, news.removed);
      if (subjects || news.hasChanged) documentIndex.settle(subjects);
    }
    this.#documentIndex = documentIndex;
    // The same object as long as it says the same: caches depend on it.
    if (!sameCommits || this.#store !== store) this.#log = commitLogOf(store, facts);
    this.#store = store;
    this.#version = version;
    if (news.isRebuilt && !shown) this.#unshown = documentIndex.passages >= MANY_PASSAGES ? { form, version } : undefined;
    return this.#loaded(store);
  }

  /** Whether all documents were read from the table, and an image of them would spare that. */
  get isUnshown(): boolean {
    return this.#unshown !== undefined;
  }

  /** Writes the image that is missing. One that cannot be written is missed by nobody but the clock. */
  async show(): Promise<void> {
    const key = this.#unshown;
    this.#unshown = undefined;
    if (!key || !this.#store || key.version !== this.#version) return;
    await writeDocuments(join(this.#store.database, IMAGE), key, this.#documentIndex).catch(() => undefined);
  }

  #loaded(store: Store): Loaded {
    const tests = (): Promise<DocumentIndex> => this.#tests.current(store);
    return { documentIndex: this.#documentIndex, log: this.#log, tests, version: this.#version };
  }
}

/** The vectors of a sample of commits, evenly over their shas. */
async function readSubjects(store: Store, facts: CommitFacts): Promise<Float32Array[]> {
  const step = Math.max(1, Math.floor(facts.total / HUB_SAMPLE));
  const sample = Array.from({ length: HUB_SAMPLE }, (_, index) => facts.nth(index * step)).filter((sha) => sha !== undefined);
  const vectors = await store.rowsOf(sample.map(commitId), ['vector']);
  return vectors.map((row) => Float32Array.from(row.vector));
}
