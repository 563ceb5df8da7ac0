import type { Hit, SearchAnswer } from '../model/answer.ts';
import { commitId } from '../model/commit.ts';
import { type DocumentKind, SEARCHED_BY_DEFAULT } from '../model/document.ts';
import type { Evidence } from '../model/evidence.ts';
import { grouped } from '../model/hit-groups.ts';
import type { Filter } from '../model/passage.ts';
import { TEXT_START } from '../model/span.ts';
import type { CommitFacts } from '../store/commits/facts.ts';
import { CANDIDATE_COLUMNS, type CandidateRow, pathsOf } from '../store/row.ts';
import type { Store } from '../store/store.ts';
import {
  type CentredQuery,
  type DocumentIndex,
  hitHeadOf,
  type IndexedDocument,
  type IndexedPassage,
  similarityOf,
} from './document-index.ts';
import { type NameMatch, nameMatcher, shaIn } from './exact.ts';
import { isWeak, withoutCopies } from './present.ts';
import { type RankedCommit, rankCommits, statisticsOf } from './rank-commits.ts';
import { liftSuccessors, type Query, rankRecords } from './rank-records.ts';
import { asksForBumps, isBump, sameness } from './routine-commits.ts';
import { asksForRoutine, isRoutinePage, ROUTINE_WEIGHT } from './routine-pages.ts';
import { bestPassage } from './shown.ts';
import { type Snippet, snippetOf } from './snippet.ts';
import { tellingWords } from './telling-words.ts';
import { dot } from './vectors.ts';
import { namesWith } from './words.ts';

/** What a search runs over: documents in memory, commits in the store. */
export interface SearchSpace {
  readonly documentIndex: DocumentIndex;
  /** End-to-end tests; absent where none are asked for. */
  readonly tests?: DocumentIndex;
  readonly store: Store;
  readonly facts: CommitFacts;
  /** Full successors by document id, the one in force first. */
  readonly successors: ReadonlyMap<string, readonly string[]>;
  /** Ids of the commits that may be found. Absent: all. */
  readonly only?: ReadonlySet<string>;
}

/** A hit before the kinds are merged. `relevance`, in [0, 1], can be compared between kinds; the order within a kind is the kind's own. */
interface SearchResult {
  readonly id: string;
  readonly kind: DocumentKind;
  readonly relevance: number;
  /** Present where the query names the document. */
  readonly nameMatch?: NameMatch;
  /** Subject of a commit. */
  readonly subject?: string;
  readonly hit: (score: number) => Hit;
}

const TEXT_CANDIDATES = 60;
const VECTOR_CANDIDATES = 30;
/** Candidates where only some commits may be found: the store cannot tell them apart. */
const CANDIDATES_OF_SOME = 400;
const LEXICAL_SHARE = 0.7;
const LEAST_RELEVANCE = 0.02;
/** What each tier of a name match takes off a score of 1. */
const TIER_STEP = 0.05;

/** Whether the document meets all conditions of the filter. */
export function matchesFilter(document: IndexedDocument, filter: Filter): boolean {
  const { head } = document;
  const date = (head.date ?? '').slice(0, 10);
  return (
    (!filter.statuses || filter.statuses.length === 0 || (head.status !== undefined && filter.statuses.includes(head.status.value))) &&
    (!filter.path || isUnder(head.path ?? '', filter.path)) &&
    (!filter.since || date >= filter.since) &&
    (!filter.until || (date !== '' && date <= filter.until))
  );
}

