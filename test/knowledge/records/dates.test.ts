import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { earliestDate, findDate } from '../../../server/knowledge/records/dates.ts';

describe('the first date of a text', () => {
  it.each([
    ['2021-06-05', '2021-06-05'],
    ['2021/6/5', '2021-06-05'],
    ['2021.06.05', '2021-06-05'],
    ['20210605', '2021-06-05'],
    ['20-09-2018', '2018-09-20'],
    ['20.9.2018', '2018-09-20'],
    ['26-Sep-2018', '2018-09-26'],
    ['September 26th, 2018', '2018-09-26'],
    ['26 of September 2018', '2018-09-26'],
    ['2018 Sept 26', '2018-09-26'],
    ['January 2021', '2021-01'],
    ['2021-01', '2021-01'],
    ['2021-06-05T10:20:30Z', '2021-06-05T10:20:30Z'],
    ['2021-06-05 10:20+02:00', '2021-06-05T08:20:00Z'],
    ['29 February 2020', '2020-02-29'],
    ['30 February 2020', '2020-02'],
    ['on 3 May 2020, not on 4 May 2020', '2020-05-03'],
  ])('is read from %j', (text, expected) => expect(findDate(text)?.iso).toBe(expected));

  it.each([
    ['13/04/2020', '2020-04-13'],
    ['04/13/2020', '2020-04-13'],
    ['05/05/2020', '2020-05-05'],
    ['04/05/2020', '2020'],
  ])('with slashes is only as precise as the order of day and month is certain: %s', (text, expected) =>
    expect(findDate(text)?.iso).toBe(expected),
  );

  it.each(['', 'version 1.2.3', '2021-13-01', '2021-02-30', '1899-01-01', '120210605', '2021'])('is not found in %j', (text) =>
    expect(findDate(text)).toBeUndefined(),
  );

  it('is where its offsets say, whatever is around it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ' ', '(', '.', 'ä') }),
        fc.string({ unit: fc.constantFrom('z', ' ', ')') }),
        (before, after) => {
          const found = findDate(`${before} 2021-06-05 ${after}`);
          expect(found).toEqual({ iso: '2021-06-05', start: before.length + 1, end: before.length + 11 });
        },
      ),
    );
  });

  it('never takes more than linear time or throws on digits and marks', () => {
    const text = fc.string({ unit: fc.constantFrom('1', '2', '0', '-', '/', '.', ' ', 'T', ':', 'Z', 'may', 'sept'), maxLength: 300 });
    fc.assert(fc.property(text, (drawn) => void findDate(drawn)));
    const started = performance.now();
    findDate('20'.repeat(50_000));
    findDate('1-'.repeat(50_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('the earliest of several dates', () => {
  it.each([
    [['2021-06-05: accepted', '2020-01-01: proposed'], '2020-01-01'],
    [['2020-01-01: proposed', '2021-06-05: accepted'], '2020-01-01'],
    [['no date', '3 May 2020'], '2020-05-03'],
    [[], undefined],
    [['none'], undefined],
  ])('of %j is %s', (texts, expected) => expect(earliestDate(texts)).toBe(expected));
});
