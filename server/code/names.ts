import { LONGEST_LINE } from './limits.ts';

/** A name and where it is in a text. */
export interface NameInText {
  readonly name: string;
  /** Zero-based. */
  readonly line: number;
  /** Zero-based UTF-16 code unit within the line. */
  readonly character: number;
  readonly kind: NameKind;
}

/** `literal`: a quoted string or the bare value of a configuration line, such as a topic, a path or a package. */
export type NameKind = 'identifier' | 'literal';

const SHORTEST_NAME = 3;
const LONGEST_IDENTIFIER = 100;
const LONGEST_LITERAL = 120;
const LONGEST_TEXT = 1_000_000;
const MOST_NAMES = 200_000;

const LETTER = 1;
const DIGIT = 2;
const QUOTE = 4;
/** May be inside a literal that is a name. */
const JOINT = 8;

const CLASSES = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  if (/[A-Za-z_]/.test(character)) CLASSES[code] = LETTER;
  else if (/\d/.test(character)) CLASSES[code] = DIGIT;
  else if (/["'`]/.test(character)) CLASSES[code] = QUOTE;
  else if (/[-./:@{}$*+#<>%]/.test(character)) CLASSES[code] = JOINT;
}

const RETURN = 13;
const SPACE = 32;
const TAB = 9;
const COLON = 58;
const EQUALS = 61;
const DASH = 45;
const SLASH = 47;

const classOf = (code: number): number => (code < 128 ? (CLASSES[code] as number) : 0);

const LITERAL_NAME = /^(?=.*[A-Za-z])[A-Za-z0-9_@/$.{:<][\w@./:{}$*+#<>%-]+$/;
const ROUTE_WITH_METHOD = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) +(?=\/)/;

/** Called with each name: where it begins and ends in the text, its kind, and its line. */
type Visit = (start: number, end: number, kind: NameKind, line: number, lineStart: number) => void;

/** Visits the literal between `start` and `end` if it looks like a name. True where it is a single word, which must not count as an identifier as well. */
function literal(text: string, start: number, end: number, line: number, lineStart: number, visit: Visit): boolean {
  if (end - start < SHORTEST_NAME) return false;
  const content = text.slice(start, end);
  const method = ROUTE_WITH_METHOD.exec(content)?.[0].length ?? 0;
  if (!LITERAL_NAME.test(method > 0 ? content.slice(method) : content)) return false;
  visit(start + method, end, 'literal', line, lineStart);
  return method === 0 && !/\W/.test(content);
}

/** Offset of the quote that closes the one at `open` in the same line; -1 where none is near. */
function closing(text: string, open: number, lineEnd: number): number {
  const quote = text.charCodeAt(open);
  const most = Math.min(lineEnd, open + LONGEST_LITERAL + 2);
  for (let at = open + 1; at < most; at++) if (text.charCodeAt(at) === quote) return at;
  return -1;
}

/** Start of the value that ends a line and follows `: `, `- ` or `=`, as in YAML and properties; -1 where there is none. */
function bareValue(text: string, lineStart: number, lineEnd: number): number {
  let joints = 0;
  let at = lineEnd - 1;
  const least = Math.max(lineStart, lineEnd - LONGEST_LITERAL);
  for (; at >= least; at--) {
    const code = text.charCodeAt(at);
    const kind = classOf(code);
    if (code === COLON && classOf(text.charCodeAt(at + 1)) === 0) break;
    if (kind === JOINT) joints += 1;
    else if (kind !== LETTER && kind !== DIGIT) break;
  }
  if (joints === 0 || at < least) return -1;
  const before = text.charCodeAt(at);
  if (before === EQUALS) return at + 1;
  if (before !== SPACE && before !== TAB) return -1;
  const mark = text.charCodeAt(at - 1);
  return mark === COLON || mark === DASH || mark === EQUALS ? at + 1 : -1;
}

function scanLine(text: string, from: number, to: number, line: number, visit: Visit): void {
  let at = from;
  let quotedUntil = -1;
  while (at < to) {
    const kind = classOf(text.charCodeAt(at));
    if (kind === LETTER) {
      const start = at;
      do at += 1;
      while (at < to && (classOf(text.charCodeAt(at)) & (LETTER | DIGIT)) !== 0);
      if (at - start >= SHORTEST_NAME && at - start <= LONGEST_IDENTIFIER) visit(start, at, 'identifier', line, from);
    } else if (kind === DIGIT) {
      do at += 1;
      while (at < to && (classOf(text.charCodeAt(at)) & (LETTER | DIGIT)) !== 0);
    } else if (kind === QUOTE && at > quotedUntil) {
      const end = closing(text, at, to);
      if (end > 0) quotedUntil = end;
      at = end > 0 && literal(text, at + 1, end, line, from, visit) ? end + 1 : at + 1;
    } else at += 1;
  }
}

/**
 * Visits every name of a text, line by line. Knows no grammar: words in comments count as identifiers, because records name things in
 * prose too. Texts are read up to 1,000,000 characters, lines up to 20,000.
 */
export function scanNames(text: string, visit: Visit): void {
  const end = Math.min(text.length, LONGEST_TEXT);
  let line = 0;
  for (let from = 0; from < end; line++) {
    const newline = text.indexOf('\n', from);
    const next = newline < 0 || newline >= end ? end : newline;
    const to = next > from && text.charCodeAt(next - 1) === RETURN ? next - 1 : next;
    const read = Math.min(to, from + LONGEST_LINE);
    scanLine(text, from, read, line, visit);
    if (read === to) {
      const value = bareValue(text, from, to);
      if (value >= 0) literal(text, value, to, line, from, visit);
    }
    from = next + 1;
  }
}

/** Names of a text with their positions: identifiers of three letters or more, and literals that look like a name. At most 200,000. */
export function namesIn(text: string): NameInText[] {
  const out: NameInText[] = [];
  scanNames(text, (start, end, kind, line, lineStart) => {
    if (out.length < MOST_NAMES) out.push({ name: text.slice(start, end), line, character: start - lineStart, kind });
  });
  return out;
}

/** True for identifiers of several words (`outboxRelay`, `outbox_relay`, `OUTBOX_LIMIT`): single plain words and acronyms are mostly just English. */
export const isCompound = (identifier: string): boolean =>
  /^[A-Za-z_]\w*$/.test(identifier) && (/[a-z0-9][A-Z]|[A-Z]{2}[a-z]/.test(identifier) || /[A-Za-z0-9]_[A-Za-z0-9]/.test(identifier));

const PARAMETER = /\$?\{[^}/]*\}|(?<=\/):\w+|<[^>/]*>|\*+/g;

/** The name under which all spellings of a thing are counted: the parameters of a route are the same however they are written. */
export const canonicalName = (name: string): string =>
  name.startsWith('/') ? (name.includes('/', 1) ? name.replace(PARAMETER, '{}') : name).replace(/(?<=.)\/+$/, '') : name;

const OFFSET_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/**
 * A hash of 32 bits, never 0, the same on every machine (FNV-1a over UTF-16 code units with the final mix of MurmurHash3).
 * Among 100,000 distinct names about one pair collides, which adds one file to a count.
 */
export function nameHash(name: string): number {
  return name.charCodeAt(0) === SLASH ? hashOf(canonicalName(name), 0, -1) : hashOf(name, 0, -1);
}

/** `nameHash` of the part of a text from `start` to `end`, without cutting it out. */
export function hashWithin(text: string, start: number, end: number): number {
  return text.charCodeAt(start) === SLASH ? nameHash(text.slice(start, end)) : hashOf(text, start, end);
}

function hashOf(text: string, start: number, end: number): number {
  let hash = OFFSET_BASIS;
  const stop = end < 0 ? text.length : end;
  for (let at = start; at < stop; at++) hash = Math.imul(hash ^ text.charCodeAt(at), PRIME);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  // Tables mark an empty slot with 0.
  return (hash ^ (hash >>> 16)) >>> 0 || 1;
}