/** Whether `path` is the folder or file `prefix`, or below it. */
export function isUnder(path: string, prefix: string): boolean {
  const folder = prefix.replace(/\/+$/, '');
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** Words weigh less than a name: a weight of 1 says that the query names the document. */
const MOST_WORDS_WEIGHT = 0.99;

function evidenceOf(matched: readonly string[], lexical: number, similarity: number): Evidence[] {
  const out: Evidence[] = [];
  if (matched.length > 0) {
    const shown = matched.slice(0, 6).join(', ');
    out.push({ kind: 'matched', weight: Math.min(MOST_WORDS_WEIGHT, lexical), words: matched, explanation: `mentions ${shown}` });
  }
  if (similarity > 0) {
    out.push({ kind: 'similar', weight: Math.min(1, similarity), explanation: 'similar in meaning' });
  }
  return out.sort((a, b) => b.weight - a.weight);
}

/** The highlighted words, in lower case, each once. */
function matchedWords(text: string, highlights: readonly { start: number; end: number }[]): string[] {
  return [...new Set(highlights.map(({ start, end }) => text.slice(start, end).toLowerCase()))];
}

/** The snippet of a passage. The text of a specification or test is composed from several places, so its span is that of the whole passage. */
function snippetOfPassage({ head }: IndexedDocument, passage: IndexedPassage, words: ReadonlySet<string>): Snippet {
  const snippet = snippetOf(passage.text, passage.span.start, words);
  return head.kind === 'specification' || head.kind === 'test' ? { ...snippet, span: passage.span } : snippet;
}

function nameEvidence(nameMatch: NameMatch | undefined, query: string): Evidence[] {
  return nameMatch ? [{ kind: 'matched', weight: 1, words: [query], explanation: nameMatch.explanation }] : [];
}

/** What the lines of a commit say and its message does not: it may be all that connects it to the question. */
const changedEvidence = (words: readonly string[], lexical: number): Evidence[] =>
  words.length === 0
    ? []
    : [
        {
          kind: 'matched',
          weight: Math.min(MOST_WORDS_WEIGHT, lexical),
          words,
          explanation: `changed lines with ${words.slice(0, 6).join(', ')}`,
        },
      ];

interface RecordMatch {
  readonly document: IndexedDocument;
  readonly lexical: number;
  readonly similarity: number;
  /** The score of a passage's section as a share of the largest possible one. */
  readonly share: (passage: IndexedPassage) => number;
  readonly nameMatch: NameMatch | undefined;
}

function recordHit(space: SearchSpace, query: Query, vector: CentredQuery, match: RecordMatch): (score: number) => Hit {
  return (score) => {
    const { document, lexical, similarity, nameMatch } = match;
    const { head } = document;
    const { lexical: index } = space.documentIndex;
    const telling = tellingWords([...query.words.keys()], (word) => index.idf(word));
    const passage =
      nameMatch?.passage ??
      bestPassage(
        document.passages,
        query,
        (word) => index.idf(word),
        (candidate) => similarityOf(candidate, vector),
        match.share,
      );
    const snippet = snippetOfPassage(document, passage, telling);
    return {
      ...hitHeadOf(head),
      score,
      snippet: snippet.text,
      highlights: snippet.highlights,
      span: snippet.span,
      evidence: [
        ...nameEvidence(nameMatch, query.text.trim()),
        ...evidenceOf(matchedWords(snippet.text, snippet.highlights), lexical, similarity),
      ],
      supersededBy: space.successors.get(head.id) ?? [],
    };
  };
}

/** Finds records, then specifications and guides together, then tests, each group in its own order. */
function findDocuments(space: SearchSpace, query: Query, kinds: readonly DocumentKind[], filter: Filter): SearchResult[] {
  const { documentIndex } = space;
  const scores = documentIndex.lexical.scores(query.words);
  const ideal = documentIndex.lexical.ideal(query.words) || 1;
  const vector = documentIndex.centre(query.vector);
  const shareOf = (passage: IndexedPassage): number => (scores[passage.unit] ?? 0) / ideal;
  const nameOf = nameMatcher(query.text);
  const wantsRoutine = asksForRoutine(query.text);
  const isRoutine = ({ head, passages }: IndexedDocument): boolean => !wantsRoutine && isRoutinePage(head, passages[0]?.text);
  const out: SearchResult[] = [];
  for (const group of [['decision'], ['specification', 'guide'], ['test']] as const) {
    const wanted = group.filter((kind) => kinds.includes(kind));
    if (wanted.length === 0) continue;
    for (const { document, closest } of rankRecords(documentIndex, query, documentIndex.documents(wanted), scores)) {
      if (document.passages.length === 0 || !matchesFilter(document, filter)) continue;
      let lexical = 0;
      for (const unit of document.units) lexical = Math.max(lexical, (scores[unit] ?? 0) / ideal);
      const nameMatch = nameOf(document);
      out.push({
        id: document.head.id,
        kind: document.head.kind,
        relevance: (LEXICAL_SHARE * lexical + (1 - LEXICAL_SHARE) * closest) * (isRoutine(document) ? ROUTINE_WEIGHT : 1),
        ...(nameMatch ? { nameMatch } : {}),
        hit: recordHit(space, query, vector, { document, lexical, similarity: closest, share: shareOf, nameMatch }),
      });
    }
  }
  return out;
}

function commitHit(
  { documentIndex: { lexical: index } }: SearchSpace,
  { candidate: row, lexical, similarity, onlyChanged }: RankedCommit<CandidateRow & { readonly id: string }>,
  query: Query,
  nameMatch: NameMatch | undefined,
): (score: number) => Hit {
  return (score) => {
    const changed = namesWith(query.text, onlyChanged);
    const telling = tellingWords([...query.words.keys()], (word) => index.idf(word));
    const snippet = snippetOf(row.text, TEXT_START, telling);
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
      evidence: [
        ...nameEvidence(nameMatch, query.text.trim()),
        ...changedEvidence(changed, lexical),
        ...evidenceOf(matchedWords(snippet.text, snippet.highlights), lexical, similarity),
      ],
      supersededBy: [],
    };
  };
}

