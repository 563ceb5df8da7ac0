import type { PlaceKind } from '../../code/tokens.ts';
import type { Finding, Fix } from '../../model/finding.ts';
import type { RecordEntry } from '../../register/catalogue.ts';
import type { FoundCitation } from '../../register/citations/citations.ts';
import type { Register } from '../../register/register.ts';
import type { LineIndex } from '../../text/lines.ts';

/** What git and people say of records beyond their texts; each part may be missing. */
export interface PathHistory {
  /** Where git moved a repository-relative path that is gone, at last; `undefined` where it tells of no move or the path is there. */
  readonly renamed?: (path: string) => string | undefined;
  /** True for a path that some commit had and that is gone. */
  readonly existed?: (path: string) => Promise<boolean>;
  /** Records that bore a number before it was given to another, by `<namespace>:<number>`. */
  readonly formerNumbers?: ReadonlyMap<string, readonly RecordEntry[]>;
}

/** A source file whose citations are looked at. */
export interface CodeFile {
  readonly path: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly register: Register;
  readonly past: PathHistory;
  readonly citations: readonly FoundCitation[];
  readonly placeAt: (offset: number) => PlaceKind;
}

/** Looks at one citation of a source file. Rules are asked in turn; the first that finds something speaks. */
export type CodeRule = (citation: FoundCitation, file: CodeFile) => Finding | undefined;

/** The record as messages call it: `ADR-n "Use Kafka"`, or its title and file. */
export function calledOf({ number, namespace, path, head }: RecordEntry): string {
  const short = number === undefined ? path : `${namespace.toUpperCase()} ${number}`;
  return `${short} "${head.title.length > 80 ? `${head.title.slice(0, 79)}…` : head.title}"`;
}

/** The record as a related place of a finding. */
export const relatedTo = ({ path, head }: RecordEntry, message: string): NonNullable<Finding['related']>[number] => ({
  path,
  span: head.titleSpan ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
  message,
});

export const withFixes = (fixes: readonly Fix[]): Pick<Finding, 'fixes'> => (fixes.length === 0 ? {} : { fixes });
