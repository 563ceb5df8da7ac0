import type { Hit } from '../model/answer.ts';
import type { Evidence } from '../model/evidence.ts';
import { type HeldDocument, hitHeadOf } from '../retrieval/knowledge.ts';
import type { Register } from './register.ts';

/** A record and why it speaks to the place. */
export interface Reasoned {
  readonly document: HeldDocument;
  /** Largest first. */
  readonly evidence: readonly Evidence[];
}

/** The weight of the strongest evidence. */
export const strength = ({ evidence }: Reasoned): number => evidence.reduce((most, { weight }) => Math.max(most, weight), 0);

const DECISION_HEADING = /\b(?:decision|outcome|resolution|proposal|we (?:will|decided))\b/i;

/** A hit for a reasoned record: its snippet is what the record decides, verbatim. */
export function hitOf({ document, evidence }: Reasoned, register: Register): Hit {
  const { head, passages } = document;
  const decision = passages.find((passage) => DECISION_HEADING.test(passage.heading.split(' > ').at(-1) ?? '')) ?? passages[0];
  const sentence = decision ? firstSentence(decision.text) : { text: '', line: 0, character: 0 };
  const from = decision?.span.start ?? { line: 0, character: 0 };
  const start = {
    line: from.line + sentence.line,
    character: sentence.line === 0 ? from.character + sentence.character : sentence.character,
  };
  const lines = sentence.text.split('\n');
  const lastLine = lines.at(-1) ?? '';
  const end = { line: start.line + lines.length - 1, character: lines.length === 1 ? start.character + lastLine.length : lastLine.length };
  return {
    ...hitHeadOf(head),
    score: Number(strength({ document, evidence }).toFixed(4)),
    snippet: sentence.text,
    highlights: [],
    span: { start, end },
    evidence,
    supersededBy: register.successors.get(head.id) ?? [],
  };
}

const LONGEST_SENTENCE = 300;

/** The first sentence that is prose: no heading, list mark, table or markup alone. Verbatim. */
function firstSentence(text: string): { text: string; line: number; character: number } {
  const lines = text.split('\n');
  for (let line = 0; line < lines.length; line++) {
    const raw = lines[line] ?? '';
    const character = raw.length - raw.replace(/^[\s>*+-]+/, '').length;
    if (!/[\p{L}]{2,}.*\s.*[\p{L}]{2,}/u.test(raw) || /^\s*(?:#|\||<!--|```|!\[|:\w+:|\.\. )/.test(raw)) continue;
    const paragraph = [raw.slice(character)];
    for (
      let next = line + 1;
      next < lines.length && (lines[next] ?? '').trim() !== '' && !/^\s*(?:[#|>*+-]|\d+\.|```)/.test(lines[next] ?? '');
      next++
    )
      paragraph.push(lines[next] ?? '');
    const whole = paragraph.join('\n').slice(0, 2 * LONGEST_SENTENCE);
    const stop = /[.!?](?=\s|$)/.exec(whole.length > 20 ? whole.slice(20) : '');
    const sentence = stop ? whole.slice(0, 20 + stop.index + 1) : whole;
    return { text: sentence.slice(0, LONGEST_SENTENCE).trimEnd(), line, character };
  }
  return { text: text.trim().slice(0, LONGEST_SENTENCE), line: 0, character: 0 };
}
