import type { StatusParams, WireStatus } from '../protocol/index.ts';

/** Life of the server as the client sees it. `dead` means that it will not come back by itself. */
export type ServerState = 'starting' | 'running' | 'dead';

/**
 * What a view can show. `indexing` only while there is nothing to search yet: an index that is being refreshed still answers, so that is `ready`
 * with `busy`.
 */
export type Phase = 'starting' | 'dead' | 'noFolder' | 'indexing' | 'failed' | 'noRecords' | 'ready';

/** The state of all repositories of the window in one place; every surface renders this and nothing else. */
export interface Summary {
  readonly phase: Phase;
  /** True while any repository is being indexed. */
  readonly busy: boolean;
  /** Mean progress over the repositories that are being indexed, in whole per cent; absent while it is not known. */
  readonly percent?: number;
  /** False only where the server said that none of the folders is inside a git repository. */
  readonly git: boolean;
  /** Documents by kind, all repositories together. */
  readonly counts: Readonly<Record<string, number>>;
  /** Commits and changed documents that the indexes do not hold yet. */
  readonly behind: number;
  readonly notices: readonly string[];
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
  const known = repositories.filter((one) => one.state === 'indexing').flatMap((one) => (one.percent === undefined ? [] : [one.percent]));
  return known.length === 0 ? undefined : Math.floor(known.reduce((sum, percent) => sum + percent, 0) / known.length);
};

const phaseOf = (server: ServerState, repositories: readonly WireStatus[], busy: boolean, documents: number): Phase => {
  if (server === 'dead') return 'dead';
  if (repositories.length === 0) return 'starting';
  if (documents > 0) return 'ready';
  if (busy) return 'indexing';
  if (repositories.every((one) => one.state === 'absent')) return 'starting';
  return repositories.some((one) => one.state === 'failed') ? 'failed' : 'noRecords';
};

/**
 * Folds what the server said last into one summary.
 *
 * @param folders number of open workspace folders; without any there is nothing to wait for.
 */
export const summarise = (server: ServerState, status: StatusParams | undefined, folders: number): Summary => {
  const repositories = status?.repositories ?? [];
  const counts = addCounts(repositories);
  const busy = server === 'running' && repositories.some((one) => one.state === 'indexing');
  const percent = meanPercent(repositories);
  return {
    phase:
      folders === 0 && repositories.length === 0 && server !== 'dead' ? 'noFolder' : phaseOf(server, repositories, busy, total(counts)),
    busy,
    ...(busy && percent !== undefined ? { percent } : {}),
    git: repositories.length === 0 || repositories.some((one) => one.git),
    counts,
    behind: repositories.reduce((sum, one) => sum + one.index.behind, 0),
    notices: [...new Set(repositories.flatMap((one) => one.notices))],
    models: [...new Set(repositories.map((one) => one.model).filter((model) => model !== ''))],
  };
};
