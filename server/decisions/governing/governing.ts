import type { LinesInScope } from '../../code/enclosing.ts';
import type { Evidence } from '../../model/evidence.ts';
import { byStrength, type Ranked } from '../../model/ranked.ts';
import { isInForce } from '../../register/in-force.ts';
import type { Register } from '../../register/register.ts';
import type { DocumentIndex, IndexedDocument } from '../../retrieval/document-index.ts';
import { confidenceOf } from './confidence.ts';
import type { RankedDocument } from './ranking.ts';

/** Whether a document is a decision in force. */
export const inForce = ({ head }: IndexedDocument, { successors }: Register): boolean =>
  head.kind === 'decision' && isInForce(head, successors);

/**
 * Why a record in force may be shown as governing, surest first: a person linked it; the code cites it; its front matter applies it to the file;
 * its text names the file; its text names something in scope, or is clearly the closest, and both were written together.
 */
export type Ground = 'declared' | 'cited' | 'applies-to' | 'file' | 'together';

/** Weight of a citation attached to the lines in scope. */
const LEAST_CITATION = 0.5;
/** How far above arbitrary code the closest record must be, and how far ahead of every other (decision record 0010 has the judgements). */
const LEAST_Z_SCORE = 4;
const LEAST_LEAD = 0.5;
/** Required lead when the record names nothing in scope. */
const CLEAR_LEAD = 1.5;
const LEAST_NAMING = 0.2;
const LEAST_TOGETHER = 0.1;

const isNamedInScope = (evidence: Evidence, { first, last }: LinesInScope): boolean =>
  evidence.kind === 'scoped' &&
  evidence.form !== 'folder' &&
  evidence.form !== 'package' &&
  evidence.codeSpan !== undefined &&
  evidence.weight >= LEAST_NAMING &&
  evidence.codeSpan.start.line >= first &&
  evidence.codeSpan.start.line <= last;

const together = (evidence: readonly Evidence[]): number =>
  evidence.reduce((sum, { kind, weight }) => sum + (kind === 'changed-together' ? weight : 0), 0);

/** The ground on which a record governs a place; `undefined` when it does not. */
export function groundOf({ ranked, evidence, inScope }: Pick<GoverningCandidate, 'ranked' | 'evidence' | 'inScope'>): Ground | undefined {
  const { lead, zScore } = ranked;
  if (evidence.some(({ kind, weight }) => kind === 'declared' && weight === 1)) return 'declared';
  if (evidence.some(({ kind, weight }) => kind === 'cited' && weight >= LEAST_CITATION)) return 'cited';
  if (evidence.some((item) => item.kind === 'scoped' && item.form === 'pattern')) return 'applies-to';
  if (lead <= 0 || zScore < LEAST_Z_SCORE || !inScope.inside) return undefined;
  if (evidence.some((item) => item.kind === 'scoped' && item.form === 'file')) return 'file';
  if (together(evidence) < LEAST_TOGETHER) return undefined;
  const least = evidence.some((item) => isNamedInScope(item, inScope)) ? LEAST_LEAD : CLEAR_LEAD;
  return lead >= least ? 'together' : undefined;
}

/** A ranked record with its reasons. */
export interface GoverningCandidate extends Ranked<IndexedDocument> {
  readonly ranked: RankedDocument;
  /** The lines in scope. */
  readonly inScope: LinesInScope;
}

/** A record that governs a place. */
export interface Governing extends Ranked<IndexedDocument> {
  readonly ground: Ground;
  /** As `confidenceOf`; a record that governs in place of one it replaced takes over that one's confidence. */
  readonly confidence: number;
}

/**
 * Splits the records of a place into those that govern it and the rest. A superseded record passes its evidence on to the one in force; a
 * proposed, rejected or superseded record never governs.
 *
 * @param denied ids of the records that people marked as not governing here: they never govern and pass nothing on
 */
export function govern(
  register: Register,
  documentIndex: DocumentIndex,
  candidates: readonly GoverningCandidate[],
  denied: ReadonlySet<string> = new Set(),
): { governing: Governing[]; rest: GoverningCandidate[] } {
  const governing = new Map<string, Governing>();
  const addGoverning = ({ item: document, evidence }: Ranked<IndexedDocument>, ground: Ground, confidence: number): void => {
    const known = governing.get(document.head.id);
    const all = known ? [...known.evidence, ...evidence].sort((a, b) => b.weight - a.weight) : evidence;
    const most = Math.max(confidence, known?.confidence ?? 0);
    governing.set(document.head.id, { item: document, evidence: all, ground: known?.ground ?? ground, confidence: most });
  };
  const governsItself = new Set<string>();
  for (const candidate of candidates) {
    const { item: document, evidence, ranked } = candidate;
    const ground = denied.has(document.head.id) ? undefined : groundOf(candidate);
    if (!ground) continue;
    const confidence = confidenceOf(ranked, evidence);
    if (inForce(document, register)) {
      addGoverning(candidate, ground, confidence);
      governsItself.add(document.head.id);
      continue;
    }
    const heir = (register.successors.get(document.head.id) ?? [])
      .map((id) => documentIndex.get(id))
      .find((successor) => successor && inForce(successor, register) && !denied.has(successor.head.id));
    if (!heir) continue;
    const { title } = document.head;
    const passedOn = evidence.map((item) => ({ ...item, explanation: `through "${title}", which it replaces: ${item.explanation}` }));
    addGoverning({ item: heir, evidence: passedOn }, ground, confidence);
  }
  // A record that governs in place of one it replaced keeps its own evidence too, although that alone would be too weak.
  for (const { item: document, evidence } of candidates) {
    const known = governing.get(document.head.id);
    if (known && !governsItself.has(document.head.id)) addGoverning({ item: document, evidence }, known.ground, known.confidence);
  }
  return {
    governing: [...governing.values()].sort(byStrength(({ head }) => head.id)),
    rest: candidates.filter(({ item: document }) => !governing.has(document.head.id)),
  };
}
