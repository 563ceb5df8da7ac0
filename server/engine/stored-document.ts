import type { Document, DocumentHead, DocumentKind } from '../model/document.ts';
import { decodeHead } from '../store/head.ts';
import type { Store } from '../store/store.ts';
import type { LightView } from './view.ts';

/** A document as it was indexed; its sections are the stored passages. `undefined` where the index holds none of that id. */
export async function restoreDocument(store: Store, id: string): Promise<Document | undefined> {
  const columns = ['headingPath', 'text', 'startLine', 'startCharacter', 'endLine', 'endCharacter', 'document'] as const;
  const rows = await store.rowsOf([id], columns);
  const json = rows[0]?.document;
  if (!json) return undefined;
  const head = decodeHead(json, store.folder);
  const sections = rows.map((row) => {
    const { headingPath } = row;
    return {
      heading: headingPath.at(-1) ?? '',
      level: headingPath.length,
      headingPath,
      text: row.text,
      span: { start: { line: row.startLine, character: row.startCharacter }, end: { line: row.endLine, character: row.endCharacter } },
    };
  });
  return { ...head, sections };
}

/** All documents of some kinds without their sections, ordered by id. Commits and tests are read from the store, all others are in memory. */
export async function listDocuments({ documentIndex, store }: LightView, kinds: readonly DocumentKind[]): Promise<readonly DocumentHead[]> {
  const inMemory = documentIndex.documents(kinds).map(({ head }) => head);
  const stored = kinds.filter((kind) => kind === 'commit' || kind === 'test');
  if (stored.length === 0) return inMemory;
  const others = (await store.documents(stored)).map(({ document }) => decodeHead(document, store.folder));
  return [...inMemory, ...others].sort((a, b) => (a.id < b.id ? -1 : 1));
}
