import { afterBracket, openBrace } from './brackets.ts';
import { decoratedRoutes, type FoundRoute, joinedRoute, LONGEST_HANDLER, methodNamed, rooted, withMethod } from './found-route.ts';
import { patternRoute } from './route-path.ts';

/** Who sends requests, and who keeps things by keys that look like paths. */
const CLIENT =
  /(?:^|[^\w])(?:axios|fetch|fetcher|requests?|https?|\$http|httpClient|\w*[Cc]lient|agent|supertest|superagent|ky|got|page|cy|I|apiFetch|session|cache|params|headers|cookies|searchParams|map|config|storage|localStorage)$/;
/** `app.get('/x', ...)`, `router.route('/x')`, `r.POST("/x", h)`, `mux.HandleFunc("GET /x", h)`, `app.MapGet("/x", ...)`. */
const CALL =
  /\.\s{0,20}(get|post|put|patch|delete|head|options|all|use|route|GET|POST|PUT|PATCH|DELETE|Get|Post|Put|Patch|Delete|Any|Handle|HandleFunc|Mount|Route|Group|MapGet|MapPost|MapPut|MapPatch|MapDelete|MapGroup|websocket)(?:<[^()\n]{0,200}>)?\(\s{0,100}(["'`])(?:(GET|POST|PUT|PATCH|DELETE|HEAD) +)?(\/[^"'`\n]{0,200})\2\s{0,100}(,|\))/g;
const RECEIVER = /[\w$)\]]{1,60}\s{0,20}$/;
/** Nobody asks by these names: `http.HandleFunc("/x", h)` serves. */
const HANDLE = /^(?:Handle|HandleFunc)$/;
const GROUP = /^(?:use|Mount|Route|route|Group|MapGroup)$/;
/** `{ path: '/x', component: X }`, `{ path: /^\/x$/, page: ... }`, `{ method: 'GET', url: '/x', handler }`. */
const ENTRY = /(?<![\w$])(path|url)\s*:\s*(?:(["'`])([^"'`\n]{0,200})\2|\/((?:\\.|[^/\\\n[]|\[(?:\\.|[^\]\n\\])*\]){1,200})\/[a-z]*)/g;
const ENTRY_OF_ROUTE =
  /(?<![\w$])(?:component|components|element|page|children|loadChildren|loadComponent|Component|lazy|render|view|screen|handler|loader)\s*[:(]/;
const HANDLES = /(?<![\w$])handler\s*[:(]/;
const METHOD = /(?<![\w$])method\s*:\s*["'`](\w+)["'`]/;
const HEAD_OF_ENTRY = 400;
const TAG_EDGE = /<(\w*Route)\b|<\/\w*Route>/g;
const TAG_PATH = /\bpath=\{?\s*(["'`])([^"'`\n]{0,200})\1/;
const LONGEST_TAG = 2_000;
const FILE_ROUTE = /\bcreate(?:Lazy)?FileRoute\(\s*(["'`])([^"'`\n]{1,200})\1/g;
const NEST_CONTROLLER = /@Controller\(\s*(?:\{[^}]{0,200}\bpath:\s*)?(?:(["'`])([^"'`\n]{0,200})\1)?/;
const NEST_HANDLER = /@(Get|Post|Put|Patch|Delete|All|Sse)\(\s*(?:(["'`])([^"'`\n]{0,200})\2)?\s*\)/g;

/** The last name of what a call is made on. */
export const receiverBefore = (text: string, at: number): string =>
  RECEIVER.exec(text.slice(Math.max(0, at - 80), at))?.[0].trimEnd() ?? '';

/** Where a chain of calls ends that goes on after an offset. */
export function endOfChain(text: string, from: number): number {
  let at = from;
  for (let step = 0; step < 10; step += 1) {
    const next = /^\s*\.\s*\w+\s*\(/.exec(text.slice(at, at + 200));
    const closed = next ? afterBracket(text, at + next[0].length - 1) : undefined;
    if (closed === undefined) return at;
    at = closed;
  }
  return at;
}

/** Routes that calls of a router declare, in any language with that form. */
export function routerCalls(text: string): FoundRoute[] {
  return [...text.matchAll(CALL)].flatMap((match): FoundRoute[] => {
    const [whole, name = '', , verb, path = '', after] = match;
    const receiver = receiverBefore(text, match.index);
    const isGroup = GROUP.test(name);
    const isClient = CLIENT.test(receiver) && !HANDLE.test(name);
    if (receiver === '' || isClient || (after === ')' && !isGroup)) return [];
    const open = match.index + whole.lastIndexOf('(', whole.lastIndexOf(path));
    const closed = afterBracket(text, open) ?? open + whole.length;
    // `router.route('/x').get(...).post(...)`: what follows serves it.
    const end = name === 'route' ? Math.min(closed + LONGEST_HANDLER, endOfChain(text, closed)) : closed;
    const method = verb ?? methodNamed(name);
    return [
      {
        text: path,
        kind: 'endpoint',
        ...withMethod(method),
        start: match.index,
        end,
        at: match.index + whole.lastIndexOf(path),
        ...(isGroup ? { isGroup: true } : {}),
      },
    ];
  });
}

/** Entries of a table of routes: React Router, Vue Router, Angular, Fastify's `route`, and tables of one's own. */
function tableEntries(text: string): FoundRoute[] {
  return [...text.matchAll(ENTRY)].flatMap((match): FoundRoute[] => {
    const [, key, , path, pattern] = match;
    const open = openBrace(text, match.index);
    const end = open === undefined ? undefined : afterBracket(text, open);
    if (open === undefined || end === undefined || !ENTRY_OF_ROUTE.test(text.slice(open, end))) return [];
    const head = text.slice(open, Math.min(end, open + HEAD_OF_ENTRY));
    const method = methodNamed(METHOD.exec(head)?.[1]);
    return [
      {
        text: pattern === undefined ? (path ?? '') : patternRoute(pattern),
        kind: key === 'url' || method !== undefined || HANDLES.test(head) ? 'endpoint' : 'page',
        ...withMethod(method),
        start: open,
        end,
        at: match.index,
        isGroup: true,
      },
    ];
  });
}

/** The offset after an opening tag, and whether the tag is closed in itself. */
function afterTag(text: string, from: number): { readonly end: number; readonly isClosed: boolean } {
  let depth = 0;
  for (let at = from; at < Math.min(text.length, from + LONGEST_TAG); at += 1) {
    const character = text[at];
    if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    else if (character === '>' && depth <= 0) return { end: at + 1, isClosed: text[at - 1] === '/' };
  }
  return { end: Math.min(text.length, from + LONGEST_TAG), isClosed: true };
}

/** `<Route path="/x" element={<X />}>`: a tag that is not closed in itself encloses others. */
function routeTags(text: string): FoundRoute[] {
  const found: FoundRoute[] = [];
  const open: { readonly start: number; readonly path: string | undefined }[] = [];
  const push = (start: number, end: number, path: string | undefined): void => {
    if (path !== undefined) found.push({ text: path, kind: 'page', start, end, at: start, isGroup: true });
  };
  for (const match of text.matchAll(TAG_EDGE)) {
    if (match[1] === undefined) {
      const tag = open.pop();
      if (tag) push(tag.start, match.index + match[0].length, tag.path);
      continue;
    }
    const { end, isClosed } = afterTag(text, match.index + match[0].length);
    const path = TAG_PATH.exec(text.slice(match.index, end))?.[2];
    if (isClosed) push(match.index, end, path);
    else open.push({ start: match.index, path });
  }
  return found;
}

function nestHandlers(text: string): FoundRoute[] {
  const controller = NEST_CONTROLLER.exec(text);
  if (!controller) return [];
  return decoratedRoutes(text, NEST_HANDLER, (match) => ({
    text: joinedRoute(rooted(controller[2] ?? ''), match[3] ?? ''),
    ...withMethod(methodNamed(match[1])),
  }));
}

/** Routes in TypeScript and JavaScript: Express, Fastify, Koa, Hono, NestJS, React Router, Vue Router, Angular and TanStack Router. */
export const scriptRoutes = (text: string): FoundRoute[] => [
  ...routerCalls(text),
  ...tableEntries(text),
  ...(text.includes('Route') ? routeTags(text) : []),
  ...nestHandlers(text),
  ...[...text.matchAll(FILE_ROUTE)].map(
    (match): FoundRoute => ({ text: match[2] ?? '', kind: 'page', start: 0, end: text.length, at: match.index }),
  ),
];
