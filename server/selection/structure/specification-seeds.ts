import { readDocument } from '../../knowledge/read.ts';
import type { Operation } from '../../model/operation.ts';
import type { LineRange } from '../../model/span.ts';
import type { Product } from './product.ts';
import type { ReachedRoute, Seed } from './reach.ts';
import { routeSegments } from './route-path.ts';

/** What a changed specification leads to. */
export interface SpecificationSeeds {
  /** Endpoints that changed, as somebody who calls them writes them. */
  readonly routes: readonly ReachedRoute[];
  /** Code that implements or calls what changed. */
  readonly seeds: readonly Seed[];
}

const MOST_FILES = 30;
const WEIGHT = 0.9;
const ROUNDS = 3;

const FORMATS: readonly (readonly [RegExp, RegExp, string])[] = [
  [/\.proto$/, /./, 'protobuf'],
  [/\.(?:graphqls?|gql)$/, /./, 'graphql'],
  [/\.(?:ya?ml|json)$/, /^\s*"?(?:openapi|swagger)"?\s*:/m, 'openapi'],
];

const touches = ({ span }: Operation, lines: readonly LineRange[]): boolean =>
  lines.some(({ first, last }) => first <= span.end.line && span.start.line <= last);
const lowered = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** Operations that changed, and those that use a type that did: by its name in their text, through three types at most. */
function changedOperations(operations: readonly Operation[], lines: readonly LineRange[] | undefined, text: string): readonly Operation[] {
  if (lines === undefined) return operations;
  const textLines = text.split('\n');
  const bodyOf = ({ span }: Operation): string => textLines.slice(span.start.line, span.end.line + 1).join('\n');
  const changed = new Set(operations.filter((one) => touches(one, lines)));
  // Types of OpenAPI are no operations: the nearest line above with less indentation names them.
  const names = new Set([...changed].filter(({ kind }) => kind === 'type').map(({ name }) => name));
  for (const { first } of lines) {
    let indent = Number.POSITIVE_INFINITY;
    for (let at = Math.min(first, textLines.length - 1); at >= 0 && at > first - 200; at -= 1) {
      const [, space = '', name] = /^(\s*)"?(\w{3,80})"?:/.exec(textLines[at] ?? '') ?? [];
      if (name === undefined || space.length >= indent) continue;
      indent = space.length;
      if (/^[A-Z]/.test(name)) {
        names.add(name);
        break;
      }
    }
  }
  for (let round = 0; round < ROUNDS && names.size > 0; round += 1) {
    const pattern = new RegExp(`(?<![\\w])(?:${[...names].slice(0, 60).join('|')})(?![\\w])`);
    const before = changed.size;
    for (const one of operations)
      if (!changed.has(one) && one.kind !== 'service' && pattern.test(bodyOf(one))) {
        changed.add(one);
        if (one.kind === 'type') names.add(one.name);
      }
    if (changed.size === before) break;
  }
  return [...changed];
}

/** Files that say they use GraphQL, in whatever language. */
const graphqlFiles = (product: Product): ReadonlySet<string> =>
  new Set(['graphql', 'gql', '/graphql', 'useQuery', 'resolvers', 'Query'].flatMap((name) => product.naming(name, 400)));

/** Follows a changed specification of OpenAPI, protobuf or GraphQL to endpoints and code; `undefined` for another file. Never throws. */
export function specificationSeeds(
  path: string,
  text: string,
  lines: readonly LineRange[] | undefined,
  product: Product,
): SpecificationSeeds | undefined {
  const format = FORMATS.find(([ending, content]) => ending.test(path) && content.test(text))?.[2];
  if (format === undefined) return undefined;
  const { operations = [] } = readDocument({ path, kind: 'specification', format, text, sha: '' });
  const changed = changedOperations(operations, lines, text);
  const routes: ReachedRoute[] = [];
  const wanted = new Map<string, Set<string>>();
  const want = (file: string, names: readonly string[]): void => {
    if (wanted.size < MOST_FILES || wanted.has(file)) wanted.set(file, new Set([...(wanted.get(file) ?? []), ...names]));
  };
  const inGraphql = format === 'graphql' ? graphqlFiles(product) : new Set<string>();
  for (const { kind, name, method, path: route, service, span } of changed) {
    const segments = route === undefined ? undefined : routeSegments(route);
    if (kind === 'endpoint' && segments && route !== undefined)
      routes.push({
        text: route,
        segments,
        kind: 'endpoint',
        weight: WEIGHT,
        via: [path],
        line: span.start.line,
        ...(method ? { method } : {}),
      });
    if (kind === 'rpc' && service !== undefined) {
      const forms = [
        `${service}Client`,
        `${service}Stub`,
        `${service}Servicer`,
        `${service}Base`,
        `${service}Server`,
        `${service}Grpc`,
        `New${service}Client`,
        `${service}CoroutineStub`,
        service,
      ];
      const own = [name, lowered(name)];
      for (const file of new Set(forms.flatMap((form) => product.naming(form, MOST_FILES))))
        if (product.hasName(file, own)) want(file, own);
    }
    if (kind === 'field' && format === 'graphql') for (const file of product.naming(name, 200)) if (inGraphql.has(file)) want(file, [name]);
  }
  return {
    routes,
    seeds: [...wanted].map(([file, names]): Seed => ({ path: file, names: [...names], weight: WEIGHT, via: [path] })),
  };
}
