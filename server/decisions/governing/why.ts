import { linesInScope } from '../../code/enclosing.ts';
import { placeNames } from '../../code/place-names.ts';
import type { Hit } from '../../model/answer.ts';
import type { Commit } from '../../model/commit.ts';
import { deniedAt } from '../../register/declared-links.ts';
import { hitOf } from '../../register/hit.ts';
import { type Query, rankRecords } from '../../retrieval/rank-records.ts';
import { specificationsAtHand } from '../specifications/specifications.ts';
import { confidenceOf } from './confidence.ts';
import { evidenceBeyondLikeness, similarEvidence } from './evidence.ts';
import { type GoverningCandidate, govern } from './governing.ts';
import { type PlaceToRank, type RankingSpace, rankPlace } from './ranking.ts';

/** A record is worth reading from here on; below, it is as near as arbitrary code (docs/ranking.md: 96 % of those above were of the area). */
const LEAST_Z_SCORE = 3.5;
const MOST_RELATED = 8;
/** Weaker reasons are found everywhere: a common name, one old commit of many files. */
const LEAST_RELATED = 0.2;
const MOST_SIMILAR_SPECIFICATIONS = 2;
/** Similarity below this says nothing: most pairs of texts of one repository reach it. */
const LEAST_SIMILARITY = 0.2;

export interface WhyAnswerParts {
  readonly governing: readonly Hit[];
  readonly related: readonly Hit[];
}

/** True for what is worth reading though it does not govern: a reason of some weight, or a text that stands out. */
const isRelated = ({ ranked, evidence }: GoverningCandidate): boolean =>
  ranked.zScore >= LEAST_Z_SCORE || evidence.some(({ weight }) => weight >= LEAST_RELATED);

/** All records and guides for a place, best first, each with its reasons but similarity. */
export function candidatesOf(space: RankingSpace, asked: PlaceToRank): GoverningCandidate[] {
  const inScope = linesInScope(asked.place, asked.symbols);
  return rankPlace(space, asked).map((ranked) => ({
    document: ranked.document,
    ranked,
    inScope,
    evidence: evidenceBeyondLikeness(space, ranked, asked.place, asked.text, asked.named?.get(ranked.document.head.id)),
  }));
}

/**
 * The decisions that govern a place and what else is worth reading there. A few milliseconds; no git, no store.
 * @param most related records and guides at most, however little speaks for them; default: 8 that are worth reading
 */
export function whyParts(space: RankingSpace, asked: PlaceToRank, most: number | undefined): WhyAnswerParts {
  const { register, knowledge } = space;
  const { place, text } = asked;
  const candidates = candidatesOf(space, asked);
  const { governing, rest } = govern(register, knowledge, candidates, deniedAt(register.links, place, text));
  const worthReading = rest.filter((candidate) => most !== undefined || isRelated(candidate)).slice(0, most ?? MOST_RELATED);
  const related = worthReading.map(({ ranked, document, evidence }): Hit => {
    const confidence = document.head.kind === 'decision' ? { confidence: confidenceOf(ranked, evidence) } : {};
    return { ...hitOf({ document, evidence: [...evidence, ...similarEvidence(ranked)] }, register), ...confidence };
  });
  return { governing: governing.map((item) => ({ ...hitOf(item, register), confidence: item.confidence })), related };
}

/** Specifications whose text is like the code, labelled as similar. */
function similarSpecifications({ knowledge, register }: RankingSpace, query: Query): Hit[] {
  const scores = knowledge.lexical.scores(query.words);
  return rankRecords(knowledge, query, knowledge.documents(['specification']), scores)
    .filter(({ similarity, document }) => similarity >= LEAST_SIMILARITY && query.text.split('\n', 1)[0] !== document.head.path)
    .slice(0, MOST_SIMILAR_SPECIFICATIONS)
    .map(({ document, similarity }) => {
      const weight = Number(Math.min(1, similarity).toFixed(4));
      const explanation = `similar in meaning (${weight.toFixed(2)}), no other evidence`;
      return hitOf({ document, evidence: [{ kind: 'similar', weight, explanation }] }, register);
    });
}

/** The specifications of the endpoint, topic, call or type at hand, and after them those that are only similar, which are labelled so. */
export function specificationsOf(space: RankingSpace, { place, text, symbols, window }: PlaceToRank): Hit[] {
  const atHand = specificationsAtHand(space.knowledge, place, text, placeNames(place, text, symbols ?? []));
  const known = new Set(atHand.map(({ id }) => id));
  return [...atHand, ...similarSpecifications(space, window).filter(({ id }) => !known.has(id))];
}

/** The commits that changed the file, newest first. */
export function commitHits(commits: readonly Commit[], path: string): Hit[] {
  return commits.map((commit, rank) => {
    const weight = Number((0.5 / (1 + rank)).toFixed(4));
    const zero = { line: 0, character: 0 };
    const others = Math.max(0, commit.paths.length - 1);
    const also = others === 0 ? '' : ` with ${others} other ${others === 1 ? 'file' : 'files'}`;
    return {
      id: `commit:${commit.sha}`,
      kind: 'commit',
      sha: commit.sha,
      title: commit.subject,
      ...(commit.date ? { date: commit.date } : {}),
      score: weight,
      snippet: commit.body.trim().slice(0, 240),
      highlights: [],
      span: { start: zero, end: { line: 0, character: commit.subject.length } },
      evidence: [{ kind: 'changed-together', weight, sha: commit.sha, explanation: `changed \`${path.split('/').at(-1)}\`${also}` }],
      supersededBy: [],
    };
  });
}
