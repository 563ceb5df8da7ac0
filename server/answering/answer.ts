import type { AnswerSpan, AskAnswer, ReplacedRecord } from '../model/ask.ts';
import { choose, spansOf } from './choose.ts';
import { type AnswerSpace, type Found, findLines } from './find.ts';
import { FULL, verdictOf } from './verdict.ts';

/** What is found for a question; the engine adds what it knows of the index. */
export type Answered = Pick<AskAnswer, 'verdict' | 'spans' | 'closest' | 'replaced' | 'notes'>;

/** Lines of a specification that are cited at most: its operations are long, and what is asked for is at their beginning. */
const LINES_OF_A_SPECIFICATION = 12;

/** Puts the lines of the file in place of a text that the reader of a specification composed; leaves out what cannot be read. */
async function verbatim(spans: readonly AnswerSpan[], read: AnswerSpace['read']): Promise<AnswerSpan[]> {
  const out: AnswerSpan[] = [];
  for (const span of spans) {
    if (span.kind !== 'specification') {
      out.push(span);
      continue;
    }
    const lines = (await read(span.path ?? ''))?.split('\n') ?? [];
    const endLine = Math.min(span.endLine, span.startLine + LINES_OF_A_SPECIFICATION - 1, lines.length);
    const text = lines.slice(span.startLine - 1, endLine).join('\n');
    if (text.trim() !== '') out.push({ ...span, text, endLine });
  }
  return out.map((span, i) => ({ ...span, id: `s${i + 1}` }));
}

/**
 * The records that are no longer in force and are about the question: the answer cites what replaced them, or their titles hold what is asked. Others were merely
 * found beside it.
 */
function replacedOf({ replaced, heldBy }: Found, spans: readonly AnswerSpan[]): readonly ReplacedRecord[] {
  const cited = new Set(spans.map(({ path }) => path));
  return replaced.filter(({ title, by }) => {
    if (by.some(({ path }) => cited.has(path))) return true;
    const { like, names } = heldBy([title]);
    return like >= FULL && names === 1;
  });
}

/** Answers a question with lines of the documents that carry the answer, without any model. */
export async function answerQuestion(space: AnswerSpace, written: string, limit?: number, signal?: AbortSignal): Promise<Answered> {
  const found = await findLines(space, written, signal);
  const chosen = choose(found.scored, limit);
  const spans = await verbatim(spansOf(chosen), space.read);
  const verdict = spans.length === 0 ? 'not-recorded' : verdictOf(found, chosen);
  if (verdict !== 'not-recorded') return { verdict, spans, replaced: replacedOf(found, spans), notes: [] };
  return { verdict, spans: [], ...(spans.length > 0 ? { closest: spans } : {}), replaced: replacedOf(found, []), notes: [] };
}
