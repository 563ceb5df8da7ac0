import type { Rename } from '../model/document.ts';
import { parseObject } from '../store/head.ts';
import type { CandidateRow } from '../store/row.ts';
import type { Store } from '../store/store.ts';

/** What history needs of a commit. */
export type LoggedCommit = Pick<CandidateRow, 'documentId' | 'sha' | 'date' | 'paths' | 'text'>;

/** What only some commits have. */
export interface CommitDetails {
  readonly renames?: readonly Rename[];
  readonly merge?: true;
}

/** The commits of the index, for whoever reads them whole. */
export interface CommitLog {
  /** Equal for equal commits. */
  readonly key: string;
  /** Of merges and of commits that moved files, by document id. */
  readonly details: ReadonlyMap<string, CommitDetails>;
  /** All commits, ordered by id; from the store where they are too many to be held. Rejects as the store does. */
  readonly read: () => Promise<readonly LoggedCommit[]>;
}

export const NO_LOG: CommitLog = { key: '', details: new Map(), read: () => Promise.resolve([]) };

/** The columns of a `LoggedCommit`. */
export const LOG_COLUMNS = ['documentId', 'sha', 'date', 'paths', 'text'] as const;

/** In JSON as it is written for the store; a text that holds this has its quotes escaped there. */
const DETAILS = ['"renames":[', '"merge":true'];

/** Reads the details of all commits that have any. A tenth of the documents, so that 20,000 commits take some 30 ms. */
export async function readDetails(store: Store): Promise<Map<string, CommitDetails>> {
  const rows = await store.allRows(['commit'], ['documentId', 'document'], DETAILS);
  return new Map(
    rows.map(({ documentId, document }) => {
      const { renames, merge } = parseObject(document, store.folder) as CommitDetails;
      return [documentId, { ...(renames ? { renames } : {}), ...(merge ? { merge } : {}) }];
    }),
  );
}
