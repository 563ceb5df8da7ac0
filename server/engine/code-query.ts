import type { Embedder } from '../embedding/embedder.ts';
import type { Query } from '../retrieval/rank-records.ts';
import { countWords, wordsOf } from '../retrieval/words.ts';

/** The identifiers and words of code, each once: what the model compares with records. */
const distinctWords = (text: string): string => [...new Set(text.match(/[\p{L}\p{N}_]+/gu) ?? [])].join(' ');

/** Pieces of code as queries: their path and lines. */
export async function codeQueries(
  pieces: readonly { readonly path: string; readonly lines: string }[],
  embedder: Embedder,
): Promise<Query[]> {
  if (pieces.length === 0) return [];
  const texts = pieces.map(({ path, lines }) => `${path}\n${lines}`);
  const vectors = await embedder.embed(texts.map(distinctWords), { purpose: 'query' });
  return texts.map((text, i) => ({
    text,
    words: countWords(wordsOf(text)),
    vector: vectors[i] ?? new Float32Array(embedder.dimensions),
  }));
}
