import { type Hover, type HoverParams, HoverRequest } from 'vscode-languageserver/node';
import { SHOW_WHY, type ShowWhyArgument } from '../../../protocol/index.ts';
import type { Hit, Inspection, Place } from '../../model/answer.ts';
import type { Position, Span } from '../../model/span.ts';
import { spanContains } from '../../text/positions.ts';
import { quotedMention } from '../../text/record-numbers.ts';
import { placeOf, type RequestContext } from '../context.ts';
import { citationCard, decisionCard } from '../hover/cards.ts';
import { governedLine } from '../hover/line.ts';
import { reasonLine } from '../hover/reason.ts';
import { trailCard } from '../hover/trail.ts';
import { behindNote, type CardLink, type HoverText, renderHover } from '../render.ts';
import { editorRequest } from '../request.ts';

const MOST_CARDS = 3;

type AtCitation = Extract<Inspection, { readonly citation: object }>;
type AtCode = Exclude<Inspection, AtCitation>;
type LocatedPlace = NonNullable<Awaited<ReturnType<typeof placeOf>>>;

/** The link that shows the place in "Why this code", for clients that run commands from hovers. */
const whyLink = (context: RequestContext, uri: string, { line, endLine }: Place): readonly CardLink[] => {
  if (!context.client().hoverCommands.includes(SHOW_WHY)) return [];
  const argument: ShowWhyArgument = { uri, ...(line === undefined ? {} : { line }), ...(endLine === undefined ? {} : { endLine }) };
  const encoded = encodeURIComponent(JSON.stringify([argument])).replace(/[()']/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
  return [{ label: 'Why this code', uri: `command:${SHOW_WHY}?${encoded}` }];
};

/** The line without leading and trailing white space. */
const lineSpan = (line: number, text: string): Span => ({
  start: { line, character: text.length - text.trimStart().length },
  end: { line, character: text.trimEnd().length },
});

const noteOf = (...parts: readonly (string | undefined)[]): string | undefined =>
  parts.filter((part) => part !== undefined).join(' ') || undefined;

/** On a citation: the records that it may mean. */
const ofCitation = (context: RequestContext, located: LocatedPlace, uri: string, { citation, records }: AtCitation): HoverText => {
  const count = citation.targets.length;
  return {
    cards: records.map((record) => citationCard(context, located, record)),
    links: whyLink(context, uri, located.place),
    note: count > 1 ? `"${quotedMention(citation.text)}" may mean ${count} records.` : undefined,
  };
};

/** Whether the name at a position is one that a record names. */
const isNamed = (governing: readonly Hit[], position: Position): boolean =>
  governing.some(({ evidence }) =>
    evidence.some(({ kind, codeSpan }) => kind === 'scoped' && codeSpan !== undefined && spanContains(codeSpan, position)),
  );

/** What governs: on a declaration, in a comment and on a name that a record names as cards; elsewhere in one line, so that a hover stays about the code. */
const ofCode = (context: RequestContext, located: LocatedPlace, uri: string, position: Position, found: AtCode): HoverText => {
  const { symbol, comment, index, identifier } = found;
  const probable = context.settings().hoverProbable ? found.probable : [];
  const governing = [...found.governing, ...probable];
  const trail = identifier && trailCard(uri, identifier);
  const reason = reasonLine(found.reasons, { setting: context.settings().hoverHistory, commands: context.client().hoverCommands });
  const reasons = reason ? [reason] : [];
  if (governing.length === 0) return { cards: trail ? [trail.card] : [], lines: reasons, links: trail?.links ?? [] };
  const place = symbol ? { ...located.place, line: symbol.span.start.line, endLine: symbol.span.end.line } : located.place;
  const links = [...whyLink(context, uri, place), ...(trail?.links ?? [])];
  const trailCards = trail ? [trail.card] : [];
  const isAsked = symbol !== undefined || comment === true || isNamed(governing, position);
  if (!isAsked) {
    const lines = [governedLine(context, located, found.governing, probable), ...reasons];
    return { cards: trailCards, lines, links, note: behindNote(index.behind) };
  }
  const hidden = found.governing.length - MOST_CARDS;
  const more = hidden <= 0 ? undefined : hidden === 1 ? '1 more decision governs this code.' : `${hidden} more decisions govern this code.`;
  return {
    cards: [...governing.slice(0, MOST_CARDS).map((hit) => decisionCard(context, located, hit)), ...trailCards],
    lines: reasons,
    links,
    note: noteOf(more, behindNote(index.behind)),
  };
};

/** What the hover covers: the citation, the declaration, or the line. */
const rangeOf = (found: Inspection, saysWhatGoverns: boolean, line: number, lineText: string | undefined): Span | undefined => {
  if (found.citation) return found.citation.span;
  const { symbol, identifier } = found;
  if (!saysWhatGoverns && identifier) return identifier.span;
  return symbol?.span ?? (lineText === undefined ? undefined : lineSpan(line, lineText));
};

/**
 * On a citation: the record that it cites. Elsewhere the decisions that govern the line or the declaration, at most three as cards, or in one line; and on the
 * name of an identifier, where the file makes it, takes it apart and stores it. Decisions that probably govern follow where the user asks for them.
 * Below them, or alone, one line says why the commit that made the line was made, where its message does.
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
  const lineText = context.documents
    .get(uri)
    ?.getText({ start: { line: position.line, character: 0 }, end: { line: position.line + 1, character: 0 } })
    .replace(/[\r\n]+$/, '');
  if (lineText !== undefined && (lineText[position.character] ?? '').trim() === '') return null;
  const found = await located.engine.inspect({ ...located.place, history: context.settings().hoverHistory !== 'off' }, position, signal);
  const text = found.citation ? ofCitation(context, located, uri, found) : ofCode(context, located, uri, position, found);
  const contents = renderHover(text, context.client().markdown);
  if (contents === undefined) return null;
  const shown = found.citation ? [] : [...found.governing, ...(context.settings().hoverProbable ? found.probable : [])];
  const range = rangeOf(found, shown.length > 0, position.line, lineText);
  return range === undefined ? { contents } : { contents, range };
};

export const hoverRequest = editorRequest({
  type: HoverRequest.type,
  name: 'Hover',
  capability: () => ({ hoverProvider: true }),
  handle: hover,
  nothing: null,
});
