import type { AnswerSpan, AskAnswer, ReplacedRecord } from '../model/ask.ts';
import { numberedTitle } from '../model/title.ts';
import { shownPath } from './hits.ts';
import { printable, type Terminal } from './terminal.ts';

const day = (date: string | undefined): readonly string[] => (date === undefined ? [] : [date.slice(0, 10)]);

/** `path:12-14 (title, status, date)` */
const citation = (span: AnswerSpan, root: string, terminal: Terminal): string => {
  const lines = span.startLine === span.endLine ? String(span.startLine) : `${span.startLine}-${span.endLine}`;
  const where = span.path === undefined ? `commit ${(span.sha ?? '').slice(0, 12)}` : shownPath(root, span.path, terminal);
  const facts = [numberedTitle(span), ...(span.status === undefined ? [] : [span.status]), ...day(span.date)].join(', ');
  return `${terminal.paint('cyan', printable(`${where}:${lines}`))} ${terminal.paint('gray', printable(`(${facts})`))}`;
};

const replacedLine = ({ title, number, status, by, since, path }: ReplacedRecord): string => {
  const old = numberedTitle({ title, ...(number === undefined ? {} : { number }) });
  const next = by.map((one) => `${numberedTitle(one)}${one.path === '' ? '' : ` (${one.path})`}`).join(', ');
  return printable(
    next === ''
      ? `Not in force: ${old} (${path}, ${status}).`
      : `Replaced: ${old} (${path}) by ${next}${since === undefined ? '' : `, ${since.slice(0, 10)}`}.`,
  );
};

const plural = (count: number, one: string, more = `${one}s`): string => `${count} ${count === 1 ? one : more}`;

/** What was searched, as a sentence. */
const searchedLine = ({ searched, index, at: then }: AskAnswer): string => {
  const parts = [
    plural(searched.records, 'decision'),
    plural(searched.specifications, 'specification'),
    plural(searched.guides, 'guide'),
    plural(searched.commits, 'commit'),
  ];
  if (then !== undefined) return `Searched ${parts.join(', ')} as they were at commit ${then.slice(0, 12)}.`;
  const at = index.sha === '' ? '' : ` as of commit ${index.sha.slice(0, 12)}`;
  return `Searched ${parts.join(', ')}${at}${index.behind === 0 ? '' : `, ${plural(index.behind, 'change')} behind the repository`}.`;
};

const VERDICTS: Readonly<Record<AskAnswer['verdict'], string>> = {
  supported: 'Supported: these lines hold what the question asks for.',
  partly: 'Partly: these lines are about the question, and something that it asks for is not in them.',
  'not-recorded': 'Not recorded: nothing that was searched answers this. That does not mean it is not so.',
};

/** What a language model made of the lines: sentences, each with the numbers of the spans that back it. */
const worded = ({ model }: AskAnswer): readonly string[] =>
  model === undefined
    ? []
    : [
        model.sentences
          .map(({ text, quotes }) => `${printable(text)} ${[...new Set(quotes.map(({ spanId }) => `[${spanId}]`))].join('')}`)
          .join('\n'),
      ];

/** An answer as text: the sentences of a model if there are some, the lines, where they are, the verdict, what was replaced. */
export const answerText = (answer: AskAnswer, root: string, terminal: Terminal): string => {
  const { spans, verdict, replaced, notes, model } = answer;
  const quoted = spans.map(
    (span) =>
      `${span.text
        .split('\n')
        .map((line) => `  ${printable(line)}`)
        .join('\n')}\n  ${model === undefined ? '' : `[${span.id}] `}${citation(span, root, terminal)}`,
  );
  const tail = [
    VERDICTS[verdict],
    ...(model === undefined
      ? []
      : [printable(`The language model ${model.name} put the sentences at the top together. Each has a quote that stands in the lines.`)]),
    ...replaced.map(replacedLine),
    ...(verdict === 'not-recorded' ? [searchedLine(answer)] : []),
    ...notes.map(printable),
  ];
  return `${[...worded(answer), ...quoted, tail.join('\n')].join('\n\n')}\n`;
};
