import type { Composed } from '../../flow/model.ts';
import { isIdName, isMachinery } from '../../flow/names.ts';
import type { ComposedValue, Located } from '../model.ts';
import { scriptStatements } from './scripts.ts';
import type { SqlToken } from './tokens.ts';
import { isSign, SqlValues } from './values.ts';

/** What puts texts together in one of the dialects. */
const COMPOSES = /\|\||\bconcat(?:_ws)?\s*\(|\b(?:format|printf)\s*\(|'\s*\+|\+\s*N?'/i;
/** A model of dbt, whose columns become those of a table or view. */
const MODEL = /\{\{-?\s*(?:ref|source|config)\s*\(/;
/** An element of a list, with the column that gets it. */
interface Place {
  readonly from: number;
  readonly to: number;
  readonly column: Located;
}

/** Reads where one statement puts identifiers together. */
class StatementReader {
  readonly #text: string;
  readonly #tokens: readonly SqlToken[];
  readonly #values: SqlValues;
  readonly #isModel: boolean;

  constructor(text: string, tokens: readonly SqlToken[], isModel: boolean) {
    this.#text = text;
    this.#tokens = tokens;
    this.#values = new SqlValues(text, tokens);
    this.#isModel = isModel;
  }

  #name(token: SqlToken | undefined): Located | undefined {
    if (token?.kind !== 'word' && token?.kind !== 'quoted') return undefined;
    return { text: token.kind === 'quoted' ? token.text : this.#text.slice(token.start, token.end), start: token.start, end: token.end };
  }

  #find(word: string, from = 0): number {
    return this.#tokens.findIndex(({ kind, text }, at) => at >= from && kind === 'word' && text === word);
  }

  /** The name behind a word of `CREATE`, without its qualifiers. */
  nameBehind(word: string): string | undefined {
    let at = this.#values.isOneOf(0, 'create') ? this.#find(word) + 1 : 0;
    if (at === 0 || at > 8) return undefined;
    while (isSign(this.#tokens[at + 1], '.')) at += 2;
    return this.#name(this.#tokens[at])?.text;
  }

  /** What an `INSERT` gives to its columns. */
  #inserted(): Place[] {
    const into = this.#find('into');
    const open = this.#tokens.findIndex((token, at) => at > into && isSign(token, '('));
    if (into < 0 || open < 0 || open > into + 8) return [];
    const columns = this.#values.elements(open).map((at) => this.#name(this.#tokens[at]));
    const places = (elements: readonly (readonly [number, number])[]): Place[] =>
      elements.flatMap(([from, to], at) => (columns[at] ? [{ from, to, column: columns[at] }] : []));
    let at = this.#values.closing(open) + 1;
    if (this.#values.isOneOf(at, 'values')) {
      const rows: Place[] = [];
      for (at += 1; isSign(this.#tokens[at], '('); at = this.#values.closing(at) + 2)
        rows.push(...places(this.#values.list(at + 1, () => false)));
      return rows;
    }
    const select = this.#find('select', at);
    if (select < 0) return [];
    const from = this.#values.isOneOf(select + 1, 'distinct', 'all') ? select + 2 : select + 1;
    return places(this.#values.list(from, (end) => this.#values.isOneOf(end, 'from', 'where', 'union', 'on', 'returning')));
  }

  /** Columns of a new table, whose values are generated or have a default. */
  #declared(): Place[] {
    const table = this.#find('table');
    if (!this.#values.isOneOf(0, 'create', 'alter') || table < 0 || table > 8) return [];
    const open = this.#tokens.findIndex((token, at) => at > table && isSign(token, '('));
    const add = this.#find('add', table);
    const elements =
      this.#values.isOneOf(0, 'create') && open >= 0
        ? this.#values.list(open + 1, () => false)
        : add >= 0
          ? [[this.#values.isOneOf(add + 1, 'column') ? add + 2 : add + 1, this.#tokens.length] as const]
          : [];
    return elements.flatMap(([from, to]) => {
      const column = this.#name(this.#tokens[from]);
      return column ? [{ from, to, column }] : [];
    });
  }

  /** The name that ends before a token. */
  #before(at: number): Located | undefined {
    return this.#name(this.#tokens[at]);
  }

  /** The name that begins at a token, without its qualifiers. */
  #from(at: number): Located | undefined {
    let last = at;
    while (isSign(this.#tokens[last + 1], '.')) last += 2;
    return this.#name(this.#tokens[last]);
  }

  /** What becomes of a value that stands between two tokens. */
  #sink(from: number, next: number, inserted: readonly Place[], declared: readonly Place[], routine: string | undefined): Sink | undefined {
    const isOneOf = (at: number, ...words: readonly string[]): boolean => this.#values.isOneOf(at, ...words);
    const place = inserted.find((one) => one.from <= from && from < one.to);
    if (place && (place.from === from || isOneOf(from - 1, 'then', 'else'))) return { at: place.column, how: 'stored in', kept: true };
    const of = declared.find((one) => one.from <= from && from < one.to);
    const isGenerated = isOneOf(from - 1, 'default', 'as') || (isSign(this.#tokens[from - 1], '(') && isOneOf(from - 2, 'default', 'as'));
    if (of && isGenerated) return { at: of.column, how: 'stored in', kept: true };
    if (isSign(this.#tokens[from - 1], '=')) {
      const isAssigned = isSign(this.#tokens[from - 2], ':');
      if (/[<>!]/.test(this.#tokens[from - 2]?.text ?? '') && this.#tokens[from - 2]?.kind === 'symbol') return undefined;
      const at = this.#before(from - (isAssigned ? 3 : 2));
      if (!at) return undefined;
      return isAssigned || this.#isSet(from) ? { at, how: 'stored in', kept: true } : { at, how: 'compared with', kept: true };
    }
    if (isSign(this.#tokens[next], '=')) {
      const at = this.#from(next + 1);
      return at && { at, how: 'compared with', kept: true };
    }
    if (isOneOf(from - 1, 'return') && routine !== undefined && isIdName(routine))
      return {
        at: { text: routine, start: this.#tokens[from - 1]?.start ?? 0, end: this.#tokens[from - 1]?.end ?? 0 },
        how: 'returned by',
        kept: true,
      };
    const alias = isOneOf(next, 'as') ? this.#from(next + 1) : undefined;
    if (!alias) return undefined;
    const isView = this.#isModel || (isOneOf(0, 'create') && (this.#find('view') > 0 || this.#find('table') > 0));
    return { at: alias, how: 'given as', kept: isView };
  }

  /** Whether a token stands behind `SET`, and not in a condition. */
  #isSet(at: number): boolean {
    for (let before = at - 1; before >= 0; before -= 1) {
      if (this.#values.isOneOf(before, 'set', 'update')) return true;
      if (this.#values.isOneOf(before, 'where', 'on', 'from', 'join', 'having', 'and', 'or', 'when')) return false;
    }
    return false;
  }

  /** Values that become identifiers, and are put together. */
  *found(routine: string | undefined): Generator<ComposedValue> {
    const inserted = this.#values.isOneOf(0, 'insert') || this.#find('insert') >= 0 ? this.#inserted() : [];
    const declared = this.#declared();
    for (let at = 0; at < this.#tokens.length; ) {
      const read = this.#values.at(at);
      const sink = read?.value.kind === 'composed' ? this.#sink(at, read.next, inserted, declared, routine) : undefined;
      if (read?.value.kind === 'composed' && sink && isIdName(sink.at.text) && !isMachinery(sink.at.text) && !isReformatted(read.value))
        yield { value: read.value, at: sink.at, how: `${sink.how} ${sink.at.text}`, kept: sink.kept };
      // What is in the brackets of a call is looked at by itself.
      at = read?.value.kind === 'composed' ? read.next : at + 1;
    }
  }
}

interface Sink {
  readonly at: Located;
  readonly how: string;
  readonly kept: boolean;
}

/** Pieces of one value in another order: a UUID that gets its hyphens. */
function isReformatted({ parts }: Composed): boolean {
  const holes = parts.filter(({ kind }) => kind !== 'text');
  const names = holes.map((hole) => {
    const [first] = hole.kind === 'call' && /^(?:substr|substring|left|right|mid)$/.test(hole.name) ? hole.arguments : [];
    return first?.value.kind === 'name' || first?.value.kind === 'member' ? first.value.name : undefined;
  });
  return names.length > 1 && names[0] !== undefined && names.every((name) => name === names[0]);
}

/** Where a file of SQL puts texts together that become identifiers: columns that are inserted, updated, generated, compared or given by a view. Never throws. */
export function composedIn(text: string): readonly ComposedValue[] {
  if (!COMPOSES.test(text)) return [];
  const isModel = MODEL.test(text);
  const found: ComposedValue[] = [];
  let routine: string | undefined;
  for (const tokens of scriptStatements(text)) {
    const reader = new StatementReader(text, tokens, isModel);
    if (tokens[0]?.text === 'create') routine = reader.nameBehind('function') ?? reader.nameBehind('procedure');
    found.push(...reader.found(routine));
  }
  return found;
}
