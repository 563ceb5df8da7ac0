import type { RecordEntry } from '../../register/catalogue.ts';
import type { FoundCitation } from '../../register/citations/citations.ts';
import { type CodeFile, type CodeRule, calledOf, relatedTo, withFixes } from './code-rule.ts';
import { rewrite } from './rewrite.ts';

const MOST_CANDIDATES = 5;

/** Records that bore the cited number before the one that bears it now. */
function formerBearers({ form, text, targets }: FoundCitation, { past, register }: CodeFile): readonly RecordEntry[] {
  const [only] = targets;
  const digits = form === 'number' && targets.length === 1 ? /\d+$/.exec(text)?.[0] : undefined;
  if (digits === undefined || only === undefined) return [];
  // Only where the one of now is no answer: a number is given again far more often before anybody cites it.
  const { value } = only.record.head.status ?? {};
  if (value === undefined || value === 'accepted' || value === 'unknown' || register.successors.has(only.record.id)) return [];
  const former = past.formerNumbers?.get(`${only.record.namespace}:${Number(digits)}`) ?? [];
  return former.filter(({ id }) => id !== only.record.id);
}

/** Citations of the file that are written alike and may mean the same records: whoever knows one knows them all. */
const alike = (citation: FoundCitation, { citations }: CodeFile): FoundCitation[] => {
  const means = ({ targets }: FoundCitation): string => targets.map(({ record }) => record.id).join('\n');
  const number = ({ text }: FoundCitation): string => /\d+$/.exec(text)?.[0].replace(/^0+/, '') ?? text;
  return citations.filter(
    (other) => other.form === citation.form && number(other) === number(citation) && means(other) === means(citation),
  );
};

/**
 * A number or name that several records bear, told at its first place in the file. One fix for each of them, which mends all places; which is meant only a
 * person knows.
 */
export const citesAmbiguous: CodeRule = (citation, file) => {
  const former = formerBearers(citation, file);
  const records = [...citation.targets.map(({ record }) => record), ...former];
  if (records.length < 2) return undefined;
  const places = alike(citation, file).filter((place) => file.placeAt(place.start) === file.placeAt(citation.start));
  if (places[0] !== citation) return undefined;
  const shown = records.slice(0, MOST_CANDIDATES);
  const fixes = shown.flatMap((record) => {
    const made = places.flatMap((place) => rewrite({ ...place, targets: [{ record, weight: 1 }] }, record, file) ?? []);
    const [first] = made;
    return first && made.length === places.length ? [{ title: `Cite ${first.written}`, edits: made.map(({ edit }) => edit) }] : [];
  });
  const more = records.length > shown.length ? `, or ${records.length - shown.length} more` : '';
  const times = places.length === 1 ? '' : ` (${places.length} times in this file)`;
  const why = former.length > 0 ? ': the number was given to another record' : '';
  return {
    rule: 'cites-ambiguous',
    severity: 'info',
    message: `"${citation.text}"${times} may mean ${shown.map(calledOf).join(' or ')}${more}${why}. Cite the file that is meant.`,
    span: citation.span,
    related: shown.map((record) => relatedTo(record, former.includes(record) ? 'Bore the number before.' : 'May be meant.')),
    ...withFixes(fixes),
  };
};
