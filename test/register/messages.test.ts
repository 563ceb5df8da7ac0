import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCitations } from '../../server/register/citations/citations.ts';
import { messageReader } from '../../server/register/citations/messages.ts';
import { catalogueWith } from '../support/history.ts';

const KAFKA = 'docs/adr/0007-use-kafka.md';
const OUTBOX = 'docs/adr/0008-transactional-outbox.md';
const RECORDS = { [KAFKA]: 'Use Kafka', [OUTBOX]: 'Write events to an outbox first' };

describe('looking for citations in messages', () => {
  const catalogue = catalogueWith({
    ...RECORDS,
    'rfcs/0012-retry_with_backoff.md': 'Retry with backoff and jitter',
    'docs/decisions/2021-06-05-outbox-in-postgres/README.md': 'Outbox in Postgres',
  });
  const reader = messageReader(catalogue);

  it('passes over no message that cites a record', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'ADR',
        'adr-7',
        'ADRs 7/8',
        'decision',
        'see decision 7',
        'RFC 12',
        '\n',
        '\n\n',
        ':',
        '#7',
        '0007',
        '(',
        'Decision: 7',
      ),
      fc.constantFrom(
        'use-kafka',
        '0008-transactional-outbox',
        'retry_with_backoff',
        'Retry-With-Backoff',
        'outbox-in-postgres',
        KAFKA,
        'README.md',
      ),
      fc.constantFrom('Retry', 'with', 'backoff', 'and', 'jitter', 'Write', 'events', 'to', 'an', 'outbox', 'first', 'kafka'),
      fc.string({ maxLength: 6 }),
    );
    const message = fc
      .array(fc.tuple(word, fc.constantFrom(' ', '-', '', '\n', ': ')), { maxLength: 14 })
      .map((parts) => parts.flat().join(''));
    fc.assert(
      fc.property(message, (text) => {
        const found = findCitations(text, catalogue, '').filter(({ targets }) => targets.length > 0);
        if (found.length > 0) expect([text, reader.mayCite(text)]).toEqual([text, true]);
      }),
      { numRuns: 3_000 },
    );
  });

  it('looks closely at few others', () => {
    const idle = [
      'Fix a typo',
      'Bump lodash from 4.17.20 to 4.17.21',
      'Write tests',
      'Add a record of payments',
      'Use Kafka streams',
      're-enable x-y',
    ];
    expect(idle.filter((message) => reader.mayCite(message))).toEqual([]);
  });
});
