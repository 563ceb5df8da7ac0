import type { Link } from '../../../model/document.ts';
import { defineRule } from '../../../model/finding.ts';
import { type DocumentRule, type FixMaker, relationsOf } from './record-rule.ts';
import { supersededEdit } from './status-edit.ts';

/** Names the successor, if exactly one record says that it supersedes this one. */
const fix: FixMaker = (_, document, text, records) => {
  if (document.links.some(({ kind }) => kind === 'superseded-by')) return [];
  const { resolve } = relationsOf(records);
  const claimants = records.heads.filter((head) =>
    head.links.some((link) => {
      const old = link.kind === 'supersedes' && link.partial !== true ? resolve(head, link) : 'missing';
      return typeof old !== 'string' && old.id === document.id;
    }),
  );
  const [successor, ...others] = claimants;
  const edit = successor === undefined || others.length > 0 ? undefined : supersededEdit(text, document, successor, records.heads);
  return edit === undefined || successor === undefined
    ? []
    : [
        {
          title: `Change the status to superseded by ${successor.number === undefined ? 'the record that claims it' : `record ${successor.number}`}`,
          edits: [edit],
          preferred: true,
        },
      ];
};

/** A change or page that replaces the record without being one: `superseded by PR #305`, `Superseded, see https://...`. */
const ELSEWHERE = /(?:^|[^\p{L}\p{N}])(?:(?:PR|MR|issue|pull request|merge request)\s?[#!]?\d|[#!]\d)|https?:\/\//iu;

/** What is wrong with the links to successors, after "This record says that it was superseded, but". */
function reasonFor(link: Link | undefined, results: readonly unknown[]): string {
  if (link === undefined) return 'not by which record. Write "Superseded by" and a link to the record.';
  if (results.includes('ambiguous')) return `"${link.target}" matches several records. Link to the file of the one that you mean.`;
  if (results.some((result) => typeof result !== 'string'))
    return 'the records supersede each other in a circle, or only part of this one is superseded. Correct the status of one of them.';
  return `no record matches "${link.target}". Link to the record that replaces this one.`;
}

export const supersededByNothing: DocumentRule = {
  info: defineRule({
    id: 'superseded-by-nothing',
    severity: 'warning',
    description: 'A record says that it was superseded, but not by which record, or it names a record that does not exist or is ambiguous.',
    tags: ['record'],
    fixes: 'auto-fixable',
  }),
  *check(document, documents) {
    const { status } = document;
    const { resolve, successors } = relationsOf(documents);
    if (document.kind !== 'decision' || status?.value !== 'superseded' || status.inferred || successors.has(document.id)) return;
    const links = document.links.filter(({ kind }) => kind === 'superseded-by');
    const results = links.map((link) => resolve(document, link));
    if (results.includes('elsewhere') || (links.length === 0 && ELSEWHERE.test(status.text))) return;
    const message = `This record says that it was superseded, but ${reasonFor(links[0], results)}`;
    yield { message, span: links[0]?.span ?? status.span };
  },
  fix,
};
