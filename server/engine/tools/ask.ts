import type { AnswerSpan, ReplacedRecord } from '../../model/ask.ts';
import { numberedTitle } from '../../model/title.ts';
import { clip } from './clip.ts';
import { shortId, shortSha } from './items.ts';
import { ToolRefusal } from './refusal.ts';
import type { AgentToolAnswer } from './tool.ts';

/** What is longer is no question: the words that it asks by are in the first part. */
const LONGEST_QUESTION = 2_000;

const lines = ({ startLine, endLine }: AnswerSpan): string => (startLine === endLine ? `${startLine}` : `${startLine}-${endLine}`);

/** A span as agents get it: the lines that say it, and where they stand. */
const agentSpan = (span: AnswerSpan): object => ({
  id: shortId(span.documentId),
  lines: lines(span),
  title: clip(numberedTitle(span), 200),
  ...(span.kind === 'decision' ? { status: span.status ?? 'none' } : { kind: span.kind }),
  ...(span.date === undefined ? {} : { date: span.date.slice(0, 10) }),
  ...(span.sha === undefined || span.sha === '' ? {} : { sha: shortSha(span.sha) }),
  text: span.text,
});

const agentReplaced = ({ title, number, path, status, by, since }: ReplacedRecord): object => ({
  id: path,
  title: clip(numberedTitle(number === undefined ? { title } : { number, title }), 200),
  status,
  superseded_by: by.slice(0, 5).map((one) => one.path),
  ...(since === undefined ? {} : { since: since.slice(0, 10) }),
});

/** The lines that answer a question, or what was searched without finding one. */
export const answerAsk: AgentToolAnswer = async (engine, args, signal) => {
  const question = (args.text('question') ?? '').trim();
  if (question === '') throw new ToolRefusal('`question` is empty. Ask a question in words.');
  const { verdict, spans, replaced, searched, notes, index } = await engine.ask({
    question: question.slice(0, LONGEST_QUESTION),
    ...(signal === undefined ? {} : { signal }),
  });
  return {
    before: { verdict, ...(verdict === 'not-recorded' ? { searched } : {}) },
    parts: [
      { name: 'spans', content: spans.map(agentSpan) },
      ...(replaced.length === 0 ? [] : [{ name: 'replaced', content: replaced.map(agentReplaced) }]),
    ],
    notices: [
      ...(question.length > LONGEST_QUESTION ? [`Only the first ${LONGEST_QUESTION} characters of \`question\` were read.`] : []),
      ...notes,
    ],
    index,
  };
};
