import { dot } from '../retrieval/vectors.ts';
import { wordsOf } from '../retrieval/words.ts';
import type { Question } from './question.ts';
import type { Candidate, Role } from './stretches.ts';

/** What tells whether some lines answer a question. Each is in [0, 1] unless it says otherwise. */
export interface Features {
  /** Share of the weight of the question's words that the lines hold. */
  readonly words: number;
  /** Share that only their headings and the title of the document hold. */
  readonly headings: number;
  /** Share that the lines before and after hold. */
  readonly around: number;
  /** Weight of the words that only a word of like meaning in the lines stands for, by how near it is. */
  readonly kin: number;
  /** As `kin`, of the whole document. */
  readonly kinOfAll: number;
  /** Closeness of meaning to the question. */
  readonly meaning: number;
  /** Score of the document, less that of the best one; at most 0. */
  readonly document: number;
  /** 1 over the rank of the document. */
  readonly rank: number;
  readonly decision: number;
  readonly context: number;
  readonly consequences: number;
  readonly alternatives: number;
  readonly metadata: number;
  /** The sentence that says what the record decides is in the lines. */
  readonly decides: number;
  /** Gives a reason, and the question asks why. */
  readonly reason: number;
  /** Has a quantity, and the question asks for one. */
  readonly quantity: number;
  /** Says what must or may be done, and the question asks that. */
  readonly prescribes: number;
  /** Says what was rejected, and the question asks that. */
  readonly rejects: number;
  /** Logarithm of the number of its words, about 0 to 1. */
  readonly length: number;
  readonly bare: number;
  /** Share of the weight of the question's words that the whole document holds. */
  readonly covers: number;
  readonly commit: number;
  /** It is a commit, and the question asks why. */
  readonly told: number;
  /** The sentence of a commit that says why is in the lines, and the question asks why. */
  readonly explains: number;
  readonly guide: number;
  readonly specification: number;
  /** The record is proposed. */
  readonly proposed: number;
  readonly code: number;
}

/** Lines from 1, both inclusive. */
interface LineRange {
  readonly startLine: number;
  readonly endLine: number;
}

/** A document that may answer, with its score in the search. */
export interface FoundDocument {
  readonly id: string;
  /** In [0, 1]. */
  readonly score: number;
  /** From 0. */
  readonly rank: number;
  /** Lines (from 1) of the sentence that decides; absent for anything but a record. */
  readonly decision?: LineRange;
  /** Lines (from 1) of the sentence of a commit's message that says why; absent where none does. */
  readonly reason?: LineRange;
}

const REASON =
  /\b(?:because|since|due to|so that|in order to|therefore|as a result|allows?|avoid(?:s|ing)?|prevent(?:s|ing)?|otherwise|leads? to|risk|problem|issue|difficult|misleading|expensive|hard to|impossible|better|easier|simpler|enables?)\b/i;
export const NUMBER =
  /\b\d[\d.,_]*\s?(?:%|[a-z]{0,12}\b)|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty|hundred|thousand|million|half|once|twice|daily|hourly|weekly|monthly|yearly|nightly)\b/i;
