import { setImmediate as nextTurn } from 'node:timers/promises';
import { type CodeWindow, codeWindowAt } from '../../code/code-window.ts';
import type { SourceFile } from '../../code/source-file.ts';
import type { Embedder } from '../../embedding/embedder.ts';
import type { Query } from '../../retrieval/rank-records.ts';
import { countWords, wordsOf } from '../../retrieval/words.ts';

/** Code to compare with records: a line of a file, or a selection that begins there. */
export interface CodeToCompare {
  readonly file: SourceFile;
  /** Zero-based. */
  readonly line: number;
  readonly endLine?: number;
}

/** The distinct identifiers and words of code, which is what the model compares with records. */
const distinctWords = (text: string): string => [...new Set(text.match(/[\p{L}\p{N}_]+/gu) ?? [])].join(' ');

const textOf = (path: string, { lines }: CodeWindow): string => `${path}\n${lines}`;

/** The words of the lines nearest to the cursor count twice: +.01 nDCG@10 on code that cites a record (docs/ranking.md). */
const queryOf = (path: string, window: CodeWindow, vector: Float32Array | undefined, embedder: Embedder): Query => ({
  text: textOf(path, window),
  words: countWords([...wordsOf(textOf(path, window)), ...wordsOf(window.nearest)]),
  vector: vector ?? new Float32Array(embedder.dimensions),
});

/** Windows per batch: about 10 ms, then other work gets its turn. */
const AT_ONCE = 10;

/** Turns windows of code into queries; the path of the file is part of each. */
export async function codeQueries(code: readonly CodeToCompare[], embedder: Embedder): Promise<Query[]> {
  const queries: Query[] = [];
  for (let at = 0; at < code.length; at += AT_ONCE) {
    if (at > 0) await nextTurn();
    const batch = code.slice(at, at + AT_ONCE);
    const windows = batch.map(({ file, line, endLine }) => codeWindowAt(file.textLines, line, endLine));
    const texts = batch.map(({ file }, i) => distinctWords(textOf(file.path, windows[i] as CodeWindow)));
    const vectors = await embedder.embed(texts, { purpose: 'query' });
    queries.push(...batch.map(({ file }, i) => queryOf(file.path, windows[i] as CodeWindow, vectors[i], embedder)));
  }
  return queries;
}

/** As `codeQueries`, for one window. */
export async function codeQuery(code: CodeToCompare, embedder: Embedder): Promise<Query> {
  const [query] = await codeQueries([code], embedder);
  return query as Query;
}
