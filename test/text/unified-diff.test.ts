import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextEdit } from '../../server/model/finding.ts';
import { applyEdits, creationEdit, editsOf } from '../../server/text/edits.ts';
import { unifiedDiff } from '../../server/text/unified-diff.ts';
import { readUnifiedDiff } from '../../server/text/unified-diff-reader.ts';
import { testFolder } from '../support/folder.ts';
import { git } from '../support/git.ts';
import { applied, editsFrom, paths, texts, wantedEdits } from './diff-support.ts';

/** What `git apply` makes of a patch. */
const byGit = (folder: string, path: string, before: string | undefined, patch: string): string => {
  const file = join(folder, path);
  rmSync(file, { force: true });
  mkdirSync(dirname(file), { recursive: true });
  if (before !== undefined) writeFileSync(file, before);
  git(folder, ['apply', '--whitespace=nowarn', '-'], { input: patch });
  return readFileSync(file, 'utf8');
};

const TEXT = Array.from({ length: 30 }, (_, at) => `line ${at + 1}\n`).join('');
const insert = (line: number, text: string): TextEdit => ({
  path: 'a.md',
  span: { start: { line, character: 0 }, end: { line, character: 0 } },
  text,
});

describe('a patch', () => {
  it('shows three lines around each change, and changes that are near each other together', () => {
    const at = TEXT.indexOf('line 5');
    expect(unifiedDiff('a.md', TEXT, editsOf('a.md', TEXT, [{ start: at, end: at + 6, text: 'LINE 5' }]))).toBe(
      'diff --git a/a.md b/a.md\n--- a/a.md\n+++ b/a.md\n@@ -2,7 +2,7 @@\n line 2\n line 3\n line 4\n-line 5\n+LINE 5\n line 6\n line 7\n line 8\n',
    );
    expect(unifiedDiff('a.md', TEXT, [insert(3, 'x\n'), insert(6, 'y\n')]).match(/^@@/gm)).toHaveLength(1);
    expect(unifiedDiff('a.md', TEXT, [insert(3, 'x\n'), insert(25, 'y\n')]).match(/^@@.*/gm)).toEqual([
      '@@ -1,6 +1,7 @@',
      '@@ -23,6 +24,7 @@',
    ]);
  });

  it('splits two insertions at the start and further down into two hunks', () => {
    expect(unifiedDiff('a.md', TEXT, [insert(0, 'x\n'), insert(20, 'y\n')]).match(/^@@.*/gm)).toEqual([
      '@@ -1,3 +1,4 @@',
      '@@ -18,6 +19,7 @@',
    ]);
  });

  it.each([
    [3, 9, 1],
    [3, 10, 2],
  ])('of insertions at lines %i and %i has %i hunks: six lines between changes are shared context', (first, second, hunks) => {
    expect(unifiedDiff('a.md', TEXT, [insert(first, 'x\n'), insert(second, 'y\n')]).match(/^@@/gm)).toHaveLength(hunks);
  });

  it('shows the lines between two near changes as context, once', () => {
    const patch = unifiedDiff('a.md', TEXT, [insert(3, 'x\n'), insert(6, 'y\n')]);
    expect(patch.split('\n').filter((line) => /^[-+ ]line 5$/.test(line))).toEqual([' line 5']);
  });

  it('creates a file', () => {
    expect(unifiedDiff('docs/b.md', undefined, [creationEdit('docs/b.md', 'one\ntwo\n')])).toBe(
      'diff --git a/docs/b.md b/docs/b.md\nnew file mode 100644\n--- /dev/null\n+++ b/docs/b.md\n@@ -0,0 +1,2 @@\n+one\n+two\n',
    );
  });

  it.each([
    ['an empty file', ''],
    ['a file of one line', 'one\n'],
    ['a file without a newline at its end', 'one\ntwo'],
    ['a file that starts with a byte order mark', '\uFEFFone\n'],
  ])('creates %s so that git apply takes it', (_what, text) => {
    const path = 'new folder/new.md';
    expect(byGit(testFolder(), path, undefined, unifiedDiff(path, undefined, [creationEdit(path, text)]))).toBe(text);
  });

  it('is empty where nothing changes', () => {
    expect(unifiedDiff('a.md', TEXT, [])).toBe('');
    expect(unifiedDiff('a.md', undefined, [])).toBe('');
    expect(unifiedDiff('a.md', TEXT, editsOf('a.md', TEXT, [{ start: 0, end: 4, text: 'line' }]))).toBe('');
    expect(unifiedDiff('a.md', TEXT, [{ ...insert(0, 'x'), path: 'b.md' }])).toBe('');
  });

  it('counts positions from behind a byte order mark, and keeps the mark', () => {
    const before = '\uFEFFone\ntwo\n';
    const edit = { path: 'a.md', span: { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } }, text: 'ONE' };
    const patch = unifiedDiff('a.md', before, [edit]);
    expect(patch).toContain('-\uFEFFone\n+\uFEFFONE\n');
    expect(byGit(testFolder(), 'a.md', before, patch)).toBe('\uFEFFONE\ntwo\n');
  });

  it.each([
    ['no line end at the end', 'one\ntwo', [{ start: 4, end: 7, text: 'TWO' }]],
    ['a line end added at the end', 'one\ntwo', [{ start: 7, end: 7, text: '\n' }]],
    ['a line end removed at the end', 'one\ntwo\n', [{ start: 7, end: 8, text: '' }]],
    ['a text behind the end', 'one\n', [{ start: 4, end: 4, text: 'two\n' }]],
    ['a text behind an end without a line end', 'one', [{ start: 3, end: 3, text: '\ntwo' }]],
    ['Windows line ends', 'one\r\ntwo\r\nthree\r\n', [{ start: 5, end: 8, text: 'TWO' }]],
    ['Windows line ends replaced', 'one\r\ntwo\r\n', [{ start: 3, end: 5, text: '\n' }]],
    ['a lone carriage return', 'one\rtwo\n', [{ start: 4, end: 7, text: 'TWO' }]],
    ['a deletion', 'one\ntwo\nthree\n', [{ start: 4, end: 8, text: '' }]],
    ['an empty file', '', [{ start: 0, end: 0, text: 'one\n' }]],
    ['everything deleted', 'one\ntwo\n', [{ start: 0, end: 8, text: '' }]],
    ['lines joined', 'one\ntwo\nthree\n', [{ start: 3, end: 4, text: ' ' }]],
    [
      'two edits on one line',
      'one two three\n',
      [
        { start: 0, end: 3, text: '1' },
        { start: 8, end: 13, text: '3' },
      ],
    ],
    [
      'an edit that ends where the next begins',
      'one\ntwo\n',
      [
        { start: 0, end: 4, text: 'x\n' },
        { start: 4, end: 7, text: 'y' },
      ],
    ],
    [
      'two insertions at one place',
      'one\n',
      [
        { start: 0, end: 0, text: 'a\n' },
        { start: 0, end: 0, text: 'b\n' },
      ],
    ],
  ])('is what git applies, with %s', (_name, before, splices) => {
    const edits = editsOf('a.md', before, splices);
    expect(byGit(testFolder(), 'a.md', before, unifiedDiff('a.md', before, edits))).toBe(applyEdits('a.md', before, edits));
  });

  it('read by our reader gives exactly what the edits give, whatever they are', () => {
    fc.assert(
      fc.property(paths, texts, wantedEdits, (path, before, wanted) => {
        const edits = editsFrom(path, before, wanted);
        const after = applyEdits(path, before, edits);
        const { files, unreadable } = readUnifiedDiff(unifiedDiff(path, before, edits));
        expect(unreadable).toEqual([]);
        if (after === before) expect(files).toEqual([]);
        const [file] = files;
        if (after !== before) expect(file).toMatchObject({ path, change: 'changed' });
        expect(file ? applied(before, file) : before).toBe(after);
      }),
      { numRuns: 2_000 },
    );
  });

  it('applied by git gives exactly what the edits give, for any path and text', () => {
    const folder = testFolder();
    git(folder, ['init', '--quiet']);
    fc.assert(
      fc.property(paths, texts, wantedEdits, (path, before, wanted) => {
        const edits = editsFrom(path, before, wanted);
        const patch = unifiedDiff(path, before, edits);
        const after = applyEdits(path, before, edits);
        expect(patch === '' ? before : byGit(folder, path, before, patch)).toBe(after);
      }),
      { numRuns: 40 },
    );
  });

  it('of several files is one patch', () => {
    const folder = testFolder();
    const files = { 'one\u0001.md': 'x\n', 'two"quotes".md': 'x\n', 'three\u0085.md': 'x\n' };
    for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
    const patch = Object.entries(files).map(([path, text]) => unifiedDiff(path, text, [{ ...insert(1, 'y\n'), path }]));
    git(folder, ['apply', '-'], { input: `${patch.join('')}${unifiedDiff('new', undefined, [creationEdit('new', '')])}` });
    for (const path of Object.keys(files)) expect(readFileSync(join(folder, path), 'utf8')).toBe('x\ny\n');
    expect(existsSync(join(folder, 'new'))).toBe(true);
  });
});