const PRESCRIBES =
  /\b(?:must|shall|should|may|can|cannot|can['’]t|will|never|always|only|required|allowed|not|need(?:s)? to|have to|has to|use)\b/i;
const REJECTS =
  /\b(?:not|reject(?:ed|s)?|n['’]t|instead|rather|however|but|too|lacks?|no longer|drawback|disadvantage|unmaintained|limited|difficult|expensive|against|bad|con)\b/i;

const SATURATION = 1;

/** Computes the features of candidates, given their words, vectors and documents. */
export function featuresOf(
  question: Question,
  candidates: readonly Candidate[],
  documents: ReadonlyMap<string, FoundDocument>,
  vectors: readonly Float32Array[],
  questionVector: Float32Array,
  weightOf: (word: string) => number,
  kinship: ReadonlyMap<string, Float32Array>,
): Features[] {
  const weights = new Map([...question.words.keys()].map((word) => [word, weightOf(word)]));
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0) || 1;
  const share = (words: ReadonlySet<string>): number => {
    let sum = 0;
    for (const [word, weight] of weights) if (words.has(word)) sum += weight;
    return sum / total;
  };
  const order = [...weights.values()];
  const soft = (words: ReadonlySet<string>): number => {
    const best = new Float32Array(order.length);
    for (const word of words) {
      const near = kinship.get(word);
      if (near) for (let i = 0; i < best.length; i++) best[i] = Math.max(best[i] as number, near[i] as number);
    }
    return best.reduce((sum, value, i) => sum + value * (order[i] as number), 0) / total;
  };
  const sets = candidates.map(({ text }) => new Set(wordsOf(text)));
  const wholes = new Map<string, Set<string>>();
  candidates.forEach(({ head, headings }, i) => {
    const whole = wholes.get(head.id) ?? new Set(wordsOf(head.title));
    for (const word of sets[i] ?? []) whole.add(word);
    for (const word of wordsOf(headings.at(-1) ?? '')) whole.add(word);
    wholes.set(head.id, whole);
  });
  const wholeShares = new Map([...wholes].map(([id, words]) => [id, { exact: share(words), soft: soft(words) }]));
  const best = Math.max(...[...documents.values()].map(({ score }) => score), 0);
  return candidates.map((candidate, i) => {
    const { head, headings, text, role } = candidate;
    const own = sets[i] ?? new Set<string>();
    const words = share(own);
    const above = new Set([...own, ...wordsOf([head.title, ...headings].join('\n'))]);
    const near = new Set(own);
    for (const j of [i - 1, i + 1]) if (candidates[j]?.head.id === head.id) for (const word of sets[j] ?? []) near.add(word);
    const found = documents.get(head.id);
    const whole = wholeShares.get(head.id) ?? { exact: words, soft: words };
    const isRole = (one: Role): number => (role === one ? 1 : 0);
    const has = (range: LineRange | undefined): number =>
      range && candidate.startLine <= range.endLine && candidate.endLine >= range.startLine ? 1 : 0;
    const asks = (one: Parameters<Question['asks']['has']>[0], test: RegExp): number => (question.asks.has(one) && test.test(text) ? 1 : 0);
    return {
      words,
      headings: share(above) - words,
      around: share(near) - words,
      kin: soft(own) - words,
      kinOfAll: whole.soft - whole.exact,
      meaning: Math.max(0, dot(vectors[i] ?? new Float32Array(0), questionVector)),
      document: (found?.score ?? 0) - best,
      rank: 1 / (SATURATION + (found?.rank ?? 20)),
      decision: isRole('decision'),
      context: isRole('context'),
      consequences: isRole('consequences'),
      alternatives: isRole('alternatives'),
      metadata: isRole('metadata'),
      decides: has(found?.decision),
      reason: asks('why', REASON),
      quantity: asks('quantity', NUMBER),
      prescribes: asks('whether', PRESCRIBES),
      rejects: asks('rejected', REJECTS),
      length: Math.min(1, Math.log1p(own.size) / 4),
      bare: candidate.bare ? 1 : 0,
      covers: whole.exact,
      commit: head.kind === 'commit' ? 1 : 0,
      told: question.asks.has('why') && head.kind === 'commit' ? 1 : 0,
      explains: question.asks.has('why') ? has(found?.reason) : 0,
      guide: head.kind === 'guide' ? 1 : 0,
      specification: head.kind === 'specification' ? 1 : 0,
      proposed: head.kind === 'decision' && head.status?.value === 'proposed' ? 1 : 0,
      code: /^\s*(?:`{3}|~{3})/.test(text) ? 1 : 0,
    };
  });
}

/** Weights of the features; from questions of our own (docs/answers.md). */
export const WEIGHTS: Readonly<Record<keyof Features, number>> = {
  words: 3.88,
  headings: 0.96,
  around: 0.64,
  kin: 1.67,
  kinOfAll: 0.41,
  meaning: 4.47,
  document: 3.47,
  rank: 2.44,
  decision: 1.43,
  context: 0.91,
  consequences: 0.01,
  alternatives: -0.3,
  metadata: -1.03,
  decides: 2.68,
  reason: 0.2,
  quantity: 0.87,
  prescribes: 0.16,
  rejects: 0.37,
  length: 0.9,
  bare: -1.02,
  covers: 1.53,
  commit: -0.24,
  told: 1,
  explains: 2.5,
  guide: -2.38,
  specification: -1.19,
  proposed: 0.36,
  code: -0.51,
};

/** Score of some lines: the weighted sum of their features. */
export const scoreOf = (features: Features): number => {
  let sum = 0;
  for (const name of Object.keys(WEIGHTS) as (keyof Features)[]) sum += WEIGHTS[name] * features[name];
  return sum;
};
