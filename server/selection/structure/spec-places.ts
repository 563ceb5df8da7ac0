import { commandsRun } from './commands.ts';
import { routeSegments, telling } from './route-path.ts';

/** A route, page or endpoint that a spec goes to, and where it says so. */
export interface SpecPlace {
  /** As written. */
  readonly text: string;
  /** Empty for the root. */
  readonly segments: readonly string[];
  /** Of Rails, without `_path`; the segments are empty then. */
  readonly helper?: string;
  /** Upper case. */
  readonly method?: string;
  /** Whether a browser goes there, a request is sent, or a command is run, whose words the segments are then; absent where nothing says so. */
  readonly how?: 'visit' | 'call' | 'run';
  /** Of a command: what runs it. */
  readonly by?: string;
  /** The spec, or the support file that goes there for it. */
  readonly path: string;
  /** Zero-based. */
  readonly line: number;
  /** Zero-based, within the line. */
  readonly character: number;
}

const LITERAL =
  /(["'`])((?:\*\*|:\w+(?=\/)|https?:\/\/[^/\s"'`]*|\$\{[^}]{0,80}\}|#\{[^}]{0,80}\}|\{[\w.]{0,40}\}|%s)?(?:[\w./-]{0,80}#!?)?\/[^"'\s]{0,300}?)\1/g;
const PATTERN = /(?<=[(,=:]\s*)\/\^?((?:[^/\\\n[]|\\.|\[(?:\\.|[^\]\n\\])*\])*\\\/(?:[^/\\\n[]|\\.|\[(?:\\.|[^\]\n\\])*\])*)\/[a-z]*/g;
const HELPER = /(?<![\w:])(\w{2,100})_(?:path|url)\b(?!\s*=)/g;
const RELATIVE = /\b(?:goto|visit|open|navigate|navigateTo|amOnPage)\(\s*(["'`])((?!https?:|\/|\.\.\/)(?:\.\/)?[\w-][^"'`\s]{0,200})\1/g;
const ROOT = /^(?:https?:\/\/[^/]+|\$\{[^}]*\})?\/$/;
const STEP_PATH = /(?<=\s)(\/[\w-][\w\-/.:{}]*)(?=[\s,.]|$)/g;
const METHOD =
  /\b(get|post|put|patch|delete|head)(?:_?[jJ]son|Async|ForEntity|ForObject)?\s*\(?\s*(?:[\w.]+\s*[+,]\s*)?$|["'](GET|POST|PUT|PATCH|DELETE|HEAD)["'],?\s*$|Method(Get|Post|Put|Patch|Delete),\s*$/i;
const VISIT =
  /(?:goto|go_to|visit\w*|navigate\w*|open\w*|amOnPage|have_current_path|toHaveURL\w*|waitForURL\w*|assertPathIs|relUrl|\burl|currentUrl)["']?\s*\(?,?\s*(?:new RegExp\(|(?:[\w.]+\s*\+\s*))?$/i;
const CALL =
  /(?:waitForRe\w+|request\w*|fetch|intercept|route|http\w*|api\w*|client|\b(?:get|post|put|patch|delete|head))\s*\(?["',\s\w]*$/i;
/** What puts an address together: `fmt.Sprintf("%s/x", url)`, `url + "/x"`. */
const PUT_TOGETHER = /(?:fmt\.Sprintf\(\s*|[\w.()]{1,40}\s*\+\s*)$/;
const BEFORE = 50;
const LONGEST_LINE = 2_000;
const LONGEST_TEXT = 500_000;
const MOST_PLACES = 1_000;

/**
 * Routes and endpoints that a spec or a support file names: literals that are paths, patterns of them, helpers of Rails, and paths in steps. What of
 * them is a route of the product is decided when they are compared with what it serves. Takes time in proportion to the text.
 */
export function placesIn(path: string, text: string): readonly SpecPlace[] {
  const found: SpecPlace[] = [];
  const add = (line: number, character: number, written: string, route: string, before: string): void => {
    const isRoot = ROOT.test(written);
    const segments = isRoot ? [] : routeSegments(route);
    if (!segments || (!isRoot && telling(segments) === 0) || found.length >= MOST_PLACES) return;
    const method = METHOD.exec(before)
      ?.slice(1)
      .find((part) => part !== undefined)
      ?.toUpperCase();
    const how = VISIT.test(before) ? 'visit' : method !== undefined || CALL.test(before) ? 'call' : undefined;
    // A slash that nobody is seen to go to is anything.
    if (isRoot && how !== 'visit') return;
    found.push({
      text: written,
      segments,
      path,
      line,
      character,
      ...(method && how !== 'visit' ? { method } : {}),
      ...(how ? { how } : {}),
    });
  };
  const isFeature = path.endsWith('.feature');
  const isGo = path.endsWith('.go');
  for (const [line, whole] of text.slice(0, LONGEST_TEXT).split('\n').entries()) {
    const content = whole.slice(0, LONGEST_LINE);
    const before = (at: number): string => {
      const said = content.slice(Math.max(0, at - BEFORE), at);
      return isGo ? said.replace(PUT_TOGETHER, '') : said;
    };
    if (content.includes('/')) {
      for (const match of content.matchAll(LITERAL)) {
        const written = match[2] ?? '';
        add(line, match.index + 1, written, written.replace(/^\*\*(?=\/)/, '').replaceAll('*', '{}'), before(match.index));
      }
      for (const match of content.matchAll(PATTERN))
        add(line, match.index, match[1] ?? '', patternPlace(match[1] ?? ''), before(match.index));
      if (isFeature) for (const match of content.matchAll(STEP_PATH)) add(line, match.index, match[1] ?? '', match[1] ?? '', 'visit(');
    }
    for (const match of content.matchAll(RELATIVE)) {
      const written = match[2] ?? '';
      add(line, match.index + match[0].length - 1 - written.length, written, `/${written.replace(/^\.\//, '')}`, 'visit(');
    }
    if (content.includes('_path') || content.includes('_url'))
      for (const match of content.matchAll(HELPER)) {
        const helper = match[1] ?? '';
        if (found.length < MOST_PLACES) found.push({ text: match[0], segments: [], helper, path, line, character: match.index });
      }
  }
  if (isGo) found.push(...commandPlaces(path, text.slice(0, LONGEST_TEXT)));
  return found;
}

/** Commands that a test in Go runs, each at its first text. */
function commandPlaces(path: string, text: string): SpecPlace[] {
  let line = 0;
  let counted = 0;
  let start = 0;
  return commandsRun(text)
    .slice(0, MOST_PLACES)
    .map(({ words, by, at, text: written }): SpecPlace => {
      for (; counted < at; counted += 1)
        if (text.charCodeAt(counted) === 10) {
          line += 1;
          start = counted + 1;
        }
      return { text: written, segments: words, path, line, character: at - start, how: 'run', by };
    });
}

const patternPlace = (source: string): string =>
  source
    .replaceAll('\\/', '/')
    .replace(/\$$/, '')
    .replace(/\([^()]*\)[?+*]?|\[\^?[^\]]*\](?:[+*?]|\{\d+(?:,\d*)?\})?|\\[dws][+*?]?|\.[+*]/g, '{}')
    .replace(/\\(.)/g, '$1');
