import type { SourceFile } from '../../../code/source-file.ts';
import { numberLabel } from '../../../knowledge/record-name.ts';
import type { Finding, FindingDraft, Fix, RuleInfo } from '../../../model/finding.ts';
import { EMPTY_SPAN } from '../../../model/span.ts';
import type { RecordEntry } from '../../../register/catalogue.ts';
import type { FoundCitation } from '../../../register/citations/citations.ts';
import type { Register } from '../../../register/register.ts';
import type { PathHistory } from '../context.ts';

/** A file of code or configuration whose citations are checked. */
export interface CodeFile {
  readonly source: SourceFile;
  readonly register: Register;
  readonly history: PathHistory;
  readonly citations: readonly FoundCitation[];
}

/** A rule about one citation in code. Rules run in the order of their list; the first that reports a citation is the only one that does. */
export interface CodeRule {
  readonly info: RuleInfo;
  readonly check: (citation: FoundCitation, file: CodeFile) => FindingDraft | undefined;
}

const LONGEST_TITLE = 80;

/** The record as messages name it: `ADR 7 "Use Kafka"`, or its path and title. */
export function nameOf({ number, namespace, path, head: { title } }: RecordEntry): string {
  const short = number === undefined ? path : numberLabel(namespace, number);
  return `${short} "${title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE - 1)}…` : title}"`;
}

/** The title of a record as a related place of a finding. */
export const relatedTo = ({ path, head }: RecordEntry, message: string): NonNullable<Finding['related']>[number] => ({
  path,
  span: head.titleSpan ?? EMPTY_SPAN,
  message,
});

export const withFixes = (fixes: readonly Fix[]): Pick<Finding, 'fixes'> => (fixes.length === 0 ? {} : { fixes });
