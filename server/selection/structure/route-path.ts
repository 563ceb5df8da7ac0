import { pathSegments } from '../../code/routes.ts';

/** How well two routes are the same. */
export interface RouteMatch {
  /** Above 0 up to 1. */
  readonly weight: number;
  /** `end`: one of them is the end of the other, because a router or a server adds the rest. */
  readonly form: 'same' | 'end' | 'below';
}

/** Segments that a router or a server adds in front. */
const MOST_PREFIX = 3;
const MOST_SEGMENTS = 20;
const LONGEST_ROUTE = 300;
/** One path is the end of the other, by the number of segments that both say. */
const END_OF_ONE = 0.4;
const END_OF_MORE = 0.7;
/** A page inside of a layout shows the layout too. */
const BELOW = 0.6;
const SHORTEST_WORD = 3;
const WITHOUT_FIRST = 0.9;
const CATCH_ALL = '**';
/** Segments that stand in front of many routes and say nothing of one. */
const SHELL = new Set(['api', 'app', 'admin', 'index', 'graphql', 'rest', 'public', 'web']);
const VERSION = /^v\d+$/;

/** A capture group or class of a regular expression that stands for one segment. */
const GROUP = /^(?:\((?:\?[:<][^)]*)?[^()]*\)|\[\^?[^\]]*\][+*]?|\.[+*]|\\[dw][+*]?)[?+*]?(?:\{\d*,?\d*\})?$/;
/** Parameters of routers that `pathSegments` does not know: `[[...slug]]`, `:id(\\d+)`, `{id:int}`, `<int:id>`, `$id` (Remix), `(.:format)`. */
const PARAMETER = /^(?:\[{1,2}\.{0,3}[^\]]*\]{1,2}|:\w+(?:\([^)]*\))?[?*+]?|\{[^}]*\}\??|<[^>]*>|\$\w*|\$?\{[^}]*\}|#\{[^}]*\})$/;

/**
 * The segments of a route as code or a test writes it, `{}` for a parameter, in lower case. Host, query and the part before a hash route are left out;
 * `undefined` for what is no route.
 */
export function routeSegments(text: string): readonly string[] | undefined {
  if (text.length > LONGEST_ROUTE) return undefined;
  const hash = /#!?(\/[^?#\s]*)/.exec(text)?.[1];
  const path = (hash ?? text)
    .trim()
    .replace(/^(?:https?|wss?):\/\/[^/?#\s]*/, '')
    .replace(/^(?:\*\*|:\w+|\$\{[^}]*\}|\{[^}]*\}|#\{[^}]*\})(?=\/)/, '')
    .replace(/\$\{[^}]*\}|#\{[^}]*\}/g, '{}')
    .replace(/(?<=[\w\]})])\?(?=\/|$)/g, '')
    .replace(/[?#].*$/s, '')
    .replace(/\(\.:format\)|\(\.\{format\}\)/g, '');
  if (/[\s"'`;]/.test(path)) return undefined;
  const segments = pathSegments(path).map((segment) =>
    PARAMETER.test(segment) || GROUP.test(segment) || /\{\}|\*/.test(segment)
      ? segment === '**'
        ? CATCH_ALL
        : '{}'
      : segment.toLowerCase(),
  );
  return segments.length === 0 || segments.length > MOST_SEGMENTS ? undefined : segments;
}

/** The route that a regular expression accepts, as far as its text says it: `^\/orders\/([^/]+)$`. */
export const patternRoute = (source: string): string =>
  source
    .replace(/^\^/, '')
    .replace(/\$$/, '')
    .replaceAll('\\/', '/')
    .replace(/\((?:\?(?:P?<\w+>|:))?[^()]*\)[?+*]?/g, '{}')
    .replace(/\[\^?[^\]]*\](?:[+*?]|\{\d+(?:,\d*)?\})?/g, '{}')
    .replace(/\\[dws][+*?]?|\.[+*]/g, '{}')
    .replace(/\\(.)/g, '$1');

const isStatic = (segment: string | undefined): boolean => segment !== undefined && segment !== '{}' && segment !== CATCH_ALL;

/** Segments that say what a route is about. */
export const telling = (segments: readonly string[]): number =>
  segments.filter((segment) => isStatic(segment) && !SHELL.has(segment) && !VERSION.test(segment) && segment.length >= SHORTEST_WORD)
    .length;

const fits = (served: readonly string[], asked: readonly string[]): boolean =>
  served.length === asked.length && served.every((segment, at) => segment === '{}' || segment === asked[at] || asked[at] === CATCH_ALL);

/** Static segments that both have in common, where one fits the other. */
const shared = (served: readonly string[], asked: readonly string[]): number =>
  telling(served.filter((segment, at) => segment === asked[at]));

/**
 * Whether somebody who goes to one route reaches the other; `undefined` where not. Routes that say nothing (`/`, `/:id`) match none.
 * @param below whether what is served also shows on routes below it: a layout
 */
export function routeMatch(served: readonly string[], asked: readonly string[], below = false): RouteMatch | undefined {
  if (telling(served) === 0) return undefined;
  if (fits(served, asked)) return shared(served, asked) === 0 ? undefined : { weight: 1, form: 'same' };
  // A parameter in front of all routes is a language or a tenant, which has a default.
  if (served[0] === '{}' && served.length === asked.length + 1 && fits(served.slice(1), asked) && shared(served.slice(1), asked) > 0)
    return { weight: WITHOUT_FIRST, form: 'same' };
  const shorter = Math.min(served.length, asked.length);
  const extra = Math.max(served.length, asked.length) - shorter;
  if (below && asked.length > served.length && fits(served, asked.slice(0, served.length))) return { weight: BELOW, form: 'below' };
  if (extra === 0 || extra > MOST_PREFIX) return undefined;
  const end = served.slice(served.length - shorter);
  const askedEnd = asked.slice(asked.length - shorter);
  if (!fits(end, askedEnd) || !isStatic(end[0])) return undefined;
  const common = shared(end, askedEnd);
  return common === 0 ? undefined : { weight: common === 1 ? END_OF_ONE : END_OF_MORE, form: 'end' };
}

/** Whether two methods can be the same request; what names none may be any. */
export const methodsFit = (a: string | undefined, b: string | undefined): boolean =>
  a === undefined || b === undefined || a === b || a === 'ALL' || b === 'ALL';
