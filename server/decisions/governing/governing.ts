import type { LinesInScope } from '../../code/enclosing.ts';
import type { Evidence } from '../../model/evidence.ts';
import { type Reasoned, strength } from '../../register/hit.ts';
import type { Register } from '../../register/register.ts';
import type { DocumentIndex, IndexedDocument } from '../../retrieval/knowledge.ts';
import { confidenceOf } from './confidence.ts';
import type { RankedDocument } from './ranking.ts';

/** True for a record that may be shown as in force: accepted, without a status, or with one that nothing understands. */
export function inForce(document: IndexedDocument, register: Register): boolean {
  const status = document.head.status?.value;
  return (
    document.head.kind === 'decision' &&
    (register.successors.get(document.head.id)?.length ?? 0) === 0 &&
    (status === undefined || status === 'accepted' || status === 'unknown')
  );
}

/**
 * Why a record in force may be shown as governing, the surest first: a person linked it; the code cites it; its front matter applies it to the
 * file; its text names the file; its text names something here, or stands out, and history wrote them together.
 */
export type Ground = 'declared' | 'cited' | 'applies-to' | 'file' | 'together';

/** Of citations that speak for the lines in scope. */
const LEAST_CITATION = 0.5;
/** How far above arbitrary code the closest record must stand, and by how much before every other (decision record 0010 has the judgements). */
const LEAST_Z_SCORE = 4;
const LEAST_LEAD = 0.5;
/** Where nothing at hand is named by it. */
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

/** The ground on which a record governs a place, if there is one. */
export function groundOf({ ranked, evidence, inScope }: Omit<GoverningCandidate, 'document'>): Ground | undefined {
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
export interface GoverningCandidate extends Reasoned {
  readonly ranked: RankedDocument;
  /** The lines in scope. */
  readonly inScope: LinesInScope;
}

/** A record that governs a place. */
export interface Governing extends Reasoned {
  readonly ground: Ground;
  /** As `confidenceOf`; of a record that governs for one that it replaced, that one's. */
  readonly confidence: number;
}

/**
 * Parts the records of a place into those that govern it and the rest. A record that was replaced hands its evidence to the one in force; a
 * proposed, rejected or replaced record never governs.
 *
 * @param denied ids of the records that people said do not govern here: they never do, and hand nothing on
 */
export function govern(
  register: Register,
  knowledge: DocumentIndex,
  candidates: readonly GoverningCandidate[],
  denied: ReadonlySet<string> = new Set(),
): { governing: Governing[]; rest: GoverningCandidate[] } {
  const governing = new Map<string, Governing>();
  const take = ({ document, evidence }: Reasoned, ground: Ground, confidence: number): void => {
    const known = governing.get(document.head.id);
    const all = known ? [...known.evidence, ...evidence].sort((a, b) => b.weight - a.weight) : evidence;
    const most = Math.max(confidence, known?.confidence ?? 0);
    governing.set(document.head.id, { document, evidence: all, ground: known?.ground ?? ground, confidence: most });
  };
  const taken = new Set<string>();
  for (const candidate of candidates) {
    const { document, evidence, ranked } = candidate;
    const ground = denied.has(document.head.id) ? undefined : groundOf(candidate);
    if (!ground) continue;
    const confidence = confidenceOf(ranked, evidence);
    if (inForce(document, register)) {
      take(candidate, ground, confidence);
      taken.add(document.head.id);
      continue;
    }
    const heir = (register.successors.get(document.head.id) ?? [])
      .map((id) => knowledge.get(id))
      .find((held) => held && inForce(held, register) && !denied.has(held.head.id));
    if (!heir) continue;
    const { title } = document.head;
    const handed = evidence.map((item) => ({ ...item, explanation: `replaces "${title}", which is ${item.explanation}` }));
    take({ document: heir, evidence: handed }, ground, confidence);
  }
  // A record that governs for the one it replaced keeps reasons of its own, too weak as they are.
  for (const { document, evidence } of candidates) {
    const known = governing.get(document.head.id);
    if (known && !taken.has(document.head.id)) take({ document, evidence }, known.ground, known.confidence);
  }
  const order = (a: Reasoned, b: Reasoned): number => strength(b) - strength(a) || (a.document.head.id < b.document.head.id ? -1 : 1);
  return {
    governing: [...governing.values()].sort(order),
    rest: candidates.filter(({ document }) => !governing.has(document.head.id)),
  };
}
