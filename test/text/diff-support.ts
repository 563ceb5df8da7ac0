import fc from 'fast-check';
import type { FileDiff } from '../../server/model/diff.ts';
import type { TextEdit } from '../../server/model/finding.ts';
import { lineIndex } from '../../server/text/lines.ts';

const joined = (parts: readonly string[]): string => parts.join('');

/** Texts with every kind of line ending, with and without one at the end; some long enough for several hunks. */
export const texts = fc.oneof(
  fc
    .array(
      fc.constantFrom(
        'a',
        'b',
        '',
        ' x',
        '\t',
        'æø',
        '😀',
        '\n',
        '\n',
        '\n',
        '\r\n',
        '\r',
        '+',
        '-',
        '@@ -1 +1 @@',
        '\\ No newline',
        '\uFEFF',
      ),
      { maxLength: 70 },
    )
    .map(joined),
  fc.array(fc.constantFrom('a\n', 'bc\n', '\n', 'd\r\n'), { maxLength: 120, size: 'max' }).map(joined),
);

/** Paths that a patch has to quote or to mark. */
export const paths = fc.constantFrom(
  'a.md',
  'with space.md',
  'two  spaces/b b.md',
  'æøå/größe.md',
  '日本語.md',
  'tab\there.md',
  'line\nfeed.md',
  'quote".md',
  'back\\slash.md',
  'bell\u0007.md',
  'one\u0001.md',
  'delete\u007f.md',
  'next\u0085line.md',
  'a/b b/a.md',
  '-dash.md',
);

/** Edits of one file that do not overlap, from wanted replacements by offset. */
export const editsFrom = (
  path: string,
  text: string,
  wanted: readonly { readonly at: number; readonly length: number; readonly text: string }[],
): TextEdit[] => {
  const index = lineIndex(text);
  const edits: TextEdit[] = [];
  let end = -1;
  const ordered = wanted
    .map(({ at, length, text: written }) => {
      const start = at % (text.length + 1);
      // As positions: there is none inside a line ending.
      return { start: index.position(start), end: index.position(Math.min(text.length, start + length)), text: written };
    })
    // Nor does an editor split a letter of two UTF-16 units.
    .filter(({ start, end }) => [start, end].every((one) => text.slice(index.offset(one)).isWellFormed()))
    .sort((a, b) => index.offset(a.start) - index.offset(b.start));
  for (const one of ordered) {
    if (index.offset(one.start) < end || index.offset(one.end) < index.offset(one.start)) continue;
    end = index.offset(one.end);
    edits.push({ path, span: { start: one.start, end: one.end }, text: one.text });
  }
  return edits;
};

export const wantedEdits = fc.array(
  fc.record({
    at: fc.nat(400),
    length: fc.oneof(fc.constant(0), fc.nat(4), fc.nat(40)),
    text: fc.constantFrom('', 'Z', '\n', 'new\nlines\n', 'a', 'b\n', '\r\n', 'x\r\ny'),
  }),
  { maxLength: 5 },
);

/** A text after a file's diff, checked line by line: every context and removed line has to be there. */
export function applied(before: string, { hunks }: Pick<FileDiff, 'hunks'>): string {
  const lines = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const after: string[] = [];
  let at = 0;
  for (const { old, new: fresh, lines: changed } of hunks) {
    after.push(...lines.slice(at, old.first));
    at = old.first;
    if (after.length !== fresh.first) throw new Error(`The hunk starts at line ${fresh.first}, but ${after.length} lines come before it.`);
    for (const { kind, text, unterminated } of changed) {
      const line = text + (unterminated ? '' : '\n');
      if (kind !== 'added' && lines[at++] !== line) throw new Error(`Line ${at} is not ${JSON.stringify(line)}.`);
      if (kind !== 'removed') after.push(line);
    }
    if (at !== old.last + 1 || after.length !== fresh.last + 1) throw new Error('The ranges of the hunk do not fit its lines.');
  }
  return [...after, ...lines.slice(at)].join('');
}
