import type { StoreRow } from '../../server/store/row.ts';
import type { StoreOptions } from '../../server/store/table.ts';

export const DIMENSIONS = 8;
export const OPTIONS: StoreOptions = { fingerprint: 'test:1', dimensions: DIMENSIONS };

/** A vector of unit length that follows from a seed. */
export function vectorOf(seed: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  for (let index = 0; index < seed.length; index++) {
    const at = index % DIMENSIONS;
    vector[at] = ((vector[at] ?? 0) * 31 + seed.charCodeAt(index) * (index + 7)) % 101;
  }
  vector[seed.length % DIMENSIONS] = (vector[seed.length % DIMENSIONS] ?? 0) + 1;
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
}

/** A row with believable defaults; vector and text follow from the words. */
export function row(documentId: string, ordinal = 0, given: Partial<StoreRow> = {}): StoreRow {
  const words = given.words ?? `${documentId.toLowerCase().replace(/[^a-z0-9]+/g, ' ')} passage${ordinal}`;
  const commit = given.kind === 'commit';
  return {
    id: `${documentId}#${ordinal}`,
    documentId,
    ordinal,
    kind: 'decision',
    path: commit ? '' : documentId,
    paths: '',
    sha: 'f00d',
    title: `Title of ${documentId}`,
    status: commit ? '' : 'accepted',
    date: '2024-05-11',
    headingPath: ['Decision'],
    text: `Text: ${words}`,
    words,
    startLine: ordinal * 10,
    startCharacter: 0,
    endLine: ordinal * 10 + 9,
    endCharacter: 4,
    vector: vectorOf(words),
    document: ordinal === 0 ? JSON.stringify({ id: documentId }) : '',
    ...given,
  };
}
