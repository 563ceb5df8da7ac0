import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Position, Span } from '../../server/model/span.ts';
import { containsLine, lineCountOf, linesOfSpan } from '../../server/text/line-range.ts';
import { comparePositions, positionAfter, sameSpan, spanContains, spansTouch } from '../../server/text/positions.ts';

const at = (line: number, character: number): Position => ({ line, character });
const span = (a: number, b: number, c: number, d: number): Span => ({ start: at(a, b), end: at(c, d) });
const positions = fc.record({ line: fc.nat(3), character: fc.nat(3) });
const spans = fc.tuple(positions, positions).map(([a, b]) => (comparePositions(a, b) <= 0 ? { start: a, end: b } : { start: b, end: a }));

describe('the order of positions', () => {
  it.each([
    [at(0, 0), at(0, 1), -1],
    [at(0, 9), at(1, 0), -1],
    [at(2, 3), at(2, 3), 0],
    [at(2, 0), at(1, 9), 1],
  ])('goes by line, then by character: %j and %j', (a, b, sign) => {
    expect(Math.sign(comparePositions(a, b))).toBe(sign);
    expect(Math.sign(comparePositions(b, a))).toBe(sign === 0 ? 0 : -sign);
  });
});

describe('a span', () => {
  it.each([
    ['its start', at(1, 2), true],
    ['a position inside', at(2, 0), true],
    ['its last character', at(3, 3), true],
    ['its end, which is exclusive', at(3, 4), false],
    ['a position before it on its first line', at(1, 1), false],
    ['a position on a line after it', at(4, 0), false],
  ])('and %s', (_what, position, inside) => {
    expect(spanContains(span(1, 2, 3, 4), position)).toBe(inside);
  });

  it('that is empty contains nothing, not even its own position', () => {
    expect(spanContains(span(1, 2, 1, 2), at(1, 2))).toBe(false);
  });

  it.each([
    ['overlap', span(0, 0, 0, 5), span(0, 3, 0, 8), true],
    ['meet at an end', span(0, 0, 0, 5), span(0, 5, 0, 8), true],
    ['are one character apart', span(0, 0, 0, 5), span(0, 6, 0, 8), false],
    ['are on lines that follow each other', span(0, 0, 0, 5), span(1, 0, 1, 1), false],
    ['are a cursor behind a word and the word', span(0, 5, 0, 5), span(0, 0, 0, 5), true],
    ['lie within each other', span(0, 0, 9, 0), span(3, 1, 3, 2), true],
  ])('touches another when both %s', (_what, a, b, touch) => {
    expect(spansTouch(a, b)).toBe(touch);
    expect(spansTouch(b, a)).toBe(touch);
  });

  it('that shares a position with another touches it', () => {
    fc.assert(
      fc.property(spans, spans, positions, (a, b, position) => {
        if (spanContains(a, position) && spanContains(b, position)) expect(spansTouch(a, b)).toBe(true);
      }),
    );
  });

  it('is the same as one with equal ends, and as no other', () => {
    expect(sameSpan(span(1, 2, 3, 4), span(1, 2, 3, 4))).toBe(true);
    expect(sameSpan(span(1, 2, 3, 4), span(1, 2, 3, 5))).toBe(false);
    expect(sameSpan(span(1, 2, 3, 4), span(1, 1, 3, 4))).toBe(false);
  });
});

describe('the position after a text', () => {
  it.each([
    ['nothing', '', at(4, 7)],
    ['a word', 'word', at(4, 11)],
    ['a line', 'line\n', at(5, 0)],
    ['two lines and a word', '\nab\ncd', at(6, 2)],
    ['a Windows line ending', 'a\r\nb', at(5, 1)],
    ['a letter of two UTF-16 units', '😀', at(4, 9)],
  ])('counts on from its start: %s', (_what, text, expected) => {
    expect(positionAfter(at(4, 7), text)).toEqual(expected);
  });

  it('can be reached in steps', () => {
    const text = fc.array(fc.constantFrom('a', '\n', '😀', '\r\n')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(positions, text, text, (start, a, b) => {
        expect(positionAfter(positionAfter(start, a), b)).toEqual(positionAfter(start, a + b));
      }),
    );
  });
});

describe('a range of lines', () => {
  it.each([
    [{ first: 3, last: 3 }, 1],
    [{ first: 3, last: 5 }, 3],
    [{ first: 3, last: 2 }, 0],
  ])('%j has %i lines', (range, count) => {
    expect(lineCountOf(range)).toBe(count);
  });

  it('contains its first and its last line', () => {
    expect([1, 2, 3, 4, 5].filter((line) => containsLine({ first: 2, last: 4 }, line))).toEqual([2, 3, 4]);
  });

  it('of a span includes the line of its end', () => {
    expect(linesOfSpan(span(1, 5, 3, 0))).toEqual({ first: 1, last: 3 });
  });
});
