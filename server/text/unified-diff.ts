import type { Hunk } from '../model/diff.ts';
import type { TextEdit } from '../model/finding.ts';
import { lineCountOf } from './line-range.ts';
import { lineIndex } from './lines.ts';
import { quotePath } from './patch-path.ts';

/** Unchanged lines that are shown around a change, as in `git diff`. */
const CONTEXT = 3;
const NO_LINE_FEED = '\\ No newline at end of file\n';

/** Whole lines that are replaced by others. Zero-based; `end` is exclusive, so equal numbers insert. */
interface Block {
  readonly start: number;
  readonly end: number;
  readonly added: readonly string[];
}

/** Lines with their line feeds, as git counts them: a `\r` belongs to its line, and the last line may have no line feed. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/**
 * The difference that edits make to one file, as a patch for `git apply`. Only the lines that an edit touches are compared, so the patch says exactly
 * what the edits say and its cost does not depend on how alike the texts are.
 *
 * @param before Text of the file; `undefined` where the edits create it.
 * @param edits Must not overlap. Edits of other files are ignored.
 * @returns Empty where nothing changes.
 */
export function unifiedDiff(path: string, before: string | undefined, edits: readonly TextEdit[]): string {
  const own = edits.filter((edit) => edit.path === path);
  if (own.length === 0) return '';
  const blocks = blocksOf(before ?? '', own);
  if (blocks.length === 0 && before !== undefined) return '';
  const [a, b] = [`a/${path}`, `b/${path}`];
  const created = before === undefined;
  const head = `diff --git ${quotePath(a)} ${quotePath(b)}\n${created ? 'new file mode 100644\n' : ''}`;
  // Git leaves out the names, too, when it creates an empty file.
  if (blocks.length === 0) return head;
  return `${head}--- ${created ? '/dev/null' : nameLine(a)}\n+++ ${nameLine(b)}\n${hunksOf(linesOf(before ?? ''), blocks)}`;
}

/** A name in a `---` or `+++` line. A tab marks the end of a name that contains spaces. */
const nameLine = (name: string): string => `${quotePath(name)}${name.includes(' ') ? '\t' : ''}`;

/** The lines that edits replace, in order and without common lines at either end. */
function blocksOf(before: string, edits: readonly TextEdit[]): Block[] {
  const index = lineIndex(before);
  const splices = edits
    .map(({ span, text }) => ({ start: index.offset(span.start), end: index.offset(span.end), text }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const lines = linesOf(before);
  const starts = lineStarts(lines);
  const blocks: Block[] = [];
  for (let at = 0; at < splices.length; ) {
    const first = lineAt(starts, splices[at]?.start ?? 0);
    let last = first;
    let written = '';
    let offset = starts[first] ?? 0;
    // Edits that touch the same line replace it together.
    for (let next = splices[at]; next && (starts[last + 1] === undefined || next.start < (starts[last + 1] ?? 0)); next = splices[at]) {
      written += before.slice(offset, next.start) + next.text;
      offset = next.end;
      last = Math.max(last, lineAt(starts, next.end));
      at++;
    }
    written += before.slice(offset, starts[last + 1] ?? before.length);
    const block = trimmed(lines, { start: first, end: Math.min(last + 1, lines.length), added: linesOf(written) });
    if (block) blocks.push(block);
  }
  return blocks;
}

/** Offset of each line, without an entry for the end of the text. */
function lineStarts(lines: readonly string[]): number[] {
  let offset = 0;
  return lines.map((line) => {
    const start = offset;
    offset += line.length;
    return start;
  });
}

/** The last line that starts at or before an offset. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = Math.max(0, starts.length - 1);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A block without the lines that it replaces by themselves; `undefined` where nothing is left. */
function trimmed(lines: readonly string[], { start, end, added }: Block): Block | undefined {
  let top = 0;
  while (start + top < end && top < added.length && lines[start + top] === added[top]) top++;
  let bottom = 0;
  while (start + top < end - bottom && top < added.length - bottom && lines[end - 1 - bottom] === added[added.length - 1 - bottom])
    bottom++;
  const block = { start: start + top, end: end - bottom, added: added.slice(top, added.length - bottom) };
  return block.start === block.end && block.added.length === 0 ? undefined : block;
}

/** Blocks with their context. Blocks whose context would meet share a hunk. */
function hunksOf(lines: readonly string[], blocks: readonly Block[]): string {
  const groups: Block[][] = [];
  for (const block of blocks) {
    const group = groups.at(-1);
    const previous = group?.at(-1);
    if (group && previous && block.start - previous.end <= 2 * CONTEXT) group.push(block);
    else groups.push([block]);
  }
  let shift = 0;
  return groups
    .map((group) => {
      const from = Math.max(0, (group[0]?.start ?? 0) - CONTEXT);
      const to = Math.min(lines.length, (group.at(-1)?.end ?? 0) + CONTEXT);
      let line = from;
      let body = '';
      let grown = 0;
      for (const { start, end, added } of group) {
        body += marked(' ', lines.slice(line, start)) + marked('-', lines.slice(start, end)) + marked('+', added);
        grown += added.length - (end - start);
        line = end;
      }
      const header = `@@ -${rangeText(from, to - from)} +${rangeText(from + shift, to - from + grown)} @@\n`;
      shift += grown;
      return header + body + marked(' ', lines.slice(line, to));
    })
    .join('');
}

const SIGNS = { context: ' ', added: '+', removed: '-' } as const;

/** A hunk as a unified diff writes it, from its `@@` line to the line feed of its last line. */
export function hunkText({ old, new: fresh, section, lines }: Hunk): string {
  const header = `@@ -${rangeText(old.first, lineCountOf(old))} +${rangeText(fresh.first, lineCountOf(fresh))} @@${section === undefined ? '' : ` ${section}`}\n`;
  return header + lines.map(({ kind, text, unterminated }) => `${SIGNS[kind]}${text}\n${unterminated ? NO_LINE_FEED : ''}`).join('');
}

/** Lines of a hunk behind their sign, with git's note where the file ends without a line feed. */
const marked = (sign: string, lines: readonly string[]): string =>
  lines.map((line) => `${sign}${line}${line.endsWith('\n') ? '' : `\n${NO_LINE_FEED}`}`).join('');

/** First line and count, as a hunk header writes them: from 1, and of an empty range the line above it. */
const rangeText = (start: number, count: number): string => (count === 1 ? `${start + 1}` : `${count === 0 ? start : start + 1},${count}`);
