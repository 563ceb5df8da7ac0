import { headOf, type Repository, shallowEdges } from '../git/index.ts';

/** The history of a repository as it is now. */
export interface CurrentHistory {
  /** With the HEAD of now. */
  readonly repository: Repository;
  /** Commits at which a shallow clone ends. */
  readonly edges: ReadonlySet<string>;
}

/** Asks git for HEAD once: every start of it costs a process of this size tens of milliseconds. */
export async function currentHistory(repository: Repository): Promise<CurrentHistory> {
  const [head, edges] = await Promise.all([headOf(repository), shallowEdges(repository)]);
  return { repository: { ...repository, head }, edges };
}
