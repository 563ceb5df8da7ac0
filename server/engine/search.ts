import type { SearchAnswer, SearchQuery } from '../model/answer.ts';
import { search } from '../retrieval/search.ts';
import { countWords, wordsOf } from '../retrieval/words.ts';
import type { ReadPast } from './answering/past.ts';
import type { LightView } from './view.ts';

const DEFAULT_LIMIT = 20;
const MOST_HITS = 200;
/** Longer queries are cut: nobody types them, and every word costs. */
const LONGEST_QUERY = 10_000;

/** Searches one view, or what was recorded at a commit. An empty query finds nothing. Rejects with the signal's reason, and with `unknown-commit`. */
export async function searchView(
  view: LightView,
  query: SearchQuery,
  past: ReadPast,
  signal?: AbortSignal,
): Promise<Omit<SearchAnswer, 'index'>> {
  const { embedder, store, log } = view;
  const text = query.text.trim().slice(0, LONGEST_QUERY);
  const then = query.at === undefined ? undefined : await past(query.at, view);
  signal?.throwIfAborted();
  const at = then ? { at: then.sha } : {};
  if (text === '') return { hits: [], ...at };
  const { documentIndex, register } = then ?? view;
  const limit = Math.max(1, Math.min(MOST_HITS, Math.floor(query.limit ?? DEFAULT_LIMIT)));
  const [vector = new Float32Array(embedder.dimensions)] = await embedder.embed([text], { purpose: 'query' });
  const tests = !then && query.filter?.kinds?.includes('test') ? { tests: await view.tests() } : {};
  const space = {
    documentIndex,
    ...tests,
    store,
    facts: log.facts,
    successors: register.successors,
    ...(then ? { only: then.commits } : {}),
  };
  const found = await search(space, { text, words: countWords(wordsOf(text)), vector }, query.filter ?? {}, limit);
  signal?.throwIfAborted();
  return { ...found, ...at };
}
