import * as vscode from 'vscode';
import type { AskResult } from '../../protocol/ask.ts';
import type { KindredResult, WireKindred, WireRecord } from '../../protocol/authoring.ts';
import { numberedTitle, type WhyResult, type WireHit, type WireRange } from '../../protocol/index.ts';
import { statusName } from '../names.ts';
import { escaped, shownAnswer } from '../search/answer.ts';
import type { AnswerPart, AnswerPlace, ShownSpan } from '../webview/search/messages.ts';
import { type Group, groupsOf } from '../why/groups.ts';

/** A place that an answer refers to: lines of a file, or a commit. */
export interface ChatPlace {
  readonly uri?: string;
  readonly span: WireRange;
  /** Of a commit, where there is no `uri`. */
  readonly sha: string;
}

/** A piece of an answer in the chat, in its order. What is quoted of the repository is in `text` with its marks escaped, or in a block of code. */
export type ChatPart =
  | { readonly kind: 'markdown'; readonly text: string }
  /** A link in the text, which also stands among the references. */
  | { readonly kind: 'place'; readonly place: ChatPlace; readonly title: string }
  | { readonly kind: 'button'; readonly command: string; readonly title: string; readonly argument: unknown };

/** What follow-ups are made from. */
export interface ChatOutcome {
  readonly parts: readonly ChatPart[];
  /** `answered`, or why there is no answer. */
  readonly outcome: 'answered' | 'not-recorded' | 'nothing' | 'failed' | 'why' | 'draft' | 'list';
}

const markdown = (text: string): ChatPart => ({ kind: 'markdown', text });
const place = (at: ChatPlace, title: string): ChatPart => ({ kind: 'place', place: at, title });

const placeOf = ({ uri, span, sha }: AnswerPlace): ChatPlace => ({ ...(uri === undefined ? {} : { uri }), span, sha });

/** A text as a quote, in which no mark of Markdown means anything. */
const quoted = (text: string): string =>
  text
    .split('\n')
    .map((line) => `> ${escaped(line.trim())}`.trimEnd())
    .join('\n');

const spanParts = ({ text, title, facts, place: at }: ShownSpan, index: number): readonly ChatPart[] => [
  markdown(`\n\n${quoted(text)}\n>\n> \\[${index + 1}\\] `),
  place(placeOf(at), title),
  markdown(` · ${escaped(facts)}`),
];

const answerParts = ({ repository, sentence, worded, spans, replaced, facts }: AnswerPart): readonly ChatPart[] => [
  ...(repository === '' ? [] : [markdown(`\n\n### ${escaped(repository)}`)]),
  markdown(`\n\n**${escaped(sentence)}**`),
  ...(worded
    ? [
        markdown(
          `\n\n${worded.sentences.map(({ text, spans: from }) => `${escaped(text)} ${from.map((index) => `\\[${index + 1}\\]`).join('')}`).join(' ')}`,
        ),
        markdown(`\n\n*${escaped(worded.by)}*`),
      ]
    : []),
  ...spans.flatMap(spanParts),
  ...replaced.flatMap(({ text, place: at }) => [markdown(`\n\n${escaped(text)} `), place(placeOf(at), vscode.l10n.t('Open'))]),
  ...(facts.length === 0 ? [] : [markdown(`\n\n${facts.map(escaped).join(' ')}`)]),
];

/** The answer to a question, with the lines that say it. */
export const askOutcome = (question: string, result: AskResult): ChatOutcome => {
  const { parts } = shownAnswer(question, result);
  const verdict = parts[0]?.verdict;
  const outcome = verdict === 'supported' || verdict === 'partly' ? 'answered' : verdict === undefined ? 'nothing' : verdict;
  if (parts.length === 0) return { parts: [markdown(vscode.l10n.t('Open a folder first.'))], outcome: 'nothing' };
  return { parts: parts.flatMap(answerParts), outcome };
};

const NAMES = (): Readonly<Record<Group['id'], string>> => ({
  governing: vscode.l10n.t('Governing'),
  file: vscode.l10n.t('Governing the Whole File'),
  probable: vscode.l10n.t('Probably Governing'),
  commits: vscode.l10n.t('Commits'),
  specifications: vscode.l10n.t('Specifications'),
  related: vscode.l10n.t('Related'),
});

const MOST_HITS = 5;
const MOST_REASONS = 2;

const hitParts = (hit: WireHit): readonly ChatPart[] => {
  const facts = [...(hit.status === undefined ? [] : [statusName(hit.status)]), ...(hit.date === undefined ? [] : [hit.date.slice(0, 10)])];
  const reasons = hit.evidence.slice(0, MOST_REASONS).map(({ explanation }) => explanation);
  const said = (hit.reason ?? hit.snippet).replace(/\s+/g, ' ').trim();
  return [
    markdown('\n- '),
    place(placeOf(hit), numberedTitle(hit)),
    markdown(
      [
        ...(facts.length === 0 ? [] : [` · ${facts.map(escaped).join(' · ')}`]),
        ...reasons.map((reason) => `\n  - ${escaped(reason)}`),
      ].join(''),
    ),
    ...(said === '' ? [] : [markdown(`\n\n  > ${escaped(said)}\n`)]),
  ];
};

