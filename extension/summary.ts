import type { StatusParams, WireStatus } from '../protocol/index.ts';

/** State of the server process. `dead`: it will not be restarted automatically. */
export type ServerState = 'starting' | 'running' | 'dead';

/**
 * What the views show. `indexing` only while there is nothing to search yet. An index that is being updated can still be searched, so that is
 * `ready` with `busy`.
 */
export type Phase = 'starting' | 'dead' | 'noFolder' | 'indexing' | 'failed' | 'noRecords' | 'ready';

/** Combined state of all repositories in the window. Everything in the UI renders this, so that no two parts disagree. */
export interface Summary {
  readonly phase: Phase;
  /** True while any repository is being indexed. */
  readonly busy: boolean;
  /** Average progress of the repositories that are being indexed, in percent; absent if unknown. */
  readonly percent?: number;
  /** False only if the server reported that no folder is in a git repository. */
  readonly git: boolean;
  /** Number of documents by kind, across all repositories. */
  readonly counts: Readonly<Record<string, number>>;
  /** Commits and changed documents that are not indexed yet. */
  readonly behind: number;
  readonly notices: readonly string[];
  /** What is not looked at: shown with the notices, but no reason to warn. Absent where there is nothing. */
  readonly remarks?: readonly string[];
  readonly models: readonly string[];
}

const total = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

const addCounts = (repositories: readonly WireStatus[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { counts: own } of repositories) {
    for (const [kind, count] of Object.entries(own)) counts[kind] = (counts[kind] ?? 0) + count;
  }
  return counts;
};

const meanPercent = (repositories: readonly WireStatus[]): number | undefined => {
  const known = repositories.filter(({ state }) => state === 'indexing').flatMap(({ percent }) => (percent === undefined ? [] : [percent]));
  return known.length === 0 ? undefined : Math.floor(known.reduce((sum, percent) => sum + percent, 0) / known.length);
};

const phaseOf = (server: ServerState, repositories: readonly WireStatus[], busy: boolean, documents: number): Phase => {
  if (server === 'dead') return 'dead';
  if (repositories.length === 0) return 'starting';
  if (documents > 0) return 'ready';
  if (busy) return 'indexing';
  if (repositories.every(({ state }) => state === 'absent')) return 'starting';
  return repositories.some(({ state }) => state === 'failed') ? 'failed' : 'noRecords';
};

/**
 * Combines the last status of the server into one summary.
 *
 * @param folders number of open workspace folders; with none, there is nothing to wait for.
 */
export const summarise = (server: ServerState, status: StatusParams | undefined, folders: number): Summary => {
  const repositories = status?.repositories ?? [];
  const counts = addCounts(repositories);
  const busy = server === 'running' && repositories.some(({ state }) => state === 'indexing');
  const percent = meanPercent(repositories);
  const remarks = new Set(repositories.flatMap((one) => one.remarks ?? []));
  return {
    phase:
      folders === 0 && repositories.length === 0 && server !== 'dead' ? 'noFolder' : phaseOf(server, repositories, busy, total(counts)),
    busy,
    ...(busy && percent !== undefined ? { percent } : {}),
    git: repositories.length === 0 || repositories.some(({ git }) => git),
    counts,
    behind: repositories.reduce((sum, { index }) => sum + index.behind, 0),
    notices: [...new Set(repositories.flatMap(({ notices }) => notices))],
    ...(remarks.size > 0 ? { remarks: [...remarks] } : {}),
    models: [...new Set(repositories.map(({ model }) => model).filter((model) => model !== ''))],
  };
};
