import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TextEdit } from '../model/finding.ts';
import { lineIndex } from '../text/lines.ts';

/** Lines around a change, as `git diff` shows them. */
const CONTEXT = 3;

/** Edits to a file, as offsets into its text. */
interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Lines of a text with their line feeds, as git counts them; a carriage return belongs to its line. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** A path as git writes it in a patch: quoted where a letter would end or change it. */
const quoted = (path: string): string =>
  /["\\\p{Cc}]/u.test(path)
    ? `"${path.replace(/["\\]/g, '\\$&').replace(/\p{Cc}/gu, (letter) => `\\${letter.charCodeAt(0).toString(8).padStart(3, '0')}`)}"`
    : path;

/** The name of a file in a header line; a tab ends one with spaces. */
const named = (prefix: string, path: string): string => `${quoted(`${prefix}/${path}`)}${path.includes(' ') ? '\t' : ''}`;

const shown = (sign: string, lines: readonly string[]): string =>
  lines.map((line) => `${sign}${line}${line.endsWith('\n') ? '' : '\n\\ No newline at end of file\n'}`).join('');

const range = (start: number, count: number): string => (count === 1 ? `${start}` : `${count === 0 ? start - 1 : start},${count}`);

/**
 * The unified diff of edits to one text, with three lines of context; empty where they change nothing. Exact: what is between the edits is not compared.
 * @param edits apart from each other, in any order; positions as the Language Server Protocol counts them
 */
export function unifiedDiff(path: string, text: string, edits: readonly Pick<TextEdit, 'span' | 'text'>[]): string {
  const index = lineIndex(text);
  const changes = edits
    .map(({ span, text: written }): Change => ({ start: index.offset(span.start), end: index.offset(span.end), text: written }))
    .filter(({ start, end, text: written }) => text.slice(start, end) !== written)
    .sort((a, b) => a.start - b.start);
  if (changes.length === 0) return '';
  const lines = linesOf(text);
  const starts: number[] = [];
  let offset = 0;
  for (const line of lines) {
    starts.push(offset);
    offset += line.length;
  }
  const lineAt = (at: number): number => {
    let low = 0;
    let high = Math.max(0, starts.length - 1);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  /** Lines that changes touch, with the changes; those whose context would meet are one. */
  const groups: { first: number; last: number; changes: Change[] }[] = [];
  for (const change of changes) {
    const [first, last] = [lineAt(change.start), lineAt(change.end)];
    const group = groups.at(-1);
    if (group && first <= group.last + 2 * CONTEXT) {
      group.last = Math.max(group.last, last);
      group.changes.push(change);
    } else groups.push({ first, last, changes: [change] });
  }
  let shift = 0;
  const hunks = groups.map(({ first, last, changes: inside }) => {
    const from = Math.max(0, first - CONTEXT);
    const to = Math.min(lines.length, last + 1 + CONTEXT);
    const [begin, end] = [starts[first] ?? text.length, starts[last + 1] ?? text.length];
    let written = '';
    let at = begin;
    for (const change of inside) {
      written += text.slice(at, change.start) + change.text;
      at = change.end;
    }
    const fresh = linesOf(written + text.slice(at, end));
    const old = lines.slice(first, last + 1);
    const count = to - from;
    const freshCount = count - old.length + fresh.length;
    const header = `@@ -${range(from + 1, count)} +${range(from + 1 + shift, freshCount)} @@\n`;
    shift += freshCount - count;
    return header + shown(' ', lines.slice(from, first)) + shown('-', old) + shown('+', fresh) + shown(' ', lines.slice(last + 1, to));
  });
  return `diff --git ${quoted(`a/${path}`)} ${quoted(`b/${path}`)}\n--- ${named('a', path)}\n+++ ${named('b', path)}\n${hunks.join('')}`;
}

export interface Patch {
  /** For `git apply` at the root of the repository; empty where nothing changes. */
  readonly text: string;
  /** Files whose edits were left out because they are not UTF-8 or cannot be read. */
  readonly skipped: readonly string[];
}

/** One patch of edits to the files of a folder, in the order of their paths. Nothing is changed. */
export async function patchOf(root: string, edits: ReadonlyMap<string, readonly TextEdit[]>): Promise<Patch> {
  const parts: string[] = [];
  const skipped: string[] = [];
  for (const [path, list] of [...edits].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const bytes = await readFile(join(root, path)).catch(() => undefined);
    const whole = bytes?.toString('utf8') ?? '';
    if (bytes === undefined || !Buffer.from(whole, 'utf8').equals(bytes)) {
      skipped.push(path);
      continue;
    }
    // A byte order mark is no part of the text in which positions are counted.
    const marked = whole.startsWith('\uFEFF');
    const moved = marked
      ? list.map((edit) => ({
          ...edit,
          span: {
            start: { ...edit.span.start, character: edit.span.start.character + (edit.span.start.line === 0 ? 1 : 0) },
            end: { ...edit.span.end, character: edit.span.end.character + (edit.span.end.line === 0 ? 1 : 0) },
          },
        }))
      : list;
    parts.push(unifiedDiff(path, whole, moved));
  }
  return { text: parts.join(''), skipped };
}
