import type { LineRange } from '../model/span.ts';
import { literal } from './languages/syntax.ts';
import { LONGEST_PATTERN_LINE } from './limits.ts';

// Symbols by indentation and patterns, for languages without a grammar. Where there is a syntax tree, `enclosing.ts` reads that.

const DECLARATIONS: readonly RegExp[] = [
  /^\s*(?:(?:export|default|declare|abstract|public|private|protected|internal|static|final|sealed|async|pub(?:\([\w:]+\))?|unsafe|override|virtual|data|inline|suspend|open)\s+)*(?:function\*?|class|interface|enum|struct|trait|record|object|module|namespace|type|def|fn|fun|message|service)\s+([\p{L}_$][\p{L}\p{N}_$]*)/u,
  /^\s*func\s+(?:\([^)]{0,100}\)\s*)?([\p{L}_][\p{L}\p{N}_]*)/u,
  /^\s*(?:export\s+)?(?:const|let|var|val)\s+([\p{L}_$][\p{L}\p{N}_$]*)\b[^=]{0,200}=/u,
  /^\s+(?:(?:public|private|protected|internal|static|final|async|override|virtual|abstract|readonly|get|set)\s+)*(?:[\w<>[\],.?]{1,80}\s+)?([\p{L}_$#][\p{L}\p{N}_$]*)\s*\([^;]{0,300}\{\s*$/u,
];
/** Words that look like the name of a method in front of a bracket. */
const KEYWORDS = new Set(
  'if for while switch catch return function with do else elif unless until match loop synchronized using lock'.split(' '),
);
/** A symbol that begins further up is not looked for. In lines. */
const REACH = 2_000;

const linesOf = (text: string): string[] => text.split('\n').map((line) => line.slice(0, LONGEST_PATTERN_LINE).trimEnd());
const indentOf = (line: string): number => line.length - line.trimStart().length;

/** Pattern of a line that seems to declare a name. */
const declarationOf = (name: string): RegExp =>
  new RegExp(
    `(?:\\b(?:function|class|interface|type|enum|struct|trait|impl|def|fn|func|fun|const|let|var|val|module|namespace|object|record|message|service|table|public|private|protected|static|async|export|abstract|void)\\b[^=;]{0,200}?(?<![\\w$.])${literal(name)}(?![\\w$]))|^\\s*${literal(name)}\\s*(?:[=:({<]|$)`,
    'i',
  );

/** From a line to the last one below it that is indented deeper, with the bracket that closes it. */
function blockAt(lines: readonly string[], first: number): LineRange {
  const depth = indentOf(lines[first] ?? '');
  let last = first;
  for (let line = first + 1; line < lines.length; line++) {
    const text = lines[line] ?? '';
    if (text === '') continue;
    if (indentOf(text) > depth) last = line;
    else {
      if (indentOf(text) === depth && /^\s*(?:[)\]}]|end\b)/.test(text)) last = line;
      break;
    }
  }
  return { first, last };
}

function linesIn(lines: readonly string[], name: string, declaredOnly = false): LineRange | undefined {
  if (name.trim() === '') return undefined;
  const declares = declarationOf(name);
  const declared = lines.findIndex((line) => declares.test(line));
  if (declared >= 0) return blockAt(lines, declared);
  if (declaredOnly) return undefined;
  const word = new RegExp(`(?<![\\w$])${literal(name)}(?![\\w$])`);
  const used = lines.findIndex((line) => word.test(line));
  return used < 0 ? undefined : blockAt(lines, used);
}

/**
 * Lines of a symbol: from the first line that seems to declare the name, or else holds it, to the end of its block; `undefined` where there is no such line.
 * @param name without qualifier
 * @param declaredOnly a line that only holds the name does not count
 */
export const linesByLayout = (text: string, name: string, declaredOnly = false): LineRange | undefined =>
  linesIn(linesOf(text), name, declaredOnly);

const nameIn = (line: string): string | undefined => {
  for (const pattern of DECLARATIONS) {
    const name = pattern.exec(line)?.[1];
    if (name !== undefined && !KEYWORDS.has(name)) return name;
  }
  return undefined;
};

/**
 * The innermost symbol around a line (zero-based) whose name finds it again; `undefined` where there is none.
 * @param declaredOnly as for `linesByLayout`
 */
export function symbolByLayout(text: string, line: number, declaredOnly = false): string | undefined {
  const lines = linesOf(text);
  let least = Number.POSITIVE_INFINITY;
  for (let at = Math.min(line, lines.length - 1); at >= 0 && line - at < REACH; at--) {
    const written = lines[at] ?? '';
    if (written === '') continue;
    const name = nameIn(written);
    if (name !== undefined) {
      const found = linesIn(lines, name, declaredOnly);
      if (found && found.first <= at && found.last >= line) return name;
    }
    least = Math.min(least, indentOf(written));
    if (least === 0 && at !== line && name !== undefined) return undefined;
  }
  return undefined;
}
