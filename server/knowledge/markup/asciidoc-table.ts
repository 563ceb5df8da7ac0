/** A cell of a table, as offsets from the start of the text. */
export interface Cell {
  readonly start: number;
  readonly end: number;
}

/** What the attribute line above a table and its delimiter say: `[cols="1,2a", format=csv]`, `|===`, `,===`. */
export interface TableForm {
  /** Number of columns; absent where the first line decides. */
  readonly columns?: number;
  readonly format: 'psv' | 'csv' | 'dsv' | 'tsv';
}

/** Limit on the cells of one table; longer ones hold data, not what a record says of itself. */
const MOST_CELLS = 2_000;
const MOST_COLUMNS = 100;
/** `|`, with how many columns it spans or how often it repeats (`2+|`, `3*|`), its alignment and its style (`a|`, `h|`). */
const CELL = /(?:(\d{1,3})?(?:\.\d{1,3})?([+*]))?[<^>.]{0,4}[adehlmsv]?\|/y;
const SEPARATORS = { csv: ',', dsv: ':', tsv: '\t' } as const;

/** Number of columns that a `cols` attribute means: `2`, `3*`, `1,2`, `1h,3*a`. */
function columnsOf(cols: string): number | undefined {
  const count = /^\d{1,2}$/.test(cols.trim())
    ? Number(cols)
    : cols
        .slice(0, 400)
        .split(/[,;]/)
        .filter((spec) => spec.trim() !== '')
        .reduce((sum, spec) => sum + Number(/^\s*(\d{1,2})\*/.exec(spec)?.[1] ?? 1), 0);
  return count > 0 && count <= MOST_COLUMNS ? count : undefined;
}

/**
 * Form of a table.
 * @param attributes the line in brackets above it; empty if there is none
 * @param delimiter `|===`, `,===`, `:===` or `!===`
 */
export function tableForm(attributes: string, delimiter: string): TableForm {
  const line = attributes.slice(0, 1_000);
  const cols = /\bcols\s*=\s*(?:"([^"]*)"|'([^']*)'|([^,\]\s]+))/.exec(line);
  const columns = cols === null ? undefined : columnsOf(cols[1] ?? cols[2] ?? cols[3] ?? '');
  const named = /\bformat\s*=\s*["']?(csv|dsv|tsv)\b/.exec(line)?.[1];
  const format =
    named === 'csv' || named === 'dsv' || named === 'tsv'
      ? named
      : delimiter.startsWith(',')
        ? 'csv'
        : delimiter.startsWith(':')
          ? 'dsv'
          : 'psv';
  return { ...(columns === undefined ? {} : { columns }), format };
}

const trimmed = (text: string, start: number, end: number): Cell => {
  const raw = text.slice(start, end);
  const from = start + (raw.length - raw.trimStart().length);
  return { start: Math.min(from, end), end: from + raw.trim().length };
};

/** The words of a nested table (`!===`) in a cell, up to its next cell. */
const unnested = (text: string, cell: Cell): Cell => {
  const raw = text.slice(cell.start, cell.end);
  const open = /^!===+[ \t]*\r?\n[ \t]*!/.exec(raw);
  if (open === null) return cell;
  const close = raw.slice(open[0].length).search(/!|\r?\n/);
  return trimmed(text, cell.start + open[0].length, close < 0 ? cell.end : cell.start + open[0].length + close);
};

/** Cells of one line of separated values; those in quotation marks may hold the separator. */
function separated(text: string, start: number, end: number, separator: string): Cell[] {
  const cells: Cell[] = [];
  for (let at = start; at <= end && cells.length < MOST_COLUMNS; ) {
    const quoted = /^[ \t]*"/.exec(text.slice(at, Math.min(at + 40, end)));
    const from = quoted === null ? at : at + quoted[0].length;
    const close = quoted === null ? -1 : text.indexOf('"', from);
    const cut = text.indexOf(separator, close >= 0 && close < end ? close : at);
    const stop = cut < 0 || cut > end ? end : cut;
    cells.push(trimmed(text, from, close >= 0 && close < stop ? close : stop));
    at = stop + 1;
  }
  return cells;
}

/**
 * Rows of a table from the text between its delimiters: cells fill the columns in order, however many lines they are written on. Takes time in
 * proportion to the text.
 */
export function tableRows(text: string, start: number, end: number, { columns, format }: TableForm): readonly (readonly Cell[])[] {
  if (format !== 'psv') {
    const rows: Cell[][] = [];
    for (let at = start; at < end && rows.length < MOST_CELLS; ) {
      const stop = text.indexOf('\n', at);
      const lineEnd = stop < 0 || stop > end ? end : stop;
      if (text.slice(at, lineEnd).trim() !== '') rows.push(separated(text, at, lineEnd, SEPARATORS[format]));
      at = lineEnd + 1;
    }
    return rows;
  }
  const cells: (Cell & { readonly width: number; readonly firstLine: boolean })[] = [];
  let open: { readonly at: number; readonly width: number; readonly times: number; readonly firstLine: boolean } | undefined;
  let firstLine = true;
  const close = (to: number): void => {
    if (!open) return;
    const cell = unnested(text, trimmed(text, open.at, to));
    for (let time = 0; time < open.times && cells.length < MOST_CELLS; time++)
      cells.push({ ...cell, width: open.width, firstLine: open.firstLine });
  };
  for (let at = start; at < end && cells.length < MOST_CELLS; at++) {
    const character = text.charAt(at);
    if (character === '\n') {
      if (open) firstLine = false;
      continue;
    }
    if (character === '\\') {
      at++;
      continue;
    }
    // The specification of a cell stands at the start of a line or after white space.
    const before = text.charAt(at - 1);
    if (character !== '|' && at > start && !/\s/.test(before)) continue;
    CELL.lastIndex = at;
    const spec = CELL.exec(text);
    if (spec === null) continue;
    close(at);
    const count = Math.min(Number(spec[1] ?? 1), MOST_COLUMNS);
    open = { at: at + spec[0].length, width: spec[2] === '+' ? count : 1, times: spec[2] === '*' ? count : 1, firstLine };
    at += spec[0].length - 1;
  }
  close(end);
  const widths =
    columns ??
    Math.max(
      1,
      cells.filter((cell) => cell.firstLine).reduce((sum, { width }) => sum + width, 0),
    );
  const rows: Cell[][] = [];
  let filled = widths;
  for (const cell of cells) {
    if (filled >= widths) {
      rows.push([]);
      filled = 0;
    }
    rows.at(-1)?.push({ start: cell.start, end: cell.end });
    filled += cell.width;
  }
  return rows;
}
