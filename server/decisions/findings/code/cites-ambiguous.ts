import { defineRule } from '../../../model/finding.ts';
import type { RecordEntry } from '../../../register/catalogue.ts';
import type { FoundCitation } from '../../../register/citations/citations.ts';
import { hasStatusInForce } from '../../../register/in-force.ts';
import { quotedMention } from '../../../text/record-numbers.ts';
import { excerpt } from '../records/record-rule.ts';
import { type CodeFile, type CodeRule, nameOf, relatedTo, withFixes } from './code-rule.ts';
import { type Rewrite, rewrite, rewriteByFile } from './rewrite.ts';

const MOST_CANDIDATES = 5;

const NUMBERED = /^[A-Za-z]+\W*\d+$/;
/** Of a record's title in the title of a fix, so that a menu stays readable. */
const SHORT_TITLE = 40;

const titleOf = (written: string, { head }: RecordEntry): string => {
  const status = head.status?.value === 'rejected' || head.status?.value === 'superseded' ? `, ${head.status.value}` : '';
  return `Cite ${written} ("${excerpt(head.title, SHORT_TITLE)}"${status})`;
};

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

/** Those in force first, and last those that never were or no longer are. */
const inForceFirst = (records: readonly RecordEntry[], { register }: CodeFile): RecordEntry[] => {
  const rank = ({ head, id }: RecordEntry): number =>
    head.status?.value === 'rejected' ? 2 : register.successors.has(id) || head.status?.value === 'superseded' ? 1 : 0;
  return [...records].sort((a, b) => rank(a) - rank(b));
};

/** One form for all, so that they can be compared: by number, by file name or by path, the first in which each names only its record. */
const rewritesOf = (shown: readonly RecordEntry[], places: readonly FoundCitation[], file: CodeFile): (readonly Rewrite[])[] => {
  const each = (of: (place: FoundCitation, record: RecordEntry) => Rewrite | undefined): (readonly Rewrite[])[] =>
    shown.map((record) => places.flatMap((place) => of({ ...place, targets: [{ record, weight: 1 }] }, record) ?? []));
  const complete = (all: readonly (readonly Rewrite[])[]): boolean => all.every(({ length }) => length === places.length);
  const numbers = each((place, record) => rewrite(place, record, file));
  if (complete(numbers) && new Set(numbers.flat().map(({ written }) => NUMBERED.test(written))).size === 1) return numbers;
  const names = each((place, record) => rewriteByFile(place, record, file));
  return complete(names) ? names : numbers;
};

/**
 * Reported once, at the first of the equal citations in the file. One fix for each record rewrites all of them; none is auto-fixable, because only a
 * person knows which record is meant.
 */
export const citesAmbiguous: CodeRule = {
  info: defineRule({
    id: 'cites-ambiguous',
    severity: 'hint',
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
    const shown = inForceFirst(records, file).slice(0, MOST_CANDIDATES);
    const rewrites = rewritesOf(shown, places, file);
    const fixes = shown.flatMap((record, at) => {
      const [first] = rewrites[at] ?? [];
      const edits = rewrites[at]?.map(({ edit }) => edit) ?? [];
      return first && edits.length === places.length ? [{ title: titleOf(first.written, record), edits }] : [];
    });
    const more = records.length > shown.length ? `, or ${records.length - shown.length} more` : '';
    const times = places.length === 1 ? '' : ` (${places.length} times in this file)`;
    const reason = former.length > 0 ? ': the number was later given to another record' : '';
    return {
      message: `"${quotedMention(citation.text)}"${times} can mean ${shown.map(nameWithFile).join(' or ')}${more}${reason}. Cite the file of the record that you mean.`,
      span: citation.span,
      related: shown.map((record) => relatedTo(record, former.includes(record) ? 'Had this number before.' : 'Has this number or name.')),
      ...withFixes(fixes),
    };
  },
};
