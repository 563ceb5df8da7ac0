import { linesOfSymbol } from '../../code/enclosing.ts';
import { codeMatch, type DeclaredLink, LINKS_FILE } from '../../knowledge/links/links.ts';
import type { CodeSymbol, Place } from '../../model/answer.ts';
import type { DeclaredEvidence } from '../../model/evidence.ts';
import type { LineRange } from '../../model/span.ts';
import type { LinkIndex } from '../../register/declared-links.ts';
import { containsLine } from '../../text/line-range.ts';
import { countLines } from '../../text/lines.ts';

/** A place and its file, to find the symbols and lines that links are anchored to. */
export interface LinkedPlace {
  readonly place: Place;
  readonly file: { readonly text: string };
  /** What the file declares; empty for a language without a grammar, whose symbols are found by layout. */
  readonly symbols: readonly CodeSymbol[];
}

/** Too little to govern: a link whose anchor is gone is shown to people who ask, never unasked. */
const LOST_WEIGHT = 0.4;
/** A link to a symbol or lines is narrower than any link to a file, a folder or a pattern, which have 1 to 3. */
const ANCHORED = 3;

interface LinkMatch {
  readonly link: DeclaredLink;
  /** Larger is narrower. */
  readonly narrowness: number;
  /** The file no longer has the symbol or the lines of the link. */
  readonly lost: boolean;
}

/** The lines that a link is anchored to; `undefined` where the file no longer has them. */
function anchorOf({ symbol, lines }: DeclaredLink, { place, file, symbols }: LinkedPlace): LineRange | undefined {
  if (symbol !== undefined) return linesOfSymbol(symbols, file.text, place.path, symbol);
  return lines && lines.first < countLines(file.text) ? lines : undefined;
}

/** How a link covers a place; `undefined` where it does not. */
function matchOf(link: DeclaredLink, linked: LinkedPlace): LinkMatch | undefined {
  const { path, line } = linked.place;
  const narrowness = codeMatch(link.code, path);
  if (narrowness === 0) return undefined;
  if (link.symbol === undefined && link.lines === undefined) return { link, narrowness, lost: false };
  const anchor = anchorOf(link, linked);
  if (!anchor) return { link, narrowness, lost: true };
  return line === undefined || containsLine(anchor, line) ? { link, narrowness: narrowness + ANCHORED, lost: false } : undefined;
}

/** The link that decides about a record at a place: the narrowest; of equally narrow ones the last in the file. */
function decidingLink(links: LinkIndex, recordId: string, linked: LinkedPlace): LinkMatch | undefined {
  let best: LinkMatch | undefined;
  for (const link of links.byRecord.get(recordId) ?? []) {
    const match = matchOf(link, linked);
    const denies = link.verdict === 'does-not-govern';
    if (!match || (match.lost && denies)) continue;
    // An exception for one function says nothing about the file as a whole.
    if (match.narrowness > ANCHORED && linked.place.line === undefined && denies) continue;
    if (!best || (best.lost && !match.lost) || (best.lost === match.lost && match.narrowness >= best.narrowness)) best = match;
  }
  return best;
}

/** Evidence that a person linked the record to the code in `.lintel/links.yaml`. Weight 1; 0.4 where the symbol or the lines of the link are gone. */
export function declaredEvidence(links: LinkIndex, recordId: string, linked: LinkedPlace): DeclaredEvidence | undefined {
  const match = decidingLink(links, recordId, linked);
  if (match?.link.verdict !== 'governs') return undefined;
  const { link, lost } = match;
  const anchor = link.symbol === undefined ? (lost ? 'lines that this file no longer has' : '') : `\`${link.symbol}\``;
  const to = anchor === '' ? '' : ` to ${anchor}${lost && link.symbol !== undefined ? ', which this file no longer has' : ''}`;
  const why = link.note === undefined ? '' : `: ${link.note.slice(0, 200)}`;
  return { kind: 'declared', weight: lost ? LOST_WEIGHT : 1, explanation: `linked by hand in ${LINKS_FILE}${to}${why}` };
}

/** Whether a person said that the record does not govern the code: it is then never shown as governing there. */
export const isDenied = (links: LinkIndex, recordId: string, linked: LinkedPlace): boolean =>
  decidingLink(links, recordId, linked)?.link.verdict === 'does-not-govern';

/** Ids of the records that people said do not govern the place. */
export const deniedAt = (links: LinkIndex, linked: LinkedPlace): ReadonlySet<string> =>
  new Set([...links.byRecord.keys()].filter((id) => isDenied(links, id, linked)));
