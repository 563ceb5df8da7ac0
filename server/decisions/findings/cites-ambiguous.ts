import type { CataloguedRecord } from '../catalogue.ts';
import type { FoundCitation } from '../citations.ts';
import { type CodeFile, type CodeRule, calledOf, relatedTo, withFixes } from './code-rule.ts';
import { rewrite } from './rewrite.ts';

const MOST_CANDIDATES = 5;

/** Records that bore the cited number before the one that bears it now. */
function formerBearers({ form, text, targets }: FoundCitation, { past, register }: CodeFile): readonly CataloguedRecord[] {
  const [only] = targets;
  const digits = form === 'number' && targets.length === 1 ? /\d+$/.exec(text)?.[0] : undefined;
  if (digits === undefined || only === undefined) return [];
  // Only where the one of now is no answer: a number is given again far more often before anybody cites it.
  const { value } = only.record.head.status ?? {};
  if (value === undefined || value === 'accepted' || value === 'unknown' || register.successors.has(only.record.id)) return [];
  const former = past.formerNumbers?.get(`${only.record.namespace}:${Number(digits)}`) ?? [];
  return former.filter(({ id }) => id !== only.record.id);
}

/** A number or name that several records bear. One fix for each of them; which is meant only a person knows. */
export const citesAmbiguous: CodeRule = (citation, file) => {
  const former = formerBearers(citation, file);
  const records = [...citation.targets.map(({ record }) => record), ...former];
  if (records.length < 2) return undefined;
  const fixes = records.slice(0, MOST_CANDIDATES).flatMap((record) => {
    const made = rewrite({ ...citation, targets: [{ record, weight: 1 }] }, record, file);
    return made ? [{ title: `Cite ${made.written}`, edits: [made.edit] }] : [];
  });
  const named = records.slice(0, MOST_CANDIDATES).map(calledOf).join(' or ');
  const message =
    former.length > 0
      ? `"${citation.text}" may mean ${named}: the number was given to another record. Cite the file that is meant.`
      : `"${citation.text}" may mean ${named}. Cite the file that is meant.`;
  return {
    rule: 'cites-ambiguous',
    severity: 'info',
    message,
    span: citation.span,
    related: records
      .slice(0, MOST_CANDIDATES)
      .map((record) => relatedTo(record, former.includes(record) ? 'Bore the number before.' : 'May be meant.')),
    ...withFixes(fixes),
  };
};
