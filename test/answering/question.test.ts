import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasQuantity } from '../../server/answering/held.ts';
import { type Asks, questionOf } from '../../server/answering/question.ts';

describe('what a question asks for', () => {
  it.each<readonly [string, Asks]>([
    ['Why do we use an outbox?', 'why'],
    ['How many days are receipts kept?', 'quantity'],
    ['After how many tries is an account locked?', 'quantity'],
    ['What does the gateway cost per month?', 'quantity'],
    ['When was the broker replaced?', 'time'],
    ['Who may approve a refund?', 'person'],
    ['May a module use a default export?', 'whether'],
    ["Why don't we bundle the data?", 'rejected'],
    ['Which broker do we use?', 'other'],
  ])('%s asks for: %s', (text, asks) => expect([...questionOf(text).asks]).toContain(asks));

  it('names what is counted, and durations for "how long"', () => {
    expect(questionOf('How many megabytes may a document have?').units).toEqual(['megabyt']);
    expect(questionOf('After how many wrong one-time passwords is it locked?').units).toContain('password');
    expect(questionOf('How long does the client wait?').units).toContain('second');
    expect(questionOf('Which broker do we use?').units).toEqual([]);
  });

  it('takes capitalized words, words with digits and quoted ones for names, and not the first word', () => {
    expect(questionOf('Is Apache Pulsar supported?').names).toEqual(['apach', 'pulsar']);
    expect(questionOf('Does `fetchAll` return ISO8601?').names).toEqual(expect.arrayContaining(['fetch', 'iso8601']));
    expect(questionOf('Which broker do we use?').names).toEqual([]);
  });

  it('reads any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        const question = questionOf(text);
        expect(question.asks.size).toBeGreaterThan(0);
        expect(question.text.length).toBeLessThanOrEqual(2_000);
      }),
    );
  });
});

describe('a number near its unit', () => {
  it.each<readonly [string, readonly string[], boolean]>([
    ['Receipts are kept for 14 days.', ['dai', 'day'], true],
    ['Receipts are kept for fourteen nights, ADR 14.', ['day'], false],
    ['A limit of two of the keys', ['key'], true],
    ['There are 14 apples. After that the text goes on for a long while, and only then come the days.', ['day'], false],
    ['There are 14 apples.', [], true],
    ['Nothing is counted.', [], false],
  ])('%s %j: %s', (text, units, expected) => expect(hasQuantity(text, units)).toBe(expected));
});
