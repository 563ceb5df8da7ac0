import * as vscode from 'vscode';
import type { AskResult, RepositoryAnswer, WireAnswerSpan, WireAskAnswer, WireReplacedRecord } from '../../protocol/ask.ts';
import { numberedTitle } from '../../protocol/index.ts';
import { shortSha } from '../citation.ts';
import { statusName } from '../names.ts';
import { behindText, countsText } from '../status-item.ts';
import type { AnswerPart, ShownAnswer, ShownReplaced, ShownSpan, ShownWording } from '../webview/search/messages.ts';

const day = (date: string | undefined): readonly string[] => (date === undefined ? [] : [date.slice(0, 10)]);

/** `docs/adr/0014.md:12-14` or `abcdef123:1` */
const whereOf = ({ path, sha = '', startLine, endLine }: WireAnswerSpan): string =>
  `${path ?? shortSha(sha)}:${startLine === endLine ? startLine : `${startLine}-${endLine}`}`;

/** Status and date, which follow the place in a citation. */
const factsOf = ({ status, date }: WireAnswerSpan): readonly string[] => [
  ...(status === undefined ? [] : [statusName(status)]),
  ...day(date),
];

const shownSpan = (span: WireAnswerSpan): ShownSpan => {
  const { kind, sha = '', title, uri, text, startLine, endLine } = span;
  const end = { line: endLine - 1, character: text.length - (text.lastIndexOf('\n') + 1) };
  return {
    text,
    title: numberedTitle(span),
    facts: [whereOf(span), ...factsOf(span)].join(' · '),
    place: {
      kind,
      sha,
      title,
      ...(uri === undefined ? {} : { uri }),
      snippet: text,
      span: { start: { line: startLine - 1, character: 0 }, end },
    },
  };
};

const START = { line: 0, character: 0 };

const shownReplaced = ({ title, number, status, by, since, uri }: WireReplacedRecord): ShownReplaced => {
  const old = numberedTitle({ title, ...(number === undefined ? {} : { number }) });
  const next = by.map(numberedTitle).join(', ');
  const text =
    next === ''
      ? vscode.l10n.t('Not in force: {0} ({1})', old, statusName(status))
      : since === undefined
        ? vscode.l10n.t('Replaced: {0} by {1}', old, next)
        : vscode.l10n.t('Replaced: {0} by {1}, {2}', old, next, since.slice(0, 10));
  return { text, place: { kind: 'decision', sha: '', title, uri, snippet: '', span: { start: START, end: START } } };
};

/** What was searched and how current it is, as sentences. */
const searchedSentences = ({ searched, index }: WireAskAnswer): readonly string[] => {
  const { records, specifications, guides, commits } = searched;
  const counts = countsText({ decision: records, specification: specifications, guide: guides, commit: commits });
  const current =
    index.sha === '' ? vscode.l10n.t('The index is current.') : vscode.l10n.t('The index is current: commit {0}.', shortSha(index.sha));
  return [vscode.l10n.t('Searched: {0}.', counts), index.behind === 0 ? current : behindText(index.behind)];
};

const verdictSentence = (verdict: WireAskAnswer['verdict']): string =>
  ({
    supported: vscode.l10n.t('Supported: these lines hold what the question asks for.'),
    partly: vscode.l10n.t('Partly: these lines are about the question, and something that it asks for is not in them.'),
    'not-recorded': vscode.l10n.t('Not recorded: nothing that was searched answers this. That does not mean it is not so.'),
  })[verdict];

/** What a model made of the spans. Its quotes are those of the spans below. */
const wordingOf = ({ model, spans }: WireAskAnswer): ShownWording | undefined =>
  model && {
    by: vscode.l10n.t('Worded by {0}. Every sentence has a quote that was found in the lines below.', model.name),
    sentences: model.sentences.map(({ text, quotes }) => ({
      text,
      spans: [...new Set(quotes.map(({ spanId }) => spans.findIndex(({ id }) => id === spanId)))].filter((index) => index >= 0),
    })),
  };

const partOf = (name: string, { answer, failure }: RepositoryAnswer): AnswerPart => {
  const nothing = { repository: name, spans: [], replaced: [] };
  if (answer === undefined) return { ...nothing, verdict: 'failed', sentence: vscode.l10n.t('No answer: {0}', failure ?? ''), facts: [] };
  const { verdict, spans, replaced, searched, index, notes } = answer;
  if (spans.length === 0 && Object.values(searched).every((count) => count === 0)) {
    const sentence = vscode.l10n.t('Nothing was searched: there is no index yet, or nothing in it.');
    return { ...nothing, verdict: 'nothing', sentence, facts: [] };
  }
  const behind = behindText(index.behind);
  const worded = wordingOf(answer);
  return {
    repository: name,
    verdict,
    sentence: verdictSentence(verdict),
    ...(worded ? { worded } : {}),
    spans: spans.map(shownSpan),
    replaced: replaced.map(shownReplaced),
    facts: [...(verdict === 'not-recorded' ? searchedSentences(answer) : behind === '' ? [] : [behind]), ...notes],
  };
};

/** What answers comes first, whatever repository it is in. */
const ORDER: readonly AnswerPart['verdict'][] = ['supported', 'partly', 'not-recorded', 'nothing', 'failed'];

/** A text in which no mark of Markdown means anything. */
export const escaped = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>]/g, '\\$&');

const spanMarkdown = ({ text, title, facts }: ShownSpan): string => {
  const quoted = text.split('\n').map((line) => `> ${line}`.trimEnd());
  return [...quoted, '>', `> — ${escaped(title)} · ${escaped(facts)}`].join('\n');
};

const wordingMarkdown = ({ by, sentences }: ShownWording): readonly string[] => [
  sentences.map(({ text, spans }) => `${escaped(text)} ${spans.map((index) => `\\[${index + 1}\\]`).join('')}`.trim()).join(' '),
  escaped(by),
];

const partMarkdown = ({ repository, sentence, worded, spans, replaced, facts }: AnswerPart): readonly string[] => [
  ...(repository === '' ? [] : [`### ${escaped(repository)}`]),
  escaped(sentence),
  ...(worded ? wordingMarkdown(worded) : []),
  ...spans.map(spanMarkdown),
  ...(replaced.length === 0 ? [] : [replaced.map(({ text }) => `- ${escaped(text)}`).join('\n')]),
  ...(facts.length === 0 ? [] : [facts.map(escaped).join(' ')]),
];

/** An answer as the Search view shows it and as Markdown with its citations. */
export const shownAnswer = (question: string, { repositories }: AskResult): ShownAnswer => {
  const parts = repositories
    .map((repository) => partOf(repositories.length === 1 ? '' : repository.name, repository))
    .sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  return { question, parts, markdown: `${[`**${escaped(question)}**`, ...parts.flatMap(partMarkdown)].join('\n\n')}\n` };
};
