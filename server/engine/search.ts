import type { SearchQuery } from '../model/answer.ts';
import { type SearchFound, search } from '../retrieval/search.ts';
import { countWords, wordsOf } from '../retrieval/words.ts';
import type { LightView } from './view.ts';

const DEFAULT_LIMIT = 20;
const MOST_HITS = 200;
/** Longer queries are cut: nobody types them, and every word costs. */
const LONGEST_QUERY = 10_000;

/** Searches one view. An empty query finds nothing. Rejects with the signal's reason. */
export async function searchView(view: LightView, query: SearchQuery, signal?: AbortSignal): Promise<SearchFound> {
  const { embedder, documentIndex, store, log, register } = view;
  const text = query.text.trim().slice(0, LONGEST_QUERY);
  signal?.throwIfAborted();
  if (text === '') return { hits: [] };
  const limit = Math.max(1, Math.min(MOST_HITS, Math.floor(query.limit ?? DEFAULT_LIMIT)));
  const [vector = new Float32Array(embedder.dimensions)] = await embedder.embed([text], { purpose: 'query' });
  const tests = query.filter?.kinds?.includes('test') ? { tests: await view.tests() } : {};
  const space = { documentIndex, ...tests, store, facts: log.facts, successors: register.successors };
  const found = await search(space, { text, words: countWords(wordsOf(text)), vector }, query.filter ?? {}, limit);
  signal?.throwIfAborted();
  return found;
}
