import type { LineIndex } from '../../text/lines.ts';
import type { CitationCandidate } from './candidates.ts';
import { type CitationIndex, wordsIn } from './citation-index.ts';

/** An address of another repository in a text. */
export interface ForeignAddress {
  readonly start: number;
  readonly end: number;
  /** `owner/name` at a forge, else the host. */
  readonly repository: string;
  /** Whether it leads to decision records. */
  readonly leadsToRecords: boolean;
  /** Whether it names a repository that has another name than this one, so that not even the whole path of a record of ours is ours there. */
  readonly isElsewhere: boolean;
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
/** The same, wherever the number is one of ours too. */
const UPSTREAM_BEFORE = /(?:^|[^\w-])(upstream)(?:['’]s)?\s$/i;
const UPSTREAM_AFTER = /^\s(?:\([^)\n]{0,80}\)\s)?(?:of|from|in)\s(?:the\s)?(upstream)\b(?![-/])/i;
/** Words that make `in <Name>` a place in a document rather than a project. */
const NOT_AN_OWNER =
  /^(?:section|appendix|chapter|table|figure|markdown|january|february|march|april|june|july|august|september|october|november|december)$/i;

/** The word right before a number, with or without `'s`. */
const WORD_BEFORE = /(?:^|[\s("'`])([A-Za-z][\w.-]*\w)[`"]?(?:['’]s)?[ ]$/;
/** Words that lead to a citation: verbs by their ending, and words of sentences. */
const LEADS_TO_CITATION =
  /^\w*(?:s|ed|ing|ly)$|^(?:the|an|this|that|our|per|by|in|of|on|at|to|for|from|via|with|under|as|and|or|but|if|when|than|both|only|not|see|and|cf|also|after|before|until|since|because|like|unless|about|against|beyond|within|without|follow|implement|apply|honou?r|enforce|satisfy|respect|match|mirror|use|read|check|keep|violate|supersede|replace|amend|refine|extend|cite|document|reference|ref|note|todo|fixme|link|source|why|rationale|spec|section|rule|decision|record|architecture|proposed|new|old|former|draft|adrs?|rfcs?)$/i;

/** The name of `owner/name`, in lower case. */
const nameOf = (repository: string): string => repository.slice(repository.lastIndexOf('/') + 1).toLowerCase();

/** Whether an address ends in the whole path of one of our records: then it is ours, whatever the remote is called here. */
function endsInRecord(address: string, { byPath }: CitationIndex): boolean {
  const path = address.replace(/[?#].*$/s, '').replace(/[.,;:]+$/, '');
  for (let at = path.indexOf('/', 8); at >= 0; at = path.indexOf('/', at + 1)) {
    const rest = path.slice(at + 1);
    if (rest.includes('/') && byPath.has(rest)) return true;
  }
  return false;
}

/** Whether a text has a name that is not part of a longer one. */
function hasName(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!/[\w-]/.test(text.charAt(at - 1)) && !/[\w-]/.test(text.charAt(at + name.length))) return true;
  return false;
}

/**
 * Finds addresses of other repositories. Without `home`, all addresses but those of our records are foreign. A fork has another owner and the same
 * name, so that the path of a record of ours is ours there; under another name, `0001-record-architecture-decisions.md` is somebody else's.
 */
export function foreignAddresses(text: string, home: string | undefined, index: CitationIndex): ForeignAddress[] {
  const own = home?.toLowerCase();
  return [...text.matchAll(URL_PATTERN)].flatMap((match) => {
    const [address] = match;
    if (own !== undefined && hasName(address.toLowerCase(), own)) return [];
    const atForge = FORGE.exec(address)?.[1]?.replace(/\.git$/, '');
    const isElsewhere = own !== undefined && atForge !== undefined && nameOf(atForge) !== nameOf(own);
    if (!isElsewhere && endsInRecord(address, index)) return [];
    return [
      {
        start: match.index,
        end: match.index + address.length,
        repository: atForge ?? address.replace(/^https?:\/\//, '').split('/')[0] ?? '',
        leadsToRecords: RECORDS_ADDRESS.test(address),
        isElsewhere,
      },
    ];
  });
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
  const ahead = text.slice(Math.max(lineStart, candidate.start - 80), candidate.start);
  const upstream =
    UPSTREAM_BEFORE.exec(ahead)?.[1] ?? UPSTREAM_AFTER.exec(text.slice(candidate.end, Math.min(lineEnd, candidate.end + 160)))?.[1];
  if (isOwner(upstream)) return upstream.toLowerCase();
  const before = OWNER_BEFORE.exec(ahead);
  const named = before?.[1] ?? (isOurs ? undefined : (before?.[2] ?? before?.[3]));
  return isOwner(named) ? named : undefined;
}

/**
 * A name right before the number of a record of ours that neither the record nor this repository has, as in `raven ADR-003`. It may be the record's
 * subject or the project that has the record: the text alone does not tell which.
 */
export function qualifierOf(
  candidate: CitationCandidate,
  { text, lines, home }: { readonly text: string; readonly lines: LineIndex; readonly home: string | undefined },
): string | undefined {
  if (candidate.form !== 'number' || candidate.targets.length === 0) return undefined;
  const lineStart = lines.start(lines.lineAt(candidate.start));
  const name = WORD_BEFORE.exec(text.slice(Math.max(lineStart, candidate.start - 80), candidate.start))?.[1];
  if (name === undefined || LEADS_TO_CITATION.test(name)) return undefined;
  const known = new Set([
    ...wordsIn(home ?? ''),
    ...candidate.targets.flatMap(({ record }) => wordsIn(`${record.head.title} ${record.slug}`)),
  ]);
  return wordsIn(name).some((word) => known.has(word)) ? undefined : name;
}
