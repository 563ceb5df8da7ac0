import type { AnswerSpan, AskAnswer, ModelSentence } from '../../model/ask.ts';
import { isBacked, isInstruction, type Source } from './claims.ts';
import { findQuote, sentencesAround } from './quotes.ts';
import { ANSWER_SCHEMA, type Claimed, messagesFor, readClaims } from './request.ts';
import { EndpointFailure } from './stream.ts';
import { WRONG_FORM, type Write } from './write.ts';

/** Characters of a sentence that is shown whole around its quote. */
const LONGEST_SENTENCE = 400;

/** A piece of a document as a sentence: on one line, without the mark of an item. */
const asSentence = (text: string): string => text.replace(/^(?:[-*+>]|\d+[.)])\s+/, '').replace(/\s+/g, ' ');

/** A quote that was found. */
interface Proof extends Source {
  readonly spanId: string;
  /** What is shown of it. */
  readonly shown: string;
}

/**
 * Keeps of what a model said that for which it gave a quote that is there, in the order of the model. The source is put in place of the quote, whole sentences of it; and in place of
 * a claim that says more or other than its source. What is quoted of spans that were not offered, and what is addressed to a model, is dropped.
 */
export const verifiedSentences = (
  { question, spans }: { readonly question: string; readonly spans: readonly Pick<AnswerSpan, 'id' | 'text'>[] },
  claims: readonly Claimed[],
): readonly ModelSentence[] => {
  const proven = new Map<string, Proof[]>();
  for (const { claim, spanId, quote } of claims) {
    const source = spans.find(({ id }) => id === spanId)?.text;
    const place = source === undefined ? undefined : findQuote(source, quote);
    if (source === undefined || !place) continue;
    const sentence = sentencesAround(source, place);
    if (isInstruction(sentence)) continue;
    const shown = sentence.length > LONGEST_SENTENCE ? source.slice(place.start, place.end) : sentence;
    proven.set(claim, [...(proven.get(claim) ?? []), { spanId, source, sentence, shown }]);
  }
  const sentences = new Map<string, ModelSentence>();
  const add = (text: string, { spanId, shown: quote }: Proof): void => {
    const quotes = sentences.get(text)?.quotes ?? [];
    if (!quotes.some((one) => one.spanId === spanId && one.quote === quote))
      sentences.set(text, { text, quotes: [...quotes, { spanId, quote }] });
  };
  for (const [claim, proofs] of proven) {
    const backed = isBacked(claim, proofs, question);
    for (const proof of proofs) add(backed ? claim : asSentence(proof.shown), proof);
  }
  return [...sentences.values()];
};

/**
 * Has a language model order and join the spans of an answer. Every sentence is backed by a quote that was found; `undefined` where none is.
 * Throws an {@link EndpointFailure} where the model gives nothing usable; rejects with the reason of the signal if that fires.
 */
export async function arrangeWithModel(
  answer: Pick<AskAnswer, 'question' | 'spans'>,
  write: Write,
  signal?: AbortSignal,
): Promise<readonly ModelSentence[] | undefined> {
  const claims = readClaims(await write({ messages: messagesFor(answer.question, answer.spans), schema: ANSWER_SCHEMA }, signal));
  if (!claims) throw new EndpointFailure(WRONG_FORM);
  const sentences = verifiedSentences(answer, claims);
  return sentences.length > 0 ? sentences : undefined;
}