const MOST_NAMED_COMMITS = 20;

function commitMatchesFilter(row: CandidateRow, filter: Filter): boolean {
  const { path, since, until } = filter;
  return (
    (!path || pathsOf(row).some((changed) => isUnder(changed, path))) &&
    (!since || row.date >= since) &&
    (!until || (row.date !== '' && row.date <= until))
  );
}

function matchCommit(row: CandidateRow, query: string, sha: string | undefined): NameMatch | undefined {
  if (sha !== undefined) return row.sha.startsWith(sha) ? { tier: 0, explanation: `is commit ${sha}` } : undefined;
  return row.title.toLowerCase() === query.toLowerCase() ? { tier: 0, explanation: 'has this subject' } : undefined;
}

/** Finds commits: hybrid candidates of the store, rescored with statistics over all commits. */
async function findCommits(space: SearchSpace, query: Query, filter: Filter, depth: number): Promise<SearchResult[]> {
  const only: Filter = { ...filter, kinds: ['commit'] };
  const words = [...query.words.keys()];
  const sha = shaIn(query.text);
  const named = sha === undefined ? [] : space.facts.startingWith(sha, MOST_NAMED_COMMITS).map(commitId);
  const least = space.only ? CANDIDATES_OF_SOME : 0;
  const [byText, byVector, bySha] = await Promise.all([
    space.store.textCandidates(words, only, Math.max(TEXT_CANDIDATES, depth * 2, least)),
    space.store.vectorCandidates(query.vector, only, Math.max(VECTOR_CANDIDATES, depth, least)),
    named.length === 0 ? [] : space.store.rowsOf(named, CANDIDATE_COLUMNS),
  ]);
  const rows = new Map<string, CandidateRow & { readonly id: string }>();
  for (const row of [...bySha.filter((found) => commitMatchesFilter(found, filter)), ...[...byText, ...byVector].map(({ row }) => row)])
    rows.set(row.documentId, { ...row, id: row.documentId });
  const allowed = [...rows.values()].filter(({ id }) => space.only?.has(id) ?? true);
  return rankCommits(query, allowed, statisticsOf(space.facts), (vector) => dot(vector, query.vector)).map((ranked) => {
    const nameMatch = matchCommit(ranked.candidate, query.text.trim(), sha);
    return {
      id: ranked.candidate.id,
      kind: 'commit',
      relevance: LEXICAL_SHARE * ranked.said + (1 - LEXICAL_SHARE) * ranked.similarity,
      ...(nameMatch ? { nameMatch } : {}),
      subject: ranked.candidate.title,
      hit: commitHit(space, ranked, query, nameMatch),
    };
  });
}

