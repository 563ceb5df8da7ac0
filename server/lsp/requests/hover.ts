import { type Hover, type HoverParams, HoverRequest, type Position } from 'vscode-languageserver/node';
import { SHOW_WHY, type ShowWhyArgument } from '../../../protocol/index.ts';
import type { Citation, CodeSymbol, Hit, Place } from '../../model/answer.ts';
import { mayGovern } from '../../model/evidence.ts';
import type { Span } from '../../model/span.ts';
import { placeOf, type RequestContext, successorsOf } from '../context.ts';
import { behindNote, type Card, type CardLink, renderCards } from '../render.ts';
import { editorRequest } from '../request.ts';
import type { Located } from '../workspaces.ts';

const MOST_CARDS = 3;
const MOST_REASONS = 3;

const before = (a: Position, b: Position): boolean => a.line < b.line || (a.line === b.line && a.character < b.character);
const holds = ({ start, end }: Span, position: Position): boolean => !before(position, start) && before(position, end);

const cardOf = (context: RequestContext, { repository }: Located, hit: Hit, reasons: readonly string[]): Card => {
  const uri = hit.path === undefined ? undefined : context.workspaces.uriOf(repository, hit.path);
  const line = hit.span.start.line + 1;
  return {
    title: hit.title,
    ...(uri === undefined ? {} : { uri }),
    ...(hit.status === undefined ? {} : { status: hit.status }),
    ...(hit.date === undefined ? {} : { date: hit.date.slice(0, 10) }),
    reasons,
    ...(hit.snippet === '' ? {} : { quote: hit.snippet }),
    ...(uri === undefined || hit.snippet === ''
      ? {}
      : { source: { uri: `${uri}#L${line}`, label: `${hit.path?.split('/').at(-1)}:${line}` } }),
  };
};

const governingCard = (context: RequestContext, located: Located, hit: Hit): Card =>
  cardOf(
    context,
    located,
    hit,
    hit.evidence
      .filter(mayGovern)
      .slice(0, MOST_REASONS)
      .map(({ explanation }) => explanation),
  );

const citationCard = async (context: RequestContext, located: Located, target: Citation['targets'][number]): Promise<Card> => {
  const hit = await located.engine.record(target.id);
  if (hit === undefined) return { title: target.title, uri: context.workspaces.uriOf(located.repository, target.path), reasons: [] };
  const titles = (await successorsOf(located.engine, hit)).map(({ title }) => title);
  return cardOf(context, located, hit, titles.length > 0 ? [`Superseded by ${titles.join(', ')}.`] : []);
};

/** The link that turns "Why this code" to the place, for clients that run commands of hovers. */
const whyLink = (context: RequestContext, uri: string, { line, endLine }: Place): readonly CardLink[] => {
  if (!context.client().hoverCommands.includes(SHOW_WHY)) return [];
  const argument: ShowWhyArgument = { uri, ...(line === undefined ? {} : { line }), ...(endLine === undefined ? {} : { endLine }) };
  const encoded = encodeURIComponent(JSON.stringify([argument])).replace(/[()']/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
  return [{ label: 'Why this code', uri: `command:${SHOW_WHY}?${encoded}` }];
};

/** What the hover is about: over the name of a symbol all of the symbol, else the line. */
interface Subject {
  readonly place: Place;
  readonly range: Span;
}

const subjectOf = (place: Place, symbols: readonly CodeSymbol[], position: Position, text: string): Subject => {
  const { line } = position;
  const symbol = symbols.find(({ nameSpan }) => holds(nameSpan, position));
  if (symbol !== undefined) {
    const { start, end } = symbol.span;
    return { place: { ...place, line: start.line, endLine: end.line }, range: symbol.span };
  }
  const first = text.length - text.trimStart().length;
  return { place, range: { start: { line, character: first }, end: { line, character: text.trimEnd().length } } };
};

/**
 * Hover: the card of the record that is cited under the cursor; else the decisions that govern the symbol whose name is there, or the line,
 * at most three. Nothing over blank space and nothing where only similarity speaks.
 */
const hover = async (context: RequestContext, { textDocument, position }: HoverParams, signal: AbortSignal): Promise<Hover | null> => {
  if (!context.settings().hover) return null;
  const located = await placeOf(context, textDocument.uri, position.line);
  if (located === undefined) return null;
  const { engine, place } = located;
  const lineText = context.documents
    .get(textDocument.uri)
    ?.getText({ start: { line: position.line, character: 0 }, end: { line: position.line + 1, character: 0 } })
    .replace(/[\r\n]+$/, '');
  if (lineText !== undefined && (lineText[position.character] ?? '').trim() === '') return null;

  const markdown = context.client().markdown;
  const cited = (await engine.citations(place, signal)).find((citation) => citation.targets.length > 0 && holds(citation.span, position));
  const targets = cited?.targets.filter(({ path }) => path !== place.path) ?? [];
  if (cited !== undefined && targets.length > 0) {
    const cards = await Promise.all(targets.slice(0, MOST_CARDS).map((target) => citationCard(context, located, target)));
    const ambiguous = targets.length > 1 ? `"${cited.text}" may mean ${targets.length} records.` : undefined;
    return {
      contents: renderCards(cards, { markdown, links: whyLink(context, textDocument.uri, place), note: ambiguous }),
      range: cited.span,
    };
  }

  const subject = subjectOf(place, await engine.symbols(place), position, lineText ?? '');
  const { governing, index } = await engine.why({ ...subject.place, unasked: true }, signal);
  if (governing.length === 0) return null;
  const cards = governing.slice(0, MOST_CARDS).map((hit) => governingCard(context, located, hit));
  const more = governing.length > MOST_CARDS ? `${governing.length - MOST_CARDS} more govern this place.` : undefined;
  const note = [more, behindNote(index.behind)].filter((part) => part !== undefined).join(' ');
  const contents = renderCards(cards, {
    markdown,
    links: whyLink(context, textDocument.uri, subject.place),
    note: note === '' ? undefined : note,
  });
  return { contents, ...(lineText === undefined ? {} : { range: subject.range }) };
};

export const hoverRequest = editorRequest({
  type: HoverRequest.type,
  name: 'Hover',
  capability: () => ({ hoverProvider: true }),
  handle: hover,
  nothing: null,
});
