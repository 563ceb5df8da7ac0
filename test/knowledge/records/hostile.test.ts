// Slow: texts of a megabyte.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../server/decisions/findings/records/rules.ts';
import { readGuide } from '../../../server/knowledge/guide.ts';
import { splitPassages } from '../../../server/knowledge/passages.ts';
import { readRecord } from '../../../server/knowledge/records/record.ts';
import type { Document } from '../../../server/model/document.ts';
import type { Span } from '../../../server/model/span.ts';
import { resolveSupersession } from '../../../server/register/successors.ts';
import { lineIndex } from '../../../server/text/lines.ts';
import { isWhole } from '../../support/whole.ts';
import { at } from './support.ts';

const EXTENSIONS = ['md', 'rst', 'adoc', 'mdx', 'txt'] as const;

/** Reads a text in every way there is and checks what must hold for any text. */
const check = (text: string, extension: (typeof EXTENSIONS)[number]): Document => {
  const source = { path: `docs/adr/0007-x.${extension}`, text, sha: 'c0ffee' };
  const document = readRecord(source);
  const lines = lineIndex(text);
  const inside = ({ start, end }: Span): void => {
    expect(lines.offset(start)).toBeLessThanOrEqual(lines.offset(end));
    expect(lines.position(lines.offset(start))).toEqual(start);
    expect(lines.position(lines.offset(end))).toEqual(end);
  };
  expect(document.title).not.toBe('');
  for (const { span } of [...document.sections, ...document.links, ...document.findings]) inside(span);
  if (document.titleSpan !== undefined) inside(document.titleSpan);
  if (document.status !== undefined) inside(document.status.span);
  if (document.date !== undefined) expect(document.date).toMatch(/^\d{4}(?:-\d{2}(?:-\d{2}(?:T.*)?)?)?$/);
  for (const section of document.sections) expect(at(text, section.span).endsWith(section.text)).toBe(true);

  const passages = splitPassages(document);
  expect(passages.length).toBeGreaterThan(0);
  for (const passage of passages) {
    inside(passage.span);
    const heading = document.sections.some((section) => section.heading === passage.text);
    if (!heading && passage.text !== document.title) expect(at(text, passage.span)).toBe(passage.text);
  }
  expect(readGuide(source).sections).toEqual(document.sections);
  expect(readRecord(source)).toEqual(document);
  checkDocument(document, { heads: [document], exists: () => false });
  resolveSupersession([document]);
  return document;
};

const piece = fc.constantFrom(
  ...[
    '# ',
    '## Status\n',
    '---\n',
    '---js\n',
    '===\n',
    '\n',
    '\n\n',
    '\r\n',
    '\r',
    '    ',
    '\t',
    '- ',
    '* ',
    '1. ',
    '> ',
    '| a | b |\n',
    '|---|---|\n',
    '```\n',
    '~~~',
    '``',
    '`',
  ],
  ...[
    '[',
    ']',
    '](',
    ')',
    '![',
    '<',
    '>',
    '<!--',
    '-->',
    '[a]: b',
    '{#x}',
    '**',
    '_',
    '\\',
    '.. ',
    '::\n',
    ':Status: ',
    '.. list-table::\n',
    '`a <b>`_',
    ':doc:`x`',
  ],
  ...[
    'Superseded by ',
    'supersedes ',
    'This ADR replaces ',
    'Partially ',
    'ADR-7',
    'ADRs 7, 8 and 9',
    '[9. X](0009-x.md)',
    '/adr/7',
    'https://x.y/adr/3',
  ],
  ...[
    'status: accepted\n',
    'Status: ',
    'Date: 2020-01-02',
    '20-09-2018',
    'title: |\n',
    'key: [',
    '&a ',
    '*a',
    '? ',
    '✅',
    '\u0000',
    '\uFEFF',
    '\uD800',
    '💥',
    'ﷺ',
    'word ',
  ],
);
const soup = fc
  .array(fc.oneof({ weight: 5, arbitrary: piece }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) }), {
    maxLength: 60,
  })
  .map((pieces) => pieces.join(''));

const SOUND = `---
title: "ADR-7: Use Kafka"
status: superseded by [ADR-9](0009-use-nats.md)
applies-to: [src/a, "src/{b,c}/**"]
date: 2024-05-11
---

# 7. Use Kafka

| Status | Accepted |
|--------|----------|

## Context {#context}

See [ADR-3](0003-x.md), ADRs 4 and 5, \`docs/adr/0006-y.md\`.

> **Note** partially superseded by ADR 8

1. one
   - [x] two

\`\`\`ts
# not a heading
\`\`\`

Decision
--------

We supersede [2. Old](/adr/2).
`;

