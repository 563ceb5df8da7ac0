import type { WireHit } from '../protocol/index.ts';

/** Abbreviated commit id. */
export const shortSha = (sha: string): string => sha.slice(0, 9);

/**
 * A citation to paste into code. Records are cited by path, because numbers get reused while file names survive renumbering. Commits use the form
 * that git recommends: `abcdef123 ("Subject")`.
 */
export const citationOf = (hit: Pick<WireHit, 'kind' | 'path' | 'sha' | 'title' | 'id'>): string =>
  hit.kind === 'commit' || hit.path === undefined ? `${shortSha(hit.sha)} ("${hit.title}")` : `${hit.path} ("${hit.title}")`;
