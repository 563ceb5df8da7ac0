import type { DocumentHead } from '../../model/document.ts';
import type { Finding } from '../../model/finding.ts';
import type { Span } from '../../model/span.ts';
import type { Register } from '../../register/register.ts';
import type { PathHistory } from './code-rule.ts';

/** A stretch of a record's text and where it stands. */
export interface RecordText {
  readonly headingPath: readonly string[];
  readonly text: string;
  readonly span: Span;
}

/** All records of a repository, as they are looked at together. */
export interface Records {
  /** In the order of their paths. */
  readonly heads: readonly DocumentHead[];
  readonly textsOf: (id: string) => readonly RecordText[];
  readonly register: Register;
  readonly past: PathHistory;
  /** True for a file or folder of the work tree. */
  readonly exists: (path: string) => boolean;
  /** The whole text of a file as it is now; `undefined` where it cannot be read. */
  readonly read: (path: string) => Promise<string | undefined>;
}

/** A finding and the record that it stands in. */
export interface RecordFinding {
  readonly id: string;
  readonly finding: Finding;
}

/** Looks at all records together; `only` narrows to findings that stand in one record. */
export type RecordRule = (records: Records, only: string | undefined) => Promise<readonly RecordFinding[]>;
