import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateLike } from '../../../server/decisions/authoring/dates.ts';
import {
  chooseCollection,
  collectionsOf,
  fileSlug,
  nameFormOf,
  newPath,
  nextNumber,
} from '../../../server/decisions/authoring/file-names.ts';

const records = (...paths: string[]) => paths.map((path) => ({ path }));
const next = (paths: readonly string[], { listing = [] as readonly string[], folder = '' } = {}): number => {
  const all = collectionsOf(records(...paths));
  const own = all.find((one) => one.folder === folder) ?? all[0];
  if (!own) throw new Error('no records');
  return nextNumber(own, all, listing);
};
const path = (...paths: string[]): string =>
  newPath(
    collectionsOf(records(...paths))[0]?.folder ?? '',
    nameFormOf(records(...paths)),
    { title: 'Pack boxes', number: 12, today: '2026-11-21' },
    () => false,
  );

it('the next number goes on with the series of most of the newest records', () => {
  expect(next(['adr/A-13-x.md', 'adr/A-14-y.md', 'adr/B-40-z.md'])).toBe(15);
});

describe('the name of a new record', () => {
  it.each([
    ['adr/0007-use-kafka.md', 'adr/0012-pack-boxes.md'],
    ['adr/7-use-kafka.md', 'adr/12-pack-boxes.md'],
    ['adr/A-13-use-kafka.md', 'adr/A-12-pack-boxes.md'],
    ['adr/UI-007-use-kafka.md', 'adr/UI-012-pack-boxes.md'],
    ['adr/007_use_kafka.rst', 'adr/012_pack_boxes.rst'],
    ['adr/adr-007-use-kafka.md', 'adr/adr-012-pack-boxes.md'],
    ['adr/ADR-0007-Use-Kafka.md', 'adr/ADR-0012-Pack-Boxes.md'],
    ['adr/adr0010-use-kafka.md', 'adr/adr0012-pack-boxes.md'],
    ['adr/ADR-0082.md', 'adr/ADR-0012-pack-boxes.md'],
    ['adr/0007 use kafka.md', 'adr/0012 pack boxes.md'],
    ['adr/20260102-use-kafka.md', 'adr/20261121-pack-boxes.md'],
    ['adr/2026-01-02-use-kafka.md', 'adr/2026-11-21-pack-boxes.md'],
    ['adr/20220118.use-kafka.md', 'adr/20261121.pack-boxes.md'],
    ['adr/2023-06-19_024-use-kafka.md', 'adr/2026-11-21_012-pack-boxes.md'],
    ['adr/use-kafka.md', 'adr/pack-boxes.md'],
    ['adr/0007-use-kafka/README.md', 'adr/0012-pack-boxes/README.md'],
    ['adr/2026-01-02-use-kafka/index.md', 'adr/2026-11-21-pack-boxes/index.md'],
    ['0007-use-kafka.md', '0012-pack-boxes.md'],
    ['adr/0007.use-kafka.adoc', 'adr/0012.pack-boxes.adoc'],
  ])('beside %s is %s', (known, expected) => {
    expect(path(known)).toBe(expected);
  });

  it('follows the newest records where the form was changed', () => {
    expect(path('adr/0001-a.md', 'adr/0002-b.md', 'adr/0003-c.md', ...Array.from({ length: 9 }, (_, at) => `adr/adr-01${at}-d.md`))).toBe(
      'adr/adr-012-pack-boxes.md',
    );
  });

  it('is made of letters, digits and hyphens, is never empty and never too long', () => {
    expect(fileSlug('Größe: "zählt" à la carte!')).toBe('grosse-zahlt-a-la-carte');
    expect(fileSlug("We don't care")).toBe('we-dont-care');
    expect(fileSlug('...')).toBe('decision');
    expect(fileSlug('決定 7')).toBe('決定-7');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (title) => {
        const slug = fileSlug(title);
        expect(slug.length).toBeGreaterThan(0);
        expect(slug.length).toBeLessThanOrEqual(80);
        expect(slug).toMatch(/^[\p{L}\p{N}-]+$/u);
      }),
    );
  });
});

describe('the next number', () => {
  it('is one more than the largest; gaps are not filled', () => {
    expect(next(['adr/0001-a.md', 'adr/0002-b.md', 'adr/0009-c.md'])).toBe(10);
    expect(next(['adr/use-kafka.md'])).toBe(1);
  });

  it('counts files in the folder that are no records (yet), and no dates', () => {
    expect(next(['adr/0001-a.md'], { listing: ['0001-a.md', '0014-draft.md.orig', 'notes.md', '2026-01-02-x.md', 'img'] })).toBe(15);
  });

  it('ignores the numbers of another service', () => {
    expect(next(['services/a/docs/adr/0001-a.md', 'services/b/docs/adr/0044-b.md'], { folder: 'services/a/docs/adr' })).toBe(2);
  });

  it('continues across sibling folders when no number occurs in two of them', () => {
    const paths = [
      'docs/adr/backend/0001-a.md',
      'docs/adr/backend/0004-b.md',
      'docs/adr/frontend/0003-c.md',
      'docs/adr/frontend/0007-d.md',
    ];
    expect(next(paths, { folder: 'docs/adr/backend' })).toBe(8);
    expect(next([...paths, 'docs/adr/frontend/0004-e.md'], { folder: 'docs/adr/backend' })).toBe(5);
  });

  it('leaves the numbers of RFCs to RFCs', () => {
    expect(next(['docs/adr/0001-a.md', 'docs/rfcs/0050-b.md'], { folder: 'docs/adr' })).toBe(2);
  });
});

describe('the folder of a new record', () => {
  const all = records(
    'docs/adr/0001-a.md',
    'docs/adr/0002-b.md',
    'docs/rfcs/0001-c.md',
    'docs/rfcs/0002-d.md',
    'docs/rfcs/0003-e.md',
    'services/pay/docs/adr/0001-f.md',
  );

  it.each([
    ['services/pay/src/card.go', 'services/pay/docs/adr'],
    ['services/pay', 'services/pay/docs/adr'],
    ['services/payroll/src/run.go', 'docs/adr'],
    ['libs/money.ts', 'docs/adr'],
    [undefined, 'docs/adr'],
    ['docs/rfcs/0002-d.md', 'docs/rfcs'],
  ])('for %s is %s', (near, folder) => {
    expect(chooseCollection(all, near)?.folder).toBe(folder);
  });

  it('is the one with most records where nothing else decides, and none where there are no records', () => {
    expect(chooseCollection(records('a/adr/1-x.md', 'b/adr/1-x.md', 'b/adr/2-y.md'))?.folder).toBe('b/adr');
    expect(chooseCollection([])).toBeUndefined();
  });
});

describe('a date in the form of another one', () => {
  it.each([
    ['2024-05-11', '2026-11-02'],
    ['2024/5/1', '2026/11/2'],
    ['2024.05.11', '2026.11.02'],
    ['20240511', '20261102'],
    ['11.05.2024', '02.11.2026'],
    ['26-09-2018', '02-11-2026'],
    ['09/26/2018', '11/02/2026'],
    ['26-Sep-2018', '02-Nov-2026'],
    ['26 September 2018', '02 November 2026'],
    ['1 may 2018', '2 nov 2026'],
    ['September 26, 2018', 'November 02, 2026'],
    ['Sep 6 2018', 'Nov 2 2026'],
    ['01/02/2024', '2026-11-02'],
    ['someday', '2026-11-02'],
    ['', '2026-11-02'],
  ])('beside %s is %s', (sample, expected) => {
    expect(dateLike(sample, '2026-11-02')).toBe(expected);
  });
});
