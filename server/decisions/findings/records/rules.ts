import type { DocumentHead } from '../../../model/document.ts';
import { type Finding, findingOf } from '../../../model/finding.ts';
import { brokenLink } from './broken-link.ts';
import { duplicateNumber } from './duplicate-number.ts';
import { lineReferenceGone } from './line-reference-gone.ts';
import { lineReferenceMoved } from './line-reference-moved.ts';
import type { DocumentRule, Documents, RecordRule, Records } from './record-rule.ts';
import { reversedInForce } from './reversed-in-force.ts';
import { scopeGone } from './scope-gone.ts';
import { supersededByNothing } from './superseded-by-nothing.ts';
import { supersedesWithoutBackLink } from './supersedes-without-back-link.ts';
import { unknownStatus } from './unknown-status.ts';

const DOCUMENT_RULES: readonly DocumentRule[] = [brokenLink, unknownStatus, supersededByNothing, duplicateNumber];

/** In the order in which their findings are listed. */
export const RECORD_RULES: readonly RecordRule[] = [
  ...DOCUMENT_RULES,
  supersedesWithoutBackLink,
  reversedInForce,
  scopeGone,
  lineReferenceMoved,
  lineReferenceGone,
];

/** Findings of the rules that need no index, without fixes. */
export const checkDocument = (document: DocumentHead, documents: Documents): Finding[] =>
  DOCUMENT_RULES.flatMap(({ info, check }) => [...check(document, documents)].map((draft) => findingOf(info, draft)));

/**
 * Findings of all rules in one document, with their fixes.
 * @param read reads the text of the document; called only if a finding needs it for a fix
 */
export async function checkRecord(document: DocumentHead, records: Records, read: () => Promise<string | undefined>): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { info, check, fix } of RECORD_RULES) {
    for await (const draft of check(document, records)) {
      const finding = findingOf(info, draft);
      const whole = fix && finding.fixes === undefined ? await read() : undefined;
      const fixes = fix && whole !== undefined ? fix(finding, document, whole, records) : [];
      findings.push(fixes.length === 0 ? finding : { ...finding, fixes });
    }
  }
  return findings;
}
