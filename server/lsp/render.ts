import { type MarkupContent, MarkupKind } from 'vscode-languageserver/node';

/** What a hover says about one document. Every text is the repository's own and therefore hostile: it is escaped when rendered. */
export interface Card {
  readonly title: string;
  /** Address the title leads to. */
  readonly uri?: string;
  readonly status?: string;
  readonly date?: string;
  /** Why the document is shown, in sentences. */
  readonly reasons: readonly string[];
  /** Verbatim words of the document. */
  readonly quote?: string;
}

const MARKUP = /[\\`*_{}[\]()#+\-.!|<>~&$:@]/g;
/** Controls, and the marks that reorder text on the screen: neither may reach an editor from a repository. */
const UNPRINTABLE = /[^\P{Cc}\t\n]|\p{Bidi_Control}/gu;

/** One line of plain text without control characters. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').replace(UNPRINTABLE, '').trim();

/** Text that Markdown shows as written. */
export const escapeMarkdown = (text: string): string => text.replace(UNPRINTABLE, '').replace(MARKUP, '\\$&');

const badge = ({ status, date }: Card): readonly string[] => [...(status ? [status] : []), ...(date ? [date] : [])];

const markdownCard = (card: Card): string => {
  const title = escapeMarkdown(oneLine(card.title)) || 'Untitled';
  const linked = card.uri === undefined ? `**${title}**` : `**[${title}](<${card.uri}>)**`;
  const facts = badge(card).map((fact) => `\`${oneLine(fact).replaceAll('`', '')}\``);
  const quote = card.quote?.trim()
    ? card.quote
        .trim()
        .split(/\r?\n/)
        .map((line) => `> ${escapeMarkdown(line.trim())}`)
    : [];
  return [
    [linked, ...facts].join(' '),
    ...card.reasons.map((reason) => escapeMarkdown(oneLine(reason))),
    ...(quote.length > 0 ? [quote.join('\n')] : []),
  ].join('\n\n');
};

const plainCard = (card: Card): string => {
  const facts = badge(card).map(oneLine);
  const quote = card.quote?.trim()
    ? card.quote
        .trim()
        .split(/\r?\n/)
        .map((line) => `  ${oneLine(line)}`)
    : [];
  return [
    `${oneLine(card.title) || 'Untitled'}${facts.length > 0 ? ` [${facts.join(', ')}]` : ''}`,
    ...card.reasons.map(oneLine),
    ...quote,
  ].join('\n');
};

/** Cards as one hover text; `footer` is a last line such as how far the index is behind. */
export const renderCards = (cards: readonly Card[], markdown: boolean, footer?: string): MarkupContent => {
  const parts = cards.map(markdown ? markdownCard : plainCard);
  if (footer !== undefined) parts.push(markdown ? `*${escapeMarkdown(footer)}*` : footer);
  return markdown
    ? { kind: MarkupKind.Markdown, value: parts.join('\n\n---\n\n') }
    : { kind: MarkupKind.PlainText, value: parts.join('\n\n') };
};

/** How far an answer is behind the repository, or undefined where it is current. */
export const behindNote = (behind: number): string | undefined =>
  behind === 0 ? undefined : `The index is ${behind} ${behind === 1 ? 'change' : 'changes'} behind.`;
