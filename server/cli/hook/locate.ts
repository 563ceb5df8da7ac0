import type { LineRange } from '../../model/span.ts';
import type { Edit, Replacement } from './edit.ts';

/** A file that changes at more places is asked about as a whole. */
const MOST_PLACES = 6;

const lineAt = (text: string, offset: number): number => {
  let line = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
};

const rangeAt = (text: string, start: number, length: number): LineRange => {
  const first = lineAt(text, start);
  // A final line end belongs to the last line.
  return { first, last: lineAt(text, Math.max(start, start + length - 1)) };
};

/** Where a text is within another one: every place if `all`, else the first; line ends may differ. */
function placesOf(text: string, sought: string, all: boolean): LineRange[] {
  const needle = text.includes('\r\n') && !sought.includes('\r\n') ? sought.replaceAll('\n', '\r\n') : sought;
  const found: LineRange[] = [];
  for (let at = text.indexOf(needle); at >= 0 && found.length <= MOST_PLACES; at = text.indexOf(needle, at + needle.length)) {
    found.push(rangeAt(text, at, needle.length));
    if (!all) break;
  }
  return found;
}

function locate(text: string, sought: readonly { readonly text: string; readonly all: boolean }[]): readonly LineRange[] | 'all' {
  const found: LineRange[] = [];
  for (const { text: one, all } of sought) {
    const places = one.trim() === '' ? [] : placesOf(text, one, all);
    if (places.length === 0) return 'all';
    found.push(...places);
  }
  return found.length === 0 || found.length > MOST_PLACES ? 'all' : found;
}

/** The lines of a file that an edit is about to change; `all` where it writes the whole file, or nothing says where it changes it. */
export const linesBefore = ({ replaced }: Edit, text: string): readonly LineRange[] | 'all' =>
  locate(
    text,
    replaced.map(({ old, all }) => ({ text: old, all })),
  );

/** The lines of a file that an edit changed, as they are now; `all` where nothing says so. */
export const linesAfter = ({ content, replaced }: Edit, text: string): readonly LineRange[] | 'all' =>
  content === undefined
    ? locate(
        text,
        replaced.map(({ new: added, all }) => ({ text: added, all })),
      )
    : 'all';

const swap = (text: string, from: string, to: string, all: boolean): string | undefined => {
  if (from === '') return undefined;
  const isCrLf = text.includes('\r\n') && !from.includes('\r\n');
  const [sought, put] = isCrLf ? [from.replaceAll('\n', '\r\n'), to.replaceAll('\n', '\r\n')] : [from, to];
  if (all) return text.includes(sought) ? text.replaceAll(sought, () => put) : undefined;
  const at = text.indexOf(sought);
  return at < 0 ? undefined : text.slice(0, at) + put + text.slice(at + sought.length);
};

/** The text after an edit. What is added without a place is put at the end: that is where it is looked for, whatever the tool does with it. */
export function textAfter({ content, replaced }: Edit, before: string): string {
  if (content !== undefined) return content;
  return replaced.reduce((text, one) => swap(text, one.old, one.new, one.all) ?? `${text}\n${one.new}`, before);
}

/** The text before an edit; `undefined` where it cannot be told from the text after it. */
export function textBefore({ content, replaced }: Edit, after: string): string | undefined {
  if (content !== undefined || replaced.length === 0) return undefined;
  return replaced.reduceRight<string | undefined>(
    (text, one: Replacement) => (text === undefined ? undefined : swap(text, one.new, one.old, one.all)),
    after,
  );
}
