import { headOf, type Repository, shallowEdges } from '../git/index.ts';

/** The current end of a repository's history. */
export interface CurrentHistory {
  /** With its current HEAD. */
  readonly repository: Repository;
  /** Shas of the commits at which a shallow clone ends. */
  readonly edges: ReadonlySet<string>;
  /** Sha of the commit at which history ends instead, which is the HEAD of `repository` then: lines are those of the files in it. */
  readonly at?: string;
}

/**
 * Reads HEAD and the shallow edges. Call it once for a request: starting git costs a process of this size tens of milliseconds.
 * @param at sha of the commit that history ends with. Default: HEAD
 */
export async function currentHistory(repository: Repository, at?: string): Promise<CurrentHistory> {
  const [head, edges] = await Promise.all([at ?? headOf(repository), shallowEdges(repository)]);
  return { repository: { ...repository, head }, edges, ...(at === undefined ? {} : { at }) };
}
