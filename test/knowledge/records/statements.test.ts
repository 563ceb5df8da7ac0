import { describe, expect, it } from 'vitest';
import { record, succession } from './support.ts';

const status = (body: string): string | undefined => record(`# T\n\n${body}\n`).status?.value;

describe('a record stays in force although "superseded" stands in it', () => {
  it.each([
    [
      'in a wrapped line about something else',
      '## Status\n\nAccepted\n\nAmended by [9](0009-x.md) — the earlier framing is\nsuperseded for this layer.',
    ],
    ['in part, by a record', '## Status\n\nSuperseded in part by [ADR-9](0009-x.md)'],
    ['partially, said after the record', '## Status\n\nSuperseded by [ADR-9](0009-x.md) (partially) and kept for the rest'],
    ['partially, in brackets', '**Status**: Accepted (partially superseded by [ADR-9](0009-x.md))'],
    ['for one matter only', '## Status\n\nSuperseded by ADR-9 for message transport; the rest stands'],
    ['by N/A, in a list', '## Status\n\n- Accepted\n- Superseded by: N/A'],
    ['by none, in a row of fields', '**Status:** Accepted · **Superseded by:** none · **Related:** ADR-5'],
    ['by a dash', '## Status\n\nAccepted\n\nSuperseded by: —'],
    ['by nothing at all', '## Status\n\nAccepted\n\nSuperseded by:'],
    ['by TBD', 'Status: Accepted\nSuperseded by: TBD'],
    ['by a dash, above a row that names a record', '| Status | Accepted |\n|---|---|\n| Superseded by | - |\n| Related | ADR-5 |'],
    ['in a column without a record', '| Status | Superseded by | Date |\n|---|---|---|\n| Accepted | N/A | 2024-01-02 |'],
    ['about a thing in code', '## Status\n\nAccepted\n\n`OldLogger`, which has been superseded by `Logger` (see ADR-9).'],
    ['about a matter', '## Status\n\nAccepted; amended 2026-01-02 to mark tool language as historical where superseded by ADR-9'],
    [
      'about another record',
      '**Status**: Accepted\n**Related**: [ADR-3](0003-x.md) (boundary model; superseded by [ADR-8](0008-y.md) on one question)',
    ],
    ['as what another record does to an area', '**Status**: Implemented\n**Related**: [ADR-9](0009-x.md) - (replaces this area)'],
    ['in a sentence of the body', 'Status: Accepted\n\n## Decision\n\nThis ADR was superseded by ADR 9.'],
    ['as a condition', 'Status: Accepted, until superseded by ADR-9'],
    ['in French, of another record', 'Status: accepted — supersède l’attachement de [ADR-3](0003-x.md)'],
    ['in German, in part', '## Status\n\nTeilweise ersetzt durch [ADR-1](0001-x.md)'],
    ['in German, of another record', '## Status\n\nErsetzt [ADR-1](0001-x.md)'],
  ])('%s', (_where, body) => {
    expect(status(body)).toBe('accepted');
  });
});

describe('a record is superseded that says so', () => {
  it.each([
    ['as its status', 'Status: Superseded'],
    ['beside the old status', 'Status: Accepted, superseded by ADR-9'],
    ['below the old status, without an empty line', '## Status\n\nAccepted\nSuperseded by [9. Use Kafka](0009-k.md)'],
    ['below the old status, in small letters', '## Status\n\naccepted\nsuperseded by [9. Use Kafka](0009-k.md)'],
    ['with a link whose words name a matter', '## Status\n\nSuperseded by [9. Use Kafka for events](0009-k.md)'],
    ['with a reason', '## Status\n\nSuperseded by ADR-9 for performance reasons'],
    ['with a day', '## Status\n\nSuperseded by ADR-9 on 2024-01-01'],
    ['in a field of its own', 'Status: Accepted\nSuperseded by: [ADR-9](0009-x.md)'],
    ['in a column of its own', '| Status | Superseded by | Date |\n|---|---|---|\n| Accepted | ADR-9 | 2024-01-02 |'],
    ['in a notice at the head', 'Status: Accepted\n\n> This ADR has been superseded by ADR 9.\n\n## Decision\n\nx'],
  ])('%s', (_where, body) => {
    expect(status(body)).toBe('superseded');
  });

  it('in a sentence of the body, which is marked as inferred', () => {
    const document = record('# T\n\n## Decision\n\nThis ADR was superseded by ADR 9.\n');
    expect(document.status).toMatchObject({ value: 'superseded', inferred: true });
    expect(document.links).toMatchObject([{ kind: 'superseded-by', inferred: true }]);
    expect(record('# T\n\nStatus: superseded by ADR 9\n').status?.inferred).toBeUndefined();
  });
});

