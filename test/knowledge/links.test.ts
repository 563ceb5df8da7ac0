import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeMatch, LARGEST_LINKS, linksJsonSchema, readLinks } from '../../server/knowledge/links/links.ts';

const rules = (text: string): string[] => readLinks(text).findings.map(({ rule, severity }) => `${severity} ${rule}`);
const at = (
  text: string,
  { start, end }: { start: { line: number; character: number }; end: { line: number; character: number } },
): string => (start.line === end.line ? (text.split('\n')[start.line] ?? '').slice(start.character, end.character) : '');

describe('.lintel/links.yaml', () => {
  it('holds links with every field, each with its place', () => {
    const text = `# who said what
links:
  - decision: docs/adr/0007-use-kafka.md
    code: services/orders/**
    symbol: publish
    lines: 12-40
    verdict: governs
    by: Ada
    date: 2026-11-21
    note: the only one that writes
  - { decision: 7, code: tools/paint.ts, verdict: does-not-govern }
`;
    const { entries, findings } = readLinks(text);
    expect(findings).toEqual([]);
    expect(entries).toMatchObject([
      {
        decision: 'docs/adr/0007-use-kafka.md',
        code: 'services/orders/**',
        symbol: 'publish',
        lines: { first: 11, last: 39 },
        verdict: 'governs',
        by: 'Ada',
        date: '2026-11-21',
        note: 'the only one that writes',
      },
      { decision: '7', code: 'tools/paint.ts', verdict: 'does-not-govern' },
    ]);
    expect(entries.map(({ decisionSpan, codeSpan }) => [at(text, decisionSpan), at(text, codeSpan)])).toEqual([
      ['docs/adr/0007-use-kafka.md', 'services/orders/**'],
      ['7', 'tools/paint.ts'],
    ]);
    expect(entries[0]?.span).toEqual({ start: { line: 2, character: 4 }, end: { line: 9, character: 34 } });
  });

  it('may be empty, hold comments only, or a list without items', () => {
    for (const text of ['', '\n', '# nothing yet\n', 'links:\n', 'links: []\n', '---\n', '\uFEFFlinks:\n'])
      expect(readLinks(text), JSON.stringify(text)).toEqual({ entries: [], tests: [], findings: [] });
  });

  it('keeps the good entries where others are wrong, and says at the place of each fault what is wrong', () => {
    const text = `links:
  - decision: a.md
    code: src/a.ts
    verdict: perhaps
  - decision: b.md
    verdict: governs
  - just words
  - decision: c.md
    code: src/c.ts
    verdict: governs
    sure: yes
  - decision: [d.md]
    code: src/d.ts
    verdict: governs
  - decision: e.md
    code: src/e.ts
    lines: four
    verdict: governs
owner: me
`;
    const { entries, findings } = readLinks(text);
    expect(entries.map(({ decision }) => decision)).toEqual(['c.md']);
    const told = findings.map(({ message, span, severity }) => [severity, span.start.line, message] as const);
    expect(told).toEqual([
      ['warning', 18, expect.stringContaining('"owner" has no effect')],
      ['error', 3, expect.stringContaining('"verdict"')],
      ['error', 4, expect.stringContaining('"code"')],
      ['error', 6, expect.stringContaining('This is not a link')],
      ['warning', 10, expect.stringContaining('"sure" is not a field of a link')],
      ['error', 11, expect.stringContaining('"decision"')],
      ['error', 16, expect.stringContaining('write one line')],
    ]);
    expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set(['link-invalid']));
  });

  it('says so where the file has another form, is broken, nests too deeply or is too large', () => {
    expect(rules('- decision: a\n')).toEqual(['error link-invalid']);
    expect(rules('links: all of them\n')).toEqual(['error link-invalid']);
    expect(rules('links: [\n')).toContain('error broken-yaml');
    expect(rules(`links: ${'['.repeat(100_000)}`)).toEqual(['error too-deep']);
    expect(rules(`# ${'x'.repeat(LARGEST_LINKS)}`)).toEqual(['error too-large']);
  });

  it('is not fooled by keys that objects have of themselves', () => {
    const { entries } = readLinks('links:\n  - __proto__: x\n    constructor: y\n    decision: a\n    code: b\n    verdict: governs\n');
    expect(entries).toMatchObject([{ decision: 'a', code: 'b', verdict: 'governs' }]);
  });

  it('takes the first of two equal keys', () => {
    expect(readLinks('links:\n  - decision: a\n    decision: b\n    code: c\n    verdict: governs\n').entries[0]?.decision).toBe('a');
  });

  it('takes lines in either order', () => {
    const { entries } = readLinks('links:\n  - { decision: a, code: b, lines: 40-12, verdict: governs }\n');
    expect(entries[0]?.lines).toEqual({ first: 11, last: 39 });
  });

  it('never throws, and every span lies in the text', () => {
    const word = fc.constantFrom(
      'links',
      'decision',
      'code',
      'verdict',
      'governs',
      'does-not-govern',
      'lines',
      '1-3',
      'a.md',
      '&a',
      '*a',
      '|',
      '{',
      '}',
      '[',
      ']',
      '- ',
      ': ',
      '\n',
      '  ',
      '#',
      '"',
      "'",
      '\r\n',
      '\t',
      '!!x',
      '?',
      '\uFEFF',
      '💥',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(word, { maxLength: 60 }).map((words) => words.join('')),
          fc.string(),
        ),
        (text) => {
          const { entries, findings } = readLinks(text);
          const lines = text.split(/\r\n|\n|\r/).length;
          for (const { span } of [...entries, ...findings]) {
            expect(span.end.line).toBeLessThan(lines);
            expect(span.start.line).toBeLessThanOrEqual(span.end.line);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('the code of a link', () => {
  it('is a file, a folder above it, or a pattern, in this order of strength', () => {
    expect(codeMatch('src/a.ts', 'src/a.ts')).toBe(3);
    expect(codeMatch('./src/a.ts', 'src/a.ts')).toBe(3);
    expect(codeMatch('src', 'src/a.ts')).toBe(2);
    expect(codeMatch('src/', 'src/deep/a.ts')).toBe(2);
    expect(codeMatch('src/**/*.ts', 'src/deep/a.ts')).toBe(1);
    expect(codeMatch('*.sql', 'db/0001.sql')).toBe(1);
  });

  it('means nothing else', () => {
    expect(codeMatch('src/a.ts', 'lib/src/a.ts')).toBe(0);
    expect(codeMatch('a.ts', 'src/a.ts')).toBe(0);
    expect(codeMatch('sr', 'src/a.ts')).toBe(0);
    expect(codeMatch('', 'src/a.ts')).toBe(0);
    expect(codeMatch('../src/*.ts', 'src/a.ts')).toBe(0);
  });

  it('may be a path with brackets in it, as it stands', () => {
    expect(codeMatch('app/[id]/page.tsx', 'app/[id]/page.tsx')).toBe(3);
    expect(codeMatch('app/[id]', 'app/[id]/page.tsx')).toBe(2);
  });
});

describe('the published schema of links', () => {
  // `vitest run test/knowledge/links.test.ts -u` writes it anew after a change of the fields.
  it('is what the code says', async () => {
    await expect(`${JSON.stringify(linksJsonSchema(), null, 2)}\n`).toMatchFileSnapshot('../../docs/links.schema.json');
  });

  it('describes every field', () => {
    const published = JSON.parse(readFileSync(new URL('../../docs/links.schema.json', import.meta.url), 'utf8')) as {
      properties: { links: { items: { required: string[]; properties: Record<string, { description?: string }> } } };
    };
    const { required, properties } = published.properties.links.items;
    expect(required).toEqual(['decision', 'code', 'verdict']);
    for (const [name, field] of Object.entries(properties)) expect(field.description, name).toMatch(/[.]$/);
  });
});
