/** A token of SQL. Comments and `COPY` data are left out, and so are dollar-quoted bodies unless they are asked for. */
export interface SqlToken {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'symbol';
  /** A word in lower case, a name without its quotes, anything else verbatim. */
  readonly text: string;
  /** UTF-16 offsets, `end` exclusive, quotes included. */
  readonly start: number;
  readonly end: number;
  /** Whether it is the first token of its line. */
  readonly first: boolean;
}

const WORD = /[\p{L}_@#][\p{L}\p{N}_$@#]*/uy;
const NUMBER = /\d[\w.]*/y;
const DOLLAR = /\$(?:[A-Za-z_]\w*)?\$/y;
const CLOSING: Readonly<Record<string, string>> = { '"': '"', '`': '`', '[': ']' };

/** The end of something that its closing mark ends; a doubled mark stands for itself. Unclosed, it ends with its line, so that the rest is still read. */
function endOfQuoted(text: string, start: number, close: string, backslash: boolean, lines: boolean): number {
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at];
    if (char === close) {
      if (text[at + 1] !== close) return at + 1;
      at++;
    } else if (char === '\\' && backslash) at++;
    else if (char === '\n' && !lines) return at;
  }
  return text.length;
}

/** Reads the tokens of a text one after another, in linear time. Never throws. */
export class SqlTokens {
  readonly #text: string;
  #at = 0;
  #first = true;

  readonly #bodies: boolean;

  /** @param bodies reads what is in dollar quotes too, as code; default: no */
  constructor(text: string, { bodies = false }: { readonly bodies?: boolean } = {}) {
    this.#text = text;
    this.#bodies = bodies;
  }

  /** Goes to the end of the data that follows `COPY ... FROM stdin;`. */
  skipCopy(): void {
    const end = this.#text.indexOf('\n\\.', this.#at);
    this.#at = end < 0 ? this.#text.length : end + 3;
  }

  /** The next token; `undefined` at the end. */
  next(): SqlToken | undefined {
    const text = this.#text;
    for (;;) {
      const char = text[this.#at];
      if (char === undefined) return undefined;
      if (char === '\n') {
        this.#first = true;
        this.#at++;
      } else if (char <= ' ' || char === '\u00a0' || char === '\ufeff') this.#at++;
      else if (char === '-' && text[this.#at + 1] === '-') this.#skipLine();
      // `#` begins a comment of MySQL, and a temporary table of SQL Server.
      else if (char === '#' && (text[this.#at + 1] === ' ' || text[this.#at + 1] === '\n')) this.#skipLine();
      else if (char === '/' && text[this.#at + 1] === '*') this.#skipTo('*/');
      else if (char === '$' && this.#skipBody()) continue;
      else return this.#token(char);
    }
  }

  #skipLine(): void {
    const end = this.#text.indexOf('\n', this.#at);
    this.#at = end < 0 ? this.#text.length : end;
  }

  #skipTo(close: string): void {
    const end = this.#text.indexOf(close, this.#at + 2);
    this.#at = end < 0 ? this.#text.length : end + close.length;
  }

  #skipBody(): boolean {
    DOLLAR.lastIndex = this.#at;
    const mark = DOLLAR.exec(this.#text)?.[0];
    if (mark === undefined) return false;
    if (this.#bodies) {
      this.#at += mark.length;
      return true;
    }
    const end = this.#text.indexOf(mark, this.#at + mark.length);
    this.#at = end < 0 ? this.#text.length : end + mark.length;
    return true;
  }

  #token(char: string): SqlToken {
    const text = this.#text;
    const start = this.#at;
    const first = this.#first;
    this.#first = false;
    const close = CLOSING[char];
    if (char === "'" || close !== undefined) {
      const string = close === undefined;
      this.#at = endOfQuoted(text, start, close ?? "'", string && text[start - 1]?.toLowerCase() === 'e', string);
      const inner = text.slice(start + 1, text[this.#at - 1] === (close ?? "'") ? this.#at - 1 : this.#at);
      return { kind: string ? 'string' : 'quoted', text: inner, start, end: this.#at, first };
    }
    for (const [kind, pattern] of [
      ['word', WORD],
      ['number', NUMBER],
    ] as const) {
      pattern.lastIndex = start;
      const found = pattern.exec(text)?.[0];
      if (found === undefined) continue;
      this.#at = start + found.length;
      return { kind, text: kind === 'word' ? found.toLowerCase() : found, start, end: this.#at, first };
    }
    this.#at = start + 1;
    return { kind: 'symbol', text: char, start, end: this.#at, first };
  }
}
