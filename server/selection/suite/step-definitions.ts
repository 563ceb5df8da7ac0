import { dialects } from '@cucumber/gherkin';
import { type LinearPattern, linearPattern } from './linear-pattern.ts';

/** Code that carries out a step. */
export interface StepDefinition {
  /** The regular expression or Cucumber expression, as written. */
  readonly expression: string;
  readonly path: string;
  /** Zero-based. */
  readonly line: number;
  readonly matches: (step: string) => boolean;
}

const MOST_DEFINITIONS = 5_000;
const LONGEST_EXPRESSION = 800;

/** Given, When, Then in each language that Cucumber knows, as names in code: `Étant donné` is `étantdonné`. */
const KEYWORDS: ReadonlySet<string> = new Set([
  ...['step', 'definestep', 'stepdefinition', 'stepsdefinition'],
  ...Object.values(dialects).flatMap(({ given, when, then, and, but }) =>
    [...given, ...when, ...then, ...and, ...but]
      .map((word) => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''))
      .filter((word) => word !== ''),
  ),
]);

/** The name, and the expression in any quotes of any language, or a regular expression between slashes. */
const DEFINITION =
  /(?<![\p{L}\p{N}$])([\p{L}_$]{2,40})\s{0,5}(?:\(\s{0,40}|\s)(?:parsers\.\w{1,20}\(\s{0,20}|re\.compile\(\s{0,20}|new RegExp\(\s{0,20})?(?:value\s*=\s*)?(?:\/((?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([a-z]{0,6})|[rRuUfF@]{0,2}(?:"((?:[^"\\\n]|\\.|"")+)"|'((?:[^'\\\n]|\\.)+)'|`([^`]+)`|%r\{([^}\n]+)\}))/gu;
/** Behat: an expression without quotes in a comment. */
const BEHAT = /^\s{0,40}\*\s{0,10}@(?:Given|When|Then|And|But)\s{1,10}(.{1,1000})$/;
const LONGEST_LINE = 2_000;

const TYPES: Readonly<Record<string, string>> = {
  string: `(?:"[^"]*"|'[^']*')`,
  int: String.raw`-?\d+`,
  float: String.raw`-?\d*\.?\d+`,
  double: String.raw`-?\d*\.?\d+`,
  word: String.raw`[^\s]+`,
  long: String.raw`-?\d+`,
  byte: String.raw`-?\d+`,
  short: String.raw`-?\d+`,
  biginteger: String.raw`-?\d+`,
  bigdecimal: String.raw`-?\d*\.?\d+`,
  d: String.raw`-?\d+`,
};

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/**
 * The regular expression of a Cucumber expression, or of the expressions of behave and pytest-bdd: `{int}`, `{name:d}`, `cucumber(s)`, `am/are`,
 * and of Turnip: `:name`.
 */
function expressionSource(expression: string): string {
  return `^${expression.split(/(\s+)/).map(wordSource).join('')}$`;
}

function wordSource(word: string): string {
  if (/^\s+$/.test(word)) return String.raw`\s+`;
  const named = /^:[a-z]\w*(.*)$/.exec(word);
  if (named) return `(?:"[^"]*"|'[^']*'|[^ ]+)${wordSource(named[1] ?? '')}`;
  // `am/are`: alternatives of a word, unless the slash is escaped or part of a path.
  if (/^[^/\\{}()]+(?:\/[^/\\{}()]+)+$/.test(word)) return `(?:${word.split('/').map(escaped).join('|')})`;
  let out = '';
  for (const part of word.match(/\\[(){}/\\]|\{[^{}]{0,60}\}|\([^(){}]{1,60}\)|[^\\{}()]+|[\\{}()]/g) ?? []) {
    if (/^\\./.test(part)) out += escaped(part.slice(1));
    else if (part.startsWith('{') && part.endsWith('}')) {
      const name = part.slice(1, -1);
      const type = name.includes(':') ? name.slice(name.lastIndexOf(':') + 1).toLowerCase() : name.toLowerCase();
      out += Object.hasOwn(TYPES, type) ? `(?:${TYPES[type]})` : '.*';
    } else if (part.startsWith('(') && part.endsWith(')') && part.length > 2) out += `(?:${escaped(part.slice(1, -1))})?`;
    else out += escaped(part);
  }
  return out;
}

/** A string is a regular expression where it has what only those have. */
const isRegular = (text: string): boolean => /^\^|\$$|\(\?|\(\.|\\[dwsb"]|\[[^\]]+\]|\.\*|\.\+|\([^)]*\|/.test(text);

/** The longest word without a sign in an expression: a step that lacks it needs no matching. */
const wordOf = (expression: string): string =>
  expression
    .replace(/\\.|:\w+|\{[^}]*\}|\[[^\]]*\]|\([^)]*\)[?*]?|\w[?*]/g, ' ')
    .match(/[\p{L}\p{N}]{3,}/gu)
    ?.reduce((longest, word) => (word.length > longest.length ? word : longest), '')
    .toLowerCase() ?? '';

function matcherOf(source: string, flags: string, expression: string, isPattern: boolean): (step: string) => boolean {
  // An alternative may stand in place of the longest word.
  const word = expression.includes('|') || expression.includes('/') ? '' : wordOf(expression);
  let compiled: LinearPattern | undefined;
  let isCompiled = false;
  return (step) => {
    if (word !== '' && !step.toLowerCase().includes(word)) return false;
    if (!isCompiled) {
      compiled = linearPattern(isPattern ? source : expressionSource(source), flags);
      isCompiled = true;
    }
    return compiled?.test(step) ?? false;
  };
}

/** The step definitions of a file, in JavaScript, TypeScript, Ruby, Python, Java, Kotlin, C#, Go and PHP, at most 5,000. */
export function stepDefinitionsIn(path: string, text: string): StepDefinition[] {
  const out: StepDefinition[] = [];
  const lines = text.split('\n');
  for (const [line, whole] of lines.entries()) {
    const own = whole.slice(0, LONGEST_LINE);
    // Formatters put a long expression on a line of its own.
    const content = /\(\s*$/.test(own.slice(-200)) ? `${own.trimEnd()} ${(lines[line + 1] ?? '').trim().slice(0, LONGEST_LINE)}` : own;
    const documented = path.endsWith('.php') ? BEHAT.exec(own) : null;
    if (documented?.[1] && out.length < MOST_DEFINITIONS) {
      const said = documented[1].trim().slice(0, LONGEST_EXPRESSION);
      const pattern = /^\/(.*)\/([a-z]*)$/.exec(said);
      out.push({
        expression: said,
        path,
        line,
        matches: matcherOf(pattern?.[1] ?? said, pattern?.[2] ?? '', pattern?.[1] ?? said, pattern !== null),
      });
      continue;
    }
    for (const match of content.matchAll(DEFINITION)) {
      const name = (match[1] ?? '').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
      if (!KEYWORDS.has(name) || out.length >= MOST_DEFINITIONS) continue;
      const pattern = match[2] ?? match[7];
      const quoted = match[4] ?? match[5] ?? match[6] ?? '';
      // Escapes of the language stand before those of the expression: "\\d" is \d in Java, and r"\d" is itself.
      const said =
        pattern ??
        quoted
          .replace(/\\\\/g, '\\')
          .replace(/""/g, '"')
          .replace(/\\(["'])/g, '$1');
      if (said.length > LONGEST_EXPRESSION || !/[\p{L}]/u.test(said)) continue;
      const isPattern = pattern !== undefined || isRegular(said);
      // C# and Java anchor a string; Ruby and JavaScript do not anchor what stands between slashes.
      const source = isPattern && pattern === undefined && !said.startsWith('^') ? `^(?:${said})$` : said;
      out.push({ expression: said, path, line, matches: matcherOf(source, match[3] ?? '', said, isPattern) });
    }
  }
  return out;
}
