import { languageOf } from '../../code/languages/index.ts';
import { LONGEST_LINE } from '../../code/limits.ts';

/** How much of a file of code is looked at: some 50,000 lines of dense code. In bytes. */
export const MOST_BYTES = 2_500_000;
/** How much of other files is looked at: what is beyond is data. In bytes. */
const MOST_DATA_BYTES = 1_000_000;
/** Files that a notice names. */
const MOST_NAMED = 3;

/** Why identifiers in a file of code are not looked at, or not all: its lines are too long, it is, or the parser cannot cope with its text. */
export type Unread = 'long-line' | 'long-text' | 'hard-text';

const isCode = (path: string): boolean => languageOf(path)?.grammar !== undefined;

/** How much of a file is looked at, in bytes. */
export const mostBytesOf = (path: string): number => (isCode(path) ? MOST_BYTES : MOST_DATA_BYTES);

/** The part of a text that is looked at. */
export function beginningOf(path: string, text: string): string {
  const most = mostBytesOf(path);
  // A unit takes at most three bytes.
  return text.length * 3 > most && Buffer.byteLength(text) > most ? Buffer.from(text).subarray(0, most).toString('utf8') : text;
}

/** Whether a text of code is as long as what is looked at, so that the rest of the file was left out. */
export const isCut = (path: string, text: string): boolean =>
  isCode(path) && text.length * 3 >= MOST_BYTES && Buffer.byteLength(text) >= MOST_BYTES;

const number = (value: number): string => value.toLocaleString('en');

function named(paths: readonly string[]): string {
  const shown = paths.slice(0, MOST_NAMED);
  const more = paths.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${number(more)} more` : shown.join(', ');
}

/** Sentences for people on the files of code that were not looked at, or not to their end. The same files give the same sentences. */
export function unreadNotices(unread: ReadonlyMap<string, Unread>): string[] {
  const pathsOf = (why: Unread): string[] => [...unread].flatMap(([path, reason]) => (reason === why ? [path] : [])).sort();
  const minified = pathsOf('long-line');
  const long = pathsOf('long-text');
  const hard = pathsOf('hard-text');
  const files = (paths: readonly string[]): string => (paths.length === 1 ? '1 file' : `${number(paths.length)} files`);
  return [
    ...(minified.length > 0
      ? [
          `Identifiers in ${files(minified)} with lines of more than ${number(LONGEST_LINE)} characters, as minified code has, were not looked at: ${named(minified)}. "linguist-generated" or "linguist-vendored" in .gitattributes makes this notice go away.`,
        ]
      : []),
    ...(long.length > 0
      ? [`Identifiers in ${files(long)} were looked at in the first ${number(MOST_BYTES)} bytes only: ${named(long)}.`]
      : []),
    ...(hard.length > 0
      ? [`Identifiers in ${files(hard)} were not looked at, because the text cannot be parsed in reasonable time: ${named(hard)}.`]
      : []),
  ];
}
