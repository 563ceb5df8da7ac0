import type { Tree, TreeEntry } from '../../../knowledge/specs/tree.ts';
import { commentEnd } from '../comment-end.ts';

/** A node, and the offset behind it. */
export interface Read {
  readonly tree: Tree;
  readonly next: number;
}

const MAX_DEPTH = 100;
/** A colon that something follows belongs to the text: `localhost:8080`; so does a hash behind something: `page#part`. */
const BARE = /[^\s,[\]{}:"'#](?:[^,[\]{}\n:#]|:(?![\s,\]}])|(?<=\S)#)*/y;
const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$/;

/** The value that unquoted text stands for. */
export function plainValue(text: string): string | number | boolean | null {
  if (/^(?:true|True|TRUE|false|False|FALSE)$/.test(text)) return text.toLowerCase() === 'true';
  if (/^(?:null|Null|NULL|~|)$/.test(text)) return null;
  return NUMBER.test(text) ? Number(text) : text;
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', 0: '\0' };

/** What a string in double quotes says. */
function unescaped(inner: string): string {
  if (!inner.includes('\\')) return inner;
  // A backslash at the end of a line of YAML joins it with the next one.
  return inner.replace(/\\(?:u([0-9a-fA-F]{4})|\r?\n[ \t]*|([\s\S]))/g, (_, code: string | undefined, char: string | undefined) =>
    code === undefined ? (ESCAPED[char ?? ''] ?? char ?? '') : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/**
 * Reads a string in quotes. Unclosed, it ends with its line.
 * @param lines whether it may go on in the next line, as in YAML
 */
export function readQuoted(text: string, start: number, lines: boolean): Read {
  const quote = text[start] as string;
  let firstLine = -1;
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at];
    if (char === '\n' && firstLine < 0) firstLine = at;
    if (char === '\n' && !lines) break;
    if (char === '\\' && quote === '"') at++;
    else if (char === quote) {
      if (quote === "'" && text[at + 1] === quote) {
        at++;
        continue;
      }
      const inner = text.slice(start + 1, at);
      return {
        tree: { kind: 'scalar', value: quote === '"' ? unescaped(inner) : inner.replaceAll("''", "'"), start, end: at + 1 },
        next: at + 1,
      };
    }
  }
  const end = firstLine < 0 ? text.length : firstLine;
  return { tree: { kind: 'scalar', value: text.slice(start + 1, end).trimEnd(), start, end }, next: end };
}

/** Goes over white space, commas where they are left over, and comments of both languages. */
function skip(text: string, from: number, commas: boolean): number {
  let at = from;
  for (; at < text.length; at++) {
    const char = text[at] as string;
    const end = commentEnd(text, at);
    if (end !== undefined) at = end - 1;
    else if (!(char <= ' ' || char === '\ufeff' || (commas && char === ','))) break;
  }
  return at;
}

/** A tag of YAML in front of a value in brackets: `[!GetAtt Table.Arn]`. */
const TAG = /![\w!-]+[ \t]+/y;

/** A string in quotes that may go on in the next lines, as it ends in brackets of YAML. Without that end somebody is typing. */
const QUOTED = /(?:"(?:[^"\\]|\\[\s\S]){0,2000}"|'(?:[^']|''){0,2000}')(?=\s*[,\]}:])/y;

function readScalar(text: string, from: number, lines: boolean): Read {
  TAG.lastIndex = from;
  const at = from + (TAG.exec(text)?.[0].length ?? 0);
  const char = text[at];
  if (char === '"' || char === "'") {
    QUOTED.lastIndex = at;
    return readQuoted(text, at, lines && QUOTED.test(text));
  }
  BARE.lastIndex = at;
  const bare = BARE.exec(text)?.[0].trimEnd() ?? '';
  return { tree: { kind: 'scalar', value: plainValue(bare), start: at, end: at + bare.length }, next: Math.max(at + bare.length, at + 1) };
}

/** The offset behind the bracket that closes the one at an offset: for what nests too deep to be read. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const char = text[at];
    if (char === '"') at = readQuoted(text, at, false).next - 1;
    else if (char === '{' || char === '[') depth++;
    else if ((char === '}' || char === ']') && --depth === 0) return at + 1;
  }
  return text.length;
}

/**
 * Reads a value of JSON, or of YAML in brackets. Linear, and tolerant: comments, commas too many, and brackets that nobody closed.
 * @param lines whether strings may go on in the next line, as in YAML
 */
export function readFlow(text: string, from: number, lines: boolean, depth = 0): Read {
  const start = skip(text, from, false);
  const open = text[start];
  if (open !== '{' && open !== '[') return readScalar(text, start, lines);
  if (depth > MAX_DEPTH) return { tree: { kind: 'scalar', value: null, start, end: start }, next: closing(text, start) };
  const entries: TreeEntry[] = [];
  const items: Tree[] = [];
  let at = start + 1;
  for (;;) {
    at = skip(text, at, true);
    const char = text[at];
    if (char === undefined) break;
    if (char === '}' || char === ']') {
      at++;
      break;
    }
    if (open === '[') {
      const { tree, next } = readFlow(text, at, lines, depth + 1);
      items.push(tree);
      at = next;
      continue;
    }
    if (char === ':' || char === '{' || char === '[') {
      at++;
      continue;
    }
    const { tree: key, next } = readScalar(text, at, lines);
    const colon = skip(text, next, false);
    const keyRange = { start: key.start, end: key.kind === 'scalar' ? key.end : key.start };
    const name = key.kind === 'scalar' ? String(key.value ?? '') : '';
    if (text[colon] !== ':') {
      at = colon;
      continue;
    }
    const begin = skip(text, colon + 1, false);
    // A key without a value, as while somebody types.
    const missing = text[begin] === ',' || text[begin] === '}' || begin >= text.length;
    const value = missing
      ? { tree: { kind: 'scalar', value: null, start: begin, end: begin } as const, next: begin }
      : readFlow(text, begin, lines, depth + 1);
    entries.push({ key: name, keyRange, value: value.tree });
    at = value.next;
  }
  return { tree: open === '{' ? { kind: 'map', entries, start, end: at } : { kind: 'list', items, start, end: at }, next: at };
}
