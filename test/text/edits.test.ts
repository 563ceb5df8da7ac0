import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileFindings } from '../../server/model/answer.ts';
import type { Fix, TextEdit } from '../../server/model/finding.ts';
import { applyEdits, creationEdit, editsOf, lineEndingOf } from '../../server/text/edits.ts';
import { mergeFixes, preferredFixes } from '../../server/text/fixes.ts';
import { editsFrom, texts, wantedEdits } from './diff-support.ts';

const edit = (from: number, to: number, text: string, path = 'a.md'): TextEdit => ({
  path,
  span: { start: { line: 0, character: from }, end: { line: 0, character: to } },
  text,
});
const fix = (title: string, ...edits: TextEdit[]): Fix => ({ title, edits });
const titles = (fixes: readonly Fix[]): string[] => mergeFixes(fixes).fixes.map(({ title }) => title);

describe('a text after edits', () => {
  it.each([
    ['a replacement', 'one two', [edit(4, 7, '2')], 'one 2'],
    ['edits in any order', 'one two', [edit(4, 7, '2'), edit(0, 3, '1')], '1 2'],
    ['an insertion where a replacement starts', 'one', [edit(0, 3, '1'), edit(0, 0, '> ')], '> 1'],
    ['edits that meet', 'onetwo', [edit(0, 3, '1'), edit(3, 6, '2')], '12'],
    ['an edit of another file', 'one', [edit(0, 3, '1', 'b.md')], 'one'],
    ['an edit beyond the end', 'one', [edit(9, 9, '!')], 'one!'],
    ['an edit of a text with a byte order mark', '\uFEFFone', [edit(0, 1, 'O')], '\uFEFFOne'],
    ['a new file', '', [creationEdit('a.md', 'new\n')], 'new\n'],
  ])('has %s', (_what, before, edits, expected) => {
    expect(applyEdits('a.md', before, edits)).toBe(expected);
  });

  it('has insertions at one position in the order in which they are given, as in an editor', () => {
    expect(applyEdits('a.md', 'x', [edit(0, 0, '1'), edit(0, 0, '2'), edit(1, 1, '3'), edit(1, 1, '4')])).toBe('12x34');
  });

  it('does not depend on the order of edits that are apart', () => {
    fc.assert(
      fc.property(texts, wantedEdits, (text, wanted) => {
        const edits = editsFrom('a.md', text, wanted);
        const places = edits.map(({ span }) => `${span.start.line}:${span.start.character}`);
        if (new Set(places).size < places.length) return;
        expect(applyEdits('a.md', text, edits.toReversed())).toBe(applyEdits('a.md', text, edits));
      }),
    );
  });

  it('has replacements by offsets where the offsets are', () => {
    expect(
      applyEdits(
        'a.md',
        'one\ntwo\n',
        editsOf('a.md', 'one\ntwo\n', [
          { start: 4, end: 7, text: '2' },
          { start: 0, end: 0, text: '0' },
        ]),
      ),
    ).toBe('0one\n2\n');
  });
});

describe('the line ending of a text', () => {
  it('is that of Windows as soon as there is one', () => {
    expect(['', 'a', 'a\nb', 'a\rb', 'a\r\nb\nc'].map(lineEndingOf)).toEqual(['\n', '\n', '\n', '\n', '\r\n']);
  });
});

describe('fixes that are made together', () => {
  it.each([
    ['apart', [edit(0, 1, 'x')], [edit(2, 3, 'y')], ['first', 'second']],
    ['side by side', [edit(0, 2, 'x')], [edit(2, 3, 'y')], ['first', 'second']],
    ['overlapping: the first wins', [edit(0, 3, 'x')], [edit(2, 5, 'y')], ['first']],
    ['one within the other', [edit(0, 9, 'x')], [edit(3, 4, 'y')], ['first']],
    ['insertions at one position, whose order nobody can know', [edit(1, 1, 'x')], [edit(1, 1, 'y')], ['first']],
    ['an insertion where a replacement starts', [edit(1, 3, 'x')], [edit(1, 1, 'y')], ['first']],
    ['in different files', [edit(0, 3, 'x')], [edit(0, 3, 'y', 'b.md')], ['first', 'second']],
    ['equal: the edit is made once', [edit(0, 3, 'x')], [edit(0, 3, 'x')], ['first', 'second']],
    ['half in the way: no half fix', [edit(0, 3, 'x')], [edit(5, 6, 'y'), edit(2, 4, 'z')], ['first']],
  ])('are %s', (_what, first, second, taken) => {
    expect(titles([fix('first', ...first), fix('second', ...second)])).toEqual(taken);
  });

  it('have each edit once, by path and position', () => {
    const { edits } = mergeFixes([fix('late', edit(8, 9, 'x'), edit(0, 1, 'b', 'b.md')), fix('early', edit(1, 2, 'y'), edit(8, 9, 'x'))]);
    expect([...edits]).toEqual([
      ['a.md', [edit(1, 2, 'y'), edit(8, 9, 'x')]],
      ['b.md', [edit(0, 1, 'b', 'b.md')]],
    ]);
  });

  it('never overlap, whatever is wanted', () => {
    const some = fc.record({ from: fc.nat(20), length: fc.nat(4), text: fc.constantFrom('', 'x') });
    fc.assert(
      fc.property(fc.array(fc.array(some, { minLength: 1, maxLength: 2 }), { maxLength: 6 }), (wanted) => {
        // A fix whose own edits overlap is a defect of its rule.
        const fixes = wanted.map((list, at) =>
          fix(String(at), ...list.slice(0, 1).map(({ from, length, text }) => edit(from, from + length, text))),
        );
        const list = mergeFixes(fixes).edits.get('a.md') ?? [];
        for (const [at, { span }] of list.entries())
          expect(span.start.character).toBeGreaterThanOrEqual(list[at - 1]?.span.end.character ?? 0);
      }),
    );
  });

  it('are of each finding only the preferred one', () => {
    const span = edit(0, 0, '').span;
    const finding = (fixes?: readonly Fix[]) =>
      ({ rule: 'r', severity: 'warning', message: 'm', span, ...(fixes ? { fixes } : {}) }) as const;
    const preferred = { ...fix('sure', edit(0, 1, 'x')), preferred: true };
    const found: FileFindings[] = [
      {
        document: { id: 'a.md', path: 'a.md', kind: 'guide' },
        findings: [finding([fix('maybe'), preferred]), finding([fix('maybe')]), finding()],
      },
    ];
    expect(preferredFixes(found)).toEqual([preferred]);
  });
});
