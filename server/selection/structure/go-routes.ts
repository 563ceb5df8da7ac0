import { afterBracket, openBrace } from './brackets.ts';
import { type FoundRoute, joinedRoute, methodNamed, withMethod } from './found-route.ts';
import { endOfChain, receiverBefore, routerCalls } from './script-routes.ts';

/** `r.Method("GET", "/x", h)`, `router.HandlerFunc(http.MethodGet, "/x", h)`, `e.Add("GET", "/x", h)`. */
const METHOD_FIRST =
  /\.(?:Handle|Handler|HandlerFunc|HandleFunc|Method|MethodFunc|Add)\(\s{0,100}(?:"(GET|POST|PUT|PATCH|DELETE|HEAD)"|http\.Method(Get|Post|Put|Patch|Delete|Head))\s{0,20},\s{0,100}(["`])(\/[^"`\n]{0,200})\3\s{0,100},/g;
/** gorilla/mux: `r.Path("/x").Methods("GET").HandlerFunc(h)`, in any order. */
const PATH_CALL = /\.(?:Path|PathPrefix)\(\s{0,100}(["`])(\/[^"`\n]{0,200})\1\s{0,100}\)/g;
const HANDLES = /\.(?:Handler|HandlerFunc)\(/;
const METHODS = /\.\s{0,100}Methods\(\s{0,100}(?:"(\w{3,6})"|http\.Method(\w{3,6}))\s{0,100}\)/;
/** `v1 := r.Group("/v1")`, `s := r.PathPrefix("/v1").Subrouter()`: what the variable serves lies below. */
const VARIABLE =
  /(?<![\w.])(\w{1,60})\s{0,20}:?=\s{0,20}(?:\w{1,60}\.){0,3}(\w{1,60})\.(?:Group|PathPrefix|Route)\(\s{0,100}(["`])(\/[^"`\n]{0,200})\3/g;
/** `{Method: "GET", Path: "/x", Handler: h}`. */
const ENTRY = /(?<![\w.])(?:Path|Pattern|Route|URL)\s{0,20}:\s{0,20}(["`])(\/[^"`\n]{0,200})\1/g;
const ENTRY_HANDLES = /(?<![\w.])(?:Handler|HandlerFunc|HandleFunc|Handle|Func|Fn)\s{0,20}:/;
const ENTRY_METHOD = /(?<![\w.])Method\s{0,20}:\s{0,20}(?:"(\w{3,6})"|http\.Method(\w{3,6}))/;
const MOST_NESTED = 5;

/** What the router that a variable holds puts in front, at an offset: the assignment that is nearest above counts. */
function prefixes(text: string): (variable: string, at: number) => string {
  const assigned = [...text.matchAll(VARIABLE)].map((match) => ({
    variable: match[1] ?? '',
    of: match[2] ?? '',
    path: match[4] ?? '',
    at: match.index,
  }));
  const prefixOf = (variable: string, at: number, depth = 0): string => {
    const found = assigned.filter((one) => one.variable === variable && one.at < at).at(-1);
    return found === undefined || depth > MOST_NESTED ? '' : joinedRoute(prefixOf(found.of, found.at, depth + 1), found.path);
  };
  return prefixOf;
}

/** Routes in Go: net/http, gin, echo, chi, fiber, httprouter, gorilla/mux, and tables of one's own. */
export function goRoutes(text: string): FoundRoute[] {
  const prefixOf = prefixes(text);
  const below = (route: FoundRoute): FoundRoute => {
    const prefix = prefixOf(receiverBefore(text, route.start), route.start);
    return prefix === '' ? route : { ...route, text: joinedRoute(prefix, route.text) };
  };
  const methodAfter = (end: number): string | undefined => {
    const chain = METHODS.exec(text.slice(end, endOfChain(text, end)));
    return methodNamed(chain?.[1] ?? chain?.[2]);
  };
  const calls = routerCalls(text).map((route) =>
    route.method === undefined ? { ...route, ...withMethod(methodAfter(route.end)) } : route,
  );
  const first = [...text.matchAll(METHOD_FIRST)].flatMap((match): FoundRoute[] => {
    const end = afterBracket(text, text.indexOf('(', match.index));
    const base = { text: match[4] ?? '', kind: 'endpoint', ...withMethod(methodNamed(match[1] ?? match[2])) } as const;
    return end === undefined ? [] : [{ ...base, start: match.index, end, at: match.index }];
  });
  const chains = [...text.matchAll(PATH_CALL)].flatMap((match): FoundRoute[] => {
    const end = endOfChain(text, match.index + match[0].length);
    const line = text.lastIndexOf('\n', match.index) + 1;
    const chain = text.slice(line, end);
    if (!HANDLES.test(chain.slice(match.index - line))) return [];
    const found = METHODS.exec(chain);
    const base = { text: match[2] ?? '', kind: 'endpoint', ...withMethod(methodNamed(found?.[1] ?? found?.[2])) } as const;
    return [{ ...base, start: match.index, end, at: match.index }];
  });
  const entries = [...text.matchAll(ENTRY)].flatMap((match): FoundRoute[] => {
    const open = openBrace(text, match.index);
    const end = open === undefined ? undefined : afterBracket(text, open);
    if (open === undefined || end === undefined || !ENTRY_HANDLES.test(text.slice(open, end))) return [];
    const found = ENTRY_METHOD.exec(text.slice(open, end));
    const base = { text: match[2] ?? '', kind: 'endpoint', ...withMethod(methodNamed(found?.[1] ?? found?.[2])) } as const;
    return [{ ...base, start: open, end, at: match.index }];
  });
  return [...[...calls, ...first, ...chains].map(below), ...entries];
}
