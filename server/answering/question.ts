import { countWords, placedWords, wordsOf } from '../retrieval/words.ts';

/** What a question asks for, beyond its words. */
export type Asks = 'why' | 'quantity' | 'time' | 'person' | 'whether' | 'rejected' | 'other';

/** A question as the answer needs it. */
export interface Question {
  readonly text: string;
  /** Indexed words with their counts. */
  readonly words: ReadonlyMap<string, number>;
  readonly asks: ReadonlySet<Asks>;
  /** For a quantity: the words that name what is counted or measured, as indexed; empty where the question names none. */
  readonly units: readonly string[];
  /** Words that say how much is asked for, and nothing about what: "long" in "how long". As indexed. */
  readonly measures: ReadonlySet<string>;
  /** Names in it: capitalized words within a sentence, words with digits or inner capitals, and what stands between backticks. As indexed. */
  readonly names: readonly string[];
}

/** Nobody types a longer one, and every word costs. */
export const LONGEST_QUESTION = 2_000;

const QUANTITY =
  /\b(?:how (?:many|much|long|often|big|large|old|fast|high|deep|far)|after how|for how|(?:at )?(?:what|which) (?:time|share|percentage|percent|proportion|rate|score|interval|size|version|port|limit|threshold|number|amount)|(?:what|which) [\w -]{0,40}\b(?:interval|cost|price|percentage|number of|score|timeout|limit|size)\b|\bcosts?\b.{0,40}\bper\b)/i;
const TIME = /^(?:since )?when\b|\b(?:what|which) (?:date|day|year|month)\b|\bsince when\b/i;
const PERSON = /^who\b|\bby whom\b|\b(?:which|what) (?:person|people|team|author|authors|deciders?)\b/i;
const WHY = /\bwhy\b|\bhow come\b|\b(?:what|which) (?:is|was|were|are) the (?:reasons?|rationale|motivation)\b|\bfor what reason\b/i;
const WHETHER =
  /^(?:is|are|was|were|do|does|did|can|could|may|might|should|must|shall|will|would|has|have|am)\b|[,;:] (?:is|are|may|can|should|must|do|does|did) (?:i|we|it|they|the|there)\b/i;
const REJECTED =
  /\bwhy (?:\w+ ){0,3}not\b|\wn['’]t\b|\b(?:not|instead of|rather than|rejected|against|ruled out|turned down|alternatives?)\b/i;

/** What is counted: the nouns after "how many", or before "per". */
const COUNTED =
  /\b(?:how (?:many|much|few)|number of|amount of)\s+((?:[\p{L}-]+\s*){1,3})|\bin (minutes|seconds|hours|days|weeks|months|years|bytes|megabytes|percent)\b/giu;
/** Words that end the nouns after "how many". */
const ENDS =
  /\b(?:is|are|was|were|do|does|did|can|could|may|should|must|will|would|has|have|of|in|on|at|to|for|the|a|an|that|which|per|there|we|i|it)\b.*/iu;
const DURATIONS = ['second', 'minute', 'hour', 'day', 'week', 'month', 'year', 'ms', 'min', 'sec'];

function unitsOf(text: string): readonly string[] {
  const found: string[] = [];
  for (const [, nouns, unit] of text.matchAll(COUNTED)) {
    // The last noun is what is counted: "wrong one-time passwords" are passwords.
    const words = wordsOf((nouns ?? unit ?? '').replace(ENDS, ''));
    found.push(...words.slice(-2));
  }
  if (/\bhow (?:long|often|old)\b/i.test(text)) found.push(...DURATIONS.flatMap((word) => wordsOf(word)));
  // "Three times a day" says how often; "one at a time" does not say how long.
  if (/\bhow often\b/i.test(text)) found.push(...wordsOf('times'));
  return [...new Set(found)];
}

const MEASURES = /\bhow (many|much|few|long|often|big|large|old|fast|high|deep|far)\b/gi;

const measuresIn = (text: string): ReadonlySet<string> => new Set([...text.matchAll(MEASURES)].flatMap(([, word = '']) => wordsOf(word)));

function namesOf(text: string): readonly string[] {
  const found = new Set<string>();
  for (const [, quoted] of text.matchAll(/[`'"“]([^`'"“”\n]{2,60})[`'"”]/g)) for (const word of wordsOf(quoted ?? '')) found.add(word);
  const atStart = /^\W*(\S+)/.exec(text)?.[1] ?? '';
  for (const { word, start, end } of placedWords(text)) {
    const written = text.slice(start, end);
    const before = text[start - 1] ?? ' ';
    const isCapitalised =
      /^\p{Lu}/u.test(written) &&
      start > text.indexOf(atStart) + atStart.length - 1 &&
      !/[.?!:]\s+$/.test(text.slice(Math.max(0, start - 8), start));
    if (isCapitalised || /\d/.test(written) || before === '_' || /^\p{Lu}{2,}/u.test(written)) found.add(word);
  }
  return [...found];
}

/** Reads a question. */
export function questionOf(written: string): Question {
  const text = written.trim().slice(0, LONGEST_QUESTION);
  const asks = new Set<Asks>();
  if (QUANTITY.test(text)) asks.add('quantity');
  if (TIME.test(text)) asks.add('time');
  if (PERSON.test(text)) asks.add('person');
  if (WHY.test(text)) asks.add('why');
  if (WHETHER.test(text)) asks.add('whether');
  if (REJECTED.test(text)) asks.add('rejected');
  if (asks.size === 0) asks.add('other');
  return { text, words: countWords(wordsOf(text)), asks, units: unitsOf(text), measures: measuresIn(text), names: namesOf(text) };
}
