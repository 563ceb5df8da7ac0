import type { LinesInScope } from '../../code/enclosing.ts';
import type { Evidence, ScopedEvidence } from '../../model/evidence.ts';

/**
 * Why a record in force may be shown as governing, surest first: a person linked it; the code cites it; its front matter applies it to the file;
 * its text names the file; its text names something in scope, and both were written together or the names are strong.
 */
export type Ground = 'declared' | 'cited' | 'applies-to' | 'file' | 'together' | 'names';

/** What the grounds of a record at a place depend on. */
export interface Grounds {
  readonly evidence: readonly Evidence[];
  /** The lines in scope. */
  readonly inScope: LinesInScope;
  /** How unusually close the record is to the code, in standard deviations of arbitrary code. */
  readonly zScore: number;
  /** How far `zScore` exceeds that of every record without evidence at hand; negative where one of those is closer. */
  readonly lead: number;
}

/** Weight of a citation attached to the lines in scope. */
const LEAST_CITATION = 0.5;
/** How far above arbitrary code a record must be, and how far ahead of every record that nothing at hand speaks for (decision record 0026). */
const LEAST_Z_SCORE = 4;
const LEAST_LEAD = 0.5;
/** The same for a record that probably governs. */
const PROBABLE_Z_SCORE = 3;
const LEAST_NAMING = 0.2;
const LEAST_TOGETHER = 0.1;
/** Sum of the weights of names in scope that need no common history. */
const STRONG_NAMES = 1.2;

const isName = ({ form, codeSpan }: ScopedEvidence): boolean => form !== 'folder' && form !== 'package' && codeSpan !== undefined;

/** The names in scope that the record mentions. */
const namesInScope = (evidence: readonly Evidence[], { first, last }: LinesInScope): readonly ScopedEvidence[] =>
  evidence.filter(
    (item): item is ScopedEvidence =>
      item.kind === 'scoped' &&
      isName(item) &&
      item.weight >= LEAST_NAMING &&
      item.codeSpan !== undefined &&
      item.codeSpan.start.line >= first &&
      item.codeSpan.start.line <= last,
  );

const sum = (items: readonly Evidence[]): number => items.reduce((total, { weight }) => total + weight, 0);

const together = (evidence: readonly Evidence[]): number => sum(evidence.filter(({ kind }) => kind === 'changed-together'));

const hasForm = (evidence: readonly Evidence[], form: ScopedEvidence['form']): boolean =>
  evidence.some((item) => item.kind === 'scoped' && item.form === form);

/**
 * Whether something at hand, other than likeness, speaks for the record. Records of one series that all do are siblings: how close one of them is
 * says nothing against another.
 */
export const hasEvidenceAtHand = ({ evidence, inScope }: Pick<Grounds, 'evidence' | 'inScope'>): boolean =>
  evidence.some(({ kind }) => kind === 'declared' || kind === 'cited') ||
  hasForm(evidence, 'pattern') ||
  hasForm(evidence, 'file') ||
  namesInScope(evidence, inScope).length > 0 ||
  together(evidence) >= LEAST_TOGETHER;

/** The ground on which a record governs a place; `undefined` when it does not. */
export function groundOf({ evidence, inScope, zScore, lead }: Grounds): Ground | undefined {
  if (evidence.some(({ kind, weight }) => kind === 'declared' && weight === 1)) return 'declared';
  if (evidence.some(({ kind, weight }) => kind === 'cited' && weight >= LEAST_CITATION)) return 'cited';
  if (hasForm(evidence, 'pattern')) return 'applies-to';
  if (lead <= 0 || zScore < LEAST_Z_SCORE || !inScope.inside) return undefined;
  if (hasForm(evidence, 'file')) return 'file';
  const names = namesInScope(evidence, inScope);
  if (names.length === 0 || lead < LEAST_LEAD) return undefined;
  if (together(evidence) >= LEAST_TOGETHER) return 'together';
  return sum(names) >= STRONG_NAMES ? 'names' : undefined;
}

/** Whether a record in force that does not govern a place probably does. */
export function isProbable({ evidence, inScope, zScore, lead }: Grounds): boolean {
  if (hasForm(evidence, 'file')) return true;
  const names = namesInScope(evidence, inScope);
  const history = together(evidence) >= LEAST_TOGETHER;
  if (zScore < PROBABLE_Z_SCORE || lead <= 0) return false;
  return names.length > 0 || history || evidence.some(({ kind }) => kind === 'cited');
}
