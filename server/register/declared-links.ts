import { linesByLayout, type SymbolLines } from '../code/symbol-lines.ts';
import { codeMatch, type DeclaredLink, type DeclaredLinks, LINKS_FILE } from '../knowledge/links/links.ts';
import { recordName } from '../knowledge/names.ts';
import type { Place } from '../model/answer.ts';
import type { DeclaredEvidence } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import type { Catalogue, RecordEntry } from './catalogue.ts';

/** A link whose symbol or lines are no longer in the file: people see it when they ask, nothing speaks of it unasked. */
const LOST_WEIGHT = 0.4;

const only = (records: readonly RecordEntry[]): RecordEntry | undefined => (records.length === 1 ? records[0] : undefined);

const WORDS = /[^\p{L}\p{N}]+/u;

/** True where two slugs share at least half of the words of the shorter: a renumbered or retitled record, not another one. */
const alike = (a: string, b: string): boolean => {
  const [mine, theirs] = [new Set(a.split(WORDS)), new Set(b.split(WORDS))];
  return 2 * [...mine].filter((word) => theirs.has(word)).length >= Math.min(mine.size, theirs.size);
};

/**
 * Records that a person means by a path, a file name, a slug or a number (`7`, `0007`, `ADR-7`), best first; several only where the words are
 * ambiguous. A path that is gone is followed by file name and slug; by number only where the slugs are alike, because numbers are given again.
 */
export function recordsCalled({ records, byName, bySlug, byNumber }: Catalogue, written: string): readonly RecordEntry[] {
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
  return numbered.filter((record) => alike(record.slug, slug));
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
    const found = recordsCalled(catalogue, link.decision);
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

interface LinkMatch {
  readonly link: DeclaredLink;
  /** Larger is narrower. */
  readonly narrowness: number;
  /** What the link is anchored to is no longer there. */
  readonly lost: boolean;
}

/** How a link holds for a place; `undefined` where it does not. */
function apply(link: DeclaredLink, place: Place, text: string | undefined, symbolLines: SymbolLines): LinkMatch | undefined {
  const match = codeMatch(link.code, place.path);
  if (match === 0) return undefined;
  if (link.symbol === undefined && link.lines === undefined) return { link, narrowness: match, lost: false };
  const lineCount = text === undefined ? Number.POSITIVE_INFINITY : text.split('\n').length;
  const anchor =
    link.symbol === undefined
      ? link.lines && link.lines.first < lineCount
        ? link.lines
        : undefined
      : text === undefined
        ? link.lines
        : symbolLines(text, place.path, link.symbol);
  if (!anchor) return { link, narrowness: match, lost: true };
  const inside = place.line === undefined || (place.line >= anchor.first && place.line <= anchor.last);
  return inside ? { link, narrowness: match + 3, lost: false } : undefined;
}

/** The link that decides for a record and a place: the narrowest, among equals the last of the file. */
function deciding(
  book: LinkIndex,
  recordId: string,
  place: Place,
  text: string | undefined,
  symbolLines: SymbolLines,
): LinkMatch | undefined {
  let best: LinkMatch | undefined;
  for (const link of book.byRecord.get(recordId) ?? []) {
    const applied = apply(link, place, text, symbolLines);
    if (!applied || (applied.lost && link.verdict === 'does-not-govern')) continue;
    // Of a whole file it cannot be said that a record does not govern because one function of it is excepted.
    if (applied.narrowness > 3 && place.line === undefined && link.verdict === 'does-not-govern') continue;
    if (!best || (best.lost && !applied.lost) || (best.lost === applied.lost && applied.narrowness >= best.narrowness)) best = applied;
  }
  return best;
}

/**
 * That a person linked the record to the code, in `.lintel/links.yaml`. Weight 1; less where the symbol or the lines of the link are gone.
 *
 * @param text The file at hand, for links to a symbol of it.
 * @param symbolLines How symbols are found. Default: by layout.
 */
export function declaredEvidence(
  book: LinkIndex,
  recordId: string,
  place: Place,
  text?: string,
  symbolLines: SymbolLines = linesByLayout,
): DeclaredEvidence | undefined {
  const decided = deciding(book, recordId, place, text, symbolLines);
  if (decided?.link.verdict !== 'governs') return undefined;
  const { link, lost } = decided;
  const what = link.symbol === undefined ? (lost ? 'lines that this file no longer has' : '') : `\`${link.symbol}\``;
  const to = what === '' ? '' : ` to ${what}${lost && link.symbol !== undefined ? ', which this file no longer has' : ''}`;
  const why = link.note === undefined ? '' : `: ${link.note.slice(0, 200)}`;
  return { kind: 'declared', weight: lost ? LOST_WEIGHT : 1, explanation: `linked by hand in ${LINKS_FILE}${to}${why}` };
}

/** True where a person said that the record does not govern the code: it is then never shown as governing there. */
export function isDenied(
  book: LinkIndex,
  recordId: string,
  place: Place,
  text?: string,
  symbolLines: SymbolLines = linesByLayout,
): boolean {
  return deciding(book, recordId, place, text, symbolLines)?.link.verdict === 'does-not-govern';
}

/** Ids of the records that people said do not govern the place. */
export const deniedAt = (book: LinkIndex, place: Place, text?: string, symbolLines: SymbolLines = linesByLayout): ReadonlySet<string> =>
  new Set([...book.byRecord.keys()].filter((id) => isDenied(book, id, place, text, symbolLines)));
