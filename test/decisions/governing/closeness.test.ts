import { describe, expect, it } from 'vitest';
import { closeness, meanOf, relativeCloseness, zScores } from '../../../server/decisions/governing/closeness.ts';
import { measureBackground } from '../../../server/decisions/governing/measure-background.ts';
import type { Query } from '../../../server/retrieval/rank-records.ts';
import { countWords, wordsOf } from '../../../server/retrieval/words.ts';
import { documentIndexOf, recordsIn } from '../../support/register.ts';

const query = (text: string): Query => ({ text, words: countWords(wordsOf(text)), vector: Float32Array.of(1, 0) });

const files = {
  'docs/adr/0001-outbox.md': '# Outbox\n\n## Decision\n\nThe relay reads the outbox table and publishes events.\n',
  'docs/adr/0002-money.md': '# Money\n\n## Decision\n\nAmounts of money are integers of cents, never floats.\n',
  'docs/adr/0003-retries.md': '# Retries\n\n## Decision\n\nPayments are retried with a growing delay.\n',
};
const index = documentIndexOf(recordsIn(files));
const documents = index.documents(['decision']);
const place = (id: string): number => documents.findIndex(({ head }) => head.id === id);
const OUTBOX = place('docs/adr/0001-outbox.md');
const MONEY = place('docs/adr/0002-money.md');

const WINDOWS = ['const total = cents + tax;', 'relay.publish(event)', 'retry(payment, delay)', 'money money money cents'].map(query);

describe('closeness of records to code', () => {
  it('is largest for the record that shares words with the code', () => {
    const { lexical } = closeness(index, documents, query('outbox relay publishes'));
    expect(Math.max(...lexical)).toBe(lexical[OUTBOX]);
    expect(lexical[OUTBOX]).toBeGreaterThan(0);
    expect(lexical[MONEY]).toBe(0);
  });

  it('gives one number per record and measure, in the order of the records', () => {
    const near = closeness(index, documents, query('cents'));
    expect(near.lexical).toHaveLength(documents.length);
    expect(near.meaning).toHaveLength(documents.length);
  });

  it('is zero in words for code that shares none', () => {
    expect(closeness(index, documents, query('zzz qqq')).lexical).toEqual([0, 0, 0]);
  });
});

describe('the background of a repository', () => {
  it('has the mean and the deviation of each record over the windows', async () => {
    const background = await measureBackground(index, documents, WINDOWS);
    const values = WINDOWS.map((window) => closeness(index, documents, window).lexical[MONEY] ?? 0);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const measured = background.distributions.lexical.get('docs/adr/0002-money.md');
    expect(measured?.mean).toBeCloseTo(mean, 10);
    expect(measured?.deviation).toBeCloseTo(Math.sqrt(variance), 10);
  });

  it('does not depend on the order of the windows', async () => {
    const forwards = await measureBackground(index, documents, WINDOWS);
    const backwards = await measureBackground(index, documents, [...WINDOWS].reverse());
    for (const [id, { mean }] of forwards.distributions.lexical)
      expect(backwards.distributions.lexical.get(id)?.mean).toBeCloseTo(mean, 10);
  });

  it('is zero, not undefined, for a repository without code', async () => {
    const background = await measureBackground(index, documents, []);
    expect(background.pooled.lexical).toBe(0);
    expect(zScores(documents, closeness(index, documents, query('cents')), background)).toEqual([0, 0, 0]);
  });
});

describe('the z-score of a record at a place', () => {
  it('is high only for the record that is unusually close', async () => {
    const background = await measureBackground(index, documents, WINDOWS);
    const scores = zScores(documents, closeness(index, documents, query('the relay reads the outbox table')), background);
    expect(Math.max(...scores)).toBe(scores[OUTBOX]);
    expect(scores[MONEY]).toBeLessThanOrEqual(0);
  });

  it('does not depend on how many other records there are', async () => {
    const near = closeness(index, documents, query('outbox table'));
    const background = await measureBackground(index, documents, WINDOWS);
    const all = zScores(documents, near, background);
    const only = zScores(documents.slice(0, 1), { lexical: near.lexical.slice(0, 1), meaning: near.meaning.slice(0, 1) }, background);
    expect(only[0]).toBe(all[0]);
  });

  it('treats a record that is newer than the background as one with no usual closeness', async () => {
    const background = await measureBackground(index, documents.slice(1), WINDOWS);
    const [score] = zScores(documents, closeness(index, documents, query('outbox')), background);
    expect(score).toBeGreaterThan(0);
    expect(Number.isFinite(score)).toBe(true);
  });
});

it('relative closeness takes off what is usual of a record, so that a record that covers everything is not the closest to everything', async () => {
  const greedy = {
    ...files,
    'docs/adr/0004-all.md': '# All\n\n## Decision\n\nCents, tax, total, relay, event, retry, payment, delay, money.\n',
  };
  const everything = documentIndexOf(recordsIn(greedy));
  const records = everything.documents(['decision']);
  const background = await measureBackground(everything, records, WINDOWS);
  const near = closeness(everything, records, query('relay event'));
  const { lexical } = relativeCloseness(records, near, background);
  const all = records.findIndex(({ head }) => head.id === 'docs/adr/0004-all.md');
  expect(lexical[all]).toBeLessThan(Math.max(...lexical));
  expect(lexical.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 6);
});

it('both measures count the same in the mean', () => {
  expect(meanOf((measure) => (measure === 'lexical' ? 3 : 1))).toBe(2);
});
