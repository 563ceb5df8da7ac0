import { afterBracket } from './brackets.ts';
import { calledRoutes, decoratedRoutes, type FoundRoute, joinedRoute, methodNamed, rooted, withMethod } from './found-route.ts';
import { patternRoute } from './route-path.ts';
import { routerCalls } from './script-routes.ts';

const PYTHON_HANDLER =
  /@[\w.]{1,80}\.(get|post|put|patch|delete|route|api_route|websocket|view)\(\s*[rf]?(["'])(\/?[^"'\n]{0,200})\2([^)\n]{0,300})/g;
const PYTHON_PREFIX = /\b(?:APIRouter|Blueprint)\([^)]{0,400}?\b(?:url_)?prefix\s*=\s*["']([^"'\n]{1,200})["']/;
const DJANGO = /(?<![\w.])(?:re_path|path|url)\(\s*r?(["'])([^"'\n]{0,200})\1\s*,/g;
const ADD_RULE = /\.add_(?:url_rule|api_route|route|get|post|put|delete|resource)\(\s*(?:[\w.]+,\s*)?(["'])(\/[^"'\n]{0,200})\1/g;

/** Flask, FastAPI, Starlette, aiohttp and Django. */
export function pythonRoutes(text: string): FoundRoute[] {
  const prefix = PYTHON_PREFIX.exec(text)?.[1] ?? '';
  const handlers = decoratedRoutes(text, PYTHON_HANDLER, (match) => {
    const named = /methods\s*=\s*[[({]\s*["'](\w+)["']\s*[\])}]/.exec(match[4] ?? '')?.[1];
    return { text: joinedRoute(prefix, match[3] ?? ''), ...withMethod(methodNamed(named) ?? methodNamed(match[1])) };
  });
  const isTable = /\burlpatterns\b|\bfrom django/.test(text);
  const tables = isTable
    ? calledRoutes(text, DJANGO, (match) => ({
        text: rooted(/^(?:re_path|url)/.test(match[0]) ? patternRoute(match[2] ?? '') : (match[2] ?? '')),
        kind: 'page',
      }))
    : [];
  return [...handlers, ...tables, ...calledRoutes(text, ADD_RULE, (match) => ({ text: match[2] ?? '', kind: 'endpoint' }))];
}

const SPRING =
  /@(Get|Post|Put|Patch|Delete|Request)Mapping\b(?:\(\s*(?:[^()"]{0,200}?(?:value|path)\s*=\s*)?\{?\s*(?:"([^"\n]{0,200})")?)?/g;
const JAX = /@Path\(\s*"([^"\n]{0,200})"/g;
const KTOR = /(?<![\w.])(get|post|put|patch|delete|route)\(\s*"(\/[^"\n]{0,200})"\s*\)\s*\{/g;

/** Spring, JAX-RS and Ktor. */
export function javaRoutes(text: string): FoundRoute[] {
  const classAt = text.search(/\b(?:class|interface|object)\s+\w+/);
  const prefixIn = (pattern: RegExp, group: number): string | undefined =>
    [...text.matchAll(pattern)].find((match) => match.index < classAt)?.[group];
  const spring = rooted(prefixIn(SPRING, 2) ?? '');
  const mapped = decoratedRoutes(text, SPRING, (match) => {
    if (match.index < classAt) return undefined;
    const verb = match[1] === 'Request' ? /RequestMethod\.(\w+)/.exec(text.slice(match.index, match.index + 300))?.[1] : match[1];
    return { text: joinedRoute(spring, match[2] ?? ''), ...withMethod(methodNamed(verb)) };
  });
  const jax = prefixIn(JAX, 1);
  const paths = decoratedRoutes(text, JAX, (match) =>
    match.index < classAt ? undefined : { text: joinedRoute(rooted(jax ?? ''), match[1] ?? '') },
  );
  const whole: FoundRoute[] =
    jax === undefined ? [] : [{ text: rooted(jax), kind: 'endpoint', start: 0, end: text.length, at: Math.max(0, text.search(JAX)) }];
  const ktor = [...text.matchAll(KTOR)].flatMap((match): FoundRoute[] => {
    const end = afterBracket(text, match.index + match[0].length - 1);
    const isGroup = match[1] === 'route';
    const base = {
      text: match[2] ?? '',
      kind: 'endpoint',
      ...withMethod(methodNamed(match[1])),
      start: match.index,
      at: match.index,
    } as const;
    return end === undefined ? [] : [{ ...base, end, ...(isGroup ? { isGroup: true } : {}) }];
  });
  return [...mapped, ...paths, ...whole, ...ktor, ...routerCalls(text)];
}

const ASP = /\[(?:Http(Get|Post|Put|Patch|Delete)|Route)\(?\s*(?:@?"([^"\n]{0,200})")?/g;
const ASP_PAGE = /^@page\s+"([^"\n]{1,200})"/gm;

/** Controllers, minimal APIs, Razor pages and Blazor of ASP.NET. */
export function cSharpRoutes(path: string, text: string): FoundRoute[] {
  const classAt = text.search(/\bclass\s+\w+/);
  const controller = (/\bclass\s+(\w+?)Controller\b/.exec(text)?.[1] ?? '').toLowerCase();
  const named = (route: string): string => route.replace(/\[controller\]/gi, () => controller).replace(/^~/, '');
  const prefix = [...text.matchAll(ASP)].find((match) => match.index < classAt && match[2] !== undefined)?.[2] ?? '';
  const actions = decoratedRoutes(text, ASP, (match) => {
    const own = match[2];
    if (match.index < classAt || (match[1] === undefined && own === undefined)) return undefined;
    return {
      text: named(own !== undefined && /^[~/]/.test(own) ? own : joinedRoute(rooted(prefix), own ?? '')),
      ...withMethod(methodNamed(match[1])),
    };
  });
  const pages = /\.(?:razor|cshtml)$/.test(path)
    ? [...text.matchAll(ASP_PAGE)].map(
        (match): FoundRoute => ({ text: match[1] ?? '', kind: 'page', start: 0, end: text.length, at: match.index }),
      )
    : [];
  return [...actions, ...pages, ...routerCalls(text)];
}

const LARAVEL =
  /\bRoute::(get|post|put|patch|delete|any|match|view|resource|apiResource|livewire|redirect)\(\s*(?:\[[^\]]{0,100}\]\s*,\s*)?(["'])([^"'\n]{0,200})\2/g;
const SYMFONY = /(?:#\[|@)Route\(\s*(?:path\s*[:=]\s*)?(["'])([^"'\n]{0,200})\1/g;

/** Laravel, Symfony and Slim. */
export function phpRoutes(text: string): FoundRoute[] {
  const routes = calledRoutes(text, LARAVEL, (match) => ({
    text: rooted(match[3] ?? ''),
    kind: /^(?:get|view|livewire)$/.test(match[1] ?? '') ? 'page' : 'endpoint',
    ...withMethod(methodNamed(match[1])),
  }));
  const classAt = text.search(/\bclass\s+\w+/);
  const prefix = [...text.matchAll(SYMFONY)].find((match) => match.index < classAt)?.[2] ?? '';
  const symfony = decoratedRoutes(text, SYMFONY, (match) =>
    match.index < classAt ? undefined : { text: joinedRoute(rooted(prefix), match[2] ?? '') },
  );
  return [...routes, ...symfony, ...routerCalls(text)];
}

const SINATRA = /^\s*(get|post|put|patch|delete)\s+(["'])(\/[^"'\n]{0,200})\2\s+do\b/gm;

/** Sinatra and what is like it. */
export const sinatraRoutes = (text: string): FoundRoute[] =>
  [...text.matchAll(SINATRA)].map((match): FoundRoute => {
    const after = text.slice(match.index, match.index + 4_000).search(/\nend\b|\n {2}end\b/);
    const end = match.index + (after < 0 ? match[0].length : after);
    return { text: match[3] ?? '', kind: 'page', ...withMethod(methodNamed(match[1])), start: match.index, end, at: match.index };
  });
