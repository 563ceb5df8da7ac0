/** One character of a segment: itself, `*`, `?`, or a set in brackets. */
type Token = string | typeof MANY | typeof ONE | CharacterSet;
const MANY = 0;
const ONE = 1;

interface CharacterSet {
  readonly negated: boolean;
  /** First and last characters of the ranges. */
  readonly ranges: readonly (readonly [string, string])[];
}

/** Stands for any number of folders. */
const FOLDERS = Symbol('**');

/** The part of a pattern between two slashes: a name without wildcards (lower case), tokens, or `**`. */
type Segment = string | readonly Token[] | typeof FOLDERS;

/** A parsed pattern. */
export interface Pattern {
  readonly segments: readonly Segment[];
  /** Began with `!`. */
  readonly negated: boolean;
  /** Ended with `/`. */
  readonly folderOnly: boolean;
}

// As git's wildmatch has them: ASCII only.
const CLASSES: ReadonlyMap<string, readonly (readonly [string, string])[]> = new Map([
  [
    'alnum',
    [
      ['0', '9'],
      ['A', 'Z'],
      ['a', 'z'],
    ],
  ],
  [
    'alpha',
    [
      ['A', 'Z'],
      ['a', 'z'],
    ],
  ],
  [
    'blank',
    [
      [' ', ' '],
      ['\t', '\t'],
    ],
  ],
  [
    'cntrl',
    [
      ['\0', '\x1f'],
      ['\x7f', '\x7f'],
    ],
  ],
  ['digit', [['0', '9']]],
  ['graph', [['!', '~']]],
  ['lower', [['a', 'z']]],
  ['print', [[' ', '~']]],
  [
    'punct',
    [
      ['!', '/'],
      [':', '@'],
      ['[', '`'],
      ['{', '~'],
    ],
  ],
  [
    'space',
    [
      [' ', ' '],
      ['\t', '\n'],
      ['\r', '\r'],
    ],
  ],
  ['upper', [['A', 'Z']]],
  [
    'xdigit',
    [
      ['0', '9'],
      ['A', 'F'],
      ['a', 'f'],
    ],
  ],
]);

/** Reads a set in brackets that begins at `start`. `undefined` if it never ends, or names a class that there is not. */
function readSet(text: string, start: number): { readonly set: CharacterSet; readonly end: number } | undefined {
  let at = start + 1;
  const negated = text[at] === '!' || text[at] === '^';
  if (negated) at += 1;
  const ranges: (readonly [string, string])[] = [];
  // The first character belongs to the set even if it is the closing bracket.
  for (let first = true; first || text[at] !== ']'; first = false) {
    let from = text[at];
    if (from === undefined) return undefined;
    const named = from === '[' && text[at + 1] === ':' ? text.indexOf(':]', at + 2) : -1;
    if (named > 0 && !text.slice(at + 2, named).includes(']')) {
      const known = CLASSES.get(text.slice(at + 2, named));
      if (!known) return undefined;
      ranges.push(...known);
      at = named + 2;
      continue;
    }
    if (from === '\\') from = text[++at];
    if (from === undefined) return undefined;
    at += 1;
    let to = from;
    if (text[at] === '-' && text[at + 1] !== undefined && text[at + 1] !== ']') {
      at += text[at + 1] === '\\' ? 2 : 1;
      to = text[at] ?? from;
      at += 1;
    }
    ranges.push([from, to < from ? from : to]);
  }
  return { set: { negated, ranges }, end: at };
}

const isPlain = (token: Token): token is string => typeof token === 'string';

const segmentOf = (tokens: readonly Token[]): Segment => {
  if (tokens.length > 1 && tokens.every((token) => token === MANY)) return FOLDERS;
  return tokens.every(isPlain) ? tokens.join('').toLowerCase() : tokens.map((token) => (isPlain(token) ? token.toLowerCase() : token));
};

/** Spaces at the end count only behind a backslash. */
function withoutSpacesAtEnd(line: string): string {
  let end = 0;
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '\\') {
      at += 1;
      end = Math.min(at + 1, line.length);
    } else if (line[at] !== ' ') end = at + 1;
  }
  return line.slice(0, end);
}