/** Why code is as it is: what governs it, the commits that made it, and what else is worth reading. */
export const whyOutcome = (where: string, result: WhyResult): ChatOutcome => {
  const groups = groupsOf(result);
  const names = NAMES();
  const governs = result.governing.length > 0;
  const head = governs
    ? vscode.l10n.t('What governs {0}:', where)
    : vscode.l10n.t('Not recorded: no decision governs {0}. That does not mean there is no reason.', where);
  return {
    outcome: 'why',
    parts: [
      markdown(`**${escaped(head)}**`),
      ...groups.flatMap(({ id, hits }) => [markdown(`\n\n#### ${names[id]}\n`), ...hits.slice(0, MOST_HITS).flatMap(hitParts)]),
      ...(result.notices ?? []).map((notice) => markdown(`\n\n${escaped(notice)}`)),
    ],
  };
};

const recordPlace = ({ uri }: WireRecord): ChatPlace => ({
  uri,
  span: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
  sha: '',
});

const MOST_RECORDS = 30;

const isInForce = ({ status, supersededBy }: WireRecord): boolean =>
  supersededBy.length === 0 && (status === undefined || status === 'accepted');

/** The decisions in force, and how many others there are. */
export const listOutcome = (records: readonly WireRecord[]): ChatOutcome => {
  if (records.length === 0) return { parts: [markdown(vscode.l10n.t('There are no decision records here.'))], outcome: 'nothing' };
  const inForce = records.filter(isInForce);
  const shown = inForce.slice(0, MOST_RECORDS);
  const head =
    shown.length < inForce.length
      ? vscode.l10n.t('The first {0} of {1} decisions in force, of {2} in all:', shown.length, inForce.length, records.length)
      : vscode.l10n.t('{0} decisions in force, of {1} in all:', inForce.length, records.length);
  return {
    outcome: 'list',
    parts: [
      markdown(`**${escaped(head)}**\n`),
      ...shown.flatMap((record) => [
        markdown('\n- '),
        place(recordPlace(record), numberedTitle({ title: record.title, ...numberOf(record) })),
        markdown(record.date === undefined ? '' : ` · ${escaped(record.date.slice(0, 10))}`),
      ]),
    ],
  };
};

const numberOf = ({ number, numberLabel = number }: WireRecord): { readonly number?: string } =>
  numberLabel === undefined ? {} : { number: numberLabel };

/** The decisions that words find. */
export const foundOutcome = (query: string, hits: readonly WireHit[]): ChatOutcome =>
  hits.length === 0
    ? { parts: [markdown(escaped(vscode.l10n.t('Not recorded: no decision matches "{0}".', query)))], outcome: 'not-recorded' }
    : {
        parts: [markdown(`**${escaped(vscode.l10n.t('Decisions for "{0}":', query))}**\n`), ...hits.slice(0, MOST_HITS).flatMap(hitParts)],
        outcome: 'list',
      };

/** How near a record is, in a word. */
export const kinshipName = (kinship: WireKindred['kinship']): string =>
  ({
    conflict: vscode.l10n.t('Conflict'),
    duplicate: vscode.l10n.t('Duplicate'),
    exception: vscode.l10n.t('Exception'),
    near: vscode.l10n.t('Near'),
  })[kinship];

const kindredParts = ({ kinship, record, sentence, decides }: WireKindred): readonly ChatPart[] => [
  markdown(`\n- **${kinshipName(kinship)}**: `),
  place(recordPlace(record), numberedTitle({ title: record.title, ...numberOf(record) })),
  markdown(`\n  - ${escaped(sentence)}${decides === undefined ? '' : `\n\n  > ${escaped(decides.replace(/\s+/g, ' '))}\n`}`),
];

/** The records to read before one is written, and the button that writes it. */
export const draftOutcome = (from: string, result: KindredResult, argument: unknown): ChatOutcome => {
  if ('refused' in result) return { parts: [markdown(escaped(result.refused))], outcome: 'failed' };
  const { kindred } = result;
  const head =
    kindred.length === 0
      ? vscode.l10n.t('No record is about this yet.')
      : vscode.l10n.t('Read these before you write: nothing is written until you choose the button.');
  return {
    outcome: 'draft',
    parts: [
      markdown(`**${escaped(head)}**\n`),
      ...kindred.flatMap(kindredParts),
      markdown(`\n\n${escaped(vscode.l10n.t('The draft starts from {0}. What nobody said stays an open question in it.', from))}\n`),
      { kind: 'button', command: 'lintel.newDecision', title: vscode.l10n.t('Write the Draft'), argument },
    ],
  };
};

/** What to ask next. */
export const followupsOf = (
  outcome: ChatOutcome['outcome'],
  prompt: string,
): readonly { readonly command?: string; readonly prompt: string }[] => {
  switch (outcome) {
    case 'not-recorded':
      return [
        { command: 'decisions', prompt },
        { command: 'draft', prompt },
      ];
    case 'answered':
      return [{ command: 'decisions', prompt }];
    case 'list':
      return [{ command: 'why', prompt: '' }];
    default:
      return [];
  }
};
