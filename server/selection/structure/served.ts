import { commandsIn } from './commands.ts';
import { type Family, familyOfCode } from './families.ts';
import { type FoundRoute, joinedRoute, rooted, withMethod } from './found-route.ts';
import { goRoutes } from './go-routes.ts';
import { routeSegments } from './route-path.ts';
import { scriptRoutes } from './script-routes.ts';
import { cSharpRoutes, javaRoutes, phpRoutes, pythonRoutes, sinatraRoutes } from './service-routes.ts';

/** A route that a file serves, and the part of its text that says by what. */
export interface ServedRoute {
  /** As the file writes it, with what its surroundings put in front. */
  readonly text: string;
  /** Empty for the page at the root. */
  readonly segments: readonly string[];
  /** `page` is shown, `endpoint` is called, `command` is run: its only segment is its name. */
  readonly kind: 'page' | 'endpoint' | 'command';
  /** Upper case; absent where any fits. */
  readonly method?: string;
  /** Offsets of the part that binds the route to what serves it. */
  readonly start: number;
  readonly end: number;
  /** Zero-based line of the route. */
  readonly line: number;
  /** Shows on all routes below it, too. */
  readonly isLayout?: true;
}

const LONGEST_TEXT = 200_000;
const MOST_ROUTES = 400;

const READERS: Readonly<Record<Family, (path: string, text: string) => FoundRoute[]>> = {
  script: (_, text) => scriptRoutes(text),
  python: (_, text) => pythonRoutes(text),
  java: (_, text) => javaRoutes(text),
  go: (_, text) => [...goRoutes(text), ...commandsIn(text)],
  'c-sharp': cSharpRoutes,
  php: (_, text) => phpRoutes(text),
  ruby: (_, text) => sinatraRoutes(text),
};

/** The routes that a file serves by what its text says, at most 400, in the order of the text. Never throws; takes time in proportion to the text. */
export function servedRoutes(path: string, text: string): readonly ServedRoute[] {
  const family = familyOfCode(path);
  if (family === undefined) return [];
  const read = text.slice(0, LONGEST_TEXT);
  const found = READERS[family](path, read)
    .slice(0, MOST_ROUTES)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const open: { readonly whole: string; readonly end: number; readonly index: number }[] = [];
  const layouts = new Set<number>();
  const routes = found.map((one, index) => {
    while ((open.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= one.start) open.pop();
    const around = open.at(-1);
    const whole =
      around === undefined || (one.kind === 'page' && one.text.startsWith('/')) ? one.text : joinedRoute(around.whole, one.text);
    if (around) layouts.add(around.index);
    if (one.isGroup) open.push({ whole, end: one.end, index });
    return { one, whole, index };
  });
  let line = 0;
  let counted = 0;
  return routes
    .sort((a, b) => a.one.at - b.one.at)
    .flatMap(({ one, whole, index }): ServedRoute[] => {
      const { kind, method, start, end, at } = one;
      for (; counted < at; counted += 1) if (read.charCodeAt(counted) === 10) line += 1;
      const segments = kind === 'command' ? [one.text] : routeSegments(whole);
      if (segments === undefined && !(kind === 'page' && whole === '/')) return [];
      return [
        {
          text: kind === 'command' ? one.text : rooted(whole),
          segments: segments ?? [],
          kind,
          ...withMethod(method),
          start,
          end,
          line,
          ...(layouts.has(index) ? { isLayout: true } : {}),
        },
      ];
    });
}
