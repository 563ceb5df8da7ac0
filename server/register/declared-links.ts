import type { DeclaredLink, DeclaredLinks } from '../knowledge/links/links.ts';
import { recordName } from '../knowledge/names.ts';
import type { Finding } from '../model/finding.ts';
import type { Catalogue, RecordEntry } from './catalogue.ts';

const only = (records: readonly RecordEntry[]): RecordEntry | undefined => (records.length === 1 ? records[0] : undefined);

const WORDS = /[^\p{L}\p{N}]+/u;

/** True where two slugs share at least half of the words of the shorter: a renumbered or retitled record, not another one. */
const shareWords = (a: string, b: string): boolean => {
  const [mine, theirs] = [new Set(a.split(WORDS)), new Set(b.split(WORDS))];
  return 2 * [...mine].filter((word) => theirs.has(word)).length >= Math.min(mine.size, theirs.size);
};

/**
 * Records that a person means by a path, a file name, a slug or a number (`7`, `0007`, `ADR-7`), best first; several only where the words are
 * ambiguous. A path that is gone is followed by file name and slug; by number only where the slugs are alike, because numbers are given again.
 */
export function recordsMatching({ records, byName, bySlug, byNumber }: Catalogue, written: string): readonly RecordEntry[] {
  const clean = written.trim().replace(/^(?:\.?\/)+/, '');
  const exact = records.filter((record) => record.path === clean || record.id === clean);
  if (exact.length > 0) return exact;
  const ending = records.filter((record) => record.path.endsWith(`/${clean}`));
  if (clean.includes('.') && ending.length > 0) return ending;
  const bare = /^(?:(rfc)|adr|m?adr|decision)?[-_ #]*0*(\d{1,5})$/i.exec(clean);
  if (bare) {
    const namespaces = bare[1] ? ['rfc'] : ['adr', 'rfc'];
    return namespaces.map((namespace) => byNumber.get(`${namespace}:${Number(bare[2])}`) ?? []).find((found) => found.length > 0) ?? [];
  }
  const { slug, number, namespace } = recordName(clean);
  const file = (clean.split('/').at(-1) ?? '').replace(/\.[^.]+$/, '').toLowerCase();
  const named = byName.get(file) ?? bySlug.get(slug) ?? [];
  if (named.length > 0) return named;
  const numbered = number === undefined ? [] : (byNumber.get(`${namespace}:${number}`) ?? []);
  return numbered.filter((record) => shareWords(record.slug, slug));
}

/** The links of one record that could be resolved. */
export interface LinkIndex {
  /** By id of the record, in the order of the file. */
  readonly byRecord: ReadonlyMap<string, readonly DeclaredLink[]>;
  readonly links: DeclaredLinks;
  /** Links whose record is not known or ambiguous. */
  readonly findings: readonly Finding[];
}

/** Resolves the records that links name. A record that is not found makes a `link-unknown-decision` finding. */
export function linkIndexOf(links: DeclaredLinks, catalogue: Catalogue): LinkIndex {
  const byRecord = new Map<string, DeclaredLink[]>();
  const findings: Finding[] = [];
  for (const link of links.entries) {
    const found = recordsMatching(catalogue, link.decision);
    const record = only(found);
    if (!record) {
      const message =
        found.length === 0
          ? `No record is called "${link.decision}". The link has no effect; name the record by its path.`
          : `"${link.decision}" may mean ${found.length} records. The link has no effect; name one by its path, such as ${found[0]?.path}.`;
      if (findings.length < 100) findings.push({ rule: 'link-unknown-decision', severity: 'warning', message, span: link.decisionSpan });
      continue;
    }
    const known = byRecord.get(record.id);
    if (known) known.push(link);
    else byRecord.set(record.id, [link]);
  }
  return { byRecord, links, findings };
}
