import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bomOf, withoutBom } from '../../server/text/byte-order-mark.ts';
import { blank, countLines, lineIndex } from '../../server/text/lines.ts';
import { texts } from './diff-support.ts';

describe('the lines of a text', () => {
  it.each([
    ['', [[0, 0]]],
    ['a', [[0, 1]]],
    [
      'a\n',
      [
        [0, 1],
        [2, 2],
      ],
    ],
    [
      'a\r\nb',
      [
        [0, 1],
        [3, 4],
      ],
    ],
    [
      'a\rb',
      [
        [0, 1],
        [2, 3],
      ],
    ],
    [
      '\n\r\n\r',
      [
        [0, 0],
        [1, 1],
        [3, 3],
        [4, 4],
      ],
    ],
    [
      '\uFEFFa\nb',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['\uFEFF', [[1, 1]]],
  ])('of %j start and end before their line endings', (text, expected) => {
    const index = lineIndex(text);
    expect(index.count).toBe(expected.length);
    expect(expected.map((_, line) => [index.start(line), index.end(line)])).toEqual(expected);
  });

  it('clamp lines and offsets outside the text', () => {
    const index = lineIndex('ab\ncd');
    expect([index.start(-1), index.start(9), index.end(-1), index.end(9)]).toEqual([0, 3, 2, 5]);
    expect([index.lineAt(-5), index.lineAt(99)]).toEqual([0, 1]);
    expect(index.position(99)).toEqual({ line: 1, character: 2 });
    expect(index.position(-5)).toEqual({ line: 0, character: 0 });
  });

  it.each([
    [{ line: 0, character: 1 }, 1],
    [{ line: 0, character: 99 }, 2],
    [{ line: 0, character: -1 }, 0],
    [{ line: 1, character: 0 }, 4],
    [{ line: 2, character: 0 }, 6],
  ])('give the position %j of "ab\\r\\ncd" the offset %i', (position, offset) => {
    expect(lineIndex('ab\r\ncd').offset(position)).toBe(offset);
  });

  it('put an offset inside a line ending at the end of its line', () => {
    expect(lineIndex('ab\r\ncd').position(3)).toEqual({ line: 0, character: 2 });
  });

  it('do not count a byte order mark as a character, and never point before it', () => {
    const index = lineIndex('\uFEFFab\ncd');
    expect(index.position(0)).toEqual({ line: 0, character: 0 });
    expect(index.position(1)).toEqual({ line: 0, character: 0 });
    expect(index.position(2)).toEqual({ line: 0, character: 1 });
    expect(index.offset({ line: 0, character: 0 })).toBe(1);
    expect(index.offset({ line: 1, character: 1 })).toBe(5);
  });

  it('count a second byte order mark as a character like others', () => {
    const index = lineIndex('\uFEFF\uFEFFab');
    expect(index.position(1)).toEqual({ line: 0, character: 0 });
    expect(index.position(2)).toEqual({ line: 0, character: 1 });
    expect(withoutBom('\uFEFF\uFEFFab')).toBe('\uFEFFab');
  });

  // Of two marks one would be left, and a text that begins with one has one.
  const withoutMarks = texts.map((text) => text.replace(/^\uFEFF+/, ''));

  it('give the same positions with and without a byte order mark', () => {
    fc.assert(
      fc.property(withoutMarks, fc.nat(200), (text, offset) => {
        expect(lineIndex(`\uFEFF${text}`).position(offset + 1)).toEqual(lineIndex(text).position(offset));
      }),
    );
  });

  it('lead from a position to its offset and back', () => {
    fc.assert(
      fc.property(texts, fc.nat(200), (text, offset) => {
        const index = lineIndex(text);
        const position = index.position(offset);
        expect(index.position(index.offset(position))).toEqual(position);
        expect(position.line).toBe(index.lineAt(Math.min(Math.max(offset, index.start(0)), text.length)));
      }),
    );
  });
});

describe('the number of lines', () => {
  it('counts line feeds alone, and is at least 1', () => {
    expect(['', 'a', 'a\n', 'a\r\nb', 'a\rb', '\n\n'].map(countLines)).toEqual([1, 1, 2, 2, 1, 3]);
    fc.assert(
      fc.property(texts, (text) => {
        expect(countLines(text)).toBe(text.split('\n').length);
      }),
    );
  });
});

describe('a byte order mark', () => {
  it.each([
    ['\uFEFFtext', 'text'],
    ['text', 'text'],
    ['te\uFEFFxt', 'te\uFEFFxt'],
    ['\uFEFF\uFEFFtext', '\uFEFFtext'],
    ['\uFEFF', ''],
    ['', ''],
  ])('of %j is only one at the start', (text, expected) => {
    expect(withoutBom(text)).toBe(expected);
    expect(bomOf(text) + withoutBom(text)).toBe(text);
  });
});

describe('a text with blank stretches', () => {
  it.each([
    ['one stretch', 'abcdef', [{ start: 1, end: 3 }], 'a  def'],
    ['no stretch', 'abcdef', [], 'abcdef'],
    [
      'stretches that overlap',
      'abcdef',
      [
        { start: 0, end: 3 },
        { start: 2, end: 4 },
      ],
      '    ef',
    ],
    [
      'a stretch within another',
      'abcdef',
      [
        { start: 0, end: 5 },
        { start: 1, end: 2 },
      ],
      '     f',
    ],
    ['line endings', 'a\r\nb\nc', [{ start: 0, end: 6 }], ' \r\n \n '],
  ])('keeps length and line endings, with %s', (_what, text, stretches, expected) => {
    expect(blank(text, stretches)).toBe(expected);
  });
});
