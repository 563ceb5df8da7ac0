import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openRepository } from '../../server/git/index.ts';
import { mapLines } from '../../server/history/lines/line-map.ts';
import { followLines } from '../../server/history/lines/line-moves.ts';
import { holds, whenWritten } from '../../server/history/lines/written.ts';
import { testFolder } from '../support/folder.ts';
import { commitFiles, git } from '../support/git.ts';

const text = (...lines: string[]): string => `${lines.join('\n')}\n`;
const THEN = text(
  'import a from "a";',
  '',
  'export function first() {',
  '  return a.load("first");',
  '}',
  '',
  'export function second() {',
  '  return a.load("second");',
  '}',
);
const at = (first: number, last = first) => ({ first: first - 1, last: last - 1 });

describe('Lines that are followed from one state of a file to another', () => {
  it.each([
    ['are the same where the file is the same', THEN, at(3, 5), { state: 'same' }],
    ['are the same where only lines below changed', THEN.replace('load("second")', 'drop()'), at(3, 5), { state: 'same' }],
    [
      'have moved where a line was added above',
      `import b from "b";\n${THEN}`,
      at(3, 5),
      { state: 'moved', lines: at(4, 6), certain: true },
    ],
    [
      'have moved where their indentation changed as well',
      `namespace x {\n${THEN.replaceAll(/^/gm, '  ')}`,
      at(4),
      { state: 'moved', lines: at(5), certain: true },
    ],
    [
      'have moved where functions changed their order',
      text(
        'import a from "a";',
        '',
        'export function second() {',
        '  return a.load("second");',
        '}',
        '',
        'export function first() {',
        '  return a.load("first");',
        '}',
      ),
      at(7, 8),
      { state: 'moved', lines: at(3, 4), certain: true },
    ],
    ['are the same where one was edited in its place', THEN.replace('function first()', 'function first(id)'), at(3), { state: 'same' }],
    [
      'have moved, but not for certain, where one was edited and moved',
      `import b from "b";\n${THEN.replace('function first()', 'function first(id)')}`,
      at(3),
      { state: 'moved', lines: at(4), certain: false },
    ],
    [
      'grow where lines were added between them',
      `import b from "b";\n${THEN.replace('  return a.load("first");', '  check();\n  return a.load("first");')}`,
      at(3, 4),
      { state: 'moved', lines: at(4, 6), certain: true },
    ],
    ['are gone where nothing like them is left', text('const other = 1;', 'console.log(other);'), at(3, 5), { state: 'gone' }],
    [
      'are not known where a line is left that holds their longest name',
      text('export function other() {}', 'x.second(y, with, many, more, words, than, there, were, before);'),
      at(7),
      { state: 'unknown' },
    ],
    ['are not known where they say nothing', `// x\n${THEN}`, at(5), { state: 'unknown' }],
    ['are not known beyond the end of the file', `// x\n${THEN}`, at(40), { state: 'unknown' }],
  ])('%s', (_, now, lines, move) => {
    expect(followLines(THEN, now, lines)).toEqual(move);
  });

  it('are found wherever lines are put in front of them', () => {
    const line = fc.stringMatching(/^[a-z]{4,9} = [a-z]{4,9};$/);
    fc.assert(
      fc.property(fc.uniqueArray(line, { minLength: 4, maxLength: 20 }), fc.nat(9), fc.nat(30), (lines, before, pick) => {
        const first = pick % lines.length;
        const now = text(...Array.from({ length: before + 1 }, (_, index) => `// added ${index}`), ...lines);
        expect(followLines(text(...lines), now, { first, last: first })).toEqual({
          state: 'moved',
          lines: { first: first + before + 1, last: first + before + 1 },
          certain: true,
        });
      }),
    );
  });

  it('never map two lines to one, never lose their order, and map only equal lines', () => {
    const lines = fc.array(fc.constantFrom('alpha', 'beta()', 'gamma = 1', '}', '', '  beta()', 'delta'), { maxLength: 40 });
    fc.assert(
      fc.property(lines, lines, (then, now) => {
        const mapped = [...mapLines(then, now)].sort(([a], [b]) => a - b);
        for (const [from, to] of mapped) expect(then[from]?.trim()).toBe(now[to]?.trim());
        expect(mapped.every(([, to], index) => index === 0 || to > (mapped[index - 1]?.[1] ?? -1))).toBe(true);
      }),
    );
  });
});

describe('When a part of a document was written', () => {
  it('is the commit that brought it, whatever became of the line and the document afterwards', async () => {
    const root = testFolder();
    git(root, ['init', '--quiet']);
    commitFiles(root, 'Begin', { 'docs/a.md': '# A\n\nNothing.\n' });
    const written = commitFiles(root, 'Write', { 'docs/a.md': '# A\n\nNothing.\n\nSee src/a.ts:12.\n' }, { date: '2024-05-01T12:00:00Z' });
    commitFiles(root, 'Edit the line', { 'docs/a.md': '# A\n\nNothing.\n\nRead src/a.ts:12 first.\n' });
    git(root, ['mv', 'docs/a.md', 'docs/b.md']);
    commitFiles(root, 'Move the document');
    const other = commitFiles(root, 'Cite another line', { 'docs/b.md': '# A\n\nNothing.\n\nRead src/a.ts:12 and src/a.ts:123 first.\n' });
    const repository = await openRepository(root);
    const found = repository && (await whenWritten(repository, 'docs/b.md', ['src/a.ts:12', 'src/a.ts:123', 'src/z.ts:1']));
    expect(found?.get('src/a.ts:12')).toEqual({ sha: written, parent: git(root, ['rev-parse', `${written}^`]), date: '2024-05-01' });
    expect(found?.get('src/a.ts:123')).toMatchObject({ sha: other });
    expect(found?.get('src/z.ts:1')).toBe('uncommitted');
  });

  it('is not taken from a longer number or a longer path', () => {
    expect([
      holds('a.ts:123', 'a.ts:12'),
      holds('b/a.ts:12', 'a.ts:12'),
      holds('a.ts:12-14', 'a.ts:12'),
      holds('(a.ts:12).', 'a.ts:12'),
    ]).toEqual([false, false, false, true]);
  });
});
