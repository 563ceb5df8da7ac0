import { WHY, type WhyParams, type WhyResult, type WireHit, type WireSuccessor } from '../../../protocol/index.ts';
import type { Placed, WireReach } from '../../../protocol/reach.ts';
import type { Hit } from '../../model/answer.ts';
import type { ReachedCode, RecordReach } from '../../model/reach.ts';
import { placeOf, type RequestContext, successorsOf } from '../context.ts';
import type { Located } from '../open-repositories.ts';
import { lintelRequest } from '../request.ts';
import { wireHit } from '../wire.ts';

type UriOf = (path: string) => string;

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

/** A reach with the URIs of its files. */
const wireReach = (
  { replaces, replacedBy, cited, citedBy, named, linked, together, inForce, files }: RecordReach,
  uriOf: UriOf,
): WireReach => {
  const placed = <T extends { readonly path: string }>(all: readonly T[]): readonly Placed<T>[] =>
    all.map((one) => ({ ...one, uri: uriOf(one.path) }));
  const code = (all: readonly ReachedCode[]) => all.map((one) => (one.isFile ? { ...one, uri: uriOf(one.path) } : one));
  return {
    inForce,
    files,
    replaces: placed(replaces),
    replacedBy: placed(replacedBy),
    cited: placed(cited),
    citedBy: placed(citedBy),
    named: code(named),
    linked: code(linked),
    together: placed(together),
  };
};

/** What governs a place and what else is worth reading there. Nothing at all for a file that is in no open repository. */
export const whyRequest = lintelRequest<WhyParams, WhyResult>(WHY, async (context, params, signal) => {
  const located = await placeOf(context, params.uri, params.line, params.endLine);
  if (located === undefined) return { governing: [], probable: [], related: [], index: { sha: '', behind: 0 } };
  const { governing, probable, related, index, notices } = await located.engine.why(located.place, signal);
  const reach = await located.engine.reach(located.path);
  const wire = async (hit: Hit): Promise<WireHit> => {
    const successors = hit.supersededBy.length === 0 ? [] : await wireSuccessors(context, located, hit);
    return { ...wireHit(context.repositories, located.repository, hit), ...(successors.length > 0 ? { successors } : {}) };
  };
  return {
    governing: await Promise.all(governing.map(wire)),
    probable: await Promise.all(probable.map(wire)),
    related: await Promise.all(related.map(wire)),
    ...(reach ? { reach: wireReach(reach, (path) => context.repositories.uriOf(located.repository, path)) } : {}),
    index,
    ...(notices ? { notices } : {}),
  };
});