describe('of several statements', () => {
  it.each([
    ['the one of now counts', 'Status: Previously proposed, now accepted', 'accepted'],
    ['the one of the past does not', 'Status: Accepted (was: Proposed)', 'accepted'],
    ['the one with the later day counts', 'Status: Proposed 2020-01-02; Accepted 2020-02-03', 'accepted'],
    [
      'a field of the head goes before prose',
      'Status: Withdrawn\n\n## Decision\n\nQueues.\n\n## Status\n\nI have a working prototype implemented.',
      'rejected',
    ],
    [
      'prose about the rest is none',
      'Status: Implemented\n\n## Current status\n\nWe have a proof of concept; the rest is pending.',
      'accepted',
    ],
    ['a vague one gives way', '## Status\n\nClosed / Delivered', 'accepted'],
  ])('%s', (_name, body, value) => {
    expect(status(body)).toBe(value);
  });

  it('all relations are kept', () => {
    expect(succession('# T\n\n## Status\n\nAccepted, supersedes ADR 3, amends ADR 4\n')).toEqual(['supersedes ADR 3', 'amends ADR 4']);
  });
});

describe('a status in a title', () => {
  it.each([
    ['# Use queues [accepted]', 'Use queues', 'accepted'],
    ['# 3. Use topics (Superseded by ADR-0001)', 'Use topics', 'superseded'],
    ['# Use topics (superseded by [ADR-1](0001-x.md))', 'Use topics', 'superseded'],
    ['# [Deprecated] Use topics', 'Use topics', 'deprecated'],
    ['# Cache (final design)', 'Cache (final design)', undefined],
    ['# Queues (for events)', 'Queues (for events)', undefined],
  ])('%s', (heading, title, value) => {
    const document = record(`${heading}\n\n## Decision\n\nWe use it.\n`);
    expect([document.title, document.status?.value]).toEqual([title, value]);
  });
});

describe('a word that no language knows', () => {
  it.each([
    ['is unknown in an English record', '## Status\n\nAceppted\n\n## Decision\n\nWe use queues.', undefined],
    ['is foreign in a Croatian one', '## Status\n\nPrihvaćeno\n\n## Kontekst\n\nTrebaju nam redovi poruka.', true],
    ['is foreign where the letters are those of English', '## Status\n\nElfogadva\n\n## Döntés\n\nA NATS mellett döntöttünk.', true],
    [
      'is foreign under English headings',
      '## Status\n\nPrihvaćeno\n\n## Decision\n\nKoristimo NATS jer je jednostavan i brz za sve koji će raditi s njim.',
      true,
    ],
  ])('%s', (_name, body, foreign) => {
    expect(record(`# T\n\n${body}\n`).status).toMatchObject({ value: 'unknown', ...(foreign ? { foreign } : {}) });
    expect(record(`# T\n\n${body}\n`).status?.foreign).toBe(foreign);
  });
});

it('a record in force stays so when one of its decisions is called superseded in a notice that begins with what is partial', () => {
  const text =
    '# T\n\n**Status:** Accepted\n\n> **Partially superseded by [ADR-9](0009-x.md) (2026-08-09):** the store is now its own. Decision #3\n> below is now fully superseded by ADR-9 for both tenants.\n';
  expect(record(text).status?.value).toBe('accepted');
  expect(succession(text)).toEqual(['~superseded-by 0009-x.md']);
});

it('what a field of the head calls a decision in another record is a part of it', () => {
  const head = '# T\n\n**Status:** Accepted\n**Supersedes:** the "reject attribution" decision in [ADR-22](0022-x.md)\n';
  expect(succession(head)).toEqual(['~supersedes 0022-x.md']);
});

describe('what a new record says of an old one is partial', () => {
  it.each([
    ['where only a matter of it is named', 'Supersedes: ADR-22 — **serving mode only** (its federation stands)'],
    ['where a numbered decision of it is named', '- Supersedes: ADR-22 decision #3 (metadata DB) for the store'],
    ['where a numbered point of it is named', '- Replaces ADR-22, point 2'],
  ])('%s', (_name, body) => {
    expect(succession(`# T\n\n## Decision\n\nWe do.\n\n## References\n\n${body}\n`)).toEqual(['~supersedes ADR-22']);
  });
});

describe('a decision of which only the work is missing', () => {
  it.each([
    ['Not-Implemented', 'proposed'],
    ['Not yet implemented', 'proposed'],
    ['Accepted (lazy consensus). Not implemented yet.', 'accepted'],
    ['Accepted, not yet implemented', 'accepted'],
  ])('"%s" is %s', (words, value) => {
    expect(status(`## Status\n\n${words}`)).toBe(value);
  });
});
