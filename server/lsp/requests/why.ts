import { WHY, type WhyParams, type WhyResult, type WireHit, type WireSuccessor } from '../../../protocol/index.ts';
import type { Hit } from '../../model/answer.ts';
import { placeOf, type RequestContext, successorsOf } from '../context.ts';
import type { Located } from '../open-repositories.ts';
import { lintelRequest } from '../request.ts';
import { wireHit } from '../wire.ts';

const wireSuccessors = async (context: RequestContext, { engine, repository }: Located, hit: Hit): Promise<readonly WireSuccessor[]> =>
  (await successorsOf(engine, hit)).flatMap(({ id, title, number, path, status, span }) =>
    path === undefined
      ? []
      : [
          {
            id,
            title,
            ...(number === undefined ? {} : { number }),
            uri: context.repositories.uriOf(repository, path),
            span,
            ...(status === undefined ? {} : { status }),
          },
        ],
  );

/** What governs a place and what else is worth reading there. Nothing at all for a file that is in no open repository. */
export const whyRequest = lintelRequest<WhyParams, WhyResult>(WHY, async (context, params, signal) => {
  const located = await placeOf(context, params.uri, params.line, params.endLine);
  if (located === undefined) return { governing: [], probable: [], related: [], index: { sha: '', behind: 0 } };
  const { governing, probable, related, index, notices } = await located.engine.why(located.place, signal);
  const wire = async (hit: Hit): Promise<WireHit> => {
    const successors = hit.supersededBy.length === 0 ? [] : await wireSuccessors(context, located, hit);
    return { ...wireHit(context.repositories, located.repository, hit), ...(successors.length > 0 ? { successors } : {}) };
  };
  return {
    governing: await Promise.all(governing.map(wire)),
    probable: await Promise.all(probable.map(wire)),
    related: await Promise.all(related.map(wire)),
    index,
    ...(notices ? { notices } : {}),
  };
});
