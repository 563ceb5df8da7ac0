import type { Rename } from '../model/document.ts';
import { parseObject } from '../store/head.ts';
import type { CandidateRow } from '../store/row.ts';
import type { Store } from '../store/store.ts';

/** The columns of a commit that its readers need. */
export type LoggedCommit = Pick<CandidateRow, 'documentId' | 'sha' | 'date' | 'paths' | 'text'>;

/** Properties that only some commits have. */
export interface CommitDetails {
  readonly renames?: readonly Rename[];
  readonly merge?: true;
}

/** The commits of the index, for those who read all of them. */
export interface CommitLog {
  /** Equal keys mean equal commits. */
  readonly key: string;
  /** Details of merges and of commits that moved files, by document id. */
  readonly details: ReadonlyMap<string, CommitDetails>;
  /** All commits, ordered by id; read from the store where there are too many to keep in memory. Rejects as the store does. */
  readonly read: () => Promise<readonly LoggedCommit[]>;
}

export const NO_LOG: CommitLog = { key: '', details: new Map(), read: () => Promise.resolve([]) };

/** The columns of a `LoggedCommit`. */
export const LOG_COLUMNS = ['documentId', 'sha', 'date', 'paths', 'text'] as const;

/** As they appear in the JSON of the store. A text that contains them is not found by mistake, because its quotes are escaped. */
const DETAILS = ['"renames":[', '"merge":true'];

/** Reads the details of all commits that have any: about a tenth, so that 20,000 commits take some 30 ms. */
export async function readDetails(store: Store): Promise<Map<string, CommitDetails>> {
  const rows = await store.allRows(['commit'], ['documentId', 'document'], { holding: DETAILS });
  return new Map(
    rows.map(({ documentId, document }) => {
      const { renames, merge } = parseObject(document, store.folder) as CommitDetails;
      return [documentId, { ...(renames ? { renames } : {}), ...(merge ? { merge } : {}) }];
    }),
  );
}
