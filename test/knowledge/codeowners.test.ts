import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownersOf, parseCodeowners, readCodeowners } from '../../server/knowledge/codeowners.ts';
import { partOf } from './spec-helpers.ts';

describe('the rules of a CODEOWNERS file', () => {
  it.each([
    ['a pattern with owners', '*.ts @a @org/b c@d.example', [['*.ts', '@a', '@org/b', 'c@d.example']]],
    ['a pattern without owners', 'vendor/', [['vendor/']]],
    ['a comment at the end', '*.ts @a # the team', [['*.ts', '@a']]],
    ['comments and blank lines', '# all\n\n  \n*.ts @a', [['*.ts', '@a']]],
    ['an escaped space', 'a\\ b.ts @a', [['a\\ b.ts', '@a']]],
    [
      'line breaks of Windows',
      '*.ts @a\r\n*.go @b\r\n',
      [
        ['*.ts', '@a'],
        ['*.go', '@b'],
      ],
    ],
    [
      'the default owners of a GitLab section',
      '[Docs] @d\n*.md\n*.rst @r',
      [
        ['*.md', '@d'],
        ['*.rst', '@r'],
      ],
    ],
    ['an optional section with approvals', '^[Docs][2] @d\n*.md', [['*.md', '@d']]],
  ])('are read from %s', (_, text, expected) =>
    expect(parseCodeowners(text).map(({ pattern, owners }) => [pattern, ...owners])).toEqual(expected),
  );

  it('number lines from zero and name their section', () => {
    expect(parseCodeowners('# x\n[Docs]\n*.md @d')).toEqual([{ pattern: '*.md', owners: ['@d'], section: 'Docs', line: 2 }]);
  });
});

describe('the owners of a path', () => {
  const RULES = parseCodeowners('* @all\n/src/ @src\n/src/gen/\n*.md @docs\n[Security] @sec\nsrc/auth/**\n[Docs]\n*.md @writers');

  it.each([
    ['README', ['@all']],
    ['src/a.ts', ['@src']],
    ['src/gen/a.ts', []],
    ['src/auth/a.ts', ['@src', '@sec']],
    ['docs/a.md', ['@docs', '@writers']],
    ['../outside', []],
    ['/absolute', []],
  ])('of %s are those of the last matching rule in each section', (path, expected) => expect(ownersOf(RULES, path)).toEqual(expected));

  it('are the same for sections whose names differ only in case', () => {
    expect(ownersOf(parseCodeowners('[Docs]\n*.md @a\n[DOCS]\n*.md @b'), 'x.md')).toEqual(['@b']);
  });
});

describe('a CODEOWNERS file as a guide', () => {
  const read = (text: string) => readCodeowners({ path: 'CODEOWNERS', text, sha: '' });

  it('has a section for the rules outside any section and one for each section', () => {
    expect(
      read('* @a\n[Docs]\n*.md @d\n').sections.map(({ heading, level, headingPath, text }) => [heading, level, headingPath, text]),
    ).toEqual([
      ['', 0, [], '* @a'],
      ['Docs', 1, ['Docs'], '*.md @d'],
    ]);
  });

  it('says from where on its rules do not count', () => {
    expect(read('/a @a\n'.repeat(20_000)).findings).toEqual([]);
    expect(read('/a @a\n'.repeat(20_001)).findings).toMatchObject([{ rule: 'too-many-parts', span: { start: { line: 20_000 } } }]);
  });

  it('reports a negated pattern at its line', () => {
    const text = '* @a\n!*.md @d\n';
    const [finding, ...more] = read(text).findings;
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ rule: 'codeowners-negation', severity: 'warning' });
    expect(partOf(text, finding?.span ?? expect.fail())).toBe('!*.md @d');
  });

  it('never throws, whatever the file says', () => {
    const text = fc.string({ unit: fc.constantFrom('*', '!', '[', ']', '^', '\\', '#', '@a', ' ', '\n', '\r', '/', '?') });
    fc.assert(
      fc.property(text, fc.constantFrom('a', 'a/b.md'), (drawn, path) => void [read(drawn), ownersOf(parseCodeowners(drawn), path)]),
    );
  });
});
