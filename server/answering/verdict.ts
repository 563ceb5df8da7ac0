import type { Verdict } from '../model/ask.ts';
import type { Chosen } from './choose.ts';
import type { Found } from './find.ts';
import type { Candidate } from './stretches.ts';

/** Lines that are looked at for a name before it counts as unknown. */
const LOOKED_AT = 40;

/**
 * What each sign weighs. Names and quantities decide: a question about something that no document names, or for a number that stands nowhere near its unit, has
 * no answer here, however near the texts are. Fitted on questions of our own (docs/answers.md).
 */
const WEIGHTS = { namesInSpans: 0.9, quantityInSpans: 1.7, likeBest: 0.7, namesInDocument: 1.5, quantityInDocument: 1.2, namesAnywhere: 1 };
const LEAST = 5.4;
/** Share of the question's words that the lines of a full answer hold, word by word or by like meaning. */
export const FULL = 0.4;
/** Share of the question above which a word says what it is about: lines without it, or one of like meaning, do not answer it in full. */
const TELLING = 0.25;
/** Share above which a word that stands nowhere in the repository is what the question is about, where the lines hold little of the rest. */
const SUBJECT = 0.4;
/** How near another word has to be to stand for one. */
const STANDS_FOR = 0.3;

const textOf = ({ head, headings, text }: Candidate): string => [head.title, ...headings, text].join('\n');
const wholeOf = ({ candidate, lines }: Chosen): string =>
  [candidate.head.title, ...candidate.headings, ...lines.map(({ text }) => text)].join('\n');

/** Judges whether the chosen lines answer the question. */
export function verdictOf({ scored, heldBy, isKnown }: Pick<Found, 'scored' | 'heldBy' | 'isKnown'>, chosen: readonly Chosen[]): Verdict {
  const [best] = chosen;
  if (!best) return 'not-recorded';
  const { id } = best.candidate.head;
  const spans = heldBy(chosen.map(wholeOf));
  const one = heldBy([wholeOf(best)]);
  const document = heldBy(scored.filter(({ candidate }) => candidate.head.id === id).map(({ candidate }) => textOf(candidate)));
  const anywhere = heldBy(scored.slice(0, LOOKED_AT).map(({ candidate }) => candidate.text));
  const sum =
    WEIGHTS.namesInSpans * spans.names +
    WEIGHTS.quantityInSpans * Number(spans.quantity) +
    WEIGHTS.likeBest * one.like +
    WEIGHTS.namesInDocument * document.names +
    WEIGHTS.quantityInDocument * Number(document.quantity) +
    WEIGHTS.namesAnywhere * anywhere.names;
  const unsaid = spans.missing.filter(({ near }) => near < STANDS_FOR);
  const isUnknown = spans.like < FULL && unsaid.some(({ word, share }) => share >= SUBJECT && !isKnown(word));
  if (sum < LEAST || isUnknown) return 'not-recorded';
  const isFull = spans.names === 1 && spans.quantity && spans.like >= FULL && unsaid.every(({ share }) => share < TELLING);
  return isFull ? 'supported' : 'partly';
}
