import { isIdName, isMachinery } from '../../flow/names.ts';
import { literalIn } from '../../rules/taken/patterns.ts';
import type { Located, TakenApart } from '../model.ts';
import { wordsOf } from '../words.ts';
import { scriptStatements } from './scripts.ts';
import type { SqlToken } from './tokens.ts';
import { isSign, SqlValues } from './values.ts';

/** What takes a text apart or asks what it begins with, in one of the dialects: asked first, because most files have none of it. */
const TAKES =
  /\b(?:split(?:_part|_to_array)?|substring(?:_index)?|substr|string_to_array|string_split|left|mid|regexp_\w+|regexp|rlike|i?like|similar|glob|starts_with)\b|[!\s)]~/i;
/** Functions that part a text at a separator, and by which argument: the subject comes first. */
const PARTS = /^(?:split_part|substring_index|string_to_array|string_split|split|split_to_array)$/;
/** Functions that cut out characters by their positions. */
const PIECES = /^(?:left|substring|substr|mid)$/;
/** Functions that read something out of a text, or ask for it, by a regular expression. */
const READS = /^regexp_(?:match|matches|substr|extract)$/;
const ASKS = /^(?:regexp_like|starts_with)$/;
const LIST_SEPARATOR = /^[,;\s]*$/;
/** Identifiers of other kinds, which are no records of anybody. */
const QUIET_SUBJECT = /(?:^|_)(?:token|secret|password|hash|env|path|url|uri|file|email|uuid|session|ids)(?:_|$)/;
/** Names for a piece that is shown, or that spreads rows: it decides nothing. */
const SHOWN = /(?:^|_)(?:id|short|display|label|preview|prefix|bucket|shard|partition|hash|masked|abbreviated|abbr|initials?)(?:_|$)/;
/** Data of a trial and values that wait for a better one: somebody finds them by their prefix to remove or replace them. */
const MADE_UP = /^(?:test|e2e|demo|dummy|tmp|temp|sample|seed|mock|fake|fixture|change_?me|placeholder|todo)/i;
/** The prefix of a type, which a constraint may demand: `ord_`. */
const TYPED_PREFIX = /^[a-z]{2,12}[_-]?$/;

