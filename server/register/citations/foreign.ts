import type { LineIndex } from '../../text/lines.ts';
import type { CitationCandidate } from './candidates.ts';
import type { CitationIndex } from './citation-index.ts';

/** An address of another repository in a text. */
export interface ForeignAddress {
  readonly start: number;
  readonly end: number;
  /** `owner/name` at a forge, else the host. */
  readonly repository: string;
  /** Whether it leads to decision records. */
  readonly leadsToRecords: boolean;
}

const URL_PATTERN = /https?:\/\/[^\s<>"'`)\]]+/g;
const FORGE = /^https?:\/\/(?:www\.|raw\.)?(?:github(?:usercontent)?|gitlab|bitbucket|codeberg)\.[a-z]+\/([\w.-]+\/[\w.-]+)/i;
const RECORDS_ADDRESS = /\b(?:adrs?|rfcs?|decisions?|architecture)\b|adr-?\d/i;
/** After a number: "of cosmos-sdk", "in `org/repo`", "from Tendermint". A plain word is a name only with a capital. */
const OWNER_AFTER =
  /^\s{0,2}(?:\([^)\n]{0,80}\)\s)?(?:of|from|in)\s(?:the\s)?[`'"]?((?:[A-Za-z][\w.]*[-/])+[\w.]+|[A-Z][A-Za-z]{3,30})\b(?!\/)/;
/** Before a number: `org/repo#`, "cosmos-sdk's", "the provider's". */
const OWNER_BEFORE =
  /(?:^|[\s("'`])([A-Za-z][\w.-]*\/[\w.-]+)#$|(?:^|[\s("'`])((?:[A-Za-z]\w*[-/])+\w+)(?:['’]s)?\s$|\b([A-Za-z]\w+)['’]s\s$/;
/** Words that make `in <Name>` a place in a document rather than a project. */
const NOT_AN_OWNER =
  /^(?:section|appendix|chapter|table|figure|markdown|january|february|march|april|june|july|august|september|october|november|december)$/i;

/** Whether an address ends in the whole path of one of our records: then it is ours, whatever the remote is called here. */
function endsInRecord(address: string, { byPath }: CitationIndex): boolean {
  const path = address.replace(/[?#].*$/s, '').replace(/[.,;:]+$/, '');
  for (let at = path.indexOf('/', 8); at >= 0; at = path.indexOf('/', at + 1)) {
    const rest = path.slice(at + 1);
    if (rest.includes('/') && byPath.has(rest)) return true;
  }
  return false;
}

/** Finds addresses of other repositories. Without `home`, all addresses but those of our records are foreign. */
export function foreignAddresses(text: string, home: string | undefined, index: CitationIndex): ForeignAddress[] {
  const own = home?.toLowerCase();
  return [...text.matchAll(URL_PATTERN)]
    .filter((match) => !(own !== undefined && match[0].toLowerCase().includes(own)) && !endsInRecord(match[0], index))
    .map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      repository: FORGE.exec(match[0])?.[1]?.replace(/\.git$/, '') ?? match[0].replace(/^https?:\/\//, '').split('/')[0] ?? '',
      leadsToRecords: RECORDS_ADDRESS.test(match[0]),
    }));
}

/** Index of the first address that ends after an offset, by binary search. */
function firstEndingAfter(addresses: readonly ForeignAddress[], offset: number): number {
  let low = 0;
  let high = addresses.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((addresses[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The address that a candidate is part of. */
export function addressAround(
  addresses: readonly ForeignAddress[],
  candidate: Pick<CitationCandidate, 'start' | 'end'>,
): ForeignAddress | undefined {
  const address = addresses[firstEndingAfter(addresses, candidate.start)];
  return address && address.start < candidate.end ? address : undefined;
}

/**
 * The other repository that a number belongs to, where the text says so: with an address of its records on the same or the next line, as
 * `org/repo#ADR-7`, or as "ADR 031 of cosmos-sdk". `undefined` otherwise.
 */
export function ownerOf(
  candidate: CitationCandidate,
  {
    text,
    lines,
    addresses,
    home,
  }: { readonly text: string; readonly lines: LineIndex; readonly addresses: readonly ForeignAddress[]; readonly home: string | undefined },
): string | undefined {
  if (candidate.form !== 'number') return undefined;
  const line = lines.lineAt(candidate.start);
  const [lineStart, lineEnd] = [lines.start(line), lines.end(line)];
  const limit = lines.end(line + 1);
  for (let at = firstEndingAfter(addresses, lineStart); at < addresses.length; at++) {
    const address = addresses[at];
    if (!address || address.start >= limit) break;
    if (address.leadsToRecords) return address.repository;
  }
  const own = new Set(home === undefined ? [] : [home.toLowerCase(), ...home.toLowerCase().split('/')]);
  const isOurs = candidate.targets.length > 0;
  const isOwner = (name: string | undefined): name is string =>
    name !== undefined && !own.has(name.toLowerCase()) && !NOT_AN_OWNER.test(name) && !/\.\w{1,4}$|^adr|^rfc/i.test(name);
  const after = OWNER_AFTER.exec(text.slice(candidate.end, Math.min(lineEnd, candidate.end + 160)))?.[1];
  // A plain capitalised word may be anything where the number is one of ours.
  if (isOwner(after) && (!isOurs || /[-/]/.test(after))) return after;
  const before = OWNER_BEFORE.exec(text.slice(Math.max(lineStart, candidate.start - 80), candidate.start));
  const named = before?.[1] ?? (isOurs ? undefined : (before?.[2] ?? before?.[3]));
  return isOwner(named) ? named : undefined;
}
