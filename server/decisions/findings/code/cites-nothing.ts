import { recordName } from '../../../knowledge/record-name.ts';
import { defineRule, type FindingDraft, type Fix } from '../../../model/finding.ts';
import { cleanPath } from '../../../register/citations/candidates.ts';
import { citationIndex } from '../../../register/citations/citation-index.ts';
import type { FoundCitation } from '../../../register/citations/citations.ts';
import { quotedMention } from '../../../text/record-numbers.ts';
import { type CodeFile, type CodeRule, nameOf, relatedTo, withFixes } from './code-rule.ts';
import { nearestRecord, recordNamedInLine } from './nearest-record.ts';
import { rewrite } from './rewrite.ts';

/** A repository with fewer numbered records has no series in which one can be missing. */
const LEAST_SERIES = 3;
/** How far above the highest number a missing record can be: a higher number belongs to another series. */
const BEYOND = 10;
/** How far before a citation an address can begin, in UTF-16 units. */
const LONGEST_ADDRESS = 200;

/** A path without a file, whose record was found elsewhere: through git, its file name or the words of its name. */
function movedPath(citation: FoundCitation, file: CodeFile): FindingDraft | undefined {
  const [target, ...others] = citation.targets;
  const record = citation.moved === undefined || others.length > 0 ? undefined : target?.record;
  if (record === undefined || !cleanPath(citation.text).includes('/') || isInAddress(citation, file)) return undefined;
  const rewritten = rewrite(citation, record, file);
  const certain = citation.moved === 'renamed' && rewritten?.exact === true;
  const fixes: Fix[] = rewritten
    ? [{ title: `Cite ${rewritten.written}`, edits: [rewritten.edit], ...(certain ? { preferred: true } : {}) }]
    : [];
  return {
    message: `${cleanPath(citation.text)} does not exist. The record is now ${record.path}.`,
    span: citation.span,
    related: [relatedTo(record, 'Probably this record is meant.')],
    ...withFixes(fixes),
  };
}

/** Part of an address or of a path from somebody's home: a site has paths of its own, and a forge at one commit keeps the path that was right then. */
function isInAddress({ start }: FoundCitation, { source: { text, lines } }: CodeFile): boolean {
  const before = text.slice(Math.max(lines.start(lines.lineAt(start)), start - LONGEST_ADDRESS), start + 2);
  return /[a-z]{2,8}:\/\/\S*$/i.test(before) || /(?:~|\$HOME|\$\{HOME\}|[A-Z]:)[/\\].?$/i.test(before.slice(0, -1));
}

/** `0000-template.md`: what records are made from is none. */
const isTemplateName = (path: string): boolean =>
  /(?:^|[^a-z])template(?:[^a-z]|$)|(?:^|\D)0000(?:\D|$)|(?:^|[^a-z])nnnn(?:[^a-z]|$)/i.test(path.slice(path.lastIndexOf('/') + 1));

/** After a path, words that say that the file is in another repository: `docs/0228-x.md in ops-tools`. */
const ELSEWHERE =
  /^[`"')\s]{0,3}(?:in|of|from)\s(?:the\s)?[`"']?(?:[\w.]+\/)?(?:\w+(?:-\w+)+(?![\w/]|\.[a-z])|[\w.-]+[`"']?\s+(?:repo|repository|project)\b)/i;

/** Whether the text says that a cited path is one of another repository. */
const isElsewhere = ({ start, text: cited }: FoundCitation, { source: { text } }: CodeFile): boolean =>
  ELSEWHERE.test(text.slice(start + cited.length, start + cited.length + 80));

function isInSeries({ text, namespace = 'adr' }: FoundCitation, { register }: CodeFile): boolean {
  const number = Number(/\d+$/.exec(text)?.[0] ?? 0);
  const highest = citationIndex(register.catalogue).highest.get(namespace) ?? 0;
  // A record in a format that is not read, or whose text is not here, exists all the same.
  if (register.tree.hasNumber(namespace, String(number))) return false;
  const numbered = register.catalogue.records.filter((record) => record.namespace === namespace && record.number !== undefined).length;
  return number > 0 && numbered >= LEAST_SERIES && number <= highest + BEYOND;
}

/** The fix cites the closest match. Auto-fixable only if git shows that the file was moved. */
export const citesNothing: CodeRule = {
  info: defineRule({
    id: 'cites-nothing',
    severity: 'warning',
    description: 'The code cites a record that does not exist: a number in your series that no record has, or a path without a file.',
    tags: ['code'],
    fixes: 'auto-fixable',
  }),
  check(citation, file) {
    if (citation.form === 'path' && (isTemplateName(cleanPath(citation.text)) || isElsewhere(citation, file))) return undefined;
    if (citation.moved) return movedPath(citation, file);
    if (citation.targets.length > 0) return undefined;
    const isPath = citation.form === 'path';
    if (isPath ? isInAddress(citation, file) : !isInSeries(citation, file)) return undefined;
    const nearest = isPath ? nearestRecord(citation.text, file) : recordNamedInLine(citation, file);
    const rewritten = nearest && rewrite(citation, nearest, file);
    const fixes = rewritten ? [{ title: `Cite ${rewritten.written}`, edits: [rewritten.edit] }] : [];
    const { number, namespace } = recordName(cleanPath(citation.text));
    const holders = isPath && number !== undefined ? (file.register.catalogue.byNumber.get(`${namespace}:${number}`) ?? []) : [];
    const hint = nearest
      ? ` Did you mean ${nameOf(nearest)}?`
      : holders.length === 1 && holders[0]
        ? ` Number ${number} is now ${holders[0].path}.`
        : '';
    return {
      message: isPath
        ? `${cleanPath(citation.text)} does not exist.${hint}`
        : `"${quotedMention(citation.text)}" does not match any record in this repository.${hint}`,
      span: citation.span,
      ...(nearest ? { related: [relatedTo(nearest, 'The closest match.')] } : {}),
      ...withFixes(fixes),
    };
  },
};
