import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitPassages } from '../../server/knowledge/passages.ts';
import type { Document } from '../../server/model/document.ts';
import { joinWindows } from '../../server/retrieval/sections.ts';
import { wordsOf } from '../../server/retrieval/words.ts';
import { recordHead } from '../support/register.ts';

const shared = ['title', 'path', 'heading'];

function documentOf(texts: readonly string[]): Document {
  let line = 0;
  const sections = texts.map((text, i) => {
    const lines = text.split('\n');
    const span = { start: { line, character: 0 }, end: { line: line + lines.length - 1, character: lines.at(-1)?.length ?? 0 } };
    line += lines.length + 1;
    return { heading: `Part ${i}`, headingPath: [`Part ${i}`], level: 2, text, span };
  });
  return { ...recordHead('x', 'x'), sections };
}

describe('joining windows', () => {
  it('gives back the words of every section, each once', () => {
    const section = fc.array(fc.stringMatching(/^[a-z]{4,9}$/), { minLength: 1, maxLength: 420 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.array(section, { minLength: 1, maxLength: 4 }), (texts) => {
        const windows = splitPassages(documentOf(texts)).map((passage) => ({
          headingPath: passage.headingPath,
          span: passage.span,
          words: [...shared, ...wordsOf(passage.text)],
        }));
        const { sections, sectionOf } = joinWindows(windows);
        expect(sections).toEqual(texts.map((text) => [...shared, ...wordsOf(text)]));
        expect(sectionOf).toHaveLength(windows.length);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps sections apart that share a heading but do not overlap', () => {
    const span = (line: number) => ({ start: { line, character: 0 }, end: { line: line + 1, character: 5 } });
    const { sections } = joinWindows([
      { headingPath: ['Same'], span: span(0), words: ['one', 'two'] },
      { headingPath: ['Same'], span: span(1), words: ['two', 'three'] },
      { headingPath: ['Same'], span: span(9), words: ['two', 'three'] },
    ]);
    expect(sections).toHaveLength(2);
  });
});
