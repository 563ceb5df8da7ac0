import type { Citation } from '../../model/answer.ts';
import type { Span } from '../../model/span.ts';
import { type LineIndex, lineIndex } from '../../text/lines.ts';
import type { Catalogue } from '../catalogue.ts';
import {
  type CitationCandidate,
  type CitationForm,
  type CitationSearch,
  decisionCandidates,
  nameCandidates,
  numberCandidates,
  pathCandidates,
  titleCandidates,
} from './candidates.ts';
import { citationIndex } from './citation-index.ts';
import { addressAround, foreignAddresses, ownerOf, qualifierOf } from './foreign.ts';
import type { CitationTarget } from './nearest.ts';

export type { CitationForm } from './candidates.ts';

/** A citation with the records that it may mean, best first. Weights are those measured in docs/ranking.md. */
export interface FoundCitation {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly span: Span;
  readonly form: CitationForm;
  /** None: it refers to no record. Several: it is ambiguous. */
  readonly targets: readonly CitationTarget[];
  /** How the record was found where no file exists at the cited path. */
  readonly moved?: 'renamed' | 'same-name' | 'same-slug';
  /** For a number: the series that the words before it name, in lower case. */
  readonly namespace?: string;
  /** A name right before the number that its record does not have, and that may be another project's: `raven ADR-003`. */
  readonly qualifier?: string;
  /** The other repository whose record the text means: `owner/name` or a name. `targets` is then empty. */
  readonly foreign?: string;
  /** Offset at which an anchor after the citation ends: `ADR-0012#settings`, `ADR-0062 §smoke`. */
  readonly anchorEnd?: number;
}

/** What decides which record a citation means. */
export interface CitationContext {
  /** Repository-relative path of the text. Records of nearer folders are preferred, and a record never cites itself. */
  readonly from: string;
  /** `owner/name` of the repository at its forge. Addresses of other repositories are foreign, and so are numbers beside them. */
  readonly home?: string | undefined;
  /** The current path of a file that git moved. Default: nothing was moved. */
  readonly renamed?: ((path: string) => string | undefined) | undefined;
}

const LONGEST_SCANNED_TEXT = 1_000_000;
const LONGEST_LINE_AROUND = 400;
const MOST_CANDIDATES = 20_000;
const ANCHOR = /^(?:#[\w-]{1,100}|\s?§\s?[\w.-]{1,60})/;
const PATH_WEIGHT = 4;

const weightOf = (candidate: CitationCandidate): number => candidate.targets[0]?.weight ?? 0;

/** Above the weight of a number, because numbers are reused: a path that no longer exists is no citation of the number in it. */
const LOST_PATH_WEIGHT = 3.2;

const rank = (candidate: CitationCandidate): number =>
  candidate.form === 'path' && candidate.targets.length === 0 ? LOST_PATH_WEIGHT : weightOf(candidate);

/** Drops candidates that overlap a better one: one of more weight, then a longer one, then an earlier one. */
function withoutOverlaps(candidates: readonly CitationCandidate[], length: number): CitationCandidate[] {
  const order = [...candidates].sort((a, b) => rank(b) - rank(a) || b.end - b.start - (a.end - a.start) || a.start - b.start);
  const taken = new Uint8Array(length);
  return order.filter(({ start, end }) => {
    if (taken.subarray(start, end).includes(1)) return false;
    taken.fill(1, start, end);
    return true;
  });
}

/** The line of an offset and the next one; of very long lines, only what is close to the offset. */
const aroundIn =
  (text: string, lines: LineIndex) =>
  (offset: number): string => {
    const line = lines.lineAt(offset);
    const start = Math.max(lines.start(line), offset - LONGEST_LINE_AROUND);
    return text.slice(start, Math.min(lines.end(line + 1), offset + LONGEST_LINE_AROUND));
  };

/**
 * Finds citations of records in a text, by path, file name, number, slug or full title; also those of other repositories. Takes time linear in the
 * text, whatever the number of records. Only the first million characters are read.
 * @returns in order, without overlaps
 */
export function readCitations(text: string, catalogue: Catalogue, { from, home, renamed }: CitationContext): FoundCitation[] {
  if (catalogue.records.length === 0) return [];
  const scanned = text.slice(0, LONGEST_SCANNED_TEXT);
  const lines = lineIndex(scanned);
  const index = citationIndex(catalogue);
  const addresses = foreignAddresses(scanned, home, index);
  const search: CitationSearch = {
    text: scanned,
    catalogue,
    index,
    from,
    renamed: renamed ?? (() => undefined),
    around: aroundIn(scanned, lines),
  };
  const candidates: CitationCandidate[] = [];
  for (const find of [pathCandidates, numberCandidates, decisionCandidates, nameCandidates, titleCandidates]) {
    let found = 0;
    for (const candidate of find(search)) {
      if (candidate.targets.some(({ record }) => record.path === from)) continue;
      // Names inside an address of another repository refer to its records, except for a whole path of ours in what may be a fork.
      const address = addressAround(addresses, candidate);
      if (address && (address.isElsewhere || weightOf(candidate) < PATH_WEIGHT || candidate.moved)) continue;
      candidates.push(candidate);
      if (++found >= MOST_CANDIDATES) break;
    }
  }
  const found = withoutOverlaps(candidates, scanned.length)
    .sort((a, b) => a.start - b.start)
    .map((candidate) => {
      const { start, end } = candidate;
      const foreign = ownerOf(candidate, { text: scanned, lines, addresses, home });
      const qualifier = foreign === undefined ? qualifierOf(candidate, { text: scanned, lines, home }) : undefined;
      const anchor = ANCHOR.exec(scanned.slice(end, end + 120));
      return {
        ...candidate,
        ...(foreign === undefined ? {} : { targets: [], foreign }),
        ...(qualifier === undefined ? {} : { qualifier }),
        ...(anchor ? { anchorEnd: end + anchor[0].length } : {}),
        text: scanned.slice(start, end),
        span: lines.span(start, end),
      };
    });
  return withOwners(found);
}

/** Series and number of a citation, for comparison. */
const numberOf = ({ text, namespace = '' }: FoundCitation): string => `${namespace}:${Number(/\d+$/.exec(text)?.[0] ?? 0)}`;

/** Where the text assigns a number to another repository once, and no record of ours has it, assigns it there everywhere. */
function withOwners(found: readonly FoundCitation[]): FoundCitation[] {
  const owners = new Map(
    found.flatMap((citation) => (citation.foreign === undefined ? [] : [[numberOf(citation), citation.foreign] as const])),
  );
  if (owners.size === 0) return [...found];
  return found.map((citation) => {
    const owner = citation.form === 'number' && citation.targets.length === 0 ? owners.get(numberOf(citation)) : undefined;
    return owner === undefined ? citation : { ...citation, foreign: owner };
  });
}

/** As {@link readCitations}, without citations of other repositories' records. */
export function findCitations(
  text: string,
  catalogue: Catalogue,
  from: string,
  home?: string,
  renamed?: CitationContext['renamed'],
): FoundCitation[] {
  return readCitations(text, catalogue, { from, home, renamed }).filter(({ foreign }) => foreign === undefined);
}

/** The citation in the form that clients receive. */
export function toCitation(found: FoundCitation): Citation {
  return {
    text: found.text,
    span: found.span,
    targets: found.targets.map(({ record, weight }) => ({
      id: record.id,
      path: record.path,
      title: record.head.title,
      ...(record.head.status ? { status: record.head.status.value } : {}),
      weight,
    })),
  };
}
