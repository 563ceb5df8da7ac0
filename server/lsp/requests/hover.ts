import { type Hover, type HoverParams, HoverRequest } from 'vscode-languageserver/node';
import { SHOW_WHY, type ShowWhyArgument } from '../../../protocol/index.ts';
import type { CitedRecord, Hit, IdentifierTrail, Place } from '../../model/answer.ts';
import { mayGovern } from '../../model/evidence.ts';
import type { Span } from '../../model/span.ts';
import { numberedTitle } from '../../model/title.ts';
import { quotedMention } from '../../text/record-numbers.ts';
import { placeOf, type RequestContext } from '../context.ts';
import type { Located } from '../open-repositories.ts';
import { behindNote, type Card, type CardLink, renderCards } from '../render.ts';
import { editorRequest } from '../request.ts';

const MOST_CARDS = 3;
const MOST_REASONS = 3;

/** As the views of the editor write it. */
const statusName = (status: string): string => status.charAt(0).toUpperCase() + status.slice(1);

const cardOf = (context: RequestContext, { repository }: Located, hit: Hit, reasons: readonly string[]): Card => {
  const uri = hit.path === undefined ? undefined : context.repositories.uriOf(repository, hit.path);
  const line = hit.span.start.line + 1;
  return {
    title: numberedTitle(hit),
    ...(uri === undefined ? {} : { uri }),
    ...(hit.status === undefined ? {} : { status: statusName(hit.status) }),
    ...(hit.date === undefined ? {} : { date: hit.date.slice(0, 10) }),
    reasons,
    ...(hit.snippet === '' ? {} : { quote: hit.snippet }),
    ...(uri === undefined || hit.snippet === ''
      ? {}
      : { source: { uri: `${uri}#L${line}`, label: `${hit.path?.split('/').at(-1)}:${line}` } }),
  };
};

const reasonsOf = ({ evidence }: Hit): readonly string[] =>
  evidence
    .filter(mayGovern)
    .slice(0, MOST_REASONS)
    .map(({ explanation }) => explanation);

/** A decision that governs, or one that probably does and says so before its title. */
const decisionCard = (context: RequestContext, located: Located, hit: Hit): Card => {
  const card = cardOf(context, located, hit, reasonsOf(hit));
  return hit.level === 'probably' ? { ...card, title: `Probably: ${card.title}` } : card;
};

const citationCard = (context: RequestContext, located: Located, { target, record, successors }: CitedRecord): Card => {
  if (!record) return { title: target.title, uri: context.repositories.uriOf(located.repository, target.path), reasons: [] };
  const titles = successors.map(numberedTitle).join(', ');
  return cardOf(context, located, record, titles === '' ? [] : [`Superseded by ${titles}.`]);
};

