import { headOf, type Repository, shallowEdges } from '../git/index.ts';

/** The current end of a repository's history. */
export interface CurrentHistory {
  /** With its current HEAD. */
  readonly repository: Repository;
  /** Shas of the commits at which a shallow clone ends. */
  readonly edges: ReadonlySet<string>;
}

/** Reads HEAD and the shallow edges. Call it once for a request: starting git costs a process of this size tens of milliseconds. */
export async function currentHistory(repository: Repository): Promise<CurrentHistory> {
  const [head, edges] = await Promise.all([headOf(repository), shallowEdges(repository)]);
  return { repository: { ...repository, head }, edges };
}
