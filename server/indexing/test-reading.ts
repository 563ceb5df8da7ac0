import type { Document } from '../model/document.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** A file of end-to-end tests. */
export interface TestToIndex {
  /** Repository-relative. */
  readonly path: string;
  /** What runs it. */
  readonly framework: string;
  /** Tags that the configuration gives it. */
  readonly tags: readonly string[];
}

/** How end-to-end tests are found and read. Which files are some is judged above this room, so whoever runs the indexing brings it along. */
export interface TestReading {
  /** The tests among all files of a work tree. */
  readonly find: (workspace: Workspace, files: readonly string[], indexFolder: string) => Promise<readonly TestToIndex[]>;
  /** Whether a file that was saved may be a test, or decide which files are, as far as its name says; `isNew` where the index did not know it. */
  readonly mayConcern: (path: string, isNew: boolean) => boolean;
  /** One of them as a document; its id is `testId` of its path. */
  readonly read: (test: TestToIndex, text: string, sha: string) => Promise<Document>;
}

/** Id of the document of a file of tests. */
export const testId = (path: string): string => `test:${path}`;
