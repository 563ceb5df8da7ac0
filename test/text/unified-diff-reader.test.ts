import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diff, FileDiff } from '../../server/model/diff.ts';
import { quotePath, readQuotedPath } from '../../server/text/patch-path.ts';
import { hunkText } from '../../server/text/unified-diff.ts';
import { readUnifiedDiff } from '../../server/text/unified-diff-reader.ts';
import { paths } from './diff-support.ts';

const one = (patch: string): FileDiff => {
  const { files, unreadable } = readUnifiedDiff(patch);
  expect(unreadable).toEqual([]);
  expect(files).toHaveLength(1);
  return files[0] as FileDiff;
};

const CHANGE = '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n';

describe('reading a patch', () => {
  it.each<[string, string, Partial<FileDiff>]>([
    [
      'a new file',
      'diff --git a/x b/x\nnew file mode 100644\nindex 0000000..587be6b\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+x\n',
      { path: 'x', change: 'added' },
    ],
    ['a new empty file', 'diff --git a/x b/x\nnew file mode 100644\nindex 0000000..e69de29\n', { path: 'x', change: 'added', hunks: [] }],
    [
      'a deleted file',
      'diff --git a/x b/x\ndeleted file mode 100644\n--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n',
      { path: 'x', change: 'deleted' },
    ],
    ['a deleted empty file with spaces', 'diff --git a/x y b/x y\ndeleted file mode 100644\n', { path: 'x y', change: 'deleted' }],
    [
      'a rename',
      'diff --git a/x y b/z\nsimilarity index 100%\nrename from x y\nrename to z\n',
      { path: 'z', from: 'x y', change: 'renamed', hunks: [] },
    ],
    [
      'a rename of quoted names',
      'diff --git "a/x\\t" "b/z\\001"\nsimilarity index 100%\nrename from "x\\t"\nrename to "z\\001"\n',
      { path: 'z\u0001', from: 'x\t', change: 'renamed' },
    ],
    ['a rename with a change', `diff --git a/w b/x\nrename from w\nrename to x\n${CHANGE}`, { path: 'x', from: 'w', change: 'renamed' }],
    ['a change of mode', 'diff --git a/x b/x\nold mode 100644\nnew mode 100755\n', { path: 'x', change: 'mode', hunks: [] }],
    ['a change of mode and content', `diff --git a/x b/x\nold mode 100644\nnew mode 100755\n${CHANGE}`, { path: 'x', change: 'changed' }],
    [
      'a changed binary file',
      'diff --git a/x y b/x y\nindex 1..2 100644\nBinary files a/x y and b/x y differ\n',
      { path: 'x y', change: 'changed', binary: true },
    ],
    [
      'a changed binary file of another mode',
      'diff --git a/x b/x\nold mode 100644\nnew mode 100755\nBinary files a/x and b/x differ\n',
      { change: 'changed', binary: true },
    ],
    ['a path that contains the separator', 'diff --git a/x b/x b/x b/x\nnew file mode 100644\n', { path: 'x b/x' }],
    ['a name that ends with a tab mark', 'diff --git a/x y b/x y\n--- a/x y\t\n+++ b/x y\t\n@@ -1 +1 @@\n-a\n+b\n', { path: 'x y' }],
  ])('understands %s', (_what, patch, expected) => {
    expect(one(patch)).toMatchObject(expected);
  });

  it('gives lines without line feeds, keeps carriage returns and marks a last line without a line feed', () => {
    const patch =
      'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@ class X\n a\r\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n';
    expect(one(patch).hunks).toEqual([
      {
        old: { first: 0, last: 1 },
        new: { first: 0, last: 1 },
        section: 'class X',
        lines: [
          { kind: 'context', text: 'a\r' },
          { kind: 'removed', text: 'b', unterminated: true },
          { kind: 'added', text: 'c', unterminated: true },
        ],
      },
    ]);
  });

  it.each([
    ['an insertion', '@@ -3,0 +4,2 @@\n+a\n+b\n', { first: 3, last: 2 }, { first: 3, last: 4 }],
    ['a deletion', '@@ -4,2 +3,0 @@\n-a\n-b\n', { first: 3, last: 4 }, { first: 3, last: 2 }],
    ['an insertion at the top', '@@ -0,0 +1 @@\n+a\n', { first: 0, last: -1 }, { first: 0, last: 0 }],
  ])('gives an empty range the line that follows, for %s', (_what, hunk, old, fresh) => {
    expect(one(`diff --git a/x b/x\n--- a/x\n+++ b/x\n${hunk}`).hunks[0]).toMatchObject({ old, new: fresh });
  });

  it('takes lines that look like headers as content', () => {
    const content = ['-- a/evil', '++ b/evil', '@@ -1 +1 @@', 'diff --git a/evil b/evil', '* Unmerged path evil'];
    const patch = `diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1,6 @@\n a\n${content.map((line) => `+${line}\n`).join('')}`;
    expect(one(patch).hunks[0]?.lines.slice(1)).toEqual(content.map((text) => ({ kind: 'added', text })));
    const removed = `diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,6 +1 @@\n a\n${content.map((line) => `-${line}\n`).join('')}`;
    expect(one(removed).hunks[0]?.lines.slice(1)).toEqual(content.map((text) => ({ kind: 'removed', text })));
  });

  it('takes an empty line inside a hunk as an empty context line', () => {
    expect(one('diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n a\n\n-c\n+d\n').hunks[0]?.lines[1]).toEqual({
      kind: 'context',
      text: '',
    });
  });

  it('skips what comes before the first file', () => {
    expect(one(`From 0 Mon Sep 17\nSubject: x\n\n---\n x | 2 +-\n\ndiff --git a/x b/x\n${CHANGE}`).path).toBe('x');
  });

  it.each<[string, string, Diff['unreadable']]>([
    [
      'a hunk that ends too early',
      'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n a\n-b\n',
      [{ reason: 'truncated', path: 'x', message: 'The patch of x ends within the hunk at line 1.' }],
    ],
    [
      'a hunk with a line of no known kind',
      'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n a\n?b\n',
      [{ reason: 'malformed', path: 'x', message: 'The patch of x ends within the hunk at line 1.' }],
    ],
    [
      'a hunk with more added lines than its header says',
      'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1 @@\n+a\n+b\n',
      [{ reason: 'malformed', path: 'x', message: 'The patch of x ends within the hunk at line 1.' }],
    ],
    [
      'a hunk without numbers',
      'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ garbage @@\n',
      [{ reason: 'malformed', path: 'x', message: 'The patch of x has a hunk without line numbers.' }],
    ],
    [
      'a file without a name',
      'diff --git garbage\nnew file mode 100644\n',
      [{ reason: 'malformed', message: 'The patch does not name the file of "diff --git garbage".' }],
    ],
    ['merge conflicts', '* Unmerged path x y\n', [{ reason: 'unmerged', path: 'x y', message: 'x y has merge conflicts.' }]],
    [
      'a merge with several parents',
      'diff --cc x\nindex 1,2..3\n--- a/x\n+++ b/x\n@@@ -1,1 -1,1 +1,1 @@@\n++x\n',
      [{ reason: 'malformed', message: 'The patch compares a merge with several parents, which is not supported.' }],
    ],
  ])('names %s as unreadable, and reads on', (_what, patch, unreadable) => {
    const diff = readUnifiedDiff(`${patch}diff --git a/next b/next\n${CHANGE.replaceAll('/x', '/next')}`);
    if (unreadable[0]?.reason !== 'truncated') expect(diff.unreadable).toEqual(unreadable);
    expect(diff.files.at(-1)).toMatchObject({ path: 'next', change: 'changed' });
    expect(readUnifiedDiff(patch).unreadable).toEqual(unreadable);
  });

  it('keeps the hunks before a broken one', () => {
    const { files } = readUnifiedDiff('diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n@@ -9,2 +9,2 @@\n-c\n');
    expect(files[0]?.hunks).toHaveLength(1);
  });

  it('never throws, whatever the text is', () => {
    const row = fc.constantFrom(
      'diff --git a/x b/x',
      'diff --git "a/\\q" b/x',
      'diff --git ',
      '--- a/x',
      '+++ "b/unclosed',
      '+++ /dev/null',
      '@@ -1,2 +1,2 @@',
      '@@ -0,0 +1,99999999999999999999 @@',
      '@@ ',
      ' a',
      '-a',
      '+a',
      '\\ No newline at end of file',
      '',
      'rename from ',
      'rename to "\\777"',
      '* Unmerged path ',
      'Binary files differ',
    );
    fc.assert(
      fc.property(fc.array(row, { maxLength: 25 }), (rows) => {
        const { files } = readUnifiedDiff(rows.join('\n'));
        for (const { hunks } of files)
          for (const { old, new: fresh, lines } of hunks) {
            expect(lines.filter(({ kind }) => kind !== 'added')).toHaveLength(old.last - old.first + 1);
            expect(lines.filter(({ kind }) => kind !== 'removed')).toHaveLength(fresh.last - fresh.first + 1);
          }
      }),
      { numRuns: 1_000 },
    );
  });

  it('reads a patch of 200,000 lines in linear time', () => {
    const lines = Array.from({ length: 200_000 }, (_, at) => `+line ${at}\n`).join('');
    const start = performance.now();
    expect(
      one(`diff --git a/x b/x\nnew file mode 100644\n--- /dev/null\n+++ b/x\n@@ -0,0 +1,200000 @@\n${lines}`).hunks[0]?.lines,
    ).toHaveLength(200_000);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe('a hunk as text', () => {
  it.each([
    '@@ -1 +1 @@\n-a\n+b\n',
    '@@ -0,0 +1,2 @@\n+a\n+b\n',
    '@@ -4,2 +3,0 @@ function x() {\n-a\r\n-b\n',
    '@@ -7,3 +7,3 @@\n a\n-b\n+c\n d\n\\ No newline at end of file\n',
  ])('is what was read', (text) => {
    const [hunk] = one(`diff --git a/x b/x\n--- a/x\n+++ b/x\n${text}`).hunks;
    expect(hunk && hunkText(hunk)).toBe(text);
  });
});

describe('a path in a patch', () => {
  it.each([
    ['plain.md', 'plain.md'],
    ['with space.md', 'with space.md'],
    ['größe.md', 'größe.md'],
    ['one\u0001.md', '"one\\001.md"'],
    ['tab\t.md', '"tab\\t.md"'],
    ['line\n.md', '"line\\n.md"'],
    ['quote".md', '"quote\\".md"'],
    ['back\\slash.md', '"back\\\\slash.md"'],
    ['delete\u007f.md', '"delete\\177.md"'],
    ['next\u0085line.md', 'next\u0085line.md'],
    ['größe\u0001.md', '"größe\\001.md"'],
  ])('%j is written as git writes it', (path, written) => {
    expect(quotePath(path)).toBe(written);
  });

  it('is read as it was written', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          paths,
          fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
        ),
        (path) => {
          const written = quotePath(path);
          expect(written.startsWith('"') ? readQuotedPath(`${written} rest`) : { path: written, end: written.length }).toEqual({
            path,
            end: written.length,
          });
        },
      ),
    );
  });

  it('may be quoted byte by byte, as with the default core.quotePath', () => {
    expect(readQuotedPath('"gr\\303\\266\\303\\237e.md"')).toEqual({ path: 'größe.md', end: 24 });
  });

  it.each(['', 'plain', '"unclosed', '"bad \\q escape"', '"ends in an escape \\'])('%j is no quoted path', (text) => {
    expect(readQuotedPath(text)).toBeUndefined();
  });
});
