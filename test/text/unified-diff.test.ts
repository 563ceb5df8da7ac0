import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextEdit } from '../../server/model/finding.ts';
import { applyEdits, creationEdit, editsOf } from '../../server/text/edits.ts';
import { unifiedDiff } from '../../server/text/unified-diff.ts';
import { testFolder } from '../support/folder.ts';
import { git } from '../support/git.ts';

/** What `git apply` makes of a patch. */
const byGit = (folder: string, path: string, before: string | undefined, patch: string): string => {
  if (before !== undefined) writeFileSync(join(folder, path), before);
  git(folder, ['apply', '--unidiff-zero', '-'], { input: patch });
  return readFileSync(join(folder, path), 'utf8');
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

  it('creates a file', () => {
    expect(unifiedDiff('docs/b.md', undefined, [creationEdit('docs/b.md', 'one\ntwo\n')])).toBe(
      'diff --git a/docs/b.md b/docs/b.md\nnew file mode 100644\n--- /dev/null\n+++ b/docs/b.md\n@@ -0,0 +1,2 @@\n+one\n+two\n',
    );
  });

  it('is empty where nothing changes', () => {
    expect(unifiedDiff('a.md', TEXT, [])).toBe('');
    expect(unifiedDiff('a.md', TEXT, editsOf('a.md', TEXT, [{ start: 0, end: 4, text: 'line' }]))).toBe('');
    expect(unifiedDiff('a.md', TEXT, [{ ...insert(0, 'x'), path: 'b.md' }])).toBe('');
  });

  it.each([
    ['no line end at the end', 'one\ntwo', [{ start: 4, end: 7, text: 'TWO' }]],
    ['a line end added at the end', 'one\ntwo', [{ start: 7, end: 7, text: '\n' }]],
    ['a text behind the end', 'one\n', [{ start: 4, end: 4, text: 'two\n' }]],
    ['Windows line ends', 'one\r\ntwo\r\nthree\r\n', [{ start: 5, end: 8, text: 'TWO' }]],
    ['a deletion', 'one\ntwo\nthree\n', [{ start: 4, end: 8, text: '' }]],
    ['an empty file', '', [{ start: 0, end: 0, text: 'one\n' }]],
  ])('is what git applies, with %s', (_name, before, splices) => {
    const edits = editsOf('a.md', before, splices);
    expect(byGit(testFolder(), 'a.md', before, unifiedDiff('a.md', before, edits))).toBe(applyEdits('a.md', before, edits));
  });

  it('says to git exactly what the edits say, whatever they are', () => {
    const folder = testFolder();
    const text = fc.array(fc.constantFrom('a', 'b', '\n', '\n', '\r\n', '', ' x'), { maxLength: 60 }).map((parts) => parts.join(''));
    const splice = fc.record({ at: fc.nat(200), length: fc.nat(12), text: fc.constantFrom('', 'Z', '\n', 'new\nlines\n', 'a') });
    fc.assert(
      fc.property(text, fc.array(splice, { maxLength: 4 }), (before, wanted) => {
        let end = 0;
        const splices = wanted
          .map(({ at, length, text: given }) => ({
            start: Math.min(at, before.length),
            end: Math.min(at + length, before.length),
            text: given,
          }))
          .sort((a, b) => a.start - b.start)
          .filter((one) => {
            // An edit never ends within a line ending: positions cannot say that.
            const free = one.start >= end && !/\r$/.test(before.slice(0, one.start)) && !/\r$/.test(before.slice(0, one.end));
            if (free) end = one.end + 1;
            return free;
          });
        const edits = editsOf('a.md', before, splices);
        const expected = splices.reduceRight((whole, one) => whole.slice(0, one.start) + one.text + whole.slice(one.end), before);
        expect(applyEdits('a.md', before, edits)).toBe(expected);
        const patch = unifiedDiff('a.md', before, edits);
        if (patch === '') expect(expected).toBe(before);
        else if (expected !== '') expect(byGit(folder, 'a.md', before, patch)).toBe(expected);
      }),
      { numRuns: 120 },
    );
  });
});
