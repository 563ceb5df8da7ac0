import { afterBracket } from './brackets.ts';

/** A route as one pattern found it. */
export interface FoundRoute {
  /** As written; what surrounds it may put something in front. */
  readonly text: string;
  /** `page` is shown, `endpoint` is called, `command` is run. */
  readonly kind: 'page' | 'endpoint' | 'command';
  /** Upper case; absent where any fits. */
  readonly method?: string;
  /** Offsets of the part that binds the route to what serves it. */
  readonly start: number;
  readonly end: number;
  /** Offset of the route. */
  readonly at: number;
  /** Routes inside of it go below it. */
  readonly isGroup?: true;
}

/** A decorated function is read so far where no other decorator follows. */
export const LONGEST_HANDLER = 4_000;

/** The method in upper case that a name means: `MapGet`, `post`; `undefined` for another name. */
export const methodNamed = (name: string | undefined): string | undefined => {
  const upper = name?.replace(/^Map/, '').toUpperCase();
  return upper !== undefined && /^(?:GET|POST|PUT|PATCH|DELETE|HEAD)$/.test(upper) ? upper : undefined;
};

/** The property of a route for a method that may be unknown. */
export const withMethod = (method: string | undefined): { readonly method?: string } => (method === undefined ? {} : { method });

/** Two parts of a route. */
export const joinedRoute = (prefix: string, path: string): string =>
  path === '' ? prefix : `${prefix.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;

/** The route with the slash that belongs in front. */
export const rooted = (path: string): string => `/${path.replace(/^\/+/, '')}`;

const DECLARES = /\n\s*(?:(?:public|private|protected|internal|async|def|export|fun|static|override|suspend)\b|\w+\s*\()/;

/** Decorated functions: each ends where the decorators of the next one begin. */
export function decoratedRoutes(
  text: string,
  pattern: RegExp,
  read: (match: RegExpExecArray) => { readonly text: string; readonly method?: string } | undefined,
): FoundRoute[] {
  const matches = [...text.matchAll(pattern)];
  return matches.flatMap((match, index): FoundRoute[] => {
    const said = read(match);
    if (!said) return [];
    const start = match.index;
    const next = matches
      .slice(index + 1, index + 6)
      .find((other) => DECLARES.test(text.slice(start, Math.min(other.index, start + LONGEST_HANDLER))));
    const end = Math.min(next?.index ?? text.length, start + LONGEST_HANDLER);
    return [{ text: said.text, kind: 'endpoint', ...withMethod(said.method), start, end, at: start }];
  });
}

/** Calls whose argument is a route: each ends with its bracket. */
export function calledRoutes(
  text: string,
  pattern: RegExp,
  read: (match: RegExpExecArray) => Pick<FoundRoute, 'text' | 'kind' | 'method'> | undefined,
): FoundRoute[] {
  return [...text.matchAll(pattern)].flatMap((match): FoundRoute[] => {
    const said = read(match);
    const end = afterBracket(text, match.index + match[0].indexOf('('));
    return said && end !== undefined ? [{ ...said, start: match.index, end, at: match.index }] : [];
  });
}