/** The link that shows the place in "Why this code", for clients that run commands from hovers. */
const whyLink = (context: RequestContext, uri: string, { line, endLine }: Place): readonly CardLink[] => {
  if (!context.client().hoverCommands.includes(SHOW_WHY)) return [];
  const argument: ShowWhyArgument = { uri, ...(line === undefined ? {} : { line }), ...(endLine === undefined ? {} : { endLine }) };
  const encoded = encodeURIComponent(JSON.stringify([argument])).replace(/[()']/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
  return [{ label: 'Why this code', uri: `command:${SHOW_WHY}?${encoded}` }];
};

const PLACES_OF_TRAIL = [
  ['Made', 'made'],
  ['Taken apart', 'takenApart'],
  ['Stored', 'stored'],
] as const;
/** Lines that are named of each kind of place. */
const MOST_LINES = 5;

/** `line 3`, `lines 3 and 7`, `lines 3, 7, 9 and 2 more`. */
const linesText = (lines: readonly number[]): string => {
  const shown = lines.slice(0, MOST_LINES).map((line) => String(line + 1));
  const rest = lines.length - shown.length;
  const parts = rest > 0 ? [...shown, `${rest} more`] : shown;
  const last = parts.pop();
  return parts.length === 0 ? `line ${last}` : `lines ${parts.join(', ')} and ${last}`;
};

/** Where this file makes an identifier, takes it apart and stores it, with a link to the first place of each. */
const trailCard = (uri: string, trail: IdentifierTrail): { readonly card: Card; readonly links: readonly CardLink[] } => {
  const places = PLACES_OF_TRAIL.map(([word, kind]) => ({ word, lines: [...new Set(trail[kind].map(({ start }) => start.line))] })).filter(
    ({ lines }) => lines.length > 0,
  );
  return {
    card: {
      title: `${trail.name} in this file`,
      reasons: places.map(({ word, lines }) => `${word} on ${linesText(lines)}`),
    },
    links: places.map(({ word, lines: [line = 0] }) => ({ label: `${word}: line ${line + 1}`, uri: `${uri}#L${line + 1}` })),
  };
};

/** The line without leading and trailing white space. */
const lineSpan = (line: number, text: string): Span => ({
  start: { line, character: text.length - text.trimStart().length },
  end: { line, character: text.trimEnd().length },
});

/**
 * On a citation: the record that it cites. Elsewhere: up to three decisions that govern the line or, on the name of a symbol, the symbol; and on the name of
 * an identifier, where the file makes it, takes it apart and stores it. Decisions that probably govern follow where the user asks for them.
 * Nothing on white space, and nothing for documents that are only similar.
 */
const hover = async (
  context: RequestContext,
  { textDocument: { uri }, position }: HoverParams,
  signal: AbortSignal,
): Promise<Hover | null> => {
  if (!context.settings().hover) return null;
  const located = await placeOf(context, uri, position.line);
  if (located === undefined) return null;
  const { engine, place } = located;
  const lineText = context.documents
    .get(uri)
    ?.getText({ start: { line: position.line, character: 0 }, end: { line: position.line + 1, character: 0 } })
    .replace(/[\r\n]+$/, '');
  if (lineText !== undefined && (lineText[position.character] ?? '').trim() === '') return null;

  const markdown = context.client().markdown;
  const found = await engine.inspect(place, position, signal);
  if (found.citation) {
    const { citation, records } = found;
    const cards = records.map((record) => citationCard(context, located, record));
    const count = citation.targets.length;
    const ambiguous = count > 1 ? `"${quotedMention(citation.text)}" may mean ${count} records.` : undefined;
    return { contents: renderCards(cards, { markdown, links: whyLink(context, uri, place), note: ambiguous }), range: citation.span };
  }

  const { symbol, index, identifier } = found;
  const governing = context.settings().hoverProbable ? [...found.governing, ...found.probable] : found.governing;
  const trail = identifier && trailCard(uri, identifier);
  if (governing.length === 0) {
    return trail && identifier ? { contents: renderCards([trail.card], { markdown, links: trail.links }), range: identifier.span } : null;
  }
  const cards = governing.slice(0, MOST_CARDS).map((hit) => decisionCard(context, located, hit));
  if (trail) cards.push(trail.card);
  const hidden = found.governing.length - MOST_CARDS;
  const more = hidden <= 0 ? undefined : hidden === 1 ? '1 more decision governs this code.' : `${hidden} more decisions govern this code.`;
  const note = [more, behindNote(index.behind)].filter((part) => part !== undefined).join(' ');
  const subject = symbol ? { ...place, line: symbol.span.start.line, endLine: symbol.span.end.line } : place;
  const links = [...whyLink(context, uri, subject), ...(trail?.links ?? [])];
  const contents = renderCards(cards, { markdown, links, note: note === '' ? undefined : note });
  if (lineText === undefined) return { contents };
  return { contents, range: symbol?.span ?? lineSpan(position.line, lineText) };
};

export const hoverRequest = editorRequest({
  type: HoverRequest.type,
  name: 'Hover',
  capability: () => ({ hoverProvider: true }),
  handle: hover,
  nothing: null,
});
