import type { VisitsEvidence } from '../../model/selection.ts';
import { commandMatch, runnersOf } from './commands.ts';
import type { Product } from './product.ts';
import type { ReachedRoute } from './reach.ts';
import { methodsFit, routeMatch } from './route-path.ts';
import type { SpecPlace } from './spec-places.ts';

/** How much the routes behind what changed say for one spec. */
export interface SpecVisits {
  /** 0 up to 1. */
  readonly score: number;
  /** The strongest first, at most three. */
  readonly evidence: readonly VisitsEvidence[];
}

const MOST_EVIDENCE = 3;
const LEAST = 0.02;
/** A spec whose support file goes there may not use that part of it. */
const THROUGH_SUPPORT = 0.8;

/** A browser goes to a page; who goes to a path that only an endpoint has means another one. */
const OTHER_KIND = 0.3;
/** Many tests begin at the root, and go on from there. */
const AT_ROOT = 0.5;

const runIn = ({ how, segments, by }: SpecPlace): { words: readonly string[]; by: string }[] =>
  how === 'run' && by !== undefined ? [{ words: segments, by }] : [];

const matchOf = (route: ReachedRoute, place: SpecPlace, servesExactly: Product['servesExactly'], runners: ReadonlySet<string>): number => {
  if (route.kind === 'command' || place.how === 'run')
    return route.kind === 'command' && place.by !== undefined && runners.has(place.by)
      ? commandMatch(route.text, route.via.at(-1) ?? '', place.segments)
      : 0;
  if (place.helper !== undefined) return route.helper !== undefined && route.helper !== '' && route.helper === place.helper ? 1 : 0;
  if (place.segments.length === 0) return route.segments.length === 0 && route.kind === 'page' && route.helper === undefined ? AT_ROOT : 0;
  if (!methodsFit(route.method, place.method))
    return route.kind === 'page' ? 0 : 0.2 * (routeMatch(route.segments, place.segments)?.weight ?? 0);
  const match = routeMatch(route.segments, place.segments, route.isLayout);
  if (!match || (match.form === 'end' && servesExactly(place.segments))) return 0;
  const isOther =
    (place.how === 'visit' && route.kind === 'endpoint') || (place.how === 'call' && route.kind === 'page' && route.helper === undefined);
  return match.weight * (isOther ? OTHER_KIND : 1);
};

const GOES = { page: 'goes to', endpoint: 'calls', command: 'runs' } as const;
const named = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function sentence(spec: string, route: ReachedRoute, place: SpecPlace): string {
  const [changed = '', ...rest] = route.via;
  const serving = rest.at(-1) ?? changed;
  const goes = GOES[route.kind];
  const serves = route.kind === 'command' ? 'declares' : 'serves';
  const where = place.path === spec ? '' : ` through ${named(place.path)}`;
  const who = rest.length === 0 ? `${changed} ${serves} it` : `${serving} ${serves} it`;
  const between = rest.slice(0, -1).map(named);
  const uses =
    rest.length === 0 ? 'and changed' : `${between.length > 0 ? `by way of ${between.join(' and ')} ` : ''}with ${changed}, which changed`;
  return `${goes} ${place.text}${where}; ${who} ${uses}`;
}

/**
 * Compares the routes behind what changed with those that specs go to. A route that half of the suite visits says little, one that few visit says much.
 * @param places of each spec, with those of its support files
 */
export function visitsOf(
  routes: readonly ReachedRoute[],
  places: ReadonlyMap<string, readonly SpecPlace[]>,
  { servesExactly, declares }: Pick<Product, 'servesExactly' | 'declares'>,
): ReadonlyMap<string, SpecVisits> {
  const suite = Math.max(2, places.size);
  const runs = routes.some(({ kind }) => kind === 'command') ? [...places.values()].flatMap((own) => own.flatMap(runIn)) : [];
  const runners = runnersOf(runs, declares);
  const found = new Map<string, { weight: number; evidence: VisitsEvidence }[]>();
  for (const route of routes) {
    const hits = [...places].flatMap(([spec, own]) => {
      const best = own.reduce<{ weight: number; place?: SpecPlace }>(
        (most, place) => {
          const weight = matchOf(route, place, servesExactly, runners) * (place.path === spec ? 1 : THROUGH_SUPPORT);
          return weight > most.weight ? { weight, place } : most;
        },
        { weight: 0 },
      );
      return best.place ? [{ spec, weight: best.weight, place: best.place }] : [];
    });
    const visitors = hits.reduce((sum, { weight }) => sum + weight, 0);
    const rarity = Math.log((suite + 1) / (visitors + 0.5)) / Math.log((suite + 1) / 1.5);
    for (const { spec, weight, place } of hits) {
      const total = route.weight * weight * Math.max(0, Math.min(1, rarity));
      if (total < LEAST) continue;
      const start = { line: place.line, character: place.character };
      const evidence: VisitsEvidence = {
        kind: 'visits',
        weight: Number(total.toFixed(4)),
        route: place.text,
        explanation: sentence(spec, route, place),
        ...(place.path === spec
          ? { documentSpan: { start, end: { line: place.line, character: place.character + place.text.length } } }
          : {}),
        via: [...route.via],
      };
      found.set(spec, [...(found.get(spec) ?? []), { weight: total, evidence }]);
    }
  }
  return new Map(
    [...found].map(([spec, hits]) => {
      const sorted = hits.sort((a, b) => b.weight - a.weight);
      // One route that is reached on several ways, and several routes, add up to no more than 1.
      const score = 1 - sorted.slice(0, 10).reduce((rest, { weight }, at) => rest * (1 - weight / (at + 1)), 1);
      const routesSaid = new Set<string>();
      const evidence = sorted.flatMap(({ evidence: one }) => {
        if (routesSaid.has(one.route) || routesSaid.size >= MOST_EVIDENCE) return [];
        routesSaid.add(one.route);
        return [one];
      });
      return [spec, { score, evidence }];
    }),
  );
}
