import type { Hit, Place } from '../../model/answer.ts';
import type { Evidence, ExplainedByEvidence } from '../../model/evidence.ts';
import { hitOf } from '../../register/hit.ts';
import type { Register } from '../../register/register.ts';
import type { DocumentIndex } from '../../retrieval/knowledge.ts';
import type { LineExplanation } from './explained-lines.ts';

/** True where the evidence is one commit of the file that `told` speaks of already, with its lines. */
const isTold = (evidence: Evidence, told: readonly ExplainedByEvidence[]): boolean =>
  evidence.kind === 'changed-together' && (evidence.commits ?? 1) === 1 && told.some(({ sha }) => sha === evidence.sha);

/** Hits of records, each with what the commits of the lines in scope say about it, every commit once. Their order and scores stay. */
export function withExplanation(hits: readonly Hit[], { records }: LineExplanation): Hit[] {
  return hits.map((hit) => {
    const more = records.get(hit.id) ?? [];
    if (more.length === 0) return hit;
    const others = hit.evidence.filter((evidence) => !isTold(evidence, more));
    return { ...hit, evidence: [...others, ...more].sort((a, b) => b.weight - a.weight) };
  });
}

/** Records that nothing else speaks for: only the commits of the lines cite or changed them. Strongest first, ties by id. */
export function explainedRecords(
  { knowledge, register }: { readonly knowledge: DocumentIndex; readonly register: Register },
  path: string,
  { records }: LineExplanation,
  known: readonly Hit[],
): Hit[] {
  const shown = new Set([path, ...known.map(({ id }) => id)]);
  return [...records]
    .flatMap(([id, evidence]) => {
      const document = shown.has(id) ? undefined : knowledge.get(id);
      return document ? [hitOf({ document, evidence }, register)] : [];
    })
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

/** The commits of the lines before those of the file, each once. */
export function joinCommits({ hits }: LineExplanation, ofFile: readonly Hit[]): Hit[] {
  const known = new Set(hits.map(({ id }) => id));
  return [...hits, ...ofFile.filter(({ id }) => !known.has(id))];
}

/** The notices of an answer; absent where there are none. */
export const noticesOf = ({ notices }: LineExplanation): { readonly notices?: readonly string[] } =>
  notices.length === 0 ? {} : { notices: [...new Set(notices)] };

/** What of a place narrows the log of its file. */
export const logBounds = ({ asOf }: Place): { readonly before?: string } => (asOf === undefined ? {} : { before: asOf });
