import { describe, expect, it } from 'vitest';
import { MOST_PASSAGES, splitPassages } from '../../server/knowledge/passages.ts';
import { readDocument } from '../../server/knowledge/read.ts';
import type { Document } from '../../server/model/document.ts';

const HEAD = '# 2. Big\n\n## Status\n\nAccepted\n\n## Decision\n\n';

const read = (text: string, kind: 'decision' | 'guide' = 'decision'): Document =>
  readDocument({ path: 'docs/adr/0002-big.md', kind, format: 'markdown', text, sha: '' });

const rulesOf = ({ findings }: Document): readonly string[] => findings.map(({ rule }) => rule);

describe('a text that is far longer than people write', () => {
  it.each(['decision', 'guide'] as const)('is read up to 2,000,000 characters as a %s, and a finding says where it ends', (kind) => {
    const document = read(`${HEAD}${'We do it.\n'.repeat(250_000)}`, kind);
    expect(document.findings).toMatchObject([
      { rule: 'too-large', span: { start: { line: expect.any(Number) } }, message: expect.stringContaining('2,000,000 characters') },
      { rule: 'too-many-parts' },
    ]);
    expect(document.sections.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(2_000_000);
    expect(document.findings[0]?.span.start.line).toBeGreaterThan(199_000);
  });

  it('on one line is cut within it', () => {
    const document = read(`${HEAD}${'a'.repeat(2_500_000)}`);
    expect(rulesOf(document)).toContain('too-large');
    expect(document.sections.at(-1)?.text.length).toBeGreaterThan(1_900_000);
  });

  it('keeps its title and status', () => {
    expect(read(`${HEAD}${'- a\n\n'.repeat(500_000)}`)).toMatchObject({ title: 'Big', status: { value: 'accepted' } });
  });

  it('of up to 2,000,000 characters is read whole, without a finding', () => {
    expect(rulesOf(read(`${HEAD}${'a'.repeat(1_900_000)}`))).toEqual([]);
  });
});

describe('headings beyond 5,000', () => {
  it.each([
    ['docs/adr/0002-big.md', 'markdown', '## a\n'],
    ['docs/adr/0002-big.rst', 'rst', 'a\n--\n\n'],
    ['docs/adr/0002-big.adoc', 'asciidoc', '== a\n\n'],
  ])('of %s are text of the last section, and a finding says so', (path, format, heading) => {
    const document = readDocument({ path, kind: 'decision', format, text: heading.repeat(6_000), sha: '' });
    expect(document.sections.length).toBe(5_001);
    expect(rulesOf(document)).toEqual(['too-many-parts', 'too-many-parts']);
    expect(document.findings[0]).toMatchObject({ severity: 'info', message: expect.stringContaining('more than 5,000 headings') });
    expect(document.sections.at(-1)?.text.length).toBeGreaterThan(900);
  });

  it('are no matter at 5,000', () => {
    const document = readDocument({ path: 'a.md', kind: 'guide', format: 'markdown', text: '## a\n'.repeat(5_000), sha: '' });
    expect(document.sections.length).toBe(5_000);
    expect(document.findings).toEqual([]);
  });
});

describe('paragraphs and rows beyond 100,000', () => {
  it('are not looked at for what they say of the record, and a finding says from where', () => {
    const document = read(`${HEAD}${'- a\n'.repeat(100_001)}`);
    expect(document.findings).toMatchObject([{ rule: 'too-many-parts', message: expect.stringContaining('100,000 paragraphs') }]);
    expect(document.findings[0]?.span.start.line).toBeGreaterThan(99_990);
    expect(rulesOf(read(`${HEAD}${'- a\n'.repeat(1_000)}`))).toEqual([]);
  });
});

describe('patterns of a record', () => {
  const withPatterns = (patterns: readonly string[]): Document =>
    read(`---\napplies-to:\n${patterns.map((pattern) => `  - "${pattern}"\n`).join('')}---\n${HEAD}We do it.\n`);

  it('beyond 100 do not count, and a finding says from where', () => {
    const patterns = Array.from({ length: 101 }, (_, at) => `src/${at}/**`);
    expect(withPatterns(patterns).findings).toMatchObject([
      { rule: 'too-many-parts', message: expect.stringContaining('more than 100 patterns'), span: { start: { line: 102 } } },
    ]);
    expect(rulesOf(withPatterns(patterns.slice(1)))).toEqual([]);
  });

  it.each([
    ['is longer than 1,000 characters', `src/${'a'.repeat(1_000)}`],
    ['has braces with more than 64 combinations', 'src/{a,b,c,d,e}/{a,b,c,d,e}/{a,b,c}'],
  ])('one of which %s are told of it', (problem, pattern) => {
    expect(withPatterns(['src/a', pattern]).findings).toMatchObject([
      { rule: 'too-many-parts', message: expect.stringContaining(problem), span: { start: { line: 3 } } },
    ]);
  });
});

describe('passages beyond 5,000', () => {
  it('are not made, and a finding says from where', () => {
    const document = read(`${HEAD}${'a b c d e f g h i j\n'.repeat(60_000)}`);
    expect(splitPassages(document)).toHaveLength(MOST_PASSAGES);
    expect(document.findings).toMatchObject([{ rule: 'too-many-parts', message: expect.stringContaining('more than 5,000 passages') }]);
    expect(document.findings[0]?.span.start.line).toBeCloseTo(30_000, -3);
  });

  it('are the same as those of all passages up to there', () => {
    const document = read(`${HEAD}${'a b c d e f g h i j\n'.repeat(2_000)}`);
    const all = splitPassages(document);
    expect(all.length).toBeGreaterThan(300);
    for (const most of [1, 2, 57, all.length - 1, all.length]) expect(splitPassages(document, most)).toEqual(all.slice(0, most));
  });
});
