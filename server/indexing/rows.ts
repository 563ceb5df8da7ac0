import type { Embedder } from '../embedding/embedder.ts';
import { splitPassages } from '../knowledge/passages.ts';
import type { Document } from '../model/document.ts';
import type { Passage } from '../model/passage.ts';
import { joinCommitWords } from '../retrieval/rank-commits.ts';
import { wordsOf } from '../retrieval/words.ts';
import { encodeHead } from '../store/head.ts';
import { pathsColumn, type StoreRow } from '../store/row.ts';
import { noteStep } from './watchdog.ts';

const PATHS_OF_A_COMMIT = 40;
const LONGEST_STORED_TEXT = 8_000;

/** The last two segments of a path, which is how people refer to files. */
const nameOf = (path: string): string => path.split('/').slice(-2).join(' ');

function wordsOfPassage(document: Document, passage: Passage, changed: readonly string[]): string {
  if (document.kind === 'commit') {
    const paths = (document.paths ?? []).slice(0, PATHS_OF_A_COMMIT).map(nameOf).join(' ');
    return joinCommitWords({ message: wordsOf(messageOf(passage)), paths: wordsOf(paths), changed });
  }
  return wordsOf([document.title, nameOf(document.path ?? ''), passage.headingPath.at(-1), passage.text].join('\n')).join(' ');
}

/** Lines about who took part, not about what the commit does. */
const PEOPLE = /^(?:signed-off-by|co-authored-by|reviewed-by|acked-by|tested-by|reported-by|change-id|cc):.*$/gim;

const messageOf = (passage: Passage): string => passage.text.replace(PEOPLE, '');

function textToEmbed(document: Document, passage: Passage): string {
  if (document.kind === 'commit') return messageOf(passage);
  return [document.title, passage.headingPath.join(' > '), passage.text].join('\n');
}

/** A commit is one passage however long its message is; files are split, into 5,000 at most. */
function passagesOf(document: Document): readonly Passage[] {
  if (document.kind !== 'commit') return splitPassages(document);
  const [body] = document.sections;
  const text = (body ? `${document.title}\n\n${body.text}` : document.title).slice(0, LONGEST_STORED_TEXT);
  const span = { start: { line: 0, character: 0 }, end: (body?.span ?? document.titleSpan)?.end ?? { line: 0, character: 0 } };
  return [{ id: `${document.id}#0`, documentId: document.id, ordinal: 0, headingPath: [], text, span }];
}

const NO_WORDS: ReadonlyMap<string, readonly string[]> = new Map();

/**
 * Rows of the store for some documents; all their passages are embedded in one batch.
 * @param changed words of the lines that commits changed, by sha
 */
export async function rowsOf(
  documents: readonly Document[],
  embedder: Embedder,
  signal?: AbortSignal,
  changed: ReadonlyMap<string, readonly string[]> = NO_WORDS,
): Promise<StoreRow[]> {
  const pairs = documents.flatMap((document) => {
    if (document.kind !== 'commit') noteStep('embed', document.path);
    return passagesOf(document).map((passage) => ({ document, passage }));
  });
  // The texts of several documents are embedded together, and none of them is to blame if that stalls.
  noteStep('embed', documents.length === 1 ? documents[0]?.path : '');
  const vectors = await embedder.embed(
    pairs.map(({ document, passage }) => textToEmbed(document, passage)),
    signal ? { signal, purpose: 'passage' } : { purpose: 'passage' },
  );
  return pairs.map(({ document, passage }, i) => {
    if (passage.ordinal === 0 && document.kind !== 'commit') noteStep('embed', document.path);
    return rowOf(document, passage, vectors[i] ?? new Float32Array(embedder.dimensions), changed.get(document.sha) ?? []);
  });
}

const rowOf = (document: Document, passage: Passage, vector: Float32Array, changed: readonly string[]): StoreRow => ({
  id: `${document.id}#${passage.ordinal}`,
  documentId: document.id,
  ordinal: passage.ordinal,
  kind: document.kind,
  path: document.path ?? '',
  paths: pathsColumn(document.paths ?? []),
  sha: document.sha,
  title: document.title,
  status: document.status?.value ?? '',
  date: document.date ?? '',
  headingPath: passage.headingPath,
  text: passage.text,
  words: wordsOfPassage(document, passage, changed),
  startLine: passage.span.start.line,
  startCharacter: passage.span.start.character,
  endLine: passage.span.end.line,
  endCharacter: passage.span.end.character,
  vector,
  document: passage.ordinal === 0 ? encodeHead(document) : '',
});
