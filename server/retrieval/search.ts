import type { Hit } from '../model/answer.ts';
import type { DocumentKind } from '../model/document.ts';
import { DOCUMENT_KINDS } from '../model/document.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Filter } from '../model/passage.ts';
import type { CandidateRow } from '../store/row.ts';
import type { Store } from '../store/store.ts';
import type { HeldDocument, HeldPassage, Knowledge } from './knowledge.ts';
import { type CommitStatistics, rankCommits } from './rank-commits.ts';
import { liftSuccessors, type Query, rankRecords } from './rank-records.ts';
import { snippetOf } from './snippet.ts';
import { dot } from './vectors.ts';

/** What a search runs over: the records in memory, the commits in the store. */
export interface SearchSpace {
  readonly knowledge: Knowledge;
  readonly store: Store;
  readonly commits: CommitStatistics;
  /** Full successors by document id, the one in force first. */
  readonly successors: ReadonlyMap<string, readonly string[]>;
}

/** A hit before fusion: `relevance` in [0, 1] compares across kinds, the order within a kind is the kind's own. */
interface Found {
  readonly id: string;
  readonly kind: DocumentKind;
  readonly relevance: number;
  readonly hit: (score: number) => Hit;
}

const TEXT_CANDIDATES = 60;
const VECTOR_CANDIDATES = 30;
const LEXICAL_SHARE = 0.7;
const LEAST_RELEVANCE = 0.02;

/** True where the document passes everything the filter asks. */
export function passes(document: HeldDocument, filter: Filter): boolean {
  const { head } = document;
  const date = (head.date ?? '').slice(0, 10);
  return (
    (!filter.statuses || filter.statuses.length === 0 || (head.status !== undefined && filter.statuses.includes(head.status.value))) &&
    (!filter.path || under(head.path ?? '', filter.path)) &&
    (!filter.since || date >= filter.since) &&
    (!filter.until || (date !== '' && date <= filter.until))
  );
}

