import { linesByLayout, type SymbolLines } from './symbol-lines.ts';

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
const LONGEST_LINE = 2_000;
/** A symbol that begins further up is not looked for. */
const REACH = 2_000;

const nameIn = (line: string): string | undefined => {
  for (const pattern of DECLARATIONS) {
    const name = pattern.exec(line)?.[1];
    if (name !== undefined && !KEYWORDS.has(name)) return name;
  }
  return undefined;
};

/**
 * The innermost symbol around a line that can be found again by its name alone; `undefined` where there is none, or where the name stands for another
 * place of the file. By layout, for every language.
 */
export function symbolAt(text: string, path: string, line: number, symbolLines: SymbolLines = linesByLayout): string | undefined {
  const lines = text.split('\n');
  let least = Number.POSITIVE_INFINITY;
  for (let at = Math.min(line, lines.length - 1); at >= 0 && line - at < REACH; at--) {
    const written = (lines[at] ?? '').slice(0, LONGEST_LINE).trimEnd();
    if (written === '') continue;
    const indent = written.length - written.trimStart().length;
    const name = nameIn(written);
    if (name !== undefined) {
      const found = symbolLines(text, path, name);
      if (found && found.first <= at && found.last >= line) return name;
    }
    least = Math.min(least, indent);
    if (least === 0 && at !== line && name !== undefined) return undefined;
  }
  return undefined;
}
