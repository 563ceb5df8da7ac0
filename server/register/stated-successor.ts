import type { DocumentHead } from '../model/document.ts';
import type { Catalogue } from './catalogue.ts';
import { type LinkResolver, linkResolver } from './successors.ts';

const resolvers = new WeakMap<Catalogue, LinkResolver>();

function resolverOf(catalogue: Catalogue): LinkResolver {
  const known = resolvers.get(catalogue) ?? linkResolver(catalogue.records.map(({ head }) => head));
  resolvers.set(catalogue, known);
  return known;
}

/**
 * Whether a record says itself, as the value of its status, that `successor` replaces it, directly or through others that say so too. Where only the
 * successor says it, or a sentence of the body, the supersession is inferred, and nothing may be rewritten because of it unasked.
 */
export function statesSuccessor(catalogue: Catalogue, record: DocumentHead, successor: string): boolean {
  const resolve = resolverOf(catalogue);
  const seen = new Set<string>();
  const open = [record];
  for (let head = open.pop(); head !== undefined; head = open.pop()) {
    if (seen.has(head.id) || head.status?.value !== 'superseded' || head.status.inferred) continue;
    seen.add(head.id);
    for (const link of head.links) {
      if (link.kind !== 'superseded-by' || link.partial === true || link.inferred) continue;
      const next = resolve(head, link);
      if (typeof next === 'string') continue;
      if (next.id === successor) return true;
      open.push(next);
    }
  }
  return false;
}
