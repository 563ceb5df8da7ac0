import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidatesOf, candidatesOfCommit, roleOf } from '../../server/answering/stretches.ts';
import type { DocumentHead } from '../../server/model/document.ts';
import { indexedRecord } from '../support/register.ts';

const HEAD: DocumentHead = { id: 'commit:1', kind: 'commit', sha: '1', title: 'x', format: 'commit', links: [], findings: [] };
const linesOf = (text: string) => candidatesOfCommit(HEAD, text).map(({ startLine, endLine, text: own }) => [startLine, endLine, own]);

describe('what can be cited of a text', () => {
  it('is a paragraph, an item of a list, a row of a table and a short block of code, by lines from 1', () => {
    expect(
      linesOf('Subject\n\nA paragraph\nof two lines.\n\n- first\n- second\n  goes on\n\n| a | b |\n|---|---|\n| c | d |\n\n```\ncode\n```'),
    ).toEqual([
      [1, 1, 'Subject'],
      [3, 4, 'A paragraph\nof two lines.'],
      [6, 6, '- first'],
      [7, 8, '- second\n  goes on'],
      [10, 10, '| a | b |'],
      [12, 12, '| c | d |'],
      [14, 16, '```\ncode\n```'],
    ]);
  });

  it('says nothing by itself where a template was not filled in', () => {
    const isBare = (text: string) =>
      candidatesOf(indexedRecord('docs/adr/0001-x.md', `# Keep orders\n\n## Decision Outcome\n\n${text}\n`))
        .filter((one) => one.text.startsWith(text.slice(0, 10)))
        .map(({ bare }) => bare);
    expect(isBare('Chosen option: "{title of option 1}", because {justification}.')).toEqual([true]);
    expect(isBare('Orders are at /orders/{orderId}, and that stays so.')).toEqual([false]);
  });

  it('leaves out lines about who took part', () => {
    expect(linesOf('Subject\n\nSigned-off-by: A <a@b.c>')).toEqual([[1, 1, 'Subject']]);
  });

  it('splits a long paragraph by sentences, and one without sentences by lines', () => {
    const sentences = Array.from({ length: 8 }, (_, i) => `This is sentence number ${i}\nand it ends here.`).join('\n');
    for (const [start, end] of linesOf(sentences)) expect(Number(end) - Number(start)).toBeLessThan(6);
    for (const [start, end] of linesOf(Array.from({ length: 60 }, () => 'words without an end').join('\n')))
      expect(Number(end) - Number(start)).toBeLessThan(12);
  });

  it('is always verbatim, in order and without overlap, whatever the text', () => {
    const line = fc.oneof(
      fc.constantFrom('', '- item', '```', '| a |', '# Head', '1. one', 'A sentence ends. Another begins', '---', '   indented', 'word'),
      fc.string({ maxLength: 30 }).map((text) => text.replaceAll(/[\n\r]/g, ' ')),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
        let last = 0;
        for (const [start, end, text] of linesOf(lines.join('\n'))) {
          expect(lines.slice(Number(start) - 1, Number(end)).join('\n')).toBe(text);
          expect(Number(end)).toBeGreaterThanOrEqual(Number(start));
          expect(Number(start)).toBeGreaterThanOrEqual(last);
          last = Number(end);
        }
      }),
    );
  });
});

describe('what a section is for', () => {
  it.each([
    [['Use NATS', 'Decision'], 'decision'],
    [['Use NATS', 'Decision Drivers'], 'context'],
    [['Use NATS', 'Considered Options', 'Kafka'], 'alternatives'],
    [['Use NATS', 'Consequences', 'Positive'], 'consequences'],
    [['Use NATS', 'Status'], 'metadata'],
    [['Use NATS', 'Foo'], 'other'],
  ] as const)('%j: %s', (headings, role) => expect(roleOf(headings)).toBe(role));
});
