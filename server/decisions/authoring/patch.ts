import type { TextEdit } from '../../model/finding.ts';
import { applyEdits } from '../../text/edits.ts';

const CONTEXT = 3;
const NO_NEWLINE = '\\ No newline at end of file';

/** Lines with their ends; the last one may have none. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

const marked = (mark: string, line: string): string => (line.endsWith('\n') ? `${mark}${line}` : `${mark}${line}\n${NO_NEWLINE}\n`);

interface Region {
  /** First line and the line behind the last, of the text before. */
  start: number;
  end: number;
  edits: TextEdit[];
}

/** Edits whose lines touch or would share their context. */
function regionsOf(edits: readonly TextEdit[], count: number): Region[] {
  const regions: Region[] = [];
  const ordered = [...edits].sort((a, b) => a.span.start.line - b.span.start.line || a.span.start.character - b.span.start.character);
  for (const edit of ordered) {
    const start = Math.min(edit.span.start.line, count);
    const end = Math.min(edit.span.end.line + 1, count);
    const last = regions.at(-1);
    if (last && start <= last.end + 2 * CONTEXT) {
      last.end = Math.max(last.end, end);
      last.edits.push(edit);
    } else regions.push({ start, end: Math.max(start, end), edits: [edit] });
  }
  return regions;
}

/** A name as git writes it behind `a/` and `b/`. */
const named = (side: 'a' | 'b', path: string): string => {
  const whole = `${side}/${path}`;
  return /["\\\p{Cc}]/u.test(whole) ? JSON.stringify(whole) : whole;
};

/**
 * Edits of one file as a unified diff with three lines around each change, as `git apply` takes it. Empty where nothing changes.
 *
 * @param before Text of the file; `undefined` where it is created.
 */
export function patchOf(path: string, before: string | undefined, edits: readonly TextEdit[]): string {
  const own = edits.filter((edit) => edit.path === path);
  const after = applyEdits(path, before ?? '', own);
  if (after === before) return '';
  const head = `diff --git ${named('a', path)} ${named('b', path)}\n${before === undefined ? 'new file mode 100644\n' : ''}--- ${before === undefined ? '/dev/null' : named('a', path)}\n+++ ${named('b', path)}\n`;
  const old = linesOf(before ?? '');
  if (before === undefined || old.length === 0) {
    const lines = linesOf(after);
    return `${head}@@ -0,0 +1${lines.length === 1 ? '' : `,${lines.length}`} @@\n${lines.map((line) => marked('+', line)).join('')}`;
  }
  let shift = 0;
  const hunks = regionsOf(own, old.length).map((region) => {
    const taken = old.slice(region.start, region.end);
    const moved = region.edits.map((edit) => ({ ...edit, span: shiftUp(edit, region.start) }));
    const given = linesOf(applyEdits(path, taken.join(''), moved));
    let top = 0;
    while (top < taken.length && top < given.length && taken[top] === given[top]) top += 1;
    let bottom = 0;
    while (bottom < taken.length - top && bottom < given.length - top && taken.at(-1 - bottom) === given.at(-1 - bottom)) bottom += 1;
    const start = region.start + top;
    const end = region.start + taken.length - bottom;
    const removed = old.slice(start, end);
    const added = given.slice(top, given.length - bottom);
    if (removed.length === 0 && added.length === 0) return '';
    const above = old.slice(Math.max(0, start - CONTEXT), start);
    const below = old.slice(end, end + CONTEXT);
    const oldCount = above.length + removed.length + below.length;
    const newCount = above.length + added.length + below.length;
    const from = start - above.length + 1;
    const hunk = `@@ -${from},${oldCount} +${from + shift},${newCount} @@\n${above.map((line) => marked(' ', line)).join('')}${removed.map((line) => marked('-', line)).join('')}${added.map((line) => marked('+', line)).join('')}${below.map((line) => marked(' ', line)).join('')}`;
    shift += added.length - removed.length;
    return hunk;
  });
  return head + hunks.join('');
}

const shiftUp = ({ span: { start, end } }: TextEdit, by: number): TextEdit['span'] => ({
  start: { line: start.line - by, character: start.character },
  end: { line: end.line - by, character: end.character },
});
