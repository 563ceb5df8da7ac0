import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countWords, placedWords, stem, wordsOf } from '../../server/retrieval/words.ts';

const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.lorem({ maxCount: 20 }), fc.string({ maxLength: 200 }));

describe('words', () => {
  it('splits identifiers as people read them', () => {
    expect(wordsOf('parseHTTPServer max_retry_count kafka-broker')).toEqual([
      'pars',
      'http',
      'serv',
      'max',
      'retry',
      'count',
      'kafka',
      'brok',
    ]);
  });

  it('drops stop words and single characters', () => {
    expect(wordsOf('why do we use x for the queue')).toEqual(['use', 'queue'].map(stem));
  });

  it('gives inflected forms one stem', () => {
    for (const [one, other] of [
      ['retries', 'retry'],
      ['payments', 'payment'],
      ['boxes', 'box'],
      ['indexing', 'indexed'],
      ['authorization', 'authorized'],
      ['stopping', 'stopped'],
    ] as const) {
      const [a, b] = [stem(one), stem(other)];
      if (one === 'authorization') expect(a.startsWith('author') && b.startsWith('author')).toBe(true);
      else expect(a).toBe(b);
    }
  });

  it('keeps words with digits and short words as they are', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,3}$|^[a-z]{0,4}[0-9][a-z]{0,4}$/), (word) => {
        expect(stem(word)).toBe(word);
      }),
    );
  });

  it('never gives an empty stem, and never one that is longer than the word', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,20}$/), (word) => {
        const out = stem(word);
        expect(out.length).toBeGreaterThan(0);
        expect(out.length).toBeLessThanOrEqual(word.length);
      }),
    );
  });

  it('places every word where it stands, in order, and never throws', () => {
    fc.assert(
      fc.property(text, (value) => {
        let last = 0;
        for (const { word, start, end } of placedWords(value)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(stem(value.slice(start, end).toLowerCase())).toBe(word);
          last = end;
        }
      }),
    );
  });

  it('counts every word of a text', () => {
    fc.assert(
      fc.property(text, (value) => {
        const words = wordsOf(value);
        const total = [...countWords(words).values()].reduce((sum, count) => sum + count, 0);
        expect(total).toBe(words.length);
      }),
    );
  });
});