describe('any text', () => {
  it('gives a document with places that lie within it, in every format', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), soup),
        fc.constantFrom(...EXTENSIONS),
        (text, extension) => void check(text, extension),
      ),
      { numRuns: isWhole ? 600 : 200 },
    );
  });

  it('gives one also where it was a sound record until something was cut out, doubled or put in', () => {
    const cut = fc.nat(SOUND.length);
    fc.assert(
      fc.property(cut, cut, piece, fc.boolean(), fc.constantFrom(...EXTENSIONS), (from, to, inserted, doubled, extension) => {
        const [start, end] = [Math.min(from, to), Math.max(from, to)];
        const middle = doubled ? SOUND.slice(start, end).repeat(2) : '';
        check(SOUND.slice(0, start) + middle + inserted + SOUND.slice(end), extension);
      }),
      { numRuns: isWhole ? 300 : 100 },
    );
  });

  it('gives the same places of the same words with Windows line endings', () => {
    const unix = check(SOUND, 'md');
    const windows = check(SOUND.replaceAll('\n', '\r\n'), 'md');
    expect(windows.links).toEqual(unix.links);
    expect(windows.status).toEqual(unix.status);
    expect(windows.sections.map(({ headingPath, span }) => ({ headingPath, span }))).toEqual(
      unix.sections.map(({ headingPath, span }) => ({ headingPath, span })),
    );
  });
});

// Quadratic work on so many characters is 10^10 steps: such a reader is felt at once.
const SIZE = isWhole ? 200_000 : 100_000;
const many = (text: string): string => text.repeat(Math.ceil(SIZE / text.length)).slice(0, SIZE);
const stairs = (steps: number, text: (step: number) => string): string => Array.from({ length: steps }, (_, step) => text(step)).join('\n');

describe('a huge text of', () => {
  it.each([
    ['quotation marks', many('> ')],
    ['nested quotations', many('> > > > a\n')],
    ['lists nested a thousand deep', stairs(1000, (step) => `${' '.repeat(step)}- x`)],
    ['one line', many('a')],
    ['spaces', `# T\n${many(' ')}x`],
    ['opening brackets', many('[')],
    ['links without an end', many('](a')],
    ['links within links', many('[a](b')],
    ['images without an end', many('![')],
    ['angle brackets', many('<')],
    ['comments without an end', many('<!-- ')],
    ['comments', many('<!-- x -->\n')],
    ['lines before the only comment', `${many('a\n')}<!-- x -->`],
    ['runs of backticks, each of another length', stairs(800, (step) => '`'.repeat(step))],
    ['fences', many('```\n')],
    ['hashes', many('#')],
    ['headings', many('# a\n')],
    ['a heading with closing marks', `# ${many(' #')}`],
    ['lines over single equals signs', many('a\n=\n')],
    ['pairs of hyphens', many('--\n')],
    ['table rules below a paragraph', `${many('a b\n')}${many('|-\n')}`],
    ['emphasis', many('**a')],
    ['supersession', many('superseded by ADR 7 ')],
    ['supersession on lines', `## Status\n\n${many('Superseded by [ADR 8](0008-x.md)\n\n')}`],
    ['numbers', `ADR-7${many('/8')}`],
    ['slugs', many('0007-a-')],
    ['path pieces', many('a/')],
    ['extensions', many('.md')],
    ['addresses', many('http://')],
    ['dates that do not exist', many('2021-13-40 ')],
    ['digits', many('1')],
    ['fields', many('Status: x\n')],
    ['fields without a value', many('Status:\n')],
    ['link definitions', many('[a]: b\n')],
    ['anchors', `# T ${many('{#')}`],
    ['carriage returns', many('a\r')],
    ['underlines', many('====\na\n====\n')],
    ['roles', many(':doc:`')],
    ['list tables', `.. list-table::\n\n${many('   * - a\n     - b\n')}`],
    ['front matter without an end', `---\n${many('a: b\n')}`],
    ['front matter with doubled keys', `---\n${'a: b\n'.repeat(12_000)}---\n# T`],
    ['blank lines in front matter', `---\na: b\n${'\n'.repeat(60_000)}---\n# T`],
    ['flow collections in front matter', `---\na: ${'['.repeat(60_000)}\n---\n# T`],
    ['maps nested in front matter', `---\n${stairs(300, (step) => `${' '.repeat(step)}a:`)}\n---\n# T`],
    ['anchors in front matter', `---\na: ${'&a '.repeat(20_000)}\n---\n# T`],
  ])('%s is read to its end', (_name, text) => {
    for (const extension of ['md', 'rst', 'adoc'] as const) {
      const document = readRecord({ path: `docs/adr/0007-x.${extension}`, text, sha: '' });
      expect(splitPassages(document).length).toBeGreaterThan(0);
      expect(document.links.length).toBeLessThanOrEqual(2_000);
      expect(document.findings.length).toBeLessThanOrEqual(25);
    }
  });

  it('ten thousand lines keeps its sections and their places', () => {
    const text = Array.from({ length: 2_500 }, (_, index) => `## Section ${index}\n\nText ${index} of ADR-${index % 50}.\n`).join('\n');
    const document = readRecord({ path: 'docs/adr/0100-x.md', text, sha: '' });
    expect(document.sections).toHaveLength(2_500);
    expect(document.sections.at(-1)).toMatchObject({ heading: 'Section 2499', text: 'Text 2499 of ADR-49.' });
    expect(at(text, document.sections[1234]?.span)).toBe('## Section 1234\n\nText 1234 of ADR-34.');
  });

  it('a register of a thousand records in one chain is resolved', () => {
    const documents = Array.from({ length: 1_000 }, (_, index) =>
      readRecord({
        path: `docs/adr/${index + 1}-record-of-${index + 1}.md`,
        text: `# T\n\n## Status\n\nSuperseded by ADR ${index + 2}\n`,
        sha: '',
      }),
    );
    expect(resolveSupersession(documents).get('docs/adr/1-record-of-1.md')).toHaveLength(999);
  });
});
