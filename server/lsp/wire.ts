import type { WireEvidence, WireHit, WireStatus } from '../../protocol/index.ts';
import type { Hit } from '../model/answer.ts';
import type { Evidence } from '../model/evidence.ts';
import type { OpenRepositories, OpenRepository } from './workspaces.ts';

const wireEvidence = (evidence: Evidence): WireEvidence => {
  const { kind, weight, explanation, codeSpan, documentSpan } = evidence;
  return {
    kind,
    weight,
    explanation,
    ...(codeSpan === undefined ? {} : { codeSpan }),
    ...(documentSpan === undefined ? {} : { documentSpan }),
    ...('sha' in evidence ? { sha: evidence.sha } : {}),
  };
};

/** A hit of the engine as it goes to the client, with the address of its file. */
export const wireHit = (workspaces: OpenRepositories, repository: OpenRepository, hit: Hit): WireHit => ({
  id: hit.id,
  kind: hit.kind,
  ...(hit.path === undefined ? {} : { path: hit.path, uri: workspaces.uriOf(repository, hit.path) }),
  sha: hit.sha,
  title: hit.title,
  ...(hit.status === undefined ? {} : { status: hit.status }),
  ...(hit.date === undefined ? {} : { date: hit.date }),
  score: hit.score,
  ...(hit.confidence === undefined ? {} : { confidence: hit.confidence }),
  snippet: hit.snippet,
  highlights: hit.highlights,
  span: hit.span,
  evidence: hit.evidence.map(wireEvidence),
  supersededBy: hit.supersededBy,
});

/** The state of a repository as it goes to the client. One whose engine is dead is `failed`, its reason the first notice. */
export const wireStatus = ({ root, failure, status, percent }: OpenRepository): WireStatus => ({
  root,
  state: failure === undefined ? (status?.state ?? 'absent') : 'failed',
  ...(percent === undefined ? {} : { percent }),
  index: status?.position ?? { sha: '', behind: 0 },
  counts: status?.counts ?? {},
  model: status?.model ?? '',
  notices: [...(failure === undefined ? [] : [failure]), ...(status?.notices ?? [])],
  git: status?.git ?? false,
});
