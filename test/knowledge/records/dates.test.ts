import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateOrderOf, earliestDate, findDate } from '../../../server/knowledge/records/dates.ts';
import { readRecord } from '../../../server/knowledge/records/record.ts';

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

describe('a date as people write it', () => {
  it.each([
    ['Nov 4,  2022: draft', '2022-11-04'],
    ['027-Nov-2010', '2010-11-27'],
    ['2023-07-2i', undefined],
    ['2023-07-26T05:05:45:29+0900', '2023-07-26'],
    ['4/21/21', undefined],
  ])('in %j is %s', (text, expected) => expect(findDate(text)?.iso).toBe(expected));

  it.each([
    ['4/21/21', undefined, '2021-04-21'],
    ['12/02/26', 'day-first', '2026-02-12'],
    ['12/02/26', 'month-first', '2026-12-02'],
    ['12/02/26', undefined, undefined],
    ['12.02.26', undefined, '2026-02-12'],
    ['1.2.34.5', undefined, undefined],
    ['04/09/2020', 'day-first', '2020-09-04'],
    ['5-6-2021', 'month-first', '2021-05-06'],
  ] as const)('where a date is expected, %j read %s is %s', (text, order, expected) =>
    expect(findDate(text, { order, shortYears: true })?.iso).toBe(expected),
  );

  it.each([
    ['04/09/2020 and 13/03/2021', 'day-first'],
    ['5/23/2023', 'month-first'],
    ['13/03/2021 and 5/23/2023', undefined],
    ['04/09/2020', undefined],
    ['2020-13-01', undefined],
  ])('in %j shows the order %s', (text, expected) => expect(dateOrderOf(text)).toBe(expected));

  it('in the entry of a change log that says it is the first goes before earlier ones', () => {
    expect(earliestDate(['2022-01-05: Sync requirements', '2022-09-10: First draft'])).toBe('2022-09-10');
  });
});

describe('the day of a record', () => {
  const dateOf = (text: string, path = 'docs/adr/0007-x.md') => readRecord({ path, text, sha: '' }).date;

  it.each([
    ['a change log in one paragraph', '# X\n\n## Changelog\n\n23-06-2018: Fixes\n07-06-2018: Initial draft\n', '2018-06-07'],
    ['the order that another entry shows', '# X\n\n## Changelog\n\n- 04/09/2020: Initial draft\n- 13/03/2021: More\n', '2020-09-04'],
    ['a field in a language whose days come first', '# X\n\n- Estado: aceptado\n- Fecha: 12/02/26\n', '2026-02-12'],
    ['a start date', '---\nfeature: x\nstart-date: 2017-02-12\n---\n\n# X\n', '2017-02-12'],
    ['a value in the braces of its template', '---\nstatus: {proposed}\ndate: {2025-06-23}\n---\n\n# X\n', '2025-06-23'],
    ['a field with an entity', '# X\n\n* **Last Modified:**&#x31;2/16/2024\n', '2024-12-16'],
    ['the end of a retired record, which is another day', '# X\n\n## Status\n\nSuperseded by ADR 9 on 2024-01-01\n', undefined],
  ])('is read from %s', (_, text, expected) => expect(dateOf(text)).toBe(expected));

  it('is read from the revision date of an AsciiDoc header', () => {
    expect(dateOf('= ADR-005: X\n:revdate: 2025-11-03\n\n== Status\n\nAccepted\n', 'docs/adr/0005-x.adoc')).toBe('2025-11-03');
  });

  it('is that of the file name where the field has a slip of the pen', () => {
    expect(dateOf('# X\n\n* **Last Modified:** 2023-07-2i\n', 'docs/adr/2023-07-26-x.md')).toBe('2023-07-26');
  });
});