/** The text that everything begins with that a pattern of `LIKE` fits: `EU-` of `EU-%`. `undefined` where it says nothing: `%x%`, `a`, `?`. */
export function prefixOf(pattern: string, wild: '%' | '*'): string | undefined {
  const at = pattern.search(wild === '%' ? /%|(?<!\\)_(?=[_%])/ : /[*?[]/);
  if (at <= 0) return undefined;
  const literal = pattern.slice(0, at).replace(/\\/g, '');
  return /^[A-Za-z\d][A-Za-z\d]+[-_:|/.]*$|^[A-Za-z\d]+(?:[-_:|.][A-Za-z\d]*)+$/.test(literal) && /[A-Za-z]/.test(literal)
    ? literal
    : undefined;
}

class StatementReader {
  readonly #tokens: readonly SqlToken[];
  readonly #values: SqlValues;

  constructor(text: string, tokens: readonly SqlToken[]) {
    this.#tokens = tokens;
    this.#values = new SqlValues(text, tokens);
  }

  /** The identifier that begins at a token, whatever form it is put into; `undefined` for anything else. */
  #subject(at: number): (Located & { readonly next: number }) | undefined {
    const read = this.#values.at(at);
    const value = read?.value;
    if (!read || (value?.kind !== 'name' && value?.kind !== 'member')) return undefined;
    const { name, start, end } = value;
    if (!isIdName(name) || isMachinery(name) || QUIET_SUBJECT.test(wordsOf(name).join('_'))) return undefined;
    return { text: name, start, end, next: read.next };
  }

  /** The identifier that ends before a token: `o.order_id`, `lower(id)`. */
  #subjectBefore(at: number): Located | undefined {
    let from = at - 1;
    if (isSign(this.#tokens[from], ')')) {
      for (let depth = 0; from >= 0; from -= 1) {
        if (isSign(this.#tokens[from], ')')) depth += 1;
        else if (isSign(this.#tokens[from], '(') && --depth === 0) break;
      }
      from -= 1;
    }
    // A cast: `id::text`.
    while (isSign(this.#tokens[from - 1], ':') && isSign(this.#tokens[from - 2], ':')) from -= 3;
    while (isSign(this.#tokens[from - 1], '.')) from -= 2;
    const subject = from < 0 ? undefined : this.#subject(from);
    return subject && { ...subject, start: this.#tokens[from]?.start ?? subject.start };
  }

  #stringAt(at: number): SqlToken | undefined {
    const token = this.#tokens[at];
    // `E'..'` and `N'..'`
    const next = this.#tokens[at + 1];
    if (token?.kind === 'word' && token.text.length === 1 && next?.kind === 'string' && next.start === token.end) return next;
    return token?.kind === 'string' ? token : undefined;
  }

  #isWordAt(at: number): boolean {
    return /[A-Za-z\d]/.test(this.#stringAt(at)?.text ?? '');
  }

  /** Whether a value between two tokens is compared with a word: `= 'EU'`, `IN ('EU', 'US')`, `CASE .. WHEN 'EU'`. */
  #isCompared(from: number, next: number): boolean {
    const isOneOf = (at: number, ...words: readonly string[]): boolean => this.#values.isOneOf(at, ...words);
    if (isOneOf(from - 1, 'case') && isOneOf(next, 'when')) return this.#isWordAt(next + 1);
    let at = next;
    if (isOneOf(at, 'not')) at += 1;
    if (isOneOf(at, 'in') && isSign(this.#tokens[at + 1], '(')) return this.#isWordAt(at + 2);
    if (isOneOf(at, 'like', 'ilike')) return this.#isWordAt(at + 1);
    while (/^[=<>!]$/.test(this.#tokens[at]?.text ?? '') && this.#tokens[at]?.kind === 'symbol') at += 1;
    if (at > next && this.#isWordAt(at)) return true;
    return /^[=>]$/.test(this.#tokens[from - 1]?.text ?? '') && (this.#isWordAt(from - 2) || this.#isWordAt(from - 3));
  }

  /** Whether a piece gets the name of what it says: a generated column, or one of a view or query. */
  #isNamed(from: number, next: number): boolean {
    if (this.#values.isOneOf(from - 2, 'as') && isSign(this.#tokens[from - 1], '(')) return true;
    const alias = this.#values.isOneOf(next, 'as') ? this.#tokens[next + 1] : undefined;
    return alias !== undefined && (alias.kind === 'word' || alias.kind === 'quoted') && !SHOWN.test(wordsOf(alias.text).join('_'));
  }

  /** A call that takes an identifier apart. */
  #call(at: number): TakenApart | undefined {
    const { text: name, kind, start } = this.#tokens[at] as SqlToken;
    if (kind !== 'word' || !isSign(this.#tokens[at + 1], '(')) return undefined;
    const isPiece = PIECES.test(name);
    if (!isPiece && !PARTS.test(name) && !READS.test(name) && !ASKS.test(name)) return undefined;
    const close = this.#values.closing(at + 1);
    const subject = this.#subject(at + 2);
    if (!subject || close >= this.#tokens.length || subject.next > close) return undefined;
    const end = this.#tokens[close]?.end ?? subject.end;
    const rest = this.#tokens.slice(subject.next, close);
    const by = rest.find(({ kind: what }) => what === 'string')?.text;
    const found = { subject, start, end };
    if (isPiece) {
      const isByNumbers = rest.every(
        ({ kind: what, text: word }) => what === 'number' || what === 'symbol' || word === 'from' || word === 'for',
      );
      if (by !== undefined || !isByNumbers) return { ...found, prefix: undefined };
      return this.#isCompared(at, close + 1) || this.#isNamed(at, close + 1) ? { ...found, prefix: undefined } : undefined;
    }
    if (ASKS.test(name)) {
      const prefix = by === undefined ? undefined : name === 'starts_with' ? prefixOf(`${by}%`, '%') : literalIn(by);
      return prefix === undefined || MADE_UP.test(prefix) ? undefined : { ...found, prefix };
    }
    // A parameter may be a list of them.
    if (by !== undefined && LIST_SEPARATOR.test(by)) return undefined;
    return by === undefined && PARTS.test(name) ? undefined : { ...found, prefix: undefined };
  }

  /** Whether a token is in a constraint that demands a form. */
  #isDemanded(at: number): boolean {
    for (let before = at - 1, depth = 0; before > 0 && before > at - 40; before -= 1) {
      const token = this.#tokens[before];
      if (isSign(token, ')')) depth += 1;
      else if (isSign(token, '(') && --depth < 0 && this.#values.isOneOf(before - 1, 'check')) return true;
    }
    return false;
  }

  /** A question what an identifier begins with: `LIKE 'EU-%'`, `~ '^EU-'`. */
  #question(at: number): TakenApart | undefined {
    const isOneOf = (place: number, ...words: readonly string[]): boolean => this.#values.isOneOf(place, ...words);
    const isMatch = isSign(this.#tokens[at], '~');
    const isLike = isOneOf(at, 'like', 'ilike', 'glob', 'similar');
    if (!isMatch && !isLike && !isOneOf(at, 'regexp', 'rlike')) return undefined;
    let value = at + 1;
    while (isSign(this.#tokens[value], '*') || isOneOf(value, 'to', 'binary')) value += 1;
    const pattern = this.#stringAt(value);
    // What is added to it is known when it runs.
    if (!pattern || isSign(this.#tokens[value + 1], '|') || isSign(this.#tokens[value + 1], '+')) return undefined;
    const before = isOneOf(at - 1, 'not') || isSign(this.#tokens[at - 1], '!') ? at - 1 : at;
    const subject = this.#subjectBefore(before);
    const prefix = isLike ? prefixOf(pattern.text, isOneOf(at, 'glob') ? '*' : '%') : literalIn(pattern.text);
    if (!subject || prefix === undefined || MADE_UP.test(prefix)) return undefined;
    if (TYPED_PREFIX.test(prefix) && this.#isDemanded(at)) return undefined;
    return { subject, start: subject.start, end: pattern.end, prefix };
  }

  *found(): Generator<TakenApart> {
    for (let at = 0; at < this.#tokens.length; at += 1) {
      const one = this.#call(at) ?? this.#question(at);
      if (one) yield one;
    }
  }
}

/** Where a file of SQL takes identifiers apart, or asks what they begin with. Patterns that users give, lists and pieces that are shown are left out. Never throws. */
export function takenApartIn(text: string): readonly TakenApart[] {
  if (!TAKES.test(text)) return [];
  return [...scriptStatements(text)].flatMap((tokens) => [...new StatementReader(text, tokens).found()]);
}
