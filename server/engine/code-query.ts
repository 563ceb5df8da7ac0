import type { Embedder } from '../embedding/embedder.ts';
import type { Query } from '../retrieval/rank-records.ts';
import { countWords, wordsOf } from '../retrieval/words.ts';

/** The identifiers and words of code, each once: what the model compares with records. */
const distinctWords = (text: string): string => [...new Set(text.match(/[\p{L}\p{N}_]+/gu) ?? [])].join(' ');

const textOf = (path: string, lines: string): string => `${path}\n${lines}`;

const queryOf = (text: string, vector: Float32Array | undefined, embedder: Embedder): Query => ({
  text,
  words: countWords(wordsOf(text)),
  vector: vector ?? new Float32Array(embedder.dimensions),
});

/** Lines of code as a query, with the path of their file. */
export async function codeQuery(path: string, lines: string, embedder: Embedder): Promise<Query> {
  const text = textOf(path, lines);
  const [vector] = await embedder.embed([distinctWords(text)], { purpose: 'query' });
  return queryOf(text, vector, embedder);
}

/** As `codeQuery`, of many pieces of code. */
export async function codeQueries(
  pieces: readonly { readonly path: string; readonly lines: string }[],
  embedder: Embedder,
): Promise<Query[]> {
  const texts = pieces.map(({ path, lines }) => textOf(path, lines));
  const vectors = texts.length === 0 ? [] : await embedder.embed(texts.map(distinctWords), { purpose: 'query' });
  return texts.map((text, i) => queryOf(text, vectors[i], embedder));
}
