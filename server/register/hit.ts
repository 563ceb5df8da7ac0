import type { Hit } from '../model/answer.ts';
import { type Ranked, strength } from '../model/ranked.ts';
import { type DocumentIndex, hitHeadOf, type IndexedDocument } from '../retrieval/document-index.ts';
import { decisionSentence } from './decision-sentence.ts';
import type { Register } from './register.ts';

/** The hit for a record. Its snippet is what the record decides, verbatim. */
export function hitOf({ item: document, evidence }: Ranked<IndexedDocument>, register: Register): Hit {
  const { head } = document;
  const { text, span } = decisionSentence(document);
  return {
    ...hitHeadOf(head),
    score: Number(strength({ evidence }).toFixed(4)),
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
  return document && hitOf({ item: document, evidence: [] }, register);
}
