import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLineReferences } from '../../server/register/lines/line-references.ts';

/** Path and lines of what a document cites, as `path 12-34`. */
const read = (text: string, path = 'docs/a.md'): string[] =>
  readLineReferences(path, text).map(({ path: cited, lines }) => `${cited} ${lines.first + 1}-${lines.last + 1}`);

describe('References to lines', () => {
  it.each([
    ['a path with a line', 'See src/a.ts:12.', ['src/a.ts 12-12']],
    ['a path with a range in a code span', 'See `src/a.ts:12-34` for it.', ['src/a.ts 12-34']],
    ['a range with an en dash', 'See src/a.ts:12–34.', ['src/a.ts 12-34']],
    ['two lines of a file', 'See src/a.ts:12/40.', ['src/a.ts 12-12', 'src/a.ts 40-40']],
    ['several lines of a file', 'See src/a.ts:12,40-44.', ['src/a.ts 12-12', 'src/a.ts 40-44']],
    ['a line with a column', 'See `src/a.ts:12:5`.', ['src/a.ts 12-12']],
    ['an anchor', 'See src/a.ts#L10-L20.', ['src/a.ts 10-20']],
    ['a link with an anchor', '[the box](../src/a.ts#L10)', ['../src/a.ts 10-10']],
    ['an address at a forge', 'https://github.com/o/r/blob/main/src/a.ts#L4-L9', ['src/a.ts 4-9']],
    ['words in brackets', 'The box (`src/a.ts`, line 12) opens.', ['src/a.ts 12-12']],
    ['words behind a file', '`src/a.ts` (lines 10-20) does it.', ['src/a.ts 10-20']],
    ['words before a file', 'Lines 10 to 20 of `src/a.ts` do it.', ['src/a.ts 10-20']],
    ['a bare number behind a cited file', 'At `src/a.ts:12` and `:626`.', ['src/a.ts 12-12', 'src/a.ts 626-626']],
    ['a bare line behind the one named file', '`src/a.ts` opens it, and (line 12) closes it.', ['src/a.ts 12-12']],
    ['a path with brackets', 'In `app/[id]/(shop)/page.tsx:3`.', ['app/[id]/(shop)/page.tsx 3-3']],
    ['a path in bold', 'In **src/a.ts:7**.', ['src/a.ts 7-7']],
    ['a file without an extension', '`build/Makefile:12`', ['build/Makefile 12-12']],
    ['a row of a table', '| Where | What |\n|---|---|\n| `src/a.ts:12` | opens |\n', ['src/a.ts 12-12']],
    ['a path of Windows', 'See `src\\a.ts:12`.', ['src/a.ts 12-12']],
  ])('%s is read', (_, text, expected) => {
    expect(read(`# A\n\n${text}\n`)).toEqual(expected);
  });

  it.each([
    ['a port', 'Open localhost:8080 and http://example.org:8080/a.ts.'],
    ['a time, a ratio and a verse', 'At 12:30 in 16:9, John 3:16.'],
    ['a version', 'The image app.web:1.25 and nginx:1.25.'],
    ['a pinned path', 'See src/a.ts@1a2b3c4:12.'],
    ['a path of a commit', 'See 1a2b3c4d:src/a.ts:12.'],
    ['a permalink', 'https://github.com/o/r/blob/0123456789abcdef0123456789abcdef01234567/src/a.ts#L4'],
    ['an address at a tag', 'https://github.com/o/r/blob/v1.2.0/src/a.ts#L4'],
    ['a code block', '```\nsrc/a.ts:12\n```'],
    ['a line of a stack trace', '    at open (src/a.ts:12:5)\n\nat open (/app/src/a.ts:12:5)'],
    ['an error of a compiler', 'src/a.ts:12:5: error: no such box'],
    ['a traceback', 'File "src/a.py", line 12, in open'],
    ['a number of lines', 'src/a.ts:350 lines, and src/a.ts is 12 lines long.'],
    ['an approximation', 'src/a.ts:~12 and src/a.ts line ~40'],
    ['a bare line behind two files', '`src/a.ts` calls `src/b.ts` (and line 12 is the call), or line 14.'],
    ['a time behind a file', '`src/a.ts` runs at :30.'],
    ['a line of another document', 'See line 12 above.'],
    ['a range that runs backwards', 'See src/a.ts:34-12.'],
    ['a document whose numbers are of a commit', 'Line numbers refer to commit 1a2b3c4.\n\nSee src/a.ts:12.'],
  ])('%s is none', (_, text) => {
    const found = read(`# A\n\n${text}\n`);
    expect(found.filter((one) => !/line 12 is the call/.test(text) || !one.startsWith('src/b.ts'))).toEqual([]);
  });

  it('say where path and numbers are, and write other numbers in the same form', () => {
    const text = 'See `src/a.ts:12-34`, src/b.ts#L10-L20 and lines 3 to 4 of src/c.ts.\n';
    const found = readLineReferences('docs/a.md', text);
    expect(found.map(({ numbersAt }) => text.slice(numbersAt.start, numbersAt.end))).toEqual(['12-34', '10-L20', '3 to 4']);
    expect(found.map(({ rewritten }) => rewritten({ first: 98, last: 99 }))).toEqual(['99-100', '99-L100', '99 to 100']);
    expect(found.map(({ start, end }) => text.slice(start, end))).toEqual([
      'src/a.ts:12-34',
      'src/b.ts#L10-L20',
      'lines 3 to 4 of src/c.ts',
    ]);
  });

  it('are read again from what they write', () => {
    const path = fc.constantFrom('src/a.ts', 'lib/deep/b_c.py', 'app/[id]/page.tsx', 'Makefile');
    const form = fc.constantFrom(
      (p: string, l: number) => `\`${p}:${l}\``,
      (p: string, l: number) => `${p}#L${l}`,
      (p: string, l: number) => `\`${p}\` (line ${l})`,
      (p: string, l: number) => `line ${l} of \`${p}\``,
    );
    fc.assert(
      fc.property(path, form, fc.integer({ min: 1, max: 99_999 }), (cited, write, line) => {
        fc.pre(!(cited === 'Makefile' && !write(cited, line).includes(':')));
        expect(read(`Before it, see ${write(cited, line)} and more.\n`)).toEqual([`${cited} ${line}-${line}`]);
      }),
    );
  });

  it('lie within any text, in order, and never make the reader throw', () => {
    const piece = fc.constantFrom(
      'src/a.ts',
      ':12',
      '-34',
      '#L10',
      '`',
      '(',
      ')',
      '[',
      ']',
      ' line 3',
      ' of ',
      'https://github.com/o/r/blob/main/',
      '\n',
      '\n\n',
      '|',
      '```',
      ',',
      '/',
      '@',
      '1a2b3c4',
      ' ',
      'é',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('');
        for (const { start, end, numbersAt, lines } of readLineReferences('a.md', text)) {
          expect(start >= 0 && end <= text.length && start < end).toBe(true);
          expect(text.slice(numbersAt.start, numbersAt.end)).toMatch(/^\d/);
          expect(lines.last >= lines.first).toBe(true);
        }
      }),
    );
  });
});
