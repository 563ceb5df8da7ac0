import type { Hit, Place } from '../../model/answer.ts';
import type { Evidence, ExplainedByEvidence } from '../../model/evidence.ts';
import { hitOf } from '../../register/hit.ts';
import type { Register } from '../../register/register.ts';
import type { DocumentIndex } from '../../retrieval/document-index.ts';
import type { LineExplanation } from './explained-lines.ts';

/** The evidence is a single commit of the file that blame already reports with its lines. */
const isReportedByBlame = (evidence: Evidence, blamed: readonly ExplainedByEvidence[]): boolean =>
  evidence.kind === 'changed-together' && (evidence.commits ?? 1) === 1 && blamed.some(({ sha }) => sha === evidence.sha);

/** Adds blame evidence to hits of records, one entry per commit; keeps order and scores. */
export function withExplanation(hits: readonly Hit[], { records }: LineExplanation): Hit[] {
  return hits.map((hit) => {
    const more = records.get(hit.id) ?? [];
    if (more.length === 0) return hit;
    const others = hit.evidence.filter((evidence) => !isReportedByBlame(evidence, more));
    return { ...hit, evidence: [...others, ...more].sort((a, b) => b.weight - a.weight) };
  });
}

/** Hits for records that only blame points to: commits of the lines cite or changed them. Strongest first, ties by id. */
export function explainedRecords(
  { documentIndex, register }: { readonly documentIndex: DocumentIndex; readonly register: Register },
  path: string,
  { records }: LineExplanation,
  known: readonly Hit[],
): Hit[] {
  const shown = new Set([path, ...known.map(({ id }) => id)]);
  return [...records]
    .flatMap(([id, evidence]) => {
      const document = shown.has(id) ? undefined : documentIndex.get(id);
      return document ? [hitOf({ item: document, evidence }, register)] : [];
    })
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

/** The commits that made the line first, then those that last changed the lines around it, without repeats. */
export function joinCommits(made: readonly Hit[], explained: readonly Hit[]): Hit[] {
  const known = new Set(made.map(({ id }) => id));
  return [...made, ...explained.filter(({ id }) => !known.has(id))];
}

/** The notices of an answer; nothing when there are none. */
export const noticesOf = (notices: readonly string[]): { readonly notices?: readonly string[] } =>
  notices.length === 0 ? {} : { notices: [...new Set(notices)] };

/** Limits the log of a file to what came before the commit asked about, or up to the one at which history ends. */
export const logBounds = ({ asOf }: Place, at?: string): { readonly before?: string; readonly at?: string } =>
  asOf !== undefined ? { before: asOf } : at === undefined ? {} : { at };
