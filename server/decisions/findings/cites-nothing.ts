import { isMigration } from '../../code/roles.ts';
import { recordName } from '../../knowledge/record-name.ts';
import type { Finding, Fix } from '../../model/finding.ts';
import { cleanPath } from '../../register/citations/candidates.ts';
import type { FoundCitation } from '../../register/citations/citations.ts';
import { citationIndex } from '../../register/citations/index-of-names.ts';
import { type CodeFile, type CodeRule, calledOf, relatedTo, withFixes } from './code-rule.ts';
import { nearestRecord, spokenRecord } from './nearest-record.ts';
import { rewrite } from './rewrite.ts';

/** A repository with fewer numbered records has no series in which one can be missing. */
const LEAST_SERIES = 3;
/** How far above the highest number a record may be missing: further up it is of another series. */
const BEYOND = 10;

/** A path that git, its file name or its words lead to a record elsewhere. */
function movedPath(citation: FoundCitation, file: CodeFile): Finding | undefined {
  const [target, ...others] = citation.targets;
  const now = citation.moved === undefined || others.length > 0 ? undefined : target?.record;
  if (now === undefined || !cleanPath(citation.text).includes('/') || isPinned(citation, file)) return undefined;
  const made = rewrite(citation, now, file);
  const certain = citation.moved === 'renamed' && made?.exact === true && !isMigration(file.path);
  const fixes: Fix[] = made ? [{ title: `Cite ${made.written}`, edits: [made.edit], ...(certain ? { preferred: true } : {}) }] : [];
  return {
    rule: 'cites-nothing',
    severity: 'warning',
    message: `There is no ${cleanPath(citation.text)}. The record is now ${now.path}.`,
    span: citation.span,
    related: [relatedTo(now, 'The record that is probably meant.')],
    ...withFixes(fixes),
  };
}

/** Inside an address: of a site that has its own paths, or of a forge at one commit, where the path was right and stays so. */
function isPinned({ start }: FoundCitation, { text, lines }: CodeFile): boolean {
  const before = text.slice(Math.max(lines.start(lines.lineAt(start)), start - 200), start + 2);
  return /[a-z]{2,8}:\/\/\S*$/i.test(before);
}

function isOfSeries({ text }: FoundCitation, { register }: CodeFile): boolean {
  const namespace = /^(?:rfc|kep|tep)/i.test(text) ? 'rfc' : 'adr';
  const number = Number(/\d+$/.exec(text)?.[0] ?? 0);
  const highest = citationIndex(register.catalogue).highest.get(namespace) ?? 0;
  const numbered = register.catalogue.records.filter((record) => record.namespace === namespace && record.number !== undefined).length;
  return number > 0 && numbered >= LEAST_SERIES && number <= highest + BEYOND;
}

/** A citation of no record: a number of our own series that none bears, or the path of a record that is gone. The fix is the nearest match. */
export const citesNothing: CodeRule = (citation, file) => {
  if (citation.moved) return movedPath(citation, file);
  if (citation.targets.length > 0) return undefined;
  const isPath = citation.form === 'path';
  if (isPath ? isPinned(citation, file) : !isOfSeries(citation, file)) return undefined;
  const near = isPath ? nearestRecord(citation.text, file.register.catalogue) : spokenRecord(citation, file);
  const made = near && rewrite(citation, near, file);
  const fixes = made ? [{ title: `Cite ${made.written}`, edits: [made.edit] }] : [];
  const { number, namespace } = recordName(cleanPath(citation.text));
  const same = isPath && number !== undefined ? (file.register.catalogue.byNumber.get(`${namespace}:${number}`) ?? []) : [];
  const hint = near ? ` Did you mean ${calledOf(near)}?` : same.length === 1 && same[0] ? ` Number ${number} is now ${same[0].path}.` : '';
  return {
    rule: 'cites-nothing',
    severity: 'warning',
    message: isPath
      ? `There is no record ${cleanPath(citation.text)}.${hint}`
      : `No record of this repository has the number of "${citation.text}".${hint}`,
    span: citation.span,
    ...(near ? { related: [relatedTo(near, 'The nearest match.')] } : {}),
    ...withFixes(fixes),
  };
};
