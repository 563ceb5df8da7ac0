import { linesInScope } from '../../code/enclosing.ts';
import { isListOfEntries } from '../../code/name-forms.ts';
import { withoutTrailers } from '../../history/reasons/prose.ts';
import { type Hit, type Level, SNIPPET_LENGTH } from '../../model/answer.ts';
import { type Commit, commitId } from '../../model/commit.ts';
import { TEXT_START } from '../../model/span.ts';
import { hitOf } from '../../register/hit.ts';
import { type Query, rankRecords } from '../../retrieval/rank-records.ts';
import { specificationsInScope } from '../specifications/specifications.ts';
import { confidenceOf } from './confidence.ts';
import { deniedAt } from './declared.ts';
import { evidenceBeyondLikeness, similarEvidence } from './evidence.ts';
import { type GoverningCandidate, govern } from './governing.ts';
import { type Ground, hasEvidenceAtHand } from './grounds.ts';
import { type RankingQuery, type RankingSpace, rankPlace } from './ranking.ts';

/** From this z-score on, a record is worth reading; below, it is as close as arbitrary code (docs/ranking.md: 96 % of those above were about the area). */
const LEAST_Z_SCORE = 3.5;
const MOST_RELATED = 8;
/** Weaker evidence turns up everywhere: a common name, one old commit of many files. */
const LEAST_RELATED = 0.2;
const MOST_SIMILAR_SPECIFICATIONS = 2;
/** Below this, similarity says nothing: most pairs of texts of one repository reach it. */
const LEAST_SIMILARITY = 0.2;

export interface WhyAnswerParts {
  readonly governing: readonly Hit[];
  readonly probable: readonly Hit[];
  readonly related: readonly Hit[];
}

/** Worth reading although it does not govern: some evidence of weight, or a text that is unusually close. */
const isRelated = ({ ranked, evidence }: GoverningCandidate): boolean =>
  ranked.zScore >= LEAST_Z_SCORE || evidence.some(({ weight }) => weight >= LEAST_RELATED);

/** All records and guides for a place, best first, each with its evidence except likeness. */
export function candidatesOf(space: RankingSpace, query: RankingQuery): GoverningCandidate[] {
  const inScope = linesInScope(query.place, query.symbols);
  const candidates = rankPlace(space, query).map((ranked) => {
    const evidence = evidenceBeyondLikeness(space, ranked, query);
    return { item: ranked.document, ranked, inScope, evidence, isSilent: !hasEvidenceAtHand({ evidence, inScope }) };
  });
  const [first = 0, second = 0] = candidates
    .filter(({ isSilent, item }) => isSilent && item.head.kind === 'decision')
    .map(({ ranked }) => Math.max(0, ranked.zScore))
    .sort((a, b) => b - a);
  let decisions = 0;
  const of = isListOfEntries(query.place.path) ? 'entries' : query.place.line === undefined ? 'file' : 'lines';
  return candidates.map(({ isSilent, ...candidate }) => {
    const { zScore } = candidate.ranked;
    const rank = candidate.item.head.kind === 'decision' ? decisions++ : decisions;
    return { ...candidate, leadOverSilent: zScore - (isSilent && zScore === first ? second : first), rank, of };
  });
}

/** What a person declares to govern a record, by a link or a pattern. The records that it cites or names are read beside it: they do not govern it. */
const GOVERNS_RECORDS: ReadonlySet<Ground> = new Set<Ground>(['declared', 'applies-to']);

function inRecord({ governing }: ReturnType<typeof govern>, candidates: readonly GoverningCandidate[]): ReturnType<typeof govern> {
  const kept = governing.filter(({ ground }) => GOVERNS_RECORDS.has(ground));
  const ids = new Set(kept.map(({ item }) => item.head.id));
  return { governing: kept, probable: [], rest: candidates.filter(({ item }) => !ids.has(item.head.id)) };
}

/**
 * The decisions that govern a place and what else is worth reading there. Takes a few milliseconds; uses neither git nor the store.
 * @param most limit on related records and guides, which then includes weak ones; default: the best 8 that are worth reading
 */
export function whyParts(space: RankingSpace, query: RankingQuery, most: number | undefined): WhyAnswerParts {
  const { register, documentIndex } = space;
  const candidates = candidatesOf(space, query);
  const split = govern(register, documentIndex, candidates, deniedAt(register.links, query));
  const { governing, probable, rest } = documentIndex.get(query.place.path)?.head.kind === 'decision' ? inRecord(split, candidates) : split;
  const worthReading = rest.filter((candidate) => most !== undefined || isRelated(candidate)).slice(0, most ?? MOST_RELATED);
  const hitWith = ({ ranked, item: document, evidence }: GoverningCandidate, level: Level): Hit => {
    const surely = document.head.kind === 'decision' ? { level, confidence: confidenceOf(ranked, evidence) } : {};
    return { ...hitOf({ item: document, evidence: [...evidence, ...similarEvidence(ranked)] }, register), ...surely };
  };
  return {
    governing: governing.map((item) => ({ ...hitOf(item, register), level: 'governs' as const, confidence: item.confidence })),
    probable: probable.map((candidate) => hitWith(candidate, 'probably')),
    related: worthReading.map((candidate) => hitWith(candidate, 'related')),
  };
}

/** Specifications whose text resembles the code, labelled as similar. */
function similarSpecifications({ documentIndex, register }: RankingSpace, query: Query): Hit[] {
  const scores = documentIndex.lexical.scores(query.words);
  return rankRecords(documentIndex, query, documentIndex.documents(['specification']), scores)
    .filter(({ similarity, document }) => similarity >= LEAST_SIMILARITY && query.text.split('\n', 1)[0] !== document.head.path)
    .slice(0, MOST_SIMILAR_SPECIFICATIONS)
    .map(({ document, similarity }) => {
      const weight = Number(Math.min(1, similarity).toFixed(4));
      return hitOf({ item: document, evidence: [{ kind: 'similar', weight, explanation: 'similar in meaning only' }] }, register);
    });
}

/** Specifications of the endpoint, topic, call or type in scope; then those that are merely similar, labelled so. */
export function specificationsOf(space: RankingSpace, { place, file, used, codeWindow }: RankingQuery): Hit[] {
  const inScope = specificationsInScope(space.documentIndex, place, file, used);
  const known = new Set(inScope.map(({ id }) => id));
  return [...inScope, ...similarSpecifications(space, codeWindow).filter(({ id }) => !known.has(id))];
}

/** The commits that changed the file, newest first. */
export function commitHits(commits: readonly Commit[], path: string): Hit[] {
  return commits.map((commit, rank) => {
    const weight = Number((0.5 / (1 + rank)).toFixed(4));
    const others = Math.max(0, commit.paths.length - 1);
    const also = others === 0 ? '' : ` with ${others} other ${others === 1 ? 'file' : 'files'}`;
    return {
      id: commitId(commit.sha),
      kind: 'commit',
      sha: commit.sha,
      title: commit.subject,
      ...(commit.date ? { date: commit.date } : {}),
      score: weight,
      snippet: withoutTrailers(commit.body.trim()).slice(0, SNIPPET_LENGTH),
      highlights: [],
      span: { start: TEXT_START, end: { line: 0, character: commit.subject.length } },
      evidence: [{ kind: 'changed-together', weight, sha: commit.sha, explanation: `changed \`${path.split('/').at(-1)}\`${also}` }],
      supersededBy: [],
    };
  });
}
