import { describe, expect, it } from 'vitest';
import { readGuide } from '../../../server/knowledge/guide.ts';
import { splitPassages } from '../../../server/knowledge/passages.ts';
import type { Document } from '../../../server/model/document.ts';
import { at, record } from './support.ts';

const words = (count: number, from = 0): string => Array.from({ length: count }, (_, index) => `w${from + index}`).join(' ');

describe('passages', () => {
  it('are sections of up to 130 words, under their headings from the top', () => {
    const text = `# Top\n\nIntro.\n\n## Part\n\n### Deep\n\n${words(130)}\n`;
    const passages = splitPassages(record(text));
    expect(passages.map(({ ordinal, headingPath }) => [ordinal, headingPath])).toEqual([
      [0, ['Top']],
      [1, ['Top', 'Part', 'Deep']],
    ]);
    expect(passages[0]).toMatchObject({ id: 'docs/adr/0007-use-kafka.md#0', documentId: 'docs/adr/0007-use-kafka.md', text: 'Intro.' });
    expect(passages[1]?.text).toBe(words(130));
  });

  it('of a longer section are windows of 100 words, 60 apart, verbatim and in place', () => {
    const lines = words(231).replaceAll(/((?:\S+ ){7})/g, '$1\n  ');
    const text = `Before.\r\n\r\n# Top\r\n\r\n${lines}\r\n`;
    const passages = splitPassages(record(text)).slice(1);
    expect(passages.map((passage) => passage.text.split(/\s+/)).map((window) => [window[0], window.at(-1), window.length])).toEqual([
      ['w0', 'w99', 100],
      ['w60', 'w159', 100],
      ['w120', 'w219', 100],
      ['w180', 'w230', 51],
    ]);
    for (const passage of passages) expect(at(text, passage.span)).toBe(passage.text);
  });

  it('cut a run without white space into words, never within a letter', () => {
    const passages = splitPassages(record(`# T\n\n${'💥'.repeat(120 * 140)}\n`));
    expect(passages).toHaveLength(2);
    for (const passage of passages) expect(passage.text).toMatch(/^(?:💥)+$/u);
  });

  it('include a heading with nothing below it, but not one with parts of its own', () => {
    const passages = splitPassages(record('# Top\n\n## Superseded by events\n\n## Context\n\nText.\n'));
    expect(passages.map(({ headingPath, text }) => [headingPath, text])).toEqual([
      [['Top', 'Superseded by events'], 'Superseded by events'],
      [['Top', 'Context'], 'Text.'],
    ]);
  });

  it('of an empty document are its title alone', () => {
    expect(splitPassages(record(''))).toMatchObject([{ ordinal: 0, headingPath: [], text: 'Use kafka' }]);
    expect(record('').findings[0]?.rule).toBe('empty-document');
  });

  it('of a format whose text is put together have the place of the section', () => {
    const span = { start: { line: 3, character: 0 }, end: { line: 9, character: 80 } };
    const section = { heading: 'GET /prices', level: 1, headingPath: ['GET /prices'], text: 'Lists prices.', span };
    const document: Document = { ...record('# T\n'), kind: 'specification', format: 'openapi', sections: [section] };
    expect(splitPassages(document)).toMatchObject([{ headingPath: ['GET /prices'], text: 'Lists prices.', span }]);
  });
});

describe('guides', () => {
  it('are read with title, sections and links to files and records, without a status', () => {
    const text =
      '---\nstatus: accepted\n---\n# Architecture\n\nOrders: [code](../services/orders/main.ts), see ADR-12.\n\n## Layers\n\nThree.\n';
    const guide = readGuide({ path: 'docs/architecture.md', text, sha: 'c0ffee' });
    expect(guide).toMatchObject({
      id: 'docs/architecture.md',
      kind: 'guide',
      title: 'Architecture',
      sha: 'c0ffee',
      format: 'markdown',
      findings: [],
    });
    expect(guide.status).toBeUndefined();
    expect(guide.links.map(({ kind, target, path }) => [kind, target, path])).toEqual([
      ['cites', '../services/orders/main.ts', 'services/orders/main.ts'],
      ['cites', 'ADR-12', undefined],
    ]);
    expect(guide.sections.map(({ headingPath }) => headingPath)).toEqual([['Architecture'], ['Architecture', 'Layers']]);
  });

  it('may be AGENTS.md without a heading, reStructuredText or AsciiDoc', () => {
    expect(readGuide({ path: 'AGENTS.md', text: 'Run the tests.\n', sha: '' }).title).toBe('Agents');
    expect(readGuide({ path: 'docs/x.rst', text: '======\nLayout\n======\n\nPart\n----\n', sha: '' })).toMatchObject({
      title: 'Layout',
      format: 'rst',
    });
    expect(readGuide({ path: 'docs/x.adoc', text: '= Layout\n\n== Part\n', sha: '' })).toMatchObject({
      title: 'Layout',
      format: 'asciidoc',
    });
  });
});

describe('links in text', () => {
  const cited = (body: string, path?: string) =>
    record(`# T\n\n${body}\n`, path).links.map(({ target, path: found }) => (found === undefined ? target : `${target} => ${found}`));

  it.each([
    ['[x](../../src/a.ts#L10)', ['../../src/a.ts#L10 => src/a.ts']],
    ['[x](/docs/adr/0003-x.md)', ['/docs/adr/0003-x.md => docs/adr/0003-x.md']],
    ['[x](<0003 use it.md>)', ['0003 use it.md => docs/adr/0003 use it.md']],
    ['[x](0003-a%20b.md "Title (of it)")', ['0003-a%20b.md => docs/adr/0003-a b.md']],
    ['[x][ref]\n\n[ref]: ../design.md', ['../design.md => docs/design.md']],
    ['[![badge](b.svg)](0003-x.md)', ['0003-x.md => docs/adr/0003-x.md']],
    ['[a \\] b](0003-x_(y).md)', ['0003-x_(y).md => docs/adr/0003-x_(y).md']],
    ['![diagram](diagram.png)', []],
    ['[x](#section), [x](mailto:a@b.c), [x](https://example.com)', []],
    ['[x](../../../../outside.md)', []],
    ['`[x](0003-x.md)` and ``ADR-3``', ['0003-x.md', 'ADR-3']],
    ['see ADR-0038, ADR 008, ADR009, @ADR(49), (See ADR 7.)', ['ADR-0038', 'ADR 008', 'ADR009', '@ADR(49']],
    ['RFC 12 and decision record 3', ['RFC 12', 'decision record 3']],
    ['docs/adr/0003-x.md and 0004-y_z.md, not README.md', ['docs/adr/0003-x.md', '0004-y_z.md']],
    [
      'https://example.com/o/r/blob/main/docs/adr/0003-x.md, https://example.com/',
      ['https://example.com/o/r/blob/main/docs/adr/0003-x.md'],
    ],
    ['0019-use-the-outbox twice: 0019-use-the-outbox', ['0019-use-the-outbox']],
    ['2021-05-06, 404-page, ADR-2021-05, v1.5, adr-free', []],
  ])('%j', (body, expected) => {
    expect(cited(body)).toEqual(expected);
  });
});
