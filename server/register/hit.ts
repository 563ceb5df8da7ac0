import type { Hit } from '../model/answer.ts';
import type { Evidence } from '../model/evidence.ts';
import { type DocumentIndex, hitHeadOf, type IndexedDocument } from '../retrieval/knowledge.ts';
import { decisionSentence } from './decision-sentence.ts';
import type { Register } from './register.ts';

/** A record with the evidence for it. */
export interface EvidencedRecord {
  readonly document: IndexedDocument;
  /** Largest first. */
  readonly evidence: readonly Evidence[];
}

/** The weight of the strongest evidence. */
export const strength = ({ evidence }: EvidencedRecord): number => evidence.reduce((most, { weight }) => Math.max(most, weight), 0);

/** The hit for a record. Its snippet is what the record decides, verbatim. */
export function hitOf({ document, evidence }: EvidencedRecord, register: Register): Hit {
  const { head } = document;
  const { text, span } = decisionSentence(document);
  return {
    ...hitHeadOf(head),
    score: Number(strength({ document, evidence }).toFixed(4)),
    snippet: text,
    highlights: [],
    span,
    evidence,
    supersededBy: register.successors.get(head.id) ?? [],
  };
}

/** The hit for a record without evidence: what it decides, verbatim, and what replaced it. `undefined` for an unknown id. */
export function recordHit(documents: DocumentIndex, register: Register, id: string): Hit | undefined {
  const document = documents.get(id);
  return document && hitOf({ document, evidence: [] }, register);
}