/** Reads a line of .gitignore. `undefined` if it is empty, a comment, or can match nothing. */
export function parsePattern(line: string): Pattern | undefined {
  let text = withoutSpacesAtEnd(line.endsWith('\r') ? line.slice(0, -1) : line);
  if (text === '' || text.startsWith('#')) return undefined;
  const negated = text.startsWith('!');
  if (negated) text = text.slice(1);
  const folderOnly = text.endsWith('/');
  if (folderOnly) text = text.slice(0, -1);
  if (text === '') return undefined;
  const parts: Token[][] = [[]];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    const part = parts.at(-1) ?? [];
    if (character === '/') parts.push([]);
    else if (character === '*') part.push(MANY);
    else if (character === '?') part.push(ONE);
    else if (character === '[') {
      const read = readSet(text, at);
      if (!read) return undefined;
      part.push(read.set);
      at = read.end;
    } else if (character === '\\') {
      const escaped = text[++at];
      if (escaped === undefined || (escaped === '/' && at === 1)) return undefined;
      if (escaped === '/') parts.push([]);
      else part.push(escaped);
    } else part.push(character);
  }
  const anchored = text.includes('/');
  const segments = parts.map(segmentOf);
  if (segments[0] === '') segments.shift();
  if (!anchored && segments[0] !== FOLDERS) segments.unshift(FOLDERS);
  return { segments, negated, folderOnly };
}

const isInSet = ({ negated, ranges }: CharacterSet, character: string): boolean => {
  const other = character.toUpperCase();
  const isIn = ranges.some(([from, to]) => (from <= character && character <= to) || (from <= other && other <= to));
  return isIn !== negated;
};

const isToken = (token: Token | undefined, character: string): boolean =>
  typeof token === 'object' ? isInSet(token, character) : token === ONE || token === character;

/** Comparisons of characters and segments: what matching costs on any machine. */
export interface Cost {
  steps: number;
  /** Where matching ends without a match. */
  readonly most: number;
}

/** On a mismatch, only the last `*` takes one character more: at most the length of the pattern times that of the name. */
function isName(tokens: readonly Token[], name: string, cost: Cost): boolean {
  let token = 0;
  let at = 0;
  let star = -1;
  let resume = 0;
  while (at < name.length) {
    cost.steps += 1;
    if (tokens[token] === MANY) {
      star = token++;
      resume = at;
    } else if (token < tokens.length && isToken(tokens[token], name.charAt(at))) {
      token += 1;
      at += 1;
    } else if (star >= 0) {
      token = star + 1;
      at = ++resume;
    } else return false;
  }
  while (tokens[token] === MANY) token += 1;
  return token === tokens.length;
}

/**
 * Which prefixes of a path a pattern matches: 1 at `n` if it matches the first `n` segments. `undefined` if none. One row for each segment of the pattern,
 * so the cost is at most the length of the pattern times that of the path, and `cost.most`. Takes lower-case segments.
 */
export function prefixesMatched({ segments }: Pattern, path: readonly string[], cost: Cost): Uint8Array | undefined {
  let reached = new Uint8Array(path.length + 1);
  reached[0] = 1;
  for (const [index, segment] of segments.entries()) {
    cost.steps += path.length + 1;
    if (cost.steps > cost.most) return undefined;
    const next = new Uint8Array(path.length + 1);
    let any = 0;
    if (segment === FOLDERS) {
      // At the end it stands for what is inside, which is at least one segment.
      const inside = index === segments.length - 1;
      for (let length = 0; length <= path.length; length += 1) {
        if (!inside) any |= reached[length] ?? 0;
        next[length] = any;
        if (inside) any |= reached[length] ?? 0;
      }
      if (inside) any = next[path.length] ?? 0;
    } else {
      for (let length = 1; length <= path.length; length += 1) {
        const name = path[length - 1] ?? '';
        if (!reached[length - 1] || name === '') continue;
        if (!(typeof segment === 'string' ? segment === name : isName(segment, name, cost))) continue;
        next[length] = 1;
        any = 1;
      }
    }
    if (!any) return undefined;
    reached = next;
  }
  return reached;
}
