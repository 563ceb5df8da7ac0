import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { SearchParams, SearchResult, WireHit } from '../../../protocol/index.ts';
import type { SearchQuery } from '../../model/answer.ts';
import { DOCUMENT_KINDS, type DocumentKind, STATUS_VALUES, type StatusValue } from '../../model/document.ts';
import type { RequestContext } from '../context.ts';
import { wireHit } from '../wire.ts';
import type { OpenRepository } from '../workspaces.ts';

const DEFAULT_LIMIT = 20;
const MOST = 200;

const only = <T extends string>(known: readonly T[], given: readonly string[], name: string): readonly T[] =>
  given.map((value) => {
    const found = known.find((one) => one === value);
    if (found === undefined)
      throw new ResponseError(LSPErrorCodes.RequestFailed, `There is no ${name} "${value}". Known: ${known.join(', ')}.`);
    return found;
  });

const queryOf = (params: SearchParams): SearchQuery => ({
  text: params.query,
  limit: Math.min(MOST, Math.max(1, Math.trunc(params.limit ?? DEFAULT_LIMIT))),
  filter: {
    ...(params.kinds?.length ? { kinds: only<DocumentKind>(DOCUMENT_KINDS, params.kinds, 'kind') } : {}),
    ...(params.statuses?.length ? { statuses: only<StatusValue>(STATUS_VALUES, params.statuses, 'status') } : {}),
    ...(params.path ? { path: params.path } : {}),
    ...(params.since ? { since: params.since } : {}),
    ...(params.until ? { until: params.until } : {}),
  },
});

const chosen = (context: RequestContext, folderUri: string | undefined): readonly OpenRepository[] => {
  if (folderUri === undefined) return context.workspaces.repositories().filter(({ engine }) => engine !== undefined);
  const located = context.workspaces.locate(folderUri);
  return located === undefined ? [] : [located.repository];
};

const byScore = (a: WireHit, b: WireHit): number => b.score - a.score || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** `lintel/search`: asks one repository, or all of them and merges by score. Where one of several fails, the others answer. */
export const search = async (context: RequestContext, params: SearchParams, signal: AbortSignal): Promise<SearchResult> => {
  if (typeof params?.query !== 'string') throw new ResponseError(LSPErrorCodes.RequestFailed, 'lintel/search needs a "query" text.');
  const query = queryOf(params);
  await context.workspaces.settled();
  const repositories = chosen(context, params.folderUri);
  const answers = await Promise.allSettled(
    repositories.map(async (repository) => ({ repository, answer: await repository.engine?.search(query, signal) })),
  );
  const hits: WireHit[] = [];
  const positions: { readonly sha: string; readonly behind: number }[] = [];
  for (const outcome of answers) {
    if (outcome.status === 'rejected') {
      context.log('warn', `A search failed: ${String(outcome.reason)}`);
      if (answers.length === 1) throw outcome.reason;
      continue;
    }
    const { repository, answer } = outcome.value;
    if (answer === undefined) continue;
    positions.push(answer.index);
    hits.push(...answer.hits.map((hit) => wireHit(context.workspaces, repository, hit)));
  }
  if (repositories.length > 1) hits.sort(byScore);
  return {
    hits: hits.slice(0, query.limit),
    index: { sha: positions.length === 1 ? (positions[0]?.sha ?? '') : '', behind: positions.reduce((sum, { behind }) => sum + behind, 0) },
  };
};
