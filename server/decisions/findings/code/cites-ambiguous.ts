import { defineRule } from '../../../model/finding.ts';
import type { RecordEntry } from '../../../register/catalogue.ts';
import type { FoundCitation } from '../../../register/citations/citations.ts';
import { hasStatusInForce } from '../../../register/in-force.ts';
import { type CodeFile, type CodeRule, nameOf, relatedTo, withFixes } from './code-rule.ts';
import { rewrite } from './rewrite.ts';

const MOST_CANDIDATES = 5;

/** Records that had the cited number before the record that has it now. */
function formerHolders({ form, text, targets }: FoundCitation, { history, register }: CodeFile): readonly RecordEntry[] {
  const [holder] = targets;
  const digits = form === 'number' && targets.length === 1 ? /\d+$/.exec(text)?.[0] : undefined;
  if (digits === undefined || holder === undefined) return [];
  // A current holder that is in force is the answer: most numbers are given away long before anybody cites them.
  if (hasStatusInForce(holder.record.head) || register.successors.has(holder.record.id)) return [];
  const former = history.formerNumbers.get(`${holder.record.namespace}:${Number(digits)}`) ?? [];
  return former.filter(({ id }) => id !== holder.record.id);
}

/** Citations in the file that are written the same way and can mean the same records: one answer settles them all. */
const sameCitations = (citation: FoundCitation, { citations }: CodeFile): FoundCitation[] => {
  const meaning = ({ targets }: FoundCitation): string => targets.map(({ record }) => record.id).join('\n');
  const number = ({ text }: FoundCitation): string => /\d+$/.exec(text)?.[0].replace(/^0+/, '') ?? text;
  return citations.filter(
    (other) => other.form === citation.form && number(other) === number(citation) && meaning(other) === meaning(citation),
  );
};

/** The record with its file, because records that are confused often have the same title. */
const nameWithFile = (record: RecordEntry): string => (record.number === undefined ? nameOf(record) : `${nameOf(record)} (${record.path})`);

/**
 * Reported once, at the first of the equal citations in the file. One fix for each record rewrites all of them; none is auto-fixable, because only a
 * person knows which record is meant.
 */
export const citesAmbiguous: CodeRule = {
  info: defineRule({
    id: 'cites-ambiguous',
    severity: 'info',
    description: 'Several records have the cited number, or the number was later given to another record.',
    tags: ['code'],
    fixes: 'offered',
  }),
  check(citation, file) {
    const former = formerHolders(citation, file);
    const records = [...citation.targets.map(({ record }) => record), ...former];
    if (records.length < 2) return undefined;
    const places = sameCitations(citation, file).filter((place) => file.source.kindAt(place.start) === file.source.kindAt(citation.start));
    if (places[0] !== citation) return undefined;
    const shown = records.slice(0, MOST_CANDIDATES);
    const fixes = shown.flatMap((record) => {
      const rewrites = places.flatMap((place) => rewrite({ ...place, targets: [{ record, weight: 1 }] }, record, file) ?? []);
      const [first] = rewrites;
      return first && rewrites.length === places.length
        ? [{ title: `Cite ${first.written}`, edits: rewrites.map(({ edit }) => edit) }]
        : [];
    });
    const more = records.length > shown.length ? `, or ${records.length - shown.length} more` : '';
    const times = places.length === 1 ? '' : ` (${places.length} times in this file)`;
    const reason = former.length > 0 ? ': the number was later given to another record' : '';
    return {
      message: `"${citation.text}"${times} can mean ${shown.map(nameWithFile).join(' or ')}${more}${reason}. Cite the file of the record that you mean.`,
      span: citation.span,
      related: shown.map((record) => relatedTo(record, former.includes(record) ? 'Had this number before.' : 'Has this number or name.')),
      ...withFixes(fixes),
    };
  },
};
