import { routeSegments } from './route-path.ts';

/** A route of Rails: its helper, and the controller and action that serve it. */
export interface RailsRoute {
  readonly text: string;
  readonly segments: readonly string[];
  /** Upper case. */
  readonly method: string;
  /** Without `_path`: `edit_admin_order`. Empty where the route has no name. */
  readonly helper: string;
  /** `admin/orders`. */
  readonly controller: string;
  readonly action: string;
  /** Zero-based. */
  readonly line: number;
}

interface Block {
  readonly path: string;
  /** What stands before the name of a helper, with its underscore. */
  readonly name: string;
  /** Folder of the controllers, with its slash. */
  readonly module: string;
  readonly controller?: string;
  /** The resource that members and collections belong to. */
  readonly resource?: { readonly path: string; readonly single: string; readonly many: string; readonly isSingular: boolean };
  readonly on?: 'member' | 'collection';
}

const MOST_LINES = 5_000;
const MOST_ROUTES = 3_000;

const singular = (word: string): string =>
  /ies$/.test(word) ? word.replace(/ies$/, 'y') : /(?:ss|sh|ch|x|us)es$/.test(word) ? word.slice(0, -2) : word.replace(/(?<!s)s$/, '');

const option = (line: string, name: string): string | undefined =>
  new RegExp(`(?:\\b${name}:|:${name}\\s*=>)\\s*(?:["']([^"']*)["']|:(\\w+)|(nil|false))`)
    .exec(line)
    ?.slice(1, 3)
    .find((part) => part !== undefined);
const symbols = (line: string, name: string): readonly string[] | undefined => {
  const found = new RegExp(`(?:\\b${name}:|:${name}\\s*=>)\\s*(?:%i\\[([^\\]]*)\\]|\\[([^\\]]*)\\]|:(\\w+))`).exec(line);
  return found?.slice(1).join(' ').match(/\w+/g) ?? undefined;
};

const ACTIONS: readonly (readonly [string, string, string])[] = [
  ['index', 'GET', ''],
  ['create', 'POST', ''],
  ['new', 'GET', '/new'],
  ['edit', 'GET', '/:id/edit'],
  ['show', 'GET', '/:id'],
  ['update', 'PATCH', '/:id'],
  ['destroy', 'DELETE', '/:id'],
];

const joined = (...parts: readonly string[]): string =>
  `/${parts
    .flatMap((part) => part.split('/'))
    .filter(Boolean)
    .join('/')}`;

