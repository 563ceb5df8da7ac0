import { isCompound } from '../../code/names.ts';
import { SourceFile } from '../../code/source-file.ts';
import type { CodeSymbol } from '../../model/answer.ts';
import type { LineRange } from '../../model/span.ts';
import { calledBy, defaultNames, pascal } from './component-names.ts';
import { namesOfTemplate, placedRoutes } from './conventions.ts';
import { around, callable, patternOf } from './declarations.ts';
import { isIndex, namesFreely, stemPath } from './families.ts';
import type { FileFacts, NamedRoute } from './file-facts.ts';
import { methodNamed, withMethod } from './found-route.ts';
import type { Product } from './product.ts';
import { railsPlace, routesOfRails } from './rails.ts';
import { routeMatch } from './route-path.ts';
import { type ServedRoute, servedRoutes } from './served.ts';
import { subjectsNear } from './subjects.ts';

/** A file that changed, or a part of one. */
export interface Seed {
  readonly path: string;
  /** Lines that changed, of the text that `read` gives; the whole file where they are not known. */
  readonly lines?: readonly LineRange[];
  /** What of it changed, where lines say nothing: names of a specification. */
  readonly names?: readonly string[];
  readonly weight: number;
  /** Files before it. */
  readonly via: readonly string[];
}

/** A route that changed code is behind. */
export interface ReachedRoute {
  readonly text: string;
  readonly segments: readonly string[];
  readonly kind: 'page' | 'endpoint' | 'command';
  readonly method?: string;
  /** Of Rails, without `_path`. */
  readonly helper?: string;
  readonly isLayout?: true;
  /** Above 0 up to 1: less with every file in between, and where many use what changed. */
  readonly weight: number;
  /** From the changed file to the one that serves the route, both included. */
  readonly via: readonly string[];
  /** Zero-based line of the route in the last file, where it says it. */
  readonly line?: number;
}

/** A file that is still to be looked at. */
interface Step {
  readonly path: string;
  /** What of it is reached; the whole file where absent. */
  readonly names?: ReadonlySet<string>;
  readonly lines?: readonly LineRange[];
  /** The file whose exports it brings in, perhaps by other names. */
  readonly from?: string;
  readonly weight: number;
  readonly via: readonly string[];
}

const MOST_FILES = 60;
const MOST_ROUTES = 300;
const DEEPEST = 7;
/** What so many files use is behind everything and says nothing. */
const MOST_USERS = 40;
/** A name that so many files have is no name of one thing. */
const MOST_NAMING = 30;
/** Methods of dynamic languages have the same names without being the same. */
const MOST_NAMING_METHODS = 8;
const LEAST_WEIGHT = 0.08;
const STEP = 0.8;
/** Files are joined by their names alone. */
const BY_NAME = 0.6;
/** A route that ends as another one, which nobody serves as a whole. */
const ALONE = 0.8;
const ROUNDS = 3;

