import type { Span } from '../model/span.ts';

/** A path that code serves or asks for. */
export interface CodeRoute {
  /** As written, without host, base and query. */
  readonly text: string;
  /** `{}` for a parameter, however the language writes it. */
  readonly segments: readonly string[];
  /** Upper case; absent where the lines around do not say. */
  readonly method?: string;
  readonly span: Span;
}

const LONGEST_LINE = 2_000;
const MOST_ROUTES = 2_000;
/** The method may stand on a line below: `fetch(url, { method: 'POST' })`. */
const LINES_BELOW = 4;

const LITERAL = /(["'])((?:(?!\1)[^\\\n]|\\.){2,300})\1|`([^`\n]{2,300})`/g;
const METHOD = 'GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS';
const BEFORE_PATH = new RegExp(`^(?:(${METHOD}) +)?(?:https?://[^/\\s]+|\\$\\{[^}]*\\}|\\{[^}/]*\\}|%s)?(?=/)`);
const PARAMETER = /^(?:\$?\{[^}]*\}|:\w+\??|<[^>]+>|%[a-z]|\*+|\[[^\]]+\]|#\{[^}]*\})$/;

/** The segments of a path; parameters of any language become `{}`. */
export const pathSegments = (path: string): readonly string[] =>
  path
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => (PARAMETER.test(segment) ? '{}' : segment));

/** The method that a call, a decorator or an annotation names with a word of its own: `app.post(`, `@router.get(`, `PostMapping(`, `MethodPost`. */
const CALLED =
  /(?:[.@]|\bMethod|\bHttp|\b)(get|head|post|put|patch|delete|options)(?:Mapping|Async|FromJsonAsync|AsJsonAsync)?(?:<[^>]*>)?\s*\(/i;
const NAMED = new RegExp(
  `\\bmethods?['"]?\\s*[:=]\\s*[[({]?\\s*['"\`]?(?:http\\.Method|HttpMethod\\.|RequestMethod\\.)?(${METHOD})\\b|\\b(?:http\\.Method|HttpMethod\\.|RequestMethod\\.)(${METHOD})\\b`,
  'i',
);

function methodOf(lines: readonly string[], line: number, before: string): string | undefined {
  const text = lines[line]?.slice(0, LONGEST_LINE) ?? '';
  const called = CALLED.exec(before.slice(-120)) ?? undefined;
  if (called?.[1]) return called[1].toUpperCase();
  for (let below = 0; below < LINES_BELOW; below++) {
    const next = below === 0 ? text : (lines[line + below] ?? '').slice(0, LONGEST_LINE);
    const named = NAMED.exec(next);
    if (named) return (named[1] ?? named[2] ?? '').toUpperCase();
    if (below > 0 && /["'`]\//.test(next)) break;
    if (/\)\s*;?\s*$/.test(next)) break;
  }
  return undefined;
}

/**
 * Paths in the strings of code, with the parameters of Express, OpenAPI, Flask, Rails, Go, printf and template strings made alike. Knows no
 * grammar. At most 2,000.
 * @param first first line that is read, zero-based
 * @param last last line that is read
 */
export function codeRoutes(text: string, first = 0, last = Number.POSITIVE_INFINITY): CodeRoute[] {
  const lines = text.split('\n');
  const out: CodeRoute[] = [];
  for (let line = Math.max(0, first); line <= Math.min(last, lines.length - 1) && out.length < MOST_ROUTES; line++) {
    const content = (lines[line] ?? '').slice(0, LONGEST_LINE);
    if (!content.includes('/')) continue;
    for (const match of content.matchAll(LITERAL)) {
      const inner = match[2] ?? match[3] ?? '';
      const lead = BEFORE_PATH.exec(inner);
      if (!lead) continue;
      const path = inner.slice(lead[0].length).replace(/[?#].*$/, '');
      if (!/^\/[\w{$:<%*[.-]/.test(path) || /\s/.test(path.replace(/\{[^}]*\}/g, ''))) continue;
      const character = match.index + 1 + lead[0].length;
      const open = /\/$/.test(path) && /^["'`]\s*(?:\+|\.|,)/.test(content.slice(match.index + match[0].length - 1));
      const segments = [...pathSegments(path), ...(open ? ['{}'] : [])];
      if (segments.every((segment) => segment === '{}')) continue;
      const method = lead[1] ?? methodOf(lines, line, content.slice(0, match.index));
      const span = { start: { line, character }, end: { line, character: character + path.length } };
      out.push({ text: path, segments, ...(method === undefined ? {} : { method }), span });
      if (out.length >= MOST_ROUTES) break;
    }
  }
  return out;
}
