import type { WireHit } from '../protocol/index.ts';

/** Evidence that has a place in the structure of the repository; the rest may order results and is always labelled as similar. */
const STRUCTURAL: ReadonlySet<string> = new Set(['declared', 'cited', 'scoped', 'neighbour', 'changed-together', 'explained-by']);

/** Whether a document stands in an answer for a reason other than likeness of texts. */
export const isStructural = (hit: WireHit): boolean => hit.evidence.some(({ kind }) => STRUCTURAL.has(kind));

/** The first characters of a commit id, as people write it. */
export const shortSha = (sha: string): string => sha.slice(0, 9);

/**
 * A citation to paste into code. Records are cited by path, because numbers are reused and slugs survive renumbering; commits in the form that git
 * itself recommends: `abcdef123 ("Subject")`.
 */
export const citationOf = (hit: Pick<WireHit, 'kind' | 'path' | 'sha' | 'title' | 'id'>): string =>
  hit.kind === 'commit' || hit.path === undefined ? `${shortSha(hit.sha)} ("${hit.title}")` : `${hit.path} ("${hit.title}")`;