/** Reads a file of Rails routes line by line. What it does not understand it takes for a block without meaning. */
export function railsRoutes(text: string): readonly RailsRoute[] {
  const routes: RailsRoute[] = [];
  const stack: Block[] = [];
  const top = (): Block => stack.at(-1) ?? { path: '', name: '', module: '' };
  const add = (line: number, path: string, method: string, helper: string, controller: string, action: string): void => {
    const segments = routeSegments(path);
    if (segments && routes.length < MOST_ROUTES) routes.push({ text: path, segments, method, helper, controller, action, line });
  };
  /** Where what is declared in a block begins: inside of a resource it belongs to one of its members. */
  const within = ({ path, resource, on }: Block): string => {
    if (!resource) return path;
    const base = joined(path, resource.path);
    if (resource.isSingular || on === 'collection') return base;
    return on === 'member' ? `${base}/:id` : `${base}/:${resource.single}_id`;
  };
  const nameWithin = ({ name, resource, on }: Block): string =>
    resource ? `${name}${on === 'collection' ? resource.many : resource.single}_` : name;

  const declareResources = (line: string, at: number): Block[] =>
    [...line.matchAll(/^\s*(resources?)\s*\(?\s*((?::\w+\s*,\s*)*:\w+)/g)].flatMap((match) =>
      (match[2] ?? '').split(',').map((each): Block => {
        const own = each.trim().slice(1);
        const isSingular = match[1] === 'resource';
        const around = top();
        const path = option(line, 'path') ?? own;
        const as = option(line, 'as') ?? own;
        const module = option(line, 'module');
        const single = isSingular ? as : singular(as);
        const folder = `${around.module}${module ? `${module}/` : ''}`;
        const named = option(line, 'controller') ?? (isSingular && !own.endsWith('s') ? `${own}s` : own);
        const controller = named.startsWith('/') ? named.slice(1) : `${folder}${named}`;
        const only = symbols(line, 'only');
        const except = symbols(line, 'except');
        const base = joined(within(around), path);
        const name = nameWithin(around);
        for (const [action, method, end] of ACTIONS) {
          if ((isSingular && action === 'index') || (only && !only.includes(action)) || except?.includes(action)) continue;
          const helper =
            action === 'new' || action === 'edit'
              ? `${action}_${name}${single}`
              : `${name}${action === 'index' || action === 'create' ? as : single}`;
          add(at, joined(base, isSingular ? end.replace('/:id', '') : end), method, helper, controller, action);
        }
        return { path: within(around), name, module: folder, controller, resource: { path, single, many: as, isSingular } };
      }),
    );

  const declareVerb = (line: string, at: number): void => {
    const match = /^\s*(get|post|put|patch|delete|match|root)\b\s*\(?\s*(?:["']([^"']*)["']|:(\w+))?(?:\s*=>\s*["']([^"']*)["'])?/.exec(
      line,
    );
    if (!match) return;
    const around = top();
    const on = option(line, 'on');
    const block: Block = on === 'member' || on === 'collection' ? { ...around, on } : around;
    const path = match[2] ?? match[3] ?? '';
    const to = match[4] ?? option(line, 'to') ?? '';
    const [controller = '', action = path.replace(/^\//, '').split('/').at(-1) ?? ''] = to.includes('#')
      ? to.split('#')
      : [around.controller ?? '', option(line, 'action') ?? undefined];
    const own = to.includes('#') || around.controller === undefined ? `${around.module}${controller}` : controller;
    const plain = path
      .replace(/^\//, '')
      .replace(/[:(*].*$/, '')
      .replace(/\/$/, '')
      .replace(/[/-]/g, '_');
    const as = option(line, 'as') ?? plain;
    const { resource, name } = block;
    const helper = resource && as ? `${as}_${name}${block.on === 'collection' ? resource.many : resource.single}` : `${name}${as}`;
    add(
      at,
      joined(within(block), path),
      match[1] === 'match' ? 'ALL' : match[1] === 'root' ? 'GET' : (match[1] ?? 'get').toUpperCase(),
      helper,
      own,
      action.replace(/-/g, '_'),
    );
  };

  for (const [at, raw] of text.split('\n').slice(0, MOST_LINES).entries()) {
    const line = raw.replace(/#(?!\{|\w+["']).*$/, '').slice(0, 500);
    if (/^\s*end\b/.test(line)) {
      stack.pop();
      continue;
    }
    const opens = /\bdo\s*(?:\|[^|]*\|)?\s*$/.test(line) || /^\s*(?:if|unless)\b/.test(line);
    const around = top();
    let block: Block = around;
    const scoped = /^\s*(namespace|scope)\b\s*\(?\s*(?:["']([^"']*)["']|:(\w+))?/.exec(line);
    const part = /^\s*(member|collection)\b/.exec(line)?.[1];
    if (scoped) {
      const own = scoped[2] ?? scoped[3] ?? '';
      const isSpace = scoped[1] === 'namespace';
      const path = option(line, 'path') ?? own;
      const as = option(line, 'as') ?? (isSpace ? own.replaceAll('/', '_') : '');
      const module = option(line, 'module') ?? (isSpace ? own : '');
      const controller = option(line, 'controller');
      block = {
        path: joined(within(around), path),
        name: `${nameWithin(around)}${as === '' ? '' : `${as}_`}`,
        module: `${around.module}${module === '' ? '' : `${module}/`}`,
        ...(controller === undefined ? {} : { controller: `${around.module}${controller}` }),
      };
    } else if (part === 'member' || part === 'collection') block = { ...around, on: part };
    else if (/^\s*resources?\b/.test(line)) block = declareResources(line, at).at(-1) ?? around;
    else declareVerb(line, at);
    if (opens) stack.push(block);
  }
  return routes;
}

/** The controller that a file belongs to, and the action that it shows; `undefined` for files of Rails that serve no route by their place. */
export function railsPlace(path: string): { readonly controller: string; readonly action?: string; readonly isPartial?: true } | undefined {
  const controller = /(?:^|\/)app\/controllers\/(.+)_controller\.rb$/.exec(path)?.[1];
  if (controller !== undefined) return { controller };
  const view = /(?:^|\/)app\/views\/(.+)\/([^/]+)$/.exec(path);
  if (!view || /(?:^|\/)(?:layouts|shared|mailers?|application)(?:\/|$)/.test(view[1] ?? '')) return undefined;
  const action = (view[2] ?? '').replace(/\..*$/, '');
  return action.startsWith('_')
    ? { controller: view[1] ?? '', action: action.slice(1), isPartial: true }
    : { controller: view[1] ?? '', action };
}

/** Actions that end in the view of another one, because the form is shown again; and those that a form belongs to. */
const SHOWS: Readonly<Record<string, readonly string[]>> = {
  new: ['new', 'create'],
  edit: ['edit', 'update'],
  form: ['new', 'create', 'edit', 'update'],
};

/**
 * The routes that a file of Rails serves. Folders of an engine stand before the controllers that its routes name.
 * @param names methods of a controller that are reached; absent where all of it is
 */
export function routesOfRails(path: string, routes: readonly RailsRoute[], names?: ReadonlySet<string>): readonly RailsRoute[] {
  const place = railsPlace(path);
  if (!place) return [];
  const own = routes.filter(
    ({ controller }) => controller !== '' && (place.controller === controller || place.controller.endsWith(`/${controller}`)),
  );
  const longest = own.reduce((most, { controller }) => Math.max(most, controller.length), 0);
  const nearest = own.filter(({ controller }) => controller.length === longest);
  const { action, isPartial } = place;
  const shown = action === undefined ? [...(names ?? [])] : (SHOWS[action] ?? (isPartial ? [] : [action]));
  const exact = nearest.filter((route) => shown.includes(route.action));
  return exact.length > 0 ? exact : nearest;
}
