import { describe, expect, it } from 'vitest';
import { misreadings, readTruth, type TrueRecord } from '../../bench/truth.ts';
import { readDocument } from '../../server/knowledge/read.ts';
import { STATUS_VALUES } from '../../server/model/document.ts';

const truth = (fields: Partial<TrueRecord>): TrueRecord => ({
  repo: 'owner/name',
  path: 'docs/adr/0007-use-kafka.md',
  title: 'Use Kafka',
  number: '7',
  status: 'accepted',
  date: '2024-05-11',
  ...fields,
});

const read = readDocument({
  path: 'docs/adr/0007-use-kafka.md',
  kind: 'decision',
  format: 'markdown',
  sha: '',
  text: '# 7. Use `Kafka`\n\nDate: 2024-05-11\n\n## Status\n\nAccepted\n',
});

const wrongFields = (record: TrueRecord, successors: Record<string, string[]> = {}, others: readonly TrueRecord[] = []) => [
  ...misreadings(record, read, new Map(Object.entries(successors)), new Map([record, ...others].map((each) => [each.path, each]))).keys(),
];

describe('a reading is compared with what a person read', () => {
  it('and is right where every field agrees, whatever the markup of the title', () => {
    expect(wrongFields(truth({}))).toEqual([]);
  });

  it.each<[string, Partial<TrueRecord>]>([
    ['title', { title: 'Use Kafka for events' }],
    ['number', { number: '8' }],
    ['status', { status: 'superseded' }],
    ['date', { date: '2024-11-05' }],
    ['successor', { successor: 'docs/adr/0009-use-nats.md' }],
  ])('and only its %s is wrong where that alone differs', (field, fields) => {
    expect(wrongFields(truth(fields))).toEqual([field]);
  });

  it('and a second reading that the file bears is right as well', () => {
    const also = { title: ['Use Kafka'], number: ['7'], status: ['accepted'], date: ['2024-05-11'], successor: [null] };
    const other = { title: 'Kafka', number: '70', status: 'proposed', date: '2024', successor: 'docs/adr/0009-use-nats.md' } as const;
    expect(wrongFields(truth({ ...other, also }))).toEqual([]);
  });

  it('and successors of the successor are no misreading, those of nobody are', () => {
    const next = truth({ path: 'docs/adr/0009-use-nats.md', successor: 'docs/adr/0012-use-pulsar.md' });
    const record = truth({ successor: next.path });
    expect(wrongFields(record, { [read.id]: ['docs/adr/0012-use-pulsar.md', next.path] }, [next])).toEqual([]);
    expect(wrongFields(record, { [read.id]: ['docs/adr/0001-other.md', next.path] }, [next])).toEqual(['successor']);
  });
});

describe('the sheet of readings', () => {
  const registers = readTruth();

  it('has 1,500 records of 30 repositories and more, none of them twice', () => {
    const paths = registers.flatMap(({ repo, records, noRecords }) =>
      [...records.map(({ path }) => path), ...noRecords].map((path) => `${repo} ${path}`),
    );
    expect(new Set(paths).size).toBe(paths.length);
    expect(registers.length).toBeGreaterThanOrEqual(30);
    expect(registers.flatMap(({ records }) => records).length).toBeGreaterThanOrEqual(1_500);
  });

  it('uses only statuses, dates and commits that the product could give', () => {
    for (const { sha, records } of registers) {
      expect(sha).toMatch(/^[0-9a-f]{40}$/);
      for (const { status, date, also } of records) {
        expect([...STATUS_VALUES, 'none']).toEqual(expect.arrayContaining([status, ...(also?.status ?? [])]));
        if (date !== undefined) expect(date).toMatch(/^\d{4}(?:-\d\d){0,2}(?:T.*)?$/);
      }
    }
  });
});
