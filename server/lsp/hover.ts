import type { Hover, HoverParams, Position } from 'vscode-languageserver/node';
import type { Citation, Hit } from '../model/answer.ts';
import { isStructural } from '../model/evidence.ts';
import type { Span } from '../model/span.ts';
import { type Face, placeOf } from './face.ts';
import { leadOf, successorsOf } from './records.ts';
import { behindNote, type Card, renderCards } from './render.ts';
import type { Located } from './workspaces.ts';

const MOST_CARDS = 3;
const MOST_REASONS = 2;

const before = (a: Position, b: Position): boolean => a.line < b.line || (a.line === b.line && a.character < b.character);
const holds = ({ start, end }: Span, position: Position): boolean => !before(position, start) && before(position, end);

const lineAddress = (uri: string, span: Span): string => `${uri}#L${span.start.line + 1}`;

const governingCard = (face: Face, { repository }: Located, hit: Hit): Card => ({
  title: hit.title,
  ...(hit.path === undefined ? {} : { uri: lineAddress(face.workspaces.uriOf(repository, hit.path), hit.span) }),
  ...(hit.status === undefined ? {} : { status: hit.status }),
  ...(hit.date === undefined ? {} : { date: hit.date }),
  reasons: hit.evidence
    .filter(isStructural)
    .slice(0, MOST_REASONS)
    .map(({ explanation }) => explanation),
  quote: hit.snippet,
});

const citationCard = async (face: Face, located: Located, target: Citation['targets'][number], signal: AbortSignal): Promise<Card> => {
  const { repository, engine } = located;
  const document = await engine.document(target.id);
  const successors = document === undefined ? [] : await successorsOf(engine, document, signal);
  const names = await Promise.all(successors.map(async (id) => (await engine.document(id))?.title ?? id));
  return {
    title: target.title,
    uri: face.workspaces.uriOf(repository, target.path),
    ...(target.status === undefined ? {} : { status: target.status }),
    ...(document?.date === undefined ? {} : { date: document.date }),
    reasons: names.length > 0 ? [`Superseded by ${names.join(', ')}.`] : [],
    ...(document === undefined ? {} : { quote: leadOf(document) }),
  };
};

/**
 * Hover: the card of the record that is cited under the cursor; else the decisions that govern the line, at most three. Nothing over
 * blank space and nothing where only similarity speaks.
 */
export const hover = async (face: Face, { textDocument, position }: HoverParams, signal: AbortSignal): Promise<Hover | null> => {
  if (!face.settings().hover) return null;
  const located = await placeOf(face, textDocument.uri, position.line);
  if (located === undefined) return null;
  const { engine, place } = located;
  const under = face.documents
    .get(textDocument.uri)
    ?.getText({ start: position, end: { line: position.line, character: position.character + 1 } });
  if (under !== undefined && under.trim() === '') return null;

  const markdown = face.client().markdown;
  const cited = (await engine.citations(place, signal)).find((citation) => citation.targets.length > 0 && holds(citation.span, position));
  const targets = cited?.targets.filter(({ path }) => path !== place.path) ?? [];
  if (cited !== undefined && targets.length > 0) {
    const cards = await Promise.all(targets.slice(0, MOST_CARDS).map((target) => citationCard(face, located, target, signal)));
    const ambiguous = targets.length > 1 ? `"${cited.text}" may mean ${targets.length} records.` : undefined;
    return { contents: renderCards(cards, markdown, ambiguous), range: cited.span };
  }

  const { governing, index } = await engine.why({ ...place, unasked: true }, signal);
  if (governing.length === 0) return null;
  const cards = governing.slice(0, MOST_CARDS).map((hit) => governingCard(face, located, hit));
  const more = governing.length > MOST_CARDS ? `${governing.length - MOST_CARDS} more govern this place.` : undefined;
  const footer = [more, behindNote(index.behind)].filter((note) => note !== undefined).join(' ');
  return { contents: renderCards(cards, markdown, footer === '' ? undefined : footer) };
};