/** True where `path` is the folder or file `prefix` or below it. */
export function under(path: string, prefix: string): boolean {
  const folder = prefix.replace(/\/+$/, '');
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

function reasons(matched: readonly string[], lexical: number, similarity: number): Evidence[] {
  const out: Evidence[] = [];
  if (matched.length > 0) {
    const shown = matched.slice(0, 6).join(', ');
    out.push({ kind: 'matched', weight: Math.min(1, lexical), words: matched, explanation: `speaks of ${shown}` });
  }
  if (similarity > 0) {
    const weight = Math.min(1, similarity);
    out.push({ kind: 'similar', weight, explanation: `similar in meaning (${weight.toFixed(2)})` });
  }
  return out.sort((a, b) => b.weight - a.weight);
}

/** The words of the text that made a highlight, as written, each once. */
function matchedWords(text: string, highlights: readonly { start: number; end: number }[]): string[] {
  return [...new Set(highlights.map(({ start, end }) => text.slice(start, end).toLowerCase()))];
}

function recordHit(
  document: HeldDocument,
  passage: HeldPassage,
  query: Query,
  lexical: number,
  similarity: number,
  successors: readonly string[],
): (score: number) => Hit {
  return (score) => {
    const { head } = document;
    const snippet = snippetOf(passage.text, passage.span.start, new Set(query.words.keys()));
    return {
      id: head.id,
      kind: head.kind,
      ...(head.path === undefined ? {} : { path: head.path }),
      sha: head.sha,
      title: head.title,
      ...(head.status ? { status: head.status.value } : {}),
      ...(head.date ? { date: head.date } : {}),
      score,
      snippet: snippet.text,
      highlights: snippet.highlights,
      span: snippet.span,
      evidence: reasons(matchedWords(snippet.text, snippet.highlights), lexical, similarity),
      supersededBy: successors,
    };
  };
}

/** Records, specifications and guides, each kind in its own order. */
function findDocuments(space: SearchSpace, query: Query, kinds: readonly DocumentKind[], filter: Filter): Found[] {
  const { knowledge } = space;
  const scores = knowledge.lexical.scores(query.words);
  const ideal = knowledge.lexical.ideal(query.words) || 1;
  const out: Found[] = [];
  for (const group of [['decision'], ['specification', 'guide']] as const) {
    const asked = group.filter((kind) => kinds.includes(kind));
    if (asked.length === 0) continue;
    const pool = knowledge.documents(asked);
    const vector = knowledge.centre(query.vector);
    for (const ranked of rankRecords(knowledge, query, pool, scores)) {
      const { document } = ranked;
      if (!passes(document, filter)) continue;
      let best: HeldPassage | undefined;
      let bestScore = -1;
      let lexical = 0;
      let similarity = 0;
      for (const passage of document.passages) {
        const share = (scores[passage.unit] ?? 0) / ideal;
        const meaning = Math.max(0, dot(passage.centred, vector));
        lexical = Math.max(lexical, share);
        similarity = Math.max(similarity, meaning);
        const together = LEXICAL_SHARE * share + (1 - LEXICAL_SHARE) * meaning;
        if (together > bestScore) [best, bestScore] = [passage, together];
      }
      if (!best) continue;
      out.push({
        id: document.head.id,
        kind: document.head.kind,
        relevance: bestScore,
        hit: recordHit(document, best, query, lexical, similarity, space.successors.get(document.head.id) ?? []),
      });
    }
  }
  return out;
}

function commitHit(row: CandidateRow, query: Query, lexical: number, similarity: number): (score: number) => Hit {
  return (score) => {
    const snippet = snippetOf(row.text, { line: 0, character: 0 }, new Set(query.words.keys()));
    return {
      id: row.documentId,
      kind: 'commit',
      sha: row.sha,
      title: row.title,
      ...(row.date ? { date: row.date } : {}),
      score,
      snippet: snippet.text,
      highlights: snippet.highlights,
      span: snippet.span,
      evidence: reasons(matchedWords(snippet.text, snippet.highlights), lexical, similarity),
      supersededBy: [],
    };
  };
}

/** Commits: hybrid candidates of the store, scored again with statistics over all commits. */
async function findCommits(space: SearchSpace, query: Query, filter: Filter, depth: number): Promise<Found[]> {
  const only: Filter = { ...filter, kinds: ['commit'] };
  const words = [...query.words.keys()];
  const [byText, byVector] = await Promise.all([
    words.length === 0 ? [] : space.store.textCandidates(words, only, Math.max(TEXT_CANDIDATES, depth * 2)),
    space.store.vectorCandidates(query.vector, only, Math.max(VECTOR_CANDIDATES, depth)),
  ]);
  const rows = new Map<string, CandidateRow & { readonly id: string }>();
  for (const { row } of [...byText, ...byVector]) rows.set(row.documentId, { ...row, id: row.documentId });
  return rankCommits(query, [...rows.values()], space.commits, (vector) => dot(vector, query.vector)).map((ranked) => ({
    id: ranked.candidate.id,
    kind: 'commit',
    relevance: LEXICAL_SHARE * ranked.lexical + (1 - LEXICAL_SHARE) * ranked.similarity,
    hit: commitHit(ranked.candidate, query, ranked.lexical, ranked.similarity),
  }));
}

/**
 * One list of all kinds. Which kind holds which place is decided by relevance, a scale that is the same for all; which
 * document of a kind comes first is decided by the kind's own measured order.
 */
export function interleave<T extends { readonly kind: DocumentKind; readonly relevance: number; readonly id: string }>(
  groups: readonly (readonly T[])[],
): T[] {
  const places = groups
    .flatMap((group, index) => group.map((item) => ({ index, relevance: item.relevance, id: item.id })))
    .sort((a, b) => b.relevance - a.relevance || (a.id < b.id ? -1 : 1));
  const next = groups.map(() => 0);
  return places.flatMap(({ index }) => {
    const item = groups[index]?.[next[index] ?? 0];
    next[index] = (next[index] ?? 0) + 1;
    return item ? [item] : [];
  });
}

/** Hybrid search over records, specifications, guides and commits in one ranked list. */
export async function search(space: SearchSpace, query: Query, filter: Filter, limit: number): Promise<Hit[]> {
  const kinds = filter.kinds && filter.kinds.length > 0 ? filter.kinds : DOCUMENT_KINDS;
  const wantsCommits = kinds.includes('commit') && (!filter.statuses || filter.statuses.length === 0);
  const pending = wantsCommits ? findCommits(space, query, filter, limit) : Promise.resolve([]);
  const documents = findDocuments(space, query, kinds, filter);
  const commits = await pending;
  const decisions = liftSuccessors(
    documents.filter((found) => found.kind === 'decision'),
    space.successors,
  );
  const others = documents.filter((found) => found.kind !== 'decision').sort((a, b) => b.relevance - a.relevance || (a.id < b.id ? -1 : 1));
  const merged = interleave([decisions, others, commits]);
  const scale = merged.reduce((best, found) => Math.max(best, found.relevance), 0);
  const relevant = merged.filter((found) => found.relevance >= LEAST_RELEVANCE);
  let ceiling = Math.min(1, scale);
  return relevant.slice(0, limit).map((found) => {
    ceiling = Math.min(ceiling, Math.max(found.relevance, 0));
    return found.hit(Number(ceiling.toFixed(4)));
  });
}
