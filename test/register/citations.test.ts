import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecord } from '../../server/knowledge/records/record.ts';
import { catalogueOf } from '../../server/register/catalogue.ts';
import { findCitations } from '../../server/register/citations/citations.ts';

const record = (path: string, title: string) => readRecord({ path, text: `# ${title}\n\n## Status\n\nAccepted\n`, sha: '' });

const catalogue = catalogueOf([
  record('docs/decisions/0003-use-kafka-for-events.md', '3. Use Kafka for events'),
  record('docs/decisions/0007-idempotency-keys.md', '7. Idempotency keys for payments'),
  record('services/inventory/docs/adr/0007_reservation_expiry.rst', 'Reservation expiry of the stock'),
  record('docs/decisions/0008-first.md', 'One of two'),
  record('docs/decisions/0008-second.md', 'Other of two'),
  record('docs/rfcs/0002-click-and-collect/README.md', 'Click and collect'),
]);

const cite = (text: string, from = 'services/orders/src/pay.ts', home?: string) =>
  findCitations(text, catalogue, from, home).map(({ text: cited, span, targets }) => ({
    cited,
    at: `${span.start.line}:${span.start.character}`,
    targets: targets.map((target) => target.record.path),
  }));

describe('citations of records in a text', () => {
  it.each([
    ['// ADR-0003 says so', 'ADR-0003'],
    ['# see ADR 3.', 'ADR 3'],
    ['@ADR(3)', 'ADR(3'],
    ['(adr/0003)', 'adr/0003'],
    ['-- ADR003', 'ADR003'],
  ])('finds the number in %j', (text, cited) => {
    expect(cite(text)).toEqual([{ cited, at: `0:${text.indexOf(cited)}`, targets: ['docs/decisions/0003-use-kafka-for-events.md'] }]);
  });

  it('finds both numbers of a list', () => {
    expect(cite('ADRs 3 and 2, ADR-3/8').flatMap(({ targets }) => targets[0] ?? [])).toContain('docs/decisions/0008-first.md');
  });

  it('finds a relative path, a file name and a slug', () => {
    const kafka = 'docs/decisions/0003-use-kafka-for-events.md';
    for (const text of [
      `see ../../${kafka}`,
      'see 0003-use-kafka-for-events.md',
      'see use-kafka-for-events',
      'see `0003-use-kafka-for-events`',
    ]) {
      expect(cite(text).map(({ targets }) => targets)).toEqual([[kafka]]);
    }
  });

  it('matches the slug of a file that was given another number', () => {
    expect(cite('docs/old/0033-use-kafka-for-events.md').map(({ targets }) => targets)).toEqual([
      ['docs/decisions/0003-use-kafka-for-events.md'],
    ]);
  });

  it('finds an address at the forge', () => {
    const text = 'https://github.com/shop/market/blob/main/docs/decisions/0003-use-kafka-for-events.md';
    expect(cite(text).flatMap(({ targets }) => targets)).toEqual(['docs/decisions/0003-use-kafka-for-events.md']);
  });

  it('takes a number that several packages use for the record of the nearest one', () => {
    expect(cite('ADR-0007', 'services/inventory/app/stock.py')[0]?.targets).toEqual([
      'services/inventory/docs/adr/0007_reservation_expiry.rst',
    ]);
    expect(cite('ADR-0007', 'services/payments/pay.go')[0]?.targets).toEqual(['docs/decisions/0007-idempotency-keys.md']);
  });

  it('leaves a number that two records of one folder bear ambiguous', () => {
    expect(cite('ADR-0008')[0]?.targets).toEqual(['docs/decisions/0008-first.md', 'docs/decisions/0008-second.md']);
  });

  it('answers without a target for a number that no record bears', () => {
    expect(cite('ADR-0099')).toEqual([{ cited: 'ADR-0099', at: '0:0', targets: [] }]);
  });

  it('knows RFC numbers from ADR numbers', () => {
    expect(cite('RFC 2 and ADR-2').map(({ targets }) => targets)).toEqual([['docs/rfcs/0002-click-and-collect/README.md'], []]);
  });

  it("takes a number beside an address of another repository's records for theirs", () => {
    expect(
      cite('// ADR 003 of the platform team:\n// https://github.com/platform/infra/blob/main/doc/adr/0031-x.md', 'a.ts', 'shop/market'),
    ).toEqual([]);
  });

  it('does not find names inside foreign addresses', () => {
    expect(cite('https://github.com/other/use-kafka-for-events', 'a.ts', 'shop/market')).toEqual([]);
  });

  it('never lets a record cite itself', () => {
    expect(cite('ADR-0003, see 0003-use-kafka-for-events.md', 'docs/decisions/0003-use-kafka-for-events.md')).toEqual([]);
  });

  it('gives spans that hold the citation, in order and apart, for any text', () => {
    const word = fc.constantFrom(
      'ADR-0003',
      'ADR 7',
      'adr/0008',
      'use-kafka-for-events',
      '\n',
      'x',
      'RFC 2',
      '0003-use-kafka-for-events.md',
      'https://a.b/adr/1',
      ' ',
      'ADRs 3, 7 and 8',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 40 }), (words) => {
        const text = words.join(' ');
        let last = 0;
        for (const citation of findCitations(text, catalogue, 'a.ts')) {
          expect(citation.start).toBeGreaterThanOrEqual(last);
          last = citation.end;
          expect(text.slice(citation.start, citation.end)).toBe(citation.text);
          const line = text.split('\n')[citation.span.start.line] ?? '';
          expect(line.slice(citation.span.start.character)).toContain(citation.text.split('\n')[0]);
        }
      }),
    );
  });

  it('reads a line of a million letters', () => {
    const text = `${'a-'.repeat(500_000)} ADR-0003`;
    expect(() => cite(text)).not.toThrow();
    expect(cite(`${'ADR-3 '.repeat(20_000)}`).length).toBeGreaterThan(1_000);
  });
});
