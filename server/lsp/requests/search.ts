import { SEARCH, type SearchParams, type SearchResult, type WireHit, type WireIndexPosition } from '../../../protocol/index.ts';
import type { SearchQuery } from '../../model/answer.ts';
import { DOCUMENT_KINDS, STATUS_VALUES } from '../../model/document.ts';
import { grouped } from '../../model/hit-groups.ts';
import type { RequestContext } from '../context.ts';
import type { OpenRepository } from '../open-repositories.ts';
import { requestFailed } from '../params.ts';
import { lintelRequest } from '../request.ts';
import { wireHit } from '../wire.ts';

const DEFAULT_LIMIT = 20;
const HIGHEST_LIMIT = 200;

/** The values, once each of them is known to be valid. Throws for the first one that is not. */
const validated = <T extends string>(valid: readonly T[], given: readonly string[], name: string): readonly T[] =>
  given.map((value) => {
    const found = valid.find((one) => one === value);
    if (found === undefined) throw requestFailed(`There is no ${name} "${value}". Known: ${valid.join(', ')}.`);
    return found;
  });

const queryOf = (params: SearchParams): SearchQuery => ({
  text: params.query,
  limit: Math.min(HIGHEST_LIMIT, Math.max(1, Math.trunc(params.limit ?? DEFAULT_LIMIT))),
  filter: {
    ...(params.kinds?.length ? { kinds: validated(DOCUMENT_KINDS, params.kinds, 'kind') } : {}),
    ...(params.statuses?.length ? { statuses: validated(STATUS_VALUES, params.statuses, 'status') } : {}),
    ...(params.path ? { path: params.path } : {}),
    ...(params.since ? { since: params.since } : {}),
    ...(params.until ? { until: params.until } : {}),
  },
});

const repositoriesOf = ({ repositories }: RequestContext, folderUri: string | undefined): readonly OpenRepository[] => {
  if (folderUri === undefined) return repositories.all().filter(({ engine }) => engine !== undefined);
  const located = repositories.locate(folderUri);
  return located === undefined ? [] : [located.repository];
};

const byScore = (a: WireHit, b: WireHit): number => b.score - a.score || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Searches one repository, or all of them and takes the best hits of all. If one of several fails, the others still answer. */
export const searchRequest = lintelRequest<SearchParams, SearchResult>(SEARCH, async (context, params, signal) => {
  const query = queryOf(params);
  await context.repositories.settled();
  const searched = repositoriesOf(context, params.folderUri);
  const answers = await Promise.allSettled(
    searched.map(async (repository) => ({ repository, answer: await repository.engine?.search(query, signal) })),
  );
  const hits: WireHit[] = [];
  const positions: WireIndexPosition[] = [];
  let weak = true;
  for (const outcome of answers) {
    if (outcome.status === 'rejected') {
      context.log('warn', `A search failed: ${String(outcome.reason)}`);
      if (answers.length === 1) throw outcome.reason;
      continue;
    }
    const { repository, answer } = outcome.value;
    if (answer === undefined) continue;
    positions.push(answer.index);
    if (answer.hits.length > 0 && !answer.weak) weak = false;
    hits.push(...answer.hits.map((hit) => wireHit(context.repositories, repository, hit)));
  }
  const shown = searched.length > 1 ? grouped(hits.sort(byScore).slice(0, query.limit)) : hits;
  return {
    hits: shown,
    ...(weak && shown.length > 0 ? { weak } : {}),
    index: { sha: positions.length === 1 ? (positions[0]?.sha ?? '') : '', behind: positions.reduce((sum, { behind }) => sum + behind, 0) },
  };
});
