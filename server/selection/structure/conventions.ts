import { methodNamed, withMethod } from './found-route.ts';
import { routeSegments } from './route-path.ts';

/** A route that a file serves because of where it lies. */
export interface PlacedRoute {
  readonly text: string;
  readonly segments: readonly string[];
  readonly kind: 'page' | 'endpoint';
  readonly method?: string;
  /** Shows on all routes below it, too. */
  readonly isLayout?: true;
  /** Whose convention it is, for people. */
  readonly router: string;
}

const END = /\.(?:tsx?|jsx?|mjs|mdx|vue|svelte|astro)$/;
/** What the segment of a folder or file says of the route, in Next.js, SvelteKit, Nuxt and Astro. */
const segmentOf = (name: string): string | undefined =>
  /^\(.*\)$/.test(name) || name.startsWith('@') || name === 'index'
    ? undefined
    : name.replace(/^\(\.{1,3}\)/, '').replace(/\[{1,2}(?:\.{3})?[\w$=-]+\]{1,2}/g, '{}');

const placed = (
  folders: readonly string[],
  kind: PlacedRoute['kind'],
  router: string,
  more: { readonly method?: string; readonly isLayout?: true } = {},
): PlacedRoute[] => {
  const text = `/${folders.flatMap((folder) => segmentOf(folder) ?? []).join('/')}`;
  const segments = routeSegments(text);
  // The layout of everything says nothing of a page.
  if (segments === undefined && (text !== '/' || kind !== 'page' || more.isLayout)) return [];
  return [{ text, segments: segments ?? [], kind, router, ...more }];
};

const parts = (path: string | undefined): string[] => (path ?? '').split('/').filter((part) => part !== '');

/** Remix: the dots of a name are slashes, `$id` is a parameter, `_layout` is no segment. */
function remix(inner: string): PlacedRoute[] {
  const name = inner.replace(END, '').replace(/\/(?:route|index)$/, '');
  const folders = name
    .split(/[./]/)
    .filter((part) => part !== '' && !part.startsWith('_') && part !== 'index')
    .map((part) => (part.startsWith('$') ? '{}' : part.replace(/[_+]$/, '').replace(/^\(|\)$/g, '')));
  return placed(folders, 'page', 'Remix');
}

/** The routes that a file serves by the conventions of Next.js, SvelteKit, Remix, Nuxt, Astro and Razor pages. */
export function placedRoutes(path: string): readonly PlacedRoute[] {
  const kit = /(?:^|\/)src\/routes\/(?:(.*)\/)?\+(page|layout|server|error)(?:@[^.]*)?(?:\.server)?\.(?:svelte|ts|js)$/.exec(path);
  if (kit) {
    const isLayout = kit[2] === 'layout' || kit[2] === 'error';
    return placed(parts(kit[1]), kit[2] === 'server' ? 'endpoint' : 'page', 'SvelteKit', isLayout ? { isLayout: true } : {});
  }
  const next = /(?:^|\/)app\/(?:(.*)\/)?(page|layout|template|loading|error|not-found|route|default)\.(?:tsx?|jsx?|mdx)$/.exec(path);
  if (next) {
    const isLayout = next[2] === 'layout' || next[2] === 'template' || next[2] === 'error';
    return placed(parts(next[1]), next[2] === 'route' ? 'endpoint' : 'page', 'Next.js', isLayout ? { isLayout: true } : {});
  }
  const remixed = /(?:^|\/)app\/routes\/(.+)$/.exec(path)?.[1];
  if (remixed !== undefined && END.test(remixed)) return remix(remixed);
  const handlers = /(?:^|\/)api\/(.+)\/route\.(?:ts|js)$/.exec(path)?.[1];
  if (handlers !== undefined) return placed(parts(handlers), 'endpoint', 'Medusa');
  const nitro = /(?:^|\/)server\/(api|routes)\/(.+?)(?:\.(get|post|put|patch|delete))?\.(?:ts|js)$/.exec(path);
  if (nitro) {
    const folders = [...(nitro[1] === 'api' ? ['api'] : []), ...parts(nitro[2])];
    return placed(folders, 'endpoint', 'Nuxt', withMethod(methodNamed(nitro[3])));
  }
  const pages = /(?:^|\/)pages\/(.+)\.(?:tsx?|jsx?|mdx?|vue|astro)$/.exec(path);
  // Names of routes are written small; `pages/BasketPage.tsx` is a component that a router names.
  if (pages && !/(?:^|\/)(?:_|[A-Z])|\.(?:test|spec|stories|module|d)$/.test(pages[1] ?? '')) {
    const folders = parts(pages[1]);
    return placed(
      folders,
      folders[0] === 'api' ? 'endpoint' : 'page',
      path.endsWith('.vue') ? 'Nuxt' : path.endsWith('.astro') ? 'Astro' : 'Next.js',
    );
  }
  const razor = /(?:^|\/)Pages\/(.+?)\.cshtml(?:\.cs)?$/.exec(path)?.[1];
  if (razor !== undefined && !/(?:^|\/)_/.test(razor)) return placed(parts(razor.replace(/(?:^|\/)Index$/, '')), 'page', 'Razor Pages');
  return [];
}

const TEMPLATE = /(?:^|\/)(?:templates?|views|resources\/views|layouts|partials)\/(.+)$/;
const SHORTEST_NAME = 4;

/** How code names a template, as literals: `orders/list.html`, `orders/list`, `orders.list`, and of a partial of Rails `orders/form`. */
export function namesOfTemplate(path: string): readonly string[] {
  const inner = TEMPLATE.exec(path)?.[1];
  if (inner === undefined) return [];
  const stem = inner.replace(/\.[\w.]+$/, '');
  const partial = stem.replace(/(^|\/)_(?=[^/]+$)/, '$1');
  return [...new Set([inner, stem, partial, stem.replaceAll('/', '.')])].filter(
    (name) => name.length >= SHORTEST_NAME && /[/.]/.test(name),
  );
}
