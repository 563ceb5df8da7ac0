import { hashWithin, scanNames } from '../../code/names.ts';
import { codeRoutes } from '../../code/routes.ts';
import { isVendored } from '../../code/sources.ts';
import { isTestSide } from '../paths/sides.ts';
import { type Family, familyOfCode } from './families.ts';
import { type RailsRoute, railsRoutes } from './rails.ts';
import { routeSegments, telling } from './route-path.ts';
import { type ServedRoute, servedRoutes } from './served.ts';
import { type NamedSubject, subjectsIn } from './subjects.ts';

/** A path that a file asks for: a request to a service. */
export interface AskedRoute {
  readonly segments: readonly string[];
  readonly method?: string;
  /** Zero-based. */
  readonly line: number;
}

/** A constant whose value is a route. */
export interface NamedRoute {
  readonly name: string;
  readonly text: string;
  readonly segments: readonly string[];
}

/** What one file of the product says of its place among the others. Depends on its path and text alone, so it is kept as long as these are the same. */
export interface FileFacts {
  readonly family: Family;
  /** What it brings in, as written. */
  readonly imports: readonly string[];
  readonly served: readonly ServedRoute[];
  readonly asked: readonly AskedRoute[];
  readonly rails: readonly RailsRoute[];
  /** Routes that have a name: `CHECKOUT: '/checkout'`, `const PathCheckout = "/checkout"`. */
  readonly named: readonly NamedRoute[];
  /** Subjects of a broker that it names. */
  readonly subjects: readonly NamedSubject[];
  /** Whether it talks to a broker. */
  readonly talks: boolean;
  /** Hashes of all names in it, ascending. */
  readonly names: Uint32Array;
}

/** Longer files are read so far. In characters. */
export const LONGEST_FILE = 200_000;
const MOST_IMPORTS = 300;
const MOST_ASKED = 200;

const IMPORTS: Readonly<Record<Family, RegExp | undefined>> = {
  script: /(?:\bfrom\s*|\brequire\(\s*|\bimport\(\s*|^\s*import\s*)['"]([^'"\n]{1,300})['"]/gm,
  python: /^\s*(?:from\s+([.\w]{1,200})\s+import\s+(?:\(([\w\s,]{1,1000})\)|([\w, \t]{1,300}))|import\s+([\w.]{1,200}))/gm,
  go: /^\s*(?:import\s+)?(?:[\w.]+\s+)?"([\w./~-]{1,300})"\s*$/gm,
  ruby: undefined,
  java: undefined,
  'c-sharp': undefined,
  php: undefined,
};
/** A path that people click on or are sent to is no request. */
const LINK =
  /(?:href|to|src|action|path|Link|navigate|push|replace|redirect\w*|redirect_to|assign|goto|startsWith|includes|match|test|pathname)\s*(?:[=:({]|==|===)\s*[{(]?\s*$/;
const PATH_LITERAL = /(["'`])(\/[\w\-/.:{}$*<>[\]()]{1,150})\1/g;
/** What stands before it: `X = `, `X: `, `X = Path(`, `X: (id) => `. */
const CONSTANT = /(?<![\w$.'"])([A-Za-z_]\w{3,60})\s*(?::\s*\w{1,40}\s*)?(?:=|:)\s*(?:\([^()\n]{0,80}\)\s*=>\s*)?(?:\w{1,40}\()?$/;
const BEFORE_LITERAL = 160;
const NO_CONSTANT =
  /^(?:path|url|href|to|src|route|action|link|endpoint|pathname|redirect\w*|from|method|prefix|base\w*|default\w*|value|name|type|label|location)$/i;
const MOST_NAMED = 500;
const ROUTES_FILE = /(?:^|\/)config\/routes(?:\.rb$|\/.*\.rb$)/;

/** Whether a file may say how the product hangs together: code of the product that somebody wrote. */
export const hasFacts = (path: string): boolean => familyOfCode(path) !== undefined && !isVendored(path) && !isTestSide(path);

const importsIn = (family: Family, text: string): string[] => {
  const pattern = IMPORTS[family];
  if (!pattern) return [];
  const found = new Set<string>();
  for (const match of text.matchAll(pattern)) {
    const [, first, names, more, module] = match;
    found.add(first ?? module ?? '');
    // What is brought in from a package may be a module of it.
    for (const name of (names ?? more)?.match(/\w+/g) ?? []) found.add(first?.endsWith('.') ? `${first}${name}` : `${first}.${name}`);
    if (found.size >= MOST_IMPORTS) break;
  }
  return [...found];
};

function askedIn(text: string, served: readonly ServedRoute[]): AskedRoute[] {
  if (!text.includes('/')) return [];
  const lines = text.split('\n');
  const own = new Set(served.map(({ line }) => line));
  const found: AskedRoute[] = [];
  for (const { text: path, method, span } of codeRoutes(text)) {
    if (found.length >= MOST_ASKED) break;
    const { line, character } = span.start;
    if (own.has(line) || LINK.test((lines[line] ?? '').slice(Math.max(0, character - 40), Math.max(0, character - 1)))) continue;
    const segments = routeSegments(path);
    if (segments && telling(segments) > 0) found.push({ segments, ...(method === undefined ? {} : { method }), line });
  }
  return found;
}

function namedIn(text: string): NamedRoute[] {
  const found: NamedRoute[] = [];
  for (const match of text.matchAll(PATH_LITERAL)) {
    if (found.length >= MOST_NAMED) break;
    const line = text.lastIndexOf('\n', match.index) + 1;
    const name = CONSTANT.exec(text.slice(Math.max(line, match.index - BEFORE_LITERAL), match.index))?.[1];
    const path = match[2] ?? '';
    const segments = name === undefined || NO_CONSTANT.test(name) ? undefined : routeSegments(path);
    if (name !== undefined && segments && telling(segments) > 0) found.push({ name, text: path, segments });
  }
  return found;
}

function namesIn(text: string): Uint32Array {
  const hashes = new Set<number>();
  scanNames(text, (start, end) => hashes.add(hashWithin(text, start, end)));
  return Uint32Array.from(hashes).sort();
}

/** Reads the facts of one file; `undefined` for one that has none. Takes time in proportion to the text. */
export function factsOf(path: string, whole: string): FileFacts | undefined {
  const family = familyOfCode(path);
  if (family === undefined) return undefined;
  const text = whole.slice(0, LONGEST_FILE);
  const served = servedRoutes(path, text);
  return {
    family,
    imports: importsIn(family, text),
    served,
    asked: askedIn(text, served),
    named: namedIn(text),
    rails: ROUTES_FILE.test(path) ? railsRoutes(text) : [],
    ...subjectsIn(text),
    names: namesIn(text),
  };
}
