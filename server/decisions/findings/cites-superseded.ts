import { isMigration } from '../../code/roles.ts';
import type { Fix } from '../../model/finding.ts';
import type { RecordEntry } from '../../register/catalogue.ts';
import { type CodeRule, calledOf, relatedTo, withFixes } from './code-rule.ts';
import { rewrite } from './rewrite.ts';

/** A comment that cites both records tells the story of the change; lines between them. */
const SAME_COMMENT = 4;

const standing = ({ head }: RecordEntry): boolean =>
  head.status === undefined || head.status.value === 'accepted' || head.status.value === 'unknown';

/** A citation of a record that others replaced. The fix cites the one in force; it is preferred where there is exactly one. */
export const citesSuperseded: CodeRule = (citation, file) => {
  const record = citation.targets[0]?.record;
  if (record === undefined || citation.targets.length > 1) return undefined;
  const { successors, catalogue } = file.register;
  const ids = successors.get(record.id) ?? [];
  if (ids.length === 0) return undefined;
  const line = citation.span.start.line;
  const told = file.citations.some(
    ({ targets, span }) => Math.abs(span.start.line - line) <= SAME_COMMENT && targets.some((target) => ids.includes(target.record.id)),
  );
  if (told) return undefined;
  const heirs = ids
    .flatMap((id) => catalogue.records.find((one) => one.id === id) ?? [])
    .filter((heir) => standing(heir) && !successors.has(heir.id));
  const [first] = heirs;
  const fixes = heirs.flatMap((heir): Fix[] => {
    const made = rewrite(citation, heir, file);
    if (!made) return [];
    // A new section cannot be guessed, and a migration that ran must stay as it is.
    const certain = heirs.length === 1 && made.exact && citation.anchorEnd === undefined && !isMigration(file.path);
    return [{ title: `Cite ${made.written} instead`, edits: [made.edit], ...(certain ? { preferred: true } : {}) }];
  });
  const instead = first
    ? `Cite ${heirs.map(calledOf).join(' or ')} instead, which is in force.`
    : 'No record that is in force replaces it.';
  return {
    rule: 'cites-superseded',
    severity: 'warning',
    message: `${calledOf(record)} was superseded. ${instead}`,
    span: citation.span,
    related: [relatedTo(record, 'The record that is cited.'), ...heirs.map((heir) => relatedTo(heir, 'Replaces it.'))],
    ...withFixes(fixes),
  };
};