const fan = (users: number): number => 1 / (1 + 0.35 * Math.log(Math.max(1, users)));
const BINDS = /path|route|url|handle|register|element|component|page|mux/i;
const SENDS = /\b(?:navigate|push|redirect\w*|replace|href|to|goto|visit|Link)\b\s*[(={]|\.Redirect\(|\breturn\b/;
/** A table of routes is reached by one page after the other; a file that is reached as a whole has the path alone as its key. */
const keyOf = ({ path, names, lines, from }: Step): string =>
  names === undefined && lines === undefined ? path : JSON.stringify([path, from, names && [...names].sort(), lines]);

interface Opened {
  readonly text: string;
  readonly file: SourceFile;
  readonly symbols: readonly CodeSymbol[];
  readonly served: readonly ServedRoute[];
  readonly facts: FileFacts | undefined;
}

/**
 * Follows changed code to the routes that it is behind: what its file serves, files that bring it in or name it and what they serve, services and pages
 * that ask for an endpoint. At most 60 files are opened. The same input gives the same routes.
 * @param read texts of the product, as the seeds count their lines
 * @param first routes that are reached before, by a specification that changed
 */
export async function reachedRoutes(
  seeds: readonly Seed[],
  product: Product,
  read: (path: string) => Promise<string | undefined>,
  first: readonly ReachedRoute[] = [],
): Promise<readonly ReachedRoute[]> {
  const routes = new Map<string, ReachedRoute>();
  const visited = new Map<string, number>();
  const texts = new Map<string, Opened | undefined>();
  let open: Step[] = seeds.map(({ path, lines, names, weight, via }) => ({
    path,
    weight,
    via: [...via, path],
    ...(lines ? { lines } : {}),
    ...(names ? { names: new Set(names) } : {}),
  }));
  const push = (step: Step): void => {
    if (step.weight >= LEAST_WEIGHT && step.via.filter((path) => !isIndex(path)).length <= DEEPEST) open.push(step);
  };
  const reach = (route: Omit<ReachedRoute, 'weight' | 'via'>, step: Step): void => {
    const key = `${route.kind === 'command' ? '$' : (route.method ?? '')} ${route.segments.join('/')} ${route.helper ?? ''}`;
    const before = routes.get(key);
    if (before && before.weight >= step.weight) return;
    if (!before && routes.size >= MOST_ROUTES) return;
    routes.set(key, { ...route, weight: step.weight, via: step.via });
    if (route.kind === 'endpoint' && !before) askedFor(route, step);
  };
  const askedFor = (route: Omit<ReachedRoute, 'weight' | 'via'>, step: Step): void => {
    const users = [...product.files].flatMap(([path, { asked }]) => {
      if (path === step.path) return [];
      const lines = asked.flatMap((one) => {
        if (one.method !== undefined && route.method !== undefined && one.method !== route.method && route.method !== 'ALL') return [];
        const match = routeMatch(route.segments, one.segments);
        // Who writes a route that is served as a whole does not mean the end of another one.
        return match && (match.form === 'same' || !product.servesExactly(one.segments))
          ? [{ line: one.line, weight: match.form === 'same' ? 1 : ALONE }]
          : [];
      });
      const best = lines.reduce((most, { weight }) => Math.max(most, weight), 0);
      return lines.length === 0 ? [] : [{ path, best, lines: lines.map(({ line }) => ({ first: line, last: line })) }];
    });
    if (users.length > MOST_USERS) return;
    for (const { path, best, lines } of users)
      push({ path, lines, weight: step.weight * STEP * best * fan(users.length), via: [...step.via, path] });
  };
  const opened = async (path: string): Promise<Opened | undefined> => {
    const text = await read(path);
    if (text === undefined) return undefined;
    const file = new SourceFile(path, text);
    return { text: file.text, file, symbols: await file.symbols(), served: servedRoutes(path, file.text), facts: product.files.get(path) };
  };

  /** What of a file is reached by lines and names, and the routes that it binds to that. */
  const within = (
    step: Step,
    { text, file, symbols, served }: Opened,
  ): {
    readonly names: ReadonlySet<string>;
    readonly passedOn: ReadonlySet<string>;
    readonly routes: ReadonlySet<ServedRoute>;
    readonly subjects: ReadonlySet<string>;
  } => {
    const { from } = step;
    const brought = from === undefined ? [] : defaultNames(text, (specifier) => product.means(step.path, specifier, from));
    const given = new Set<string>([...(step.names ?? []), ...brought]);
    const names = new Set<string>(given);
    const bound = new Set<ServedRoute>();
    const subjects = new Set<string>();
    /** The innermost route around an offset binds it; otherwise the declaration around it is reached. */
    const touch = (start: number, end: number, line: number, isName: boolean): void => {
      for (const subject of subjectsNear(file.textLines, line)) subjects.add(subject);
      const [inner] = served.filter((route) => route.start < end && start < route.end).sort((a, b) => a.end - a.start - (b.end - b.start));
      if (inner) {
        bound.add(inner);
        return;
      }
      const constant = isName ? constantOn(file.textLines[line] ?? '') : undefined;
      if (constant) {
        bound.add({ ...constant, kind: 'page', start, end, line });
        return;
      }
      const symbolsHere = around(symbols, line);
      const [symbol] = symbolsHere;
      if (symbol) for (const name of callable(symbol, symbolsHere.slice(1))) names.add(name);
    };
    for (const { first, last } of step.lines ?? [])
      for (let line = first; line <= Math.min(last, first + 400); line += 1) {
        const start = file.lines.offset({ line, character: 0 });
        touch(start, start + 1, line, false);
      }
    const isWhole = step.names === undefined && step.lines === undefined;
    if (isWhole) for (const { name, depth } of symbols) if (depth === 0) names.add(name);
    for (let round = 0, size = -1; round < ROUNDS && names.size > 0 && names.size !== size; round += 1) {
      size = names.size;
      for (const match of text.matchAll(patternOf(names))) {
        const { line } = file.lines.position(match.index);
        if (!/^\s*(?:import|from|use|using|require)\b/.test(file.textLines[line] ?? ''))
          touch(match.index, match.index + match[0].length, line, true);
      }
    }
    if (isWhole) for (const route of served) bound.add(route);
    // Who takes a table of routes does not take what single routes of it show.
    const passedOn = bound.size === 0 || isWhole ? names : new Set([...names].filter((name) => !given.has(name)));
    return { names, passedOn, routes: bound, subjects };
  };

  /** The route that a line binds by the name of a constant: `handle(PathCheckout, checkout)`, `<Route path={ROUTES.CHECKOUT} ...`. */
  function constantOn(line: string): NamedRoute | undefined {
    if (line.length > 400 || !BINDS.test(line) || SENDS.test(line)) return undefined;
    for (const [name] of line.matchAll(/(?<![\w$])[A-Za-z_]\w{3,60}/g)) {
      const route = product.routeNamed(name);
      if (route) return route;
    }
    return undefined;
  }

  for (const { weight, via, ...route } of first) reach(route, { path: via.at(-1) ?? '', weight, via });
  for (let count = 0; open.length > 0 && count < MOST_FILES; count += 1) {
    open.sort((a, b) => b.weight - a.weight || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    const [step, ...rest] = open as [Step, ...Step[]];
    open = rest;
    const key = keyOf(step);
    if (Math.max(visited.get(step.path) ?? 0, visited.get(key) ?? 0) >= step.weight) {
      count -= 1;
      continue;
    }
    visited.set(key, step.weight);
    const one = texts.get(step.path) ?? (await opened(step.path));
    texts.set(step.path, one);
    const found = one
      ? within(step, one)
      : { names: new Set<string>(), passedOn: new Set<string>(), routes: new Set<ServedRoute>(), subjects: new Set<string>() };
    for (const { text, segments, kind, method, isLayout } of placedRoutes(step.path)) {
      // A file of handlers has one for each method, and names it so.
      const methods = kind === 'endpoint' && method === undefined ? [...found.names].filter((name) => methodNamed(name) === name) : [];
      for (const own of methods.length > 0 ? methods : [method])
        reach({ text, segments, kind, ...withMethod(own), ...(isLayout ? { isLayout } : {}) }, step);
    }
    // A partial is shown by the views that name it.
    if (railsPlace(step.path)?.isPartial !== true || partialUsers(step.path).length === 0)
      for (const { text, segments, method, helper } of routesOfRails(step.path, product.rails, found.names))
        reach({ text, segments, kind: 'page', method, helper }, step);
    for (const { text, segments, kind, method, isLayout, line } of found.routes)
      reach({ text, segments, kind, line, ...(method ? { method } : {}), ...(isLayout ? { isLayout } : {}) }, step);
    // Who handles a message shows what whoever sends it began.
    for (const subject of found.subjects) {
      const users = product.withSubject(subject).filter(({ path }) => path !== step.path);
      if (users.length <= MOST_NAMING)
        for (const { path, lines } of users)
          push({
            path,
            lines: lines.map((line) => ({ first: line, last: line })),
            weight: step.weight * STEP * fan(users.length),
            via: [...step.via, path],
          });
    }
    if (found.routes.size === 0 || found.passedOn.size > 0) follow(step, one, found.passedOn);
  }

  function partialUsers(path: string): readonly string[] {
    const place = railsPlace(path);
    if (!place?.isPartial) return [];
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const beside = [...product.files.keys()].filter((other) => other.startsWith(folder) && !other.slice(folder.length).includes('/'));
    const naming = namesOfTemplate(path).flatMap((name) => product.naming(name, MOST_USERS));
    return [...new Set([...beside.filter((other) => product.hasName(other, [place.action ?? ''])), ...naming])].filter(
      (other) => other !== path,
    );
  }

  function follow(step: Step, one: Opened | undefined, names: ReadonlySet<string>): void {
    const { path, weight, via } = step;
    // Nobody calls a controller, and a view is shown by its own.
    const place = railsPlace(path);
    const facts = one?.facts;
    const isTemplate = facts === undefined || one?.symbols.length === 0;
    const next = (target: string, share: number, more: Pick<Step, 'names' | 'from'>): void => {
      if (!via.includes(target)) push({ path: target, weight: weight * STEP * share, via: [...via, target], ...more });
    };
    if (place) {
      const users = partialUsers(path);
      if (users.length <= MOST_USERS) for (const user of users) next(user, fan(users.length) / STEP, {});
      return;
    }
    const stem = stemPath(path);
    const siblings = isTemplate ? [...product.files.keys()].filter((other) => other !== path && stemPath(other) === stem) : [];
    for (const sibling of siblings) next(sibling, 1 / STEP, {});
    for (const literal of namesOfTemplate(path)) {
      const users = product.naming(literal, MOST_USERS).filter((other) => other !== path);
      if (users.length <= MOST_USERS) for (const user of users) next(user, fan(users.length), { names: new Set([literal]) });
    }
    const own = isTemplate ? new Set([pascal(calledBy(path)), calledBy(path)]) : names;
    if (own.size === 0 || namesOfTemplate(path).length > 0) return;
    const importers = product.importersOf(path);
    const exact = importers.filter((user) => isIndex(user) || product.hasName(user, own));
    const users = exact.length > 0 ? exact : isTemplate || step.names === undefined ? importers : [];
    // A file that only passes on what it brings in has the same names.
    if (users.length <= MOST_USERS)
      for (const user of users) next(user, fan(users.length) / (isIndex(user) ? STEP : 1), { names: own, from: path });
    // Components of Vue may be known everywhere by their names, but not those that somebody brings in.
    if (facts && !namesFreely(facts.family) && (!path.endsWith('.vue') || isIndex(path) || importers.length > 0)) return;
    for (const name of own) {
      if (!isCompound(name) && !/^[A-Z][a-z]{3,}/.test(name)) continue;
      const most = facts?.family === 'ruby' && /^[a-z_]/.test(name) ? MOST_NAMING_METHODS : MOST_NAMING;
      const named = product.naming(name, most).filter((other) => other !== path && product.files.get(other)?.family === facts?.family);
      if (named.length <= most) for (const user of named) next(user, BY_NAME * fan(named.length), { names: new Set([name]) });
    }
  }

  return [...routes.values()].sort((a, b) => b.weight - a.weight || (a.text < b.text ? -1 : 1));
}
