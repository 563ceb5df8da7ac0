import type { LinesInScope } from '../../code/enclosing.ts';
import type { Evidence, ScopedEvidence } from '../../model/evidence.ts';

/**
 * Why a record in force may be shown as governing, surest first: a person linked it; the code cites it; its front matter applies it to the file;
 * its text names the file; its text names something in scope, and both were written together or the text is very close.
 */
export type Ground = 'declared' | 'cited' | 'applies-to' | 'file' | 'together' | 'named';

/** What the grounds of a record at a place depend on. */
export interface Grounds {
  readonly evidence: readonly Evidence[];
  /** The lines in scope. */
  readonly inScope: LinesInScope;
  /** How unusually close the record is to the code, in standard deviations of arbitrary code. */
  readonly zScore: number;
  /** How far `zScore` exceeds that of every other record. */
  readonly lead: number;
  /** How far it exceeds that of every other record for which nothing at hand speaks. */
  readonly leadOverSilent: number;
  /** Place among the decisions in the order of the ranking, from 0. */
  readonly rank: number;
  /** What is asked about. In a build file or settings, each line is an entry of its own; of a whole file, only the head tells how close a record is. */
  readonly of: 'lines' | 'file' | 'entries';
}

/** Weight of a citation within five lines of the place, and of one that is attached to the lines in scope; decision record 0026 has the judgements. */
const CITED_HERE = 0.97;
const CITED_ABOVE = 0.5;
/** The same for a citation on the very line or the one above. */
const CITED_BESIDE = 0.99;
/** How far above arbitrary code a record must be, by its ground; a record without common history needs strong names, or to be very close. */
const LEAST_Z_SCORE = { citedHere: 1, citedAbove: 2.5, file: 4.5, fileTogether: 3.5, together: 4.5, strongNames: 5, names: 6 } as const;
const STRONG_NAMES = 0.8;
/** How far ahead of the records for which nothing speaks: the less the reason says of the very lines, the further. */
const LEAST_LEAD = { citedAbove: 1.5, file: 1.2, names: 0.5 } as const;
/** A record for which something at hand speaks may be so much closer: then both are about the place. */
const SIBLING_LEAD = 0.5;
/** Names alone do not tell siblings apart: each of them names what the others decide. */
const NAMES_LEAD = 1;
const LEAST_NAMING = 0.2;
const LEAST_TOGETHER = 0.1;
/** The same for a record that probably governs: when its text names the file, and when common history, names, a citation or several kinds speak for it. */
const PROBABLE = { file: { zScore: 0.5, ranks: 5 }, together: 4, names: 3, several: 2.5, ranks: 3, lead: -1 } as const;
/** One name that many records and files share is no reason. */
const LEAST_NAMES = 0.3;

/** Weight of a citation that says something of the place: one in a list of records weighs less. */
const LEAST_CITATION = 0.25;

const isNameInScope = (item: Evidence, { first, last }: LinesInScope): boolean =>
  item.kind === 'scoped' &&
  item.form !== 'folder' &&
  item.form !== 'package' &&
  item.weight >= LEAST_NAMING &&
  item.codeSpan !== undefined &&
  item.codeSpan.start.line >= first &&
  item.codeSpan.start.line <= last;

/** Sum of the weights of the names in scope; 0 without one. */
const namesInScope = ({ evidence, inScope }: Pick<Grounds, 'evidence' | 'inScope'>): number =>
  evidence.reduce((sum, item) => sum + (isNameInScope(item, inScope) ? item.weight : 0), 0);

const isCited = ({ evidence }: Pick<Grounds, 'evidence'>, least = LEAST_CITATION): boolean =>
  evidence.some(({ kind, weight }) => kind === 'cited' && weight >= least);

const isWrittenTogether = ({ evidence }: Pick<Grounds, 'evidence'>): boolean =>
  evidence.reduce((sum, { kind, weight }) => sum + (kind === 'changed-together' ? weight : 0), 0) >= LEAST_TOGETHER;

const hasForm = ({ evidence }: Pick<Grounds, 'evidence'>, form: ScopedEvidence['form']): boolean =>
  evidence.some((item) => item.kind === 'scoped' && item.form === form);

/**
 * Whether something at hand, other than likeness, speaks for the record. Records of one subject that are all at hand are siblings: how close one of
 * them is says little against another.
 */
export const hasEvidenceAtHand = (grounds: Pick<Grounds, 'evidence' | 'inScope'>): boolean =>
  grounds.evidence.some(({ kind }) => kind === 'declared') ||
  isCited(grounds) ||
  hasForm(grounds, 'pattern') ||
  hasForm(grounds, 'file') ||
  namesInScope(grounds) > 0 ||
  isWrittenTogether(grounds);

/** The ground on which a record governs a place; `undefined` when it does not. */
export function groundOf(grounds: Grounds): Ground | undefined {
  const { evidence, inScope, zScore, lead, leadOverSilent, rank, of } = grounds;
  if (evidence.some(({ kind, weight }) => kind === 'declared' && weight === 1)) return 'declared';
  // Whoever cites a record on the line or above it means these lines. A few lines off it may be a number of another series, or one in an example,
  // which is as far from the code as any record while others are closer.
  if (isCited(grounds, CITED_BESIDE)) return 'cited';
  const isCloseToCitation = of === 'file' || zScore >= LEAST_Z_SCORE.citedHere || lead >= -SIBLING_LEAD;
  if (of !== 'entries' && isCited(grounds, CITED_HERE) && isCloseToCitation) return 'cited';
  if (hasForm(grounds, 'pattern')) return 'applies-to';
  if (of === 'entries' || !inScope.inside) return undefined;
  if (lead < -SIBLING_LEAD) return undefined;
  if (isCited(grounds, CITED_ABOVE) && zScore >= LEAST_Z_SCORE.citedAbove && leadOverSilent >= LEAST_LEAD.citedAbove) return 'cited';
  // What is second is about the subject of the first, or about other lines of the file.
  if (rank > 0) return undefined;
  const names = namesInScope(grounds);
  const leastOfFile = isWrittenTogether(grounds) ? LEAST_Z_SCORE.fileTogether : LEAST_Z_SCORE.file;
  if (hasForm(grounds, 'file') && zScore >= leastOfFile && leadOverSilent >= LEAST_LEAD.file) return 'file';
  if (names === 0 || leadOverSilent < LEAST_LEAD.names) return undefined;
  if (isWrittenTogether(grounds) && zScore >= LEAST_Z_SCORE.together) return 'together';
  if (lead < NAMES_LEAD) return undefined;
  return zScore >= (names >= STRONG_NAMES ? LEAST_Z_SCORE.strongNames : LEAST_Z_SCORE.names) ? 'named' : undefined;
}

/** Whether a record that does not govern a place probably does: something at hand speaks for it, and it is among the first of the ranking. */
export function isProbable(grounds: Grounds): boolean {
  const { zScore, lead, rank, of } = grounds;
  if (of === 'entries') return isCited(grounds, CITED_HERE) && zScore >= PROBABLE.several;
  if (hasForm(grounds, 'file') && zScore >= PROBABLE.file.zScore && rank < PROBABLE.file.ranks) return true;
  if (rank >= PROBABLE.ranks || lead < PROBABLE.lead) return false;
  const [cited, named, together] = [isCited(grounds), namesInScope(grounds) >= LEAST_NAMES, isWrittenTogether(grounds)];
  if (cited || (named && together)) return zScore >= PROBABLE.several;
  return (named && zScore >= PROBABLE.names) || (together && zScore >= PROBABLE.together);
}
