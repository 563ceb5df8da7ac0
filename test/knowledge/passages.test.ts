import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGuide } from '../../server/knowledge/guide.ts';
import { splitPassages } from '../../server/knowledge/passages.ts';
import type { Document } from '../../server/model/document.ts';
import { lineIndex } from '../../server/text/lines.ts';

const words = (count: number): string => Array.from({ length: count }, (_, index) => `w${index}`).join(' ');
const guide = (text: string, path = 'docs/guide.md'): Document => readGuide({ path, text, sha: 'c0ffee' });
const lengthsOf = (count: number): number[] => splitPassages(guide(words(count))).map(({ text }) => text.split(/\s+/).length);

describe('a section becomes passages', () => {
  it.each([
    [1, [1]],
    [130, [130]],
    [131, [100, 71]],
    [160, [100, 100]],
    [161, [100, 100, 41]],
    [220, [100, 100, 100]],
  ])('%i words: %j', (count, expected) => expect(lengthsOf(count)).toEqual(expected));

  it('in which every word occurs, in order, with forty words of the one before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 131, max: 700 }), (count) => {
        const passages = splitPassages(guide(words(count))).map(({ text }) => text.split(' '));
        passages.slice(1).forEach((passage, index) => {
          expect(passage.slice(0, 40)).toEqual(passages[index]?.slice(-40).slice(0, passage.length));
        });
        expect(new Set(passages.flat()).size).toBe(count);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the passages of any document', () => {
  const line = fc.constantFrom(
    '# Top',
    '## Part',
    '',
    words(45),
    words(140),
    'short text',
    '- item',
    '```',
    'Über 💥 straße',
    '    indented',
    '---',
  );

  it('are numbered from 0, and their spans lead to their texts', () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 14 }),
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom('docs/guide.md', 'docs/guide.adoc'),
        (given, end, path) => {
          const text = given.join(end);
          const lines = lineIndex(text);
          const passages = splitPassages(guide(text, path));
          expect(passages.length).toBeGreaterThan(0);
          expect(passages.map(({ ordinal }) => ordinal)).toEqual(passages.map((_, index) => index));
          for (const { id, ordinal, text: own, span, headingPath } of passages) {
            expect(id).toBe(`${path}#${ordinal}`);
            const there = text.slice(lines.offset(span.start), lines.offset(span.end));
            // A heading without text, and a title, are passages of words that stand in a line with marks.
            if (own !== headingPath.at(-1) && passages.length > 1) expect(there).toBe(own);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('a heading', () => {
  it.each<[string, string, string[]]>([
    ['without text is a passage', '# Top\n\n## A\n\n## B\n\nText.', ['A', 'Text.']],
    ['above another of a lower level is none', '# Top\n\n## A\n\nText.', ['Text.']],
    ['at the end without text is a passage', '# Top\n\nText.\n\n## A', ['Text.', 'A']],
    ['alone is a passage', '# Top', ['Top']],
  ])('%s', (_name, text, expected) => expect(splitPassages(guide(text)).map((passage) => passage.text)).toEqual(expected));
});
