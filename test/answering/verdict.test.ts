import { describe, expect, it } from 'vitest';
import type { Chosen } from '../../server/answering/choose.ts';
import type { Held } from '../../server/answering/held.ts';
import type { Candidate } from '../../server/answering/stretches.ts';
import { verdictOf } from '../../server/answering/verdict.ts';

const candidate: Candidate = {
  head: { id: 'docs/adr/0002-use-nats.md', kind: 'decision', sha: '', title: 'Use NATS', format: 'markdown', links: [], findings: [] },
  headings: ['Use NATS', 'Decision'],
  role: 'decision',
  bare: false,
  text: 'We use NATS as the message broker between the services.',
  startLine: 12,
  endLine: 12,
};
const chosen: Chosen = { candidate, score: 9, lines: [candidate] };
const held = (own: Partial<Held>): Held => ({ exact: 0.6, like: 0.6, names: 1, missing: [], quantity: true, ...own });
const verdict = (own: Partial<Held>, known: readonly string[] = []) =>
  verdictOf(
    {
      scored: [{ candidate, score: 9, features: {} as never }],
      heldBy: () => held(own),
      isKnown: (word) => known.includes(word),
    },
    [chosen],
  );

describe('the verdict on lines', () => {
  it('is a full answer where they hold most of the question and nothing of weight is missing', () => {
    expect(verdict({})).toBe('supported');
    expect(verdict({ missing: [{ word: 'us', share: 0.1, near: 0 }] })).toBe('supported');
  });

  it('is part of one where a telling word is missing, unless a word of like meaning stands for it', () => {
    expect(verdict({ missing: [{ word: 'bill', share: 0.4, near: 0.1 }] }, ['bill'])).toBe('partly');
    expect(verdict({ missing: [{ word: 'bill', share: 0.4, near: 0.1 }] })).toBe('partly');
    expect(verdict({ missing: [{ word: 'delet', share: 0.4, near: 0.5 }] })).toBe('supported');
  });

  it('is none where what is asked about stands nowhere and the lines hold little else', () => {
    const missing = [{ word: 'wibblefrotz', share: 0.9, near: 0 }];
    expect(verdict({ like: 0.1, missing })).toBe('not-recorded');
    expect(verdict({ like: 0.1, missing }, ['wibblefrotz'])).toBe('partly');
    expect(verdict({ like: 0.1, missing: [{ word: 'pile', share: 0.2, near: 0 }] })).toBe('partly');
  });

  it('is none without a name or a number that is asked for, and without lines', () => {
    expect(verdict({ names: 0 })).toBe('not-recorded');
    expect(verdict({ quantity: false })).toBe('not-recorded');
    expect(verdictOf({ scored: [], heldBy: () => held({}), isKnown: () => true }, [])).toBe('not-recorded');
  });
});
