import { composed, formatted } from '../../flow/compose.ts';
import type { Expression } from '../../flow/model.ts';
import type { SqlToken } from './tokens.ts';

/** A value of SQL, and the position of the token behind it. */
export interface SqlValue {
  readonly value: Expression;
  readonly next: number;
}

/** Functions that give their argument on, changed in form only. */
const PASSES =
  /^(?:cast|try_cast|convert|coalesce|ifnull|isnull|nvl|nullif|trim|btrim|ltrim|rtrim|lower|upper|lpad|rpad|to_char|str|text|varchar|char|tostring|initcap)$/;
/** How often a token is looked at on average, at most. */
const MOST_LOOKS = 50;
/** Deeper values are data, and would take the stack. */
const DEEPEST = 20;

/** Whether a token is a sign. */
export const isSign = (token: SqlToken | undefined, text: string): boolean => token?.kind === 'symbol' && token.text === text;
const isWord = (token: SqlToken | undefined, text: string): boolean => token?.kind === 'word' && token.text === text;
const isName = (token: SqlToken | undefined): token is SqlToken => token?.kind === 'word' || token?.kind === 'quoted';

/** Words that no value begins with. */
const KEYWORDS = new Set(
  (
    'select from where join on and or not set as in is case when then else end values insert update into group order by having union returning return default ' +
    'using left right inner outer cross full with like ilike between limit offset distinct all create table view begin declare if for loop null'
  ).split(' '),
);

/** Reads values out of the tokens of a statement: names, calls and what is put together of them. */
export class SqlValues {
  readonly #text: string;
  readonly #tokens: readonly SqlToken[];
  /** Where each bracket is closed. */
  readonly #closings = new Map<number, number>();
  /** Tokens of lists that may still be looked at: brackets in brackets are looked at several times. */
  #left: number;

  constructor(text: string, tokens: readonly SqlToken[]) {
    this.#text = text;
    this.#tokens = tokens;
    this.#left = MOST_LOOKS * tokens.length;
    const open: number[] = [];
    tokens.forEach((token, at) => {
      if (isSign(token, '(')) open.push(at);
      else if (isSign(token, ')')) {
        const before = open.pop();
        if (before !== undefined) this.#closings.set(before, at);
      }
    });
  }

