import { type MarkupContent, MarkupKind } from 'vscode-languageserver/node';

/** What a hover says about one document. Every text comes from the repository and may be hostile, so it is escaped when it is rendered. */
export interface Card {
  readonly title: string;
  /** The title links to it. */
  readonly uri?: string;
  readonly status?: string;
  readonly date?: string;
  /** Why the document is shown, a sentence each. */
  readonly reasons: readonly string[];
  /** Verbatim text of the document. */
  readonly quote?: string;
  /** Where the quote is from. */
  readonly source?: CardLink;
}

/** A link in a card or below the cards. The label is plain text. */
export interface CardLink {
  readonly label: string;
  readonly uri: string;
}

/** A line of plain text, with links and emphasised words in it. */
export type Line = readonly (string | CardLink | { readonly emphasis: string })[];

/** What a hover says: cards, below them lines of their own, and last the links and the note in one line. */
export interface HoverText {
  readonly cards: readonly Card[];
  /** Short statements. Where there are no cards, links and note follow the last one in the same line. */
  readonly lines?: readonly Line[];
  /** In Markdown only. */
  readonly links?: readonly CardLink[];
  /** The last sentence, for instance that the index is outdated. */
  readonly note?: string | undefined;
}

/**
 * What Markdown, as VS Code renders it, could take for markup: in any place, or only before certain characters, or only at the start of a block.
 * Nothing more is escaped, because plain clients such as Neovim show the backslashes.
 */
const MARKUP = /[\\`*[\]<|~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|&(?=#?\w+;)|\$(?=\()|:(?=\/\/)|(?<=www)\.|(?<=\S)@(?=\w)/giu;
const BLOCK = /^([ \t]*)(?:(\d{1,9})(?=[.)])|(?=[#+\-=>]))/gm;
/** Control characters, and bidirectional marks, which reorder text on the screen: neither may get from a repository into an editor. */
const UNPRINTABLE = /[^\P{Cc}\t\n]|\p{Bidi_Control}/gu;

/** One line of plain text without control characters. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').replace(UNPRINTABLE, '').trim();

/** Longest title that is shown within a line of other text. */
const LONGEST_TITLE = 60;

/** A title that is cut at a word if it is too long to stand within a line. */
export const shorten = (title: string): string => {
  const line = oneLine(title) || 'Untitled';
  if (line.length <= LONGEST_TITLE) return line;
  const cut = line.lastIndexOf(' ', LONGEST_TITLE);
  return `${line.slice(0, cut > LONGEST_TITLE / 2 ? cut : LONGEST_TITLE)}…`;
};

/** Text that Markdown shows as written. */
export const escapeMarkdown = (text: string): string =>
  text
    .replace(UNPRINTABLE, '')
    .replace(MARKUP, '\\$&')
    .replace(BLOCK, (_, space: string, digits: string | undefined) => `${space}${digits ?? ''}\\`);

const badge = ({ status, date }: Card): readonly string[] => [...(status ? [status] : []), ...(date ? [date] : [])];

const codeSpan = (text: string): string => `\`${oneLine(text).replaceAll('`', '')}\``;

/** One line of text. Names between one or two backticks are shown as code, everything else as written. */
const prose = (sentence: string): string =>
  oneLine(sentence)
    .split(/(?<!`)(`{1,2})([^`]+)\1(?!`)/)
    .map((part, i) => (i % 3 === 0 ? escapeMarkdown(part) : i % 3 === 2 ? codeSpan(part) : ''))
    .join('');

const linkTo = ({ label, uri }: CardLink): string => `[${escapeMarkdown(oneLine(label))}](<${uri.replace(/[<>\s]/g, encodeURIComponent)}>)`;

/** The lines of a quote, without blank lines at either end. */
const quoted = ({ quote = '' }: Card): readonly string[] =>
  quote.trim() === ''
    ? []
    : quote
        .trim()
        .split(/\r?\n/)
        .map((line) => line.trim());

const markdownCard = (card: Card): string => {
  const title = oneLine(card.title) || 'Untitled';
  const linked = card.uri === undefined ? `**${escapeMarkdown(title)}**` : `**${linkTo({ label: title, uri: card.uri })}**`;
  const quote = quoted(card).map((line) => (line === '' ? '>' : `> ${prose(line)}`));
  const source = card.source === undefined ? [] : [`> ${linkTo(card.source)}`];
  return [
    [linked, ...badge(card).map(codeSpan)].join(' '),
    ...(quote.length > 0 ? [[...quote, ...(source.length > 0 ? ['>'] : []), ...source].join('\n')] : []),
    ...(card.reasons.length > 0 ? [card.reasons.map((reason) => `- ${prose(reason)}`).join('\n')] : []),
  ].join('\n\n');
};

const plainCard = (card: Card): string => {
  const facts = badge(card).map(oneLine);
  return [
    `${oneLine(card.title) || 'Untitled'}${facts.length > 0 ? ` [${facts.join(', ')}]` : ''}`,
    ...quoted(card)
      .filter((line) => line !== '')
      .map((line) => `  ${oneLine(line)}`),
    ...card.reasons.map((reason) => `- ${oneLine(reason)}`),
  ].join('\n');
};

const markdownLine = (line: Line): string =>
  line
    .map((part) => {
      if (typeof part === 'string') return escapeMarkdown(part.replace(/\s+/g, ' '));
      return 'emphasis' in part ? `*${escapeMarkdown(oneLine(part.emphasis))}*` : linkTo(part);
    })
    .join('');

const plainLine = (line: Line): string =>
  oneLine(line.map((part) => (typeof part === 'string' ? part : 'emphasis' in part ? part.emphasis : part.label)).join(''));

/** Rows with the last statement of the hover in the row before it where there is nothing but rows. */
const withLast = (rows: readonly string[], last: string, isAlone: boolean, between: string): readonly string[] =>
  last === '' ? rows : isAlone && rows.length > 0 ? [...rows.slice(0, -1), `${rows.at(-1)}${between}${last}`] : [...rows, last];

/** The text of a hover; `undefined` if it says nothing. */
export const renderHover = ({ cards, lines = [], links = [], note }: HoverText, markdown: boolean): MarkupContent | undefined => {
  if (cards.length === 0 && lines.length === 0) return undefined;
  const isAlone = cards.length === 0;
  if (!markdown) {
    const rows = withLast(lines.map(plainLine), note ?? '', isAlone, '. ');
    return { kind: MarkupKind.PlainText, value: [...cards.map(plainCard), ...rows].join('\n\n') };
  }
  const last = [...links.map(linkTo), ...(note === undefined ? [] : [`*${escapeMarkdown(note)}*`])].join(' · ');
  const rows = withLast(lines.map(markdownLine), last, isAlone, ' · ');
  return {
    kind: MarkupKind.Markdown,
    value: [...cards.map(markdownCard), ...(rows.length > 0 ? [rows.join('\n\n')] : [])].join('\n\n---\n\n'),
  };
};

/** A note that the answer comes from an outdated index. `undefined` if the index is current. */
export const behindNote = (behind: number): string | undefined =>
  behind === 0 ? undefined : `The index is ${behind} ${behind === 1 ? 'change' : 'changes'} behind.`;
