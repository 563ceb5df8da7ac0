import type { LinesInScope } from '../../code/enclosing.ts';
import { byStrength, type Ranked } from '../../model/ranked.ts';
import { isInForce } from '../../register/in-force.ts';
import type { Register } from '../../register/register.ts';
import type { DocumentIndex, IndexedDocument } from '../../retrieval/document-index.ts';
import { confidenceOf } from './confidence.ts';
import { type Ground, type Grounds, groundOf, isProbable } from './grounds.ts';
import type { RankedDocument } from './ranking.ts';
import { relativeClause } from './relative-clause.ts';

/**
 * What a superseded record passes on to the one in force: that people pointed at it. What its text names or was written with is about how it was
 * decided before.
 */
const PASSED_ON: ReadonlySet<Ground> = new Set<Ground>(['declared', 'cited', 'applies-to']);

/** Whether a document is a decision in force. */
export const inForce = ({ head }: IndexedDocument, { successors }: Register): boolean =>
  head.kind === 'decision' && isInForce(head, successors);

/** More than these would not be read; they come in the order of the ranking. */
const MOST_PROBABLE = 3;

/** A ranked record with its reasons. */
export interface GoverningCandidate extends Ranked<IndexedDocument> {
  readonly ranked: RankedDocument;
  /** The lines in scope. */
  readonly inScope: LinesInScope;
  /** As in `Grounds`. */
  readonly leadOverSilent: number;
  readonly rank: number;
  readonly of: Grounds['of'];
}

/** What the grounds of a candidate depend on. */
export const groundsOf = ({ ranked: { zScore, lead }, ...candidate }: GoverningCandidate): Grounds => ({ ...candidate, zScore, lead });

/** A record that governs a place. */
export interface Governing extends Ranked<IndexedDocument> {
  readonly ground: Ground;
  /** As `confidenceOf`; a record that governs in place of one it replaced takes over that one's confidence. */
  readonly confidence: number;
}

/**
 * Splits the records of a place into those that govern it, those that probably do and the rest. A superseded record passes its evidence on to the one in force; a
 * proposed, rejected or superseded record never governs.
 *
 * @param denied ids of the records that people marked as not governing here: they never govern and pass nothing on
 */
export function govern(
  register: Register,
  documentIndex: DocumentIndex,
  candidates: readonly GoverningCandidate[],
  denied: ReadonlySet<string> = new Set(),
): { governing: Governing[]; probable: GoverningCandidate[]; rest: GoverningCandidate[] } {
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
    const ground = denied.has(document.head.id) ? undefined : groundOf(groundsOf(candidate));
    if (!ground) continue;
    const confidence = confidenceOf(ranked, evidence);
    if (inForce(document, register)) {
      addGoverning(candidate, ground, confidence);
      governsItself.add(document.head.id);
      continue;
    }
    if (!PASSED_ON.has(ground)) continue;
    const heir = (register.successors.get(document.head.id) ?? [])
      .map((id) => documentIndex.get(id))
      .find((successor) => successor && inForce(successor, register) && !denied.has(successor.head.id));
    if (!heir) continue;
    const { title } = document.head;
    const passedOn = evidence.map((item) => ({ ...item, explanation: `replaces "${title}", ${relativeClause(item.explanation)}` }));
    addGoverning({ item: heir, evidence: passedOn }, ground, confidence);
  }
  // A record that governs in place of one it replaced keeps its own evidence too, although that alone would be too weak.
  for (const { item: document, evidence } of candidates) {
    const known = governing.get(document.head.id);
    if (known && !governsItself.has(document.head.id)) addGoverning({ item: document, evidence }, known.ground, known.confidence);
  }
  const probable = new Set(
    candidates
      .filter(
        (candidate) =>
          !governing.has(candidate.item.head.id) &&
          !denied.has(candidate.item.head.id) &&
          inForce(candidate.item, register) &&
          isProbable(groundsOf(candidate)),
      )
      .slice(0, MOST_PROBABLE),
  );
  return {
    governing: [...governing.values()].sort(byStrength(({ head }) => head.id)),
    probable: [...probable],
    rest: candidates.filter((candidate) => !governing.has(candidate.item.head.id) && !probable.has(candidate)),
  };
}