  /** The value that begins at a token, with everything that `||` or `+` adds to it; `undefined` where none begins. */
  at(from: number, depth = 0): SqlValue | undefined {
    const first = this.#operand(from, depth);
    if (!first) return undefined;
    const parts = [first.value];
    let { next } = first;
    let plus = false;
    for (;;) {
      const isPlus = isSign(this.#tokens[next], '+');
      const width = isPlus ? 1 : isSign(this.#tokens[next], '|') && isSign(this.#tokens[next + 1], '|') ? 2 : 0;
      const more = width === 0 ? undefined : this.#operand(next + width, depth);
      if (!more) break;
      plus ||= isPlus;
      parts.push(more.value);
      next = more.next;
    }
    if (parts.length === 1) return first;
    const span = { start: parts[0]?.start ?? 0, end: this.#tokens[next - 1]?.end ?? 0 };
    // `a + b` of numbers is a number.
    if (plus && !parts.some(({ kind }) => kind === 'text'))
      return { value: { kind: 'other', node: 'sum', children: parts, ...span }, next };
    return { value: composed('template', parts, span) ?? first.value, next };
  }

  #operand(from: number, depth: number): SqlValue | undefined {
    const found = depth > DEEPEST ? undefined : this.#simple(from, depth);
    if (!found) return undefined;
    let { next } = found;
    // `x::text`, `x::varchar(20)`.
    while (isSign(this.#tokens[next], ':') && isSign(this.#tokens[next + 1], ':') && isName(this.#tokens[next + 2])) {
      next += 3;
      if (isSign(this.#tokens[next], '(')) next = this.closing(next) + 1;
    }
    return { value: found.value, next };
  }

  #simple(from: number, depth: number): SqlValue | undefined {
    const token = this.#tokens[from];
    if (!token) return undefined;
    const { kind, text, start, end } = token;
    if (kind === 'string') return { value: { kind: 'text', value: text, start, end }, next: from + 1 };
    if (kind === 'number') return { value: { kind: 'other', node: 'number', children: [], start, end }, next: from + 1 };
    if (isSign(token, '(')) {
      const inner = this.at(from + 1, depth + 1);
      return inner && isSign(this.#tokens[inner.next], ')') ? { value: inner.value, next: inner.next + 1 } : undefined;
    }
    // `N'text'` of SQL Server, `E'text'` of PostgreSQL.
    const following = this.#tokens[from + 1];
    if (kind === 'word' && text.length === 1 && following?.kind === 'string' && following.start === end)
      return this.#simple(from + 1, depth);
    if (isSign(token, ':') && isName(following) && following.start === end) return this.#simple(from + 1, depth);
    if (!isName(token) || (kind === 'word' && KEYWORDS.has(text) && !isSign(following, '('))) return undefined;
    return this.#named(from, depth);
  }

  /** A name with its qualifiers, or a call. */
  #named(from: number, depth: number): SqlValue {
    const nameOf = (token: SqlToken): string => (token.kind === 'quoted' ? token.text : this.#text.slice(token.start, token.end));
    let token = this.#tokens[from] as SqlToken;
    const { start } = token;
    let value: Expression = { kind: 'name', name: nameOf(token), start, end: token.end };
    let next = from + 1;
    for (; isSign(this.#tokens[next], '.') && isName(this.#tokens[next + 1]); next += 2) {
      token = this.#tokens[next + 1] as SqlToken;
      value = { kind: 'member', object: value, name: nameOf(token), start, end: token.end };
    }
    if (!isSign(this.#tokens[next], '(')) return { value, next };
    const close = this.closing(next);
    const span = { start, end: this.#tokens[close]?.end ?? token.end };
    return { value: this.#call(nameOf(token).toLowerCase(), this.elements(next), span, depth), next: close + 1 };
  }

  #call(name: string, elements: readonly number[], span: { readonly start: number; readonly end: number }, depth: number): Expression {
    const given = elements.flatMap((at) => this.at(at, depth + 1)?.value ?? []);
    const [first, ...rest] = given;
    const called: Expression = {
      kind: 'call',
      name,
      receiver: undefined,
      arguments: given.map((value) => ({ value })),
      constructs: false,
      ...span,
    };
    if (first === undefined) return called;
    if (PASSES.test(name)) return given.find(({ kind }) => kind === 'composed') ?? (name === 'convert' ? (rest[0] ?? first) : first);
    if (name === 'concat') return composed('template', given, span) ?? called;
    if (name === 'concat_ws')
      return (
        composed(
          'template',
          rest.flatMap((part, at) => (at === 0 ? [part] : [first, part])),
          span,
        ) ?? called
      );
    if ((name === 'format' || name === 'printf') && first.kind === 'text')
      return (
        composed(
          'format',
          formatted(
            first.value.replace(/%(?:\d+\$)?[IL]/g, '%s'),
            rest.map((value) => ({ value })),
            span,
            'percent',
          ),
          span,
        ) ?? called
      );
    return called;
  }

  /** The position of the bracket that closes one; the end where it is not closed. */
  closing(open: number): number {
    return this.#closings.get(open) ?? this.#tokens.length;
  }

  /** Where the elements begin that are in brackets, separated by commas. */
  elements(open: number): readonly number[] {
    const close = this.closing(open);
    return close === open + 1 ? [] : this.list(open + 1, (at) => at >= close).map(([start]) => start);
  }

  /** Beginning and end of the elements of a list that commas separate, up to a token that ends it outside of brackets. */
  list(from: number, isEnd: (at: number) => boolean): readonly (readonly [number, number])[] {
    const found: [number, number][] = [];
    let start = from;
    let depth = 0;
    let at = from;
    for (; at < this.#tokens.length && this.#left > 0; at += 1) {
      this.#left -= 1;
      const token = this.#tokens[at];
      if (depth === 0 && isEnd(at)) break;
      if (isSign(token, '(')) depth += 1;
      else if (isSign(token, ')')) {
        if (depth === 0) break;
        depth -= 1;
      } else if (depth === 0 && isSign(token, ',')) {
        found.push([start, at]);
        start = at + 1;
      }
    }
    found.push([start, at]);
    return found;
  }

  /** Whether a token is one of some words. */
  isOneOf(at: number, ...words: readonly string[]): boolean {
    return words.some((word) => isWord(this.#tokens[at], word));
  }
}
