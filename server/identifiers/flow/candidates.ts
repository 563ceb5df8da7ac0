import { LONGEST_PATTERN_LINE } from '../../code/limits.ts';
import type { SourceFile } from '../../code/source-file.ts';
import { ID_LETTERS, ID_NAME_IN_TEXT } from './names.ts';

/** Text that an identifier may have in a string: no sentence, markup, query or code. */
const PLAIN = '[^"\'`\\s<>=?&,;()*\\\\]{0,80}';
const HOLE = '\\$\\{|#\\{|\\{[\\w}]|%[-+\\d.]*[sdvqx@([]|\\$\\w';
const QUOTE = '["\'`]';

/** A string that is made of parts: with holes, beside an operator (`.` is one of PHP), by a format, a join or a builder. */
const COMPOSES = new RegExp(
  [
    `${QUOTE}${PLAIN}(?:${HOLE})`,
    `(?:^|[\\w)\\]}])\\s*(?:\\+|\\.|<<)=?\\s*f?${QUOTE}${PLAIN}${QUOTE}`,
    `${QUOTE}${PLAIN}${QUOTE}\\s*(?:\\+|\\.|<<)\\s*(?:[\\w(@$]|$)`,
    '\\+=.*["\'`(]',
    '[jJ]oin(?:To\\w+)?\\b|implode|[fF]ormat!?(?:\\s*\\(|\\s+[A-Z])|printf|Sprint|[cC]oncat|[aA]ppend\\(\\s*["\'`]',
  ].join('|'),
);
/** Names of lists of identifiers, and of constants. */
const LISTS = '\\w*(?:[A-Z][A-Z_\\d]+|[iI]ds|[sS]kus|[uU]ids)';
/** A string that is taken apart, or asked for what is in it. */
const TAKES = new RegExp(
  [
    '(?:[sS]plit\\w*|artition|\\bCut|explode|[sS]tarts?_?[wW]ith\\??|[eE]nds?_?[wW]ith|[pP]refix|[sS]uffix|[sS]ub_?[sS]tr\\w*|[sS]lice|[rR]eplace\\w*|[mM]atch\\w*|' +
      'test|sub|search|exec|[iI]ndex_?[oO]f|strpos|strncmp|strtok|strstr|sscanf|Sscanf|char_?[aA]t|captures|[aA]sSpan)!?\\??\\s*(?:\\(|["\'`]|\\/)',
    '[=!]~|\\bmatches\\b|\\bis\\s*\\[|\\btake\\(\\d|\\bwhen\\s+\\/|\\[\\/|\\/[a-z]*\\.(?:test|exec)\\b',
    '\\[[^\\][,]{0,60}(?::|\\.\\.)[^\\][,]{0,60}\\]|\\[-?\\d{1,2},\\s*\\d{1,2}\\]|\\[\\d{1,2}\\]\\s*[=!]=',
    '["\'`]\\s+!?(?:not\\s+)?in\\s|\\bcontains\\b|(?:[cC]ontains|[iI]ncludes?\\??)[ (][^()"\'`]{0,60}["\'`]',
    '(?:[rR]eg_?[eE]xp?|REGEX|PATTERN|attern)\\b.{0,60}\\.find',
    `\\b(?:${LISTS}|\\])\\.(?:[iI]nclude[s?]|has|[cC]ontains)\\(|\\bslices\\.|\\bin_array\\b|\\bin\\s+(?:\\w+\\.){0,4}${LISTS}\\b`,
  ].join('|'),
);
/** The prefix of a type, asked of what can hold an identifier of whatever entity; a literal identifier with words, which is compared or sent. */
const TYPED =
  /\b(?:slug|ref|query)\b[^"'`]{0,40}["'`][a-z]{2,12}_["'`]|[=!]==?\s*["'`][a-z]{2,12}-[a-z\d]+-[\w-]*["'`]|[?&]\w+=\w{2,12}-\w+-/i;
/** A literal of several words in an order, and what compares it or makes an identifier of it. */
const STRUCTURED = /["'`][A-Za-z\d][\w-]*[.:|/][\w.:|/-]+["'`]/;
/** The same of capitals and digits, wherever it stands: `BRA-CHE-0007`. */
const GROUPS = /["'`[ ][A-Z]{2,}-[A-Z\d]+-[A-Z\d-]*["'`\]]/;
const COMPARES =
  /[=!]=|[eE]quals|includes?\b|[cC]ontains|\b(?:case|when|in|is|new)\b|["'`]\s*[-=]>|(?:I[dD]|U[iI][dD]|G[uU][iI][dD]|U[rR][nN]|F[qQ][nN]|Key|Identifier)\s*(?:::new\s*)?\(/;

/** The number of a record, which gets a text: `number = f"INV-..."`, `Number: fmt.Sprintf(`. */
const NUMBER_GETS_TEXT =
  /\b(?:[nN]umber|No|nr|no)\b["']?\s*(?::=?|=>?)\s*(?:\$?f?["'`]|[\w.]*(?:[fF]ormat|[sS]printf|[jJ]oin)\b)|\b[sS]et_?[nN]umber\(/;

/** What begins with it is no function whose name somebody calls. */
const CONTROL = /^[\s}]*(?:if|for|foreach|while|switch|else|elif|try|catch|do|with|when|case|match|return|using|await|unless)\b/;
/** The name of a function at its head: `def make_id`, `makeId(`, `makeId = async (`. Methods of values are called there, not declared. */
const FUNCTION_NAME =
  /\b(?:def|fun|fn|function|func)\s+(?:self\.)?(\w+)|(?<![.\w])(?!(?:func|function|fun|fn|def|async)\b)([A-Za-z_]\w*)\s*(?:[=:]\s*(?:async\s*)?)?(?:<[^<>()]*>\s*)?\(/;

const WORDS = /\w+/g;

/** A line under which others are indented. */
interface Head {
  readonly indent: number;
  /** Numbers of the lines of the head: parameters and an opening brace may stand on lines of their own. */
  readonly lines: readonly number[];
  /** Whether an identifier is named in it, or in one around it. */
  readonly named: boolean;
}

/** The name of the innermost function around a place. */
function functionName(heads: readonly Head[], lines: readonly string[]): string | undefined {
  for (const head of heads.toReversed())
    for (const at of head.lines) {
      const line = lines[at] ?? '';
      const match = CONTROL.test(line) ? undefined : FUNCTION_NAME.exec(line);
      if (match) return match[1] ?? match[2];
    }
  return undefined;
}

/** What is called by its name alone, or on the object itself: `find(`, `this.find(`, `$this->find(`. */
const CALLED = /(?:(?<![.\w$>:])|\b(?:this|self)\s*(?:\.|->|::)\s*)([A-Za-z_]\w*)\s*\(/g;
/** Names of functions that a value is followed into. More are looked up in no file. */
const MOST_CALLED = 20;

/** Names of functions that are called where texts are put together. */
function calledIn(lines: readonly string[], found: ReadonlySet<number>): readonly string[] {
  const names = new Set<string>();
  for (const at of found) {
    const line = lines[at] ?? '';
    if (COMPOSES.test(line)) for (const [, name = ''] of line.matchAll(CALLED)) names.add(name);
  }
  return [...names].slice(0, MOST_CALLED);
}

/** Lines with the heads of functions of these names: what they do with a value is read, too. */
function declarationsOf(names: readonly string[], lines: readonly string[]): readonly number[] {
  if (names.length === 0) return [];
  const named = new RegExp(`\\b(?:${names.join('|')})\\s*[<(]`);
  return lines.flatMap((line, at) => {
    if (!named.test(line) || CONTROL.test(line)) return [];
    const match = FUNCTION_NAME.exec(line);
    return match && names.includes(match[1] ?? match[2] ?? '') ? [at] : [];
  });
}

/**
 * Numbers of the lines that may hold something that the rules look for, and of those that call a function with such a line; from 0, in order. The
 * same for all languages, cheap, and wider than the rules: the parse with what follows takes ten times as long.
 */
export function candidateLines({ textLines }: SourceFile): readonly number[] {
  const isShort = (at: number): boolean => (textLines[at]?.length ?? 0) <= LONGEST_PATTERN_LINE;
  const beginnings = textLines.map((line) => (line.length > LONGEST_PATTERN_LINE ? line.slice(0, LONGEST_PATTERN_LINE) : line));
  const named = beginnings.map((line) => (ID_LETTERS.test(line) && ID_NAME_IN_TEXT.test(line)) || NUMBER_GETS_TEXT.test(line));
  if (!named.includes(true) && !beginnings.some((line) => TYPED.test(line))) return [];
  const compares = (at: number): boolean => [at, at + 1, at - 1, at + 2, at - 2].some((near) => COMPARES.test(beginnings[near] ?? ''));
  const found = new Set<number>();
  const names = new Set<string>();
  const heads: Head[] = [];
  beginnings.forEach((line, at) => {
    const indent = line.search(/\S/);
    if (indent < 0) return;
    let before: Head | undefined;
    while ((heads.at(-1)?.indent ?? -1) >= indent) before = heads.pop();
    // A bracket at the beginning of a line goes on with what stands above it.
    const goesOn = before?.indent === indent && /[)\]}{]/.test(line.charAt(indent));
    const around = heads.at(-1);
    // The name may also stand on a line beside: a call in which the string is an argument.
    const isNear = named[at] || named[at - 1] || named[at - 2] || named[at + 1] || around?.named === true;
    const isTyped = isShort(at) && TYPED.test(line);
    if (
      isTyped ||
      (isNear && isShort(at) && (COMPOSES.test(line) || TAKES.test(line) || GROUPS.test(line) || (STRUCTURED.test(line) && compares(at))))
    ) {
      found.add(at);
      const name = functionName(heads, beginnings);
      if (name !== undefined) names.add(name);
    }
    const own = named[at] === true || (goesOn && before?.named === true) || around?.named === true;
    heads.push({ indent, lines: goesOn ? [...(before?.lines ?? []), at] : [at], named: own });
  });
  if (found.size === 0) return [];
  if (names.size > 0)
    beginnings.forEach((line, at) => {
      if (line.match(WORDS)?.some((word) => names.has(word))) found.add(at);
    });
  for (const at of declarationsOf(calledIn(beginnings, found), beginnings)) found.add(at);
  return [...found].sort((a, b) => a - b);
}
