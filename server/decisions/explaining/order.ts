import type { Hit } from '../../model/answer.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { LineRange } from '../../model/span.ts';

/** Beyond this many lines, what a document says of another part of the file says little of these. */
const FAR_LINES = 100;
/** Below this weight, evidence alone is a hint. */
const LEAST_WEIGHT = 0.3;
/** Files that mention everything once: what changed in each release. */
const CHANGE_LOG =
  /(?:^|\/)(?:change-?logs?|changes|news|history|whats-?new|release-?notes?|relnotes|releases?|upgrad(?:e|ing))(?:[-_.\d/]|$)/i;

/** Evidence that somebody wrote down: it needs no nearness. */
const isMeant = ({ kind }: Evidence): boolean => kind === 'declared' || kind === 'cited';

function isFar({ codeSpan }: Evidence, { first, last }: LineRange): boolean {
  if (!codeSpan) return false;
  const distance = Math.max(0, first - codeSpan.end.line, codeSpan.start.line - last);
  return distance > FAR_LINES;
}

/**
 * Whether a document has little to do with some lines: nothing but weak evidence, evidence far away from them, or a list of changes that names everything once.
 */
export function isWeak(hit: Hit, lines: LineRange | undefined): boolean {
  if (hit.evidence.some(isMeant)) return false;
  if (CHANGE_LOG.test((hit.path ?? '').replace(/_/g, '-'))) return true;
  const near = hit.evidence.filter((evidence) => lines === undefined || !isFar(evidence, lines));
  return near.every(({ kind, weight }) => kind === 'similar' || weight < LEAST_WEIGHT);
}

/** What else is worth reading about a place, by kind. */
export interface RelatedParts {
  /** Commits that made or last changed the lines. */
  readonly commits: readonly Hit[];
  /** Other commits of the file. */
  readonly ofFile: readonly Hit[];
  readonly specifications: readonly Hit[];
  /** Records and guides. */
  readonly documents: readonly Hit[];
}

const isLike = ({ evidence }: Hit): boolean => evidence.every(({ kind }) => kind === 'similar');

/**
 * Orders by use: the commits of the lines, first those that say why; specifications of the operation at hand; records and guides that are about this place;
 * then the other commits of the file, and what is weakly related, marked so.
 */
export function orderRelated({ commits, ofFile, specifications, documents }: RelatedParts, lines: LineRange | undefined): Hit[] {
  const marked = documents.map((hit) => (isWeak(hit, lines) ? { ...hit, weak: true as const } : hit));
  return [
    ...commits.filter(({ reason }) => reason !== undefined),
    ...commits.filter(({ reason }) => reason === undefined),
    ...specifications.filter((hit) => !isLike(hit)),
    ...marked.filter(({ weak }) => !weak),
    ...ofFile,
    ...marked.filter(({ weak }) => weak),
    ...specifications.filter(isLike),
  ];
}
