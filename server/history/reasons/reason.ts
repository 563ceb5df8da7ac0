import type { CommitReason } from '../../model/history.ts';
import { TEXT_START } from '../../model/span.ts';
import { positionAfter } from '../../text/positions.ts';
import { type Features, featuresOf } from './features.ts';
import { type Sentence, sentencesOf } from './sentences.ts';
import { LEAST_SCORE, WEIGHTS } from './weights.ts';

/** The sentence of a message that says why. */
export interface Reason {
  /** Verbatim but for line breaks. */
  readonly sentence: string;
  /** Offsets of the sentence in the message; exclusive end. */
  readonly start: number;
  readonly end: number;
}

/** Later sentences are details. */
const MOST_SENTENCES = 25;

/** A sentence that begins so says why in so many words, however short it is. */
const SAYS_WHY = /^because\s/i;

/** What a message says in passing is seldom why. */
const ASIDE = /^\W*(?:other than that|apart from (?:that|this)|besides|note that|note:|meanwhile|incidentally|in passing|unrelated)\b/i;
const ASIDE_PENALTY = 1.5;

/** A sentence that begins so draws the conclusion of the one before, which is the reason. */
const CONCLUDES = /^(?:hence|therefore|thus|consequently|accordingly|so)\b(?! (?:that|far|called|long|as)\b)/i;
/** Characters of both together: more is no line of a hover. */
const LONGEST_PAIR = 400;

const scoreOf = (features: Features): number =>
  Object.entries(features).reduce((sum, [name, value]) => sum + (WEIGHTS[name] ?? 0) * value, 0);

/** The sentences of a message with how surely each says why; the highest first, equals in the order of the message. */
export function rankSentences(message: string): readonly { readonly sentence: Sentence; readonly score: number }[] {
  const sentences = sentencesOf(message).slice(0, MOST_SENTENCES);
  const [subject] = sentences;
  if (!subject) return [];
  return sentences
    .map((sentence) => {
      const score = scoreOf(featuresOf(sentence, subject, sentences.length)) - (ASIDE.test(sentence.text) ? ASIDE_PENALTY : 0);
      return { sentence, score: SAYS_WHY.test(sentence.text) ? Math.max(score, LEAST_SCORE) : score };
    })
    .sort((a, b) => b.score - a.score || a.sentence.index - b.sentence.index);
}

/** The sentence of a message that says why; `undefined` where none does. */
export function reasonOf(message: string): Reason | undefined {
  const ranked = rankSentences(message);
  const [best] = ranked;
  if (!best || best.score < LEAST_SCORE) return undefined;
  const { text, start, end, index, inParagraph } = best.sentence;
  const before =
    CONCLUDES.test(text) && inParagraph > 0 ? ranked.find(({ sentence }) => sentence.index === index - 1)?.sentence : undefined;
  if (!before || before.text.length + text.length > LONGEST_PAIR) return { sentence: text, start, end };
  return { sentence: `${before.text} ${text}`, start: before.start, end };
}

/** The message of a commit as its document has it: the subject, an empty line, the body. */
export const messageOf = ({ subject, body }: { readonly subject: string; readonly body: string }): string =>
  body === '' ? subject : `${subject}\n\n${body}`;

/** {@link reasonOf} for a commit, with the place of the sentence in its message. */
export function commitReason(commit: { readonly subject: string; readonly body: string }): CommitReason | undefined {
  const message = messageOf(commit);
  const reason = reasonOf(message);
  if (!reason) return undefined;
  const at = (offset: number) => positionAfter(TEXT_START, message.slice(0, offset));
  return { sentence: reason.sentence, span: { start: at(reason.start), end: at(reason.end) } };
}
