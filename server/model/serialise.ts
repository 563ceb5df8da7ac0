import type { Hit } from './answer.ts';

/** The fields of a hit that every face gives to programs. */
export type SerialisedHit = Pick<
  Hit,
  | 'id'
  | 'kind'
  | 'path'
  | 'sha'
  | 'title'
  | 'number'
  | 'status'
  | 'score'
  | 'level'
  | 'confidence'
  | 'wholeFile'
  | 'snippet'
  | 'span'
  | 'evidence'
  | 'reason'
  | 'weak'
  | 'copies'
>;

/**
 * A hit as data for programs: `--json` of the command line prints it, and the language server adds what an editor shows. The fields are
 * listed rather than copied, so that a field which is added to `Hit` for internal use does not become part of a documented format.
 * Absent fields stay absent.
 */
export const serialiseHit = ({ path, number, status, level, confidence, wholeFile, copies, reason, weak, ...hit }: Hit): SerialisedHit => ({
  id: hit.id,
  kind: hit.kind,
  ...(path === undefined ? {} : { path }),
  sha: hit.sha,
  title: hit.title,
  ...(number === undefined ? {} : { number }),
  ...(status === undefined ? {} : { status }),
  score: hit.score,
  ...(level === undefined ? {} : { level }),
  ...(confidence === undefined ? {} : { confidence }),
  ...(wholeFile === undefined ? {} : { wholeFile }),
  snippet: hit.snippet,
  span: hit.span,
  evidence: hit.evidence,
  ...(reason === undefined ? {} : { reason }),
  ...(weak === undefined ? {} : { weak }),
  ...(copies === undefined ? {} : { copies }),
});
