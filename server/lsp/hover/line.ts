import type { Hit } from '../../model/answer.ts';
import { numberedTitle } from '../../model/title.ts';
import type { RequestContext } from '../context.ts';
import type { Located } from '../open-repositories.ts';
import { type CardLink, type Line, shorten } from '../render.ts';

const nameOf = (context: RequestContext, { repository }: Located, hit: Hit): string | CardLink => {
  const label = shorten(numberedTitle(hit));
  return hit.path === undefined ? label : { label, uri: context.repositories.uriOf(repository, hit.path) };
};

/**
 * What governs, where the reader most likely wants to know something else: the surest decision by name and the number of others. Decisions that only
 * probably govern are counted where there is no other.
 */
export const governedLine = (context: RequestContext, located: Located, governing: readonly Hit[], probable: readonly Hit[]): Line => {
  const isSure = governing.length > 0;
  const [first, ...others] = isSure ? governing : probable;
  if (first === undefined) return [];
  const rest = others.length === 0 ? '' : others.length === 1 ? ' and 1 more decision' : ` and ${others.length} more decisions`;
  return [isSure ? 'Governed by ' : 'Probably governed by ', nameOf(context, located, first), rest];
};
