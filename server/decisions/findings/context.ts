import type { Finding } from '../../model/finding.ts';
import type { RecordEntry } from '../../register/catalogue.ts';
import { formerNumbersOf } from '../../register/former-numbers.ts';
import type { Register } from '../../register/register.ts';
import type { DocumentIndex } from '../../retrieval/document-index.ts';
import type { LineFacts } from './lines/judge.ts';

/** What rules ask of the work tree and of git. The engine answers from disk, tests from texts in memory. */
export interface FindingPorts {
  /** Text of a file as it is now, without byte order mark; `undefined` if it cannot be read. Rules look at the first {@link CHECKED_BYTES}. */
  readonly read: (path: string) => Promise<string | undefined>;
  /** Whether a repository-relative path is a file or folder of the work tree. */
  readonly exists: (path: string) => boolean;
  /** Current path of a file that git moved away from `path`; `undefined` if it did not, or if the path exists. Default: no moves are known. */
  readonly renamed?: (path: string) => string | undefined;
  /** Earlier paths of a file, latest first. Default: none are known. */
  readonly formerPaths?: (path: string) => readonly string[];
  /** Whether some commit had the path. Asked once for each path. Default: no. */
  readonly existed?: (path: string) => Promise<boolean>;
  /** Whether `.gitattributes` calls a file generated or vendored. Default: no. */
  readonly declaredGenerated?: (path: string) => Promise<boolean>;
  /** What other judges find in a file, which its comments may ignore as well. Default: nothing. */
  readonly others?: OtherFindings;
  /** What is known of lines that documents cite. Default: nothing, and they are not followed. */
  readonly lineFacts?: LineFacts;
}

/** What other judges find in a file, by its path and text. */
export type OtherFindings = (path: string, text: string) => Promise<readonly Finding[]>;

/** What git says about paths that are gone. */
export interface PathHistory {
  readonly renamed: (path: string) => string | undefined;
  readonly existed: (path: string) => Promise<boolean>;
  /** Records that had a number before it was given to another record, by `<namespace>:<number>`. */
  readonly formerNumbers: ReadonlyMap<string, readonly RecordEntry[]>;
}

/** Everything that rules judge by, for one state of the index. */
export interface FindingContext {
  readonly documents: Pick<DocumentIndex, 'documents' | 'get'>;
  readonly register: Register;
  readonly history: PathHistory;
  readonly read: FindingPorts['read'];
  readonly exists: FindingPorts['exists'];
  readonly declaredGenerated: (path: string) => Promise<boolean>;
  readonly others: OtherFindings;
  readonly lineFacts: LineFacts | undefined;
}

/** How much of a file rules look at: what is beyond is data. */
export const CHECKED_BYTES = 1_000_000;

/** Assembles the context. Make one for each state of the index: it remembers which paths existed. */
export function findingContext(
  documents: FindingContext['documents'],
  register: Register,
  {
    read,
    exists,
    renamed = () => undefined,
    formerPaths = () => [],
    existed = async () => false,
    declaredGenerated = async () => false,
    others = async () => [],
    lineFacts,
  }: FindingPorts,
): FindingContext {
  const answers = new Map<string, Promise<boolean>>();
  const history: PathHistory = {
    renamed,
    formerNumbers: formerNumbersOf(register.catalogue, formerPaths),
    existed: (path) => {
      const answer = answers.get(path) ?? existed(path);
      answers.set(path, answer);
      return answer;
    },
  };
  return { documents, register, history, read, exists, declaredGenerated, others, lineFacts };
}