/**
 * Merges ranked groups into one list. Relevance, whose scale is the same for all groups, decides which group takes which place; the order within a
 * group stays as it is.
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

/** How many of the best decisions come before commits that only raise a version. */
const BEFORE_BUMPS = 5;
const BUMP_WEIGHT = 0.5;
/** Puts a commit below a decision of equal relevance. */
const BELOW = 0.99;

/**
 * Ranked commits without those that repeat a better one, in two groups: those that change something, and those that raise the version of a dependency.
 * The latter count half and come after the best decisions, because a robot repeats the words of a question without deciding anything.
 */
function withoutRoutine(commits: readonly SearchResult[], decisions: readonly SearchResult[], question: string): readonly SearchResult[][] {
  const told = new Set<string>();
  const once = commits.filter(({ nameMatch, subject = '' }) => {
    const key = sameness(subject);
    const isNew = !told.has(key);
    told.add(key);
    return isNew || nameMatch !== undefined;
  });
  if (asksForBumps(question)) return [once];
  const most = decisions[Math.min(BEFORE_BUMPS, decisions.length) - 1]?.relevance ?? 1;
  return [
    once.filter(({ subject = '' }) => !isBump(subject)),
    once
      .filter(({ subject = '' }) => isBump(subject))
      .map((commit) => ({ ...commit, relevance: Math.min(commit.relevance * BUMP_WEIGHT, most * BELOW) })),
  ];
}

/** What a search found. */
export interface SearchFound extends Pick<SearchAnswer, 'weak'> {
  /** By kind, decisions first. */
  readonly hits: Hit[];
}

/** Hybrid search over records, specifications, guides, commits and tests: the best of all, shown by kind. */
export async function search(space: SearchSpace, query: Query, filter: Filter, limit: number): Promise<SearchFound> {
  const kinds = filter.kinds && filter.kinds.length > 0 ? filter.kinds : SEARCHED_BY_DEFAULT;
  const wantsCommits = kinds.includes('commit') && (!filter.statuses || filter.statuses.length === 0);
  const pending = wantsCommits ? findCommits(space, query, filter, limit) : Promise.resolve([]);
  const documents = findDocuments(space, query, kinds, filter);
  const tests =
    space.tests && kinds.includes('test') ? findDocuments({ ...space, documentIndex: space.tests }, query, ['test'], filter) : [];
  const commits = await pending;
  const decisions = liftSuccessors(
    documents.filter((found) => found.kind === 'decision'),
    space.successors,
  );
  const others = documents.filter((found) => found.kind !== 'decision').sort((a, b) => b.relevance - a.relevance || (a.id < b.id ? -1 : 1));
  const merged = interleave([decisions, others, tests, ...withoutRoutine(commits, decisions, query.text)]);
  const named = merged.filter((found) => found.nameMatch).sort((a, b) => (a.nameMatch?.tier ?? 0) - (b.nameMatch?.tier ?? 0));
  const rest = merged.filter((found) => !found.nameMatch && found.relevance >= LEAST_RELEVANCE);
  const best = withoutCopies(madeHits([...named, ...rest]), limit);
  return { hits: grouped(best), ...(isWeak(best) ? { weak: true } : {}) };
}

/** Hits, best first, made when they are needed. */
function* madeHits(results: readonly SearchResult[]): Generator<Hit> {
  let ceiling = 1;
  for (const found of results) {
    ceiling = Math.min(ceiling, found.nameMatch ? 1 - found.nameMatch.tier * TIER_STEP : Math.max(found.relevance, 0));
    yield found.hit(Number(ceiling.toFixed(4)));
  }
}
