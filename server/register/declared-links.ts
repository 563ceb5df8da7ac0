import type { DeclaredLink, DeclaredLinks } from '../knowledge/links/links.ts';
import { recordName } from '../knowledge/record-name.ts';
import { defineRule, type Finding, findingOf } from '../model/finding.ts';
import { writtenNumber } from '../text/record-numbers.ts';
import { type Catalogue, type RecordEntry, recordsNumbered } from './catalogue.ts';
import { citationIndex } from './citations/citation-index.ts';
import { withoutCopies } from './copies.ts';

export const LINK_UNKNOWN_DECISION = defineRule({
  id: 'link-unknown-decision',
  severity: 'warning',
  description: 'A link in `.lintel/links.yaml` names a record that does not exist or is ambiguous.',
  tags: ['configuration'],
});

const only = (records: readonly RecordEntry[]): RecordEntry | undefined => (records.length === 1 ? records[0] : undefined);

const MOST_FINDINGS = 100;
const WORDS = /[^\p{L}\p{N}]+/u;

/** Whether two slugs share at least half of the words of the shorter one: then the record was renumbered or retitled, not replaced by another. */
const shareWords = (a: string, b: string): boolean => {
  const [left, right] = [new Set(a.split(WORDS)), new Set(b.split(WORDS))];
  return 2 * [...left].filter((word) => right.has(word)).length >= Math.min(left.size, right.size);
};

/**
 * The records that a person may mean by a path, a file name, a slug or a number (`7`, `0007`, `ADR-7`, `A-13`), best first; several only where that is
 * ambiguous. A path that no longer exists is resolved by file name and slug, and by number only where the slugs share words, because numbers are
 * reused.
 */
export function recordsMatching(catalogue: Catalogue, written: string): readonly RecordEntry[] {
  const { records, byName, bySlug, byNumber } = catalogue;
  const clean = written.trim().replace(/^(?:\.?\/)+/, '');
  const exact = records.filter((record) => record.path === clean || record.id === clean);
  if (exact.length > 0) return exact;
  const ending = records.filter((record) => record.path.endsWith(`/${clean}`));
  if (clean.includes('.') && ending.length > 0) return ending;
  const alone = writtenNumber(clean);
  if (alone !== undefined) {
    const found = recordsNumbered(catalogue, alone.namespace, alone.number);
    return withoutCopies(found, ({ head }) => head, citationIndex(catalogue).folderSizes);
  }
  const { slug, number, namespace } = recordName(clean);
  const file = (clean.split('/').at(-1) ?? '').replace(/\.[^.]+$/, '').toLowerCase();
  const named = byName.get(file) ?? bySlug.get(slug) ?? [];
  if (named.length > 0) return named;
  const numbered = number === undefined ? [] : (byNumber.get(`${namespace}:${number}`) ?? []);
  return numbered.filter((record) => shareWords(record.slug, slug));
}

/** The links of `.lintel/links.yaml`, resolved. */
export interface LinkIndex {
  /** Links by record id, in the order of the file. */
  readonly byRecord: ReadonlyMap<string, readonly DeclaredLink[]>;
  readonly links: DeclaredLinks;
  /** Findings on links whose record is unknown or ambiguous. */
  readonly findings: readonly Finding[];
}

/** Resolves the records that links name. A record that is unknown or ambiguous gives the finding `link-unknown-decision`; at most 100 of them. */
export function linkIndexOf(links: DeclaredLinks, catalogue: Catalogue): LinkIndex {
  const byRecord = new Map<string, DeclaredLink[]>();
  const findings: Finding[] = [];
  for (const link of links.entries) {
    const found = recordsMatching(catalogue, link.decision);
    const record = only(found);
    if (!record) {
      const message =
        found.length === 0
          ? `No decision record matches "${link.decision}", so this link has no effect. Use the path of the record.`
          : `"${link.decision}" may mean ${found.length} decision records, so this link has no effect. Use the path of one, such as ${found[0]?.path}.`;
      if (findings.length < MOST_FINDINGS) findings.push(findingOf(LINK_UNKNOWN_DECISION, { message, span: link.decisionSpan }));
      continue;
    }
    const known = byRecord.get(record.id);
    if (known) known.push(link);
    else byRecord.set(record.id, [link]);
  }
  return { byRecord, links, findings };
}
