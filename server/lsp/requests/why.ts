import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { WhyParams, WhyResult, WireHit, WireSuccessor } from '../../../protocol/index.ts';
import type { Hit } from '../../model/answer.ts';
import { placeOf, type RequestContext } from '../context.ts';
import { successorsOf } from '../records.ts';
import { wireHit } from '../wire.ts';
import type { Located } from '../workspaces.ts';

const wireSuccessors = async (context: RequestContext, { engine, repository }: Located, hit: Hit): Promise<readonly WireSuccessor[]> =>
  (await successorsOf(engine, hit)).flatMap(({ id, title, path, status, span }) =>
    path === undefined
      ? []
      : [{ id, title, uri: context.workspaces.uriOf(repository, path), span, ...(status === undefined ? {} : { status }) }],
  );

/** `lintel/why`: what governs a place and what else is worth reading there; a file of no open repository has neither. */
export const why = async (context: RequestContext, params: WhyParams, signal: AbortSignal): Promise<WhyResult> => {
  if (typeof params?.uri !== 'string') throw new ResponseError(LSPErrorCodes.RequestFailed, 'lintel/why needs the "uri" of a file.');
  const located = await placeOf(context, params.uri, params.line, params.endLine);
  if (located === undefined) return { governing: [], related: [], index: { sha: '', behind: 0 } };
  const { governing, related, index, notices } = await located.engine.why(located.place, signal);
  const wire = async (hit: Hit): Promise<WireHit> => {
    const successors = hit.supersededBy.length === 0 ? [] : await wireSuccessors(context, located, hit);
    return { ...wireHit(context.workspaces, located.repository, hit), ...(successors.length > 0 ? { successors } : {}) };
  };
  return {
    governing: await Promise.all(governing.map(wire)),
    related: await Promise.all(related.map(wire)),
    index,
    ...(notices ? { notices } : {}),
  };
};
