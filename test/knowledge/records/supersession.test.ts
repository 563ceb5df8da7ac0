import { describe, expect, it } from 'vitest';
import { resolveSupersession } from '../../../server/register/successors.ts';
import { at, links, record, succession } from './support.ts';

describe('a record says what replaces it', () => {
  it.each([
    ['## Status\n\nSuperseded by [9. NATS](0009-nats.md)', ['superseded-by 0009-nats.md']],
    ['## Status\n\nSuperceded by ADR-0009', ['superseded-by ADR-0009']],
    ['## Status\n\nSuperceeded by ADR-0009', ['superseded-by ADR-0009']],
    ['## Status\n\nSuperseded [0019](0019-x.md)', ['superseded-by 0019-x.md']],
    ['## Status\n\nSuperseded: 2019-12-19 by [ADR 14](0014-x.md)', ['superseded-by 0014-x.md']],
    ['## Status\n\nSuperseded by\n[ADR 14](0014-x.md)', ['superseded-by 0014-x.md']],
    ['## Status\n\n⚠️ Replaced by [0014](0014-x.md)', ['superseded-by 0014-x.md']],
    ['## Status\n\nObsoleted by RFC 12', ['superseded-by RFC 12']],
    ['## Status\n\nDeprecated in favor of ADR 12', ['superseded-by ADR 12']],
    ['## Status\n\nSuperseded by [ADR 23](/adr/23) and [ADR 26](/adr/26)', ['superseded-by /adr/23', 'superseded-by /adr/26']],
    ['## Status\n\nSuperseded by https://example.com/adr/7.', ['superseded-by https://example.com/adr/7']],
    ['## Status\n\nSuperseded by [22. Use Kafka]', ['superseded-by 22. Use Kafka']],
    ['## Status\n\nSuperseded by [22. Use Kafka](..)', ['superseded-by 22. Use Kafka']],
    ['## Status\n\nSuperseded by 0019-use-the-outbox', ['superseded-by 0019-use-the-outbox']],
    ['* Superseded by: 12', ['superseded-by 12']],
    ['* Superseded by: 12, 14', ['superseded-by 12', 'superseded-by 14']],
    ['| Superseded by | [ADR-9](0009-x.md) |\n|---|---|', ['superseded-by 0009-x.md']],
    ['## This ADR has been superseded by [NATS](0009-nats.md)', ['superseded-by 0009-nats.md']],
    ['> **Superseded by [ADR 9](0009-nats.md).**', ['superseded-by 0009-nats.md']],
    ['[ADR 14](0014-x.md) supersedes this decision.', ['superseded-by 0014-x.md']],
    ['## Superseded by\n\n- [ADR 14](0014-x.md)\n- ADR 15', ['superseded-by 0014-x.md', 'superseded-by ADR 15']],
    ['## Status\n\nSuperseded by:\n\n* [ADR 14](0014-x.md)\n\nText', ['superseded-by 0014-x.md']],
  ])('%j', (text, expected) => {
    expect(succession(`# T\n\n${text}\n`)).toEqual(expected);
  });
});

describe('a record says what it replaces', () => {
  it.each([
    ['## Status\n\nAccepted\n\nSupersedes [3. Old](0003-old.md)', ['supersedes 0003-old.md']],
    ['## Status\n\nSupercedes ADR 3', ['supersedes ADR 3']],
    ['- We supersede [ADR 18](/adr/18) with the current ADR.', ['supersedes /adr/18']],
    ['This ADR replaces ADRs 60 and 61.', ['supersedes ADRs 60', 'supersedes 61']],
    ['This ADR replaces ADR-7/8.'.replace('7', '5'), ['supersedes ADR-5', 'supersedes 8']],
    ['Supersedes: 0003', ['supersedes 0003']],
    ['ADR 3 is superseded by this ADR.', ['supersedes ADR 3']],
    ['## Status\n\nAccepted, amends ADR 3', ['amends ADR 3']],
    ['Updates [RFC 3](../rfcs/0003-x.md).', ['amends ../rfcs/0003-x.md']],
  ])('%j', (text, expected) => {
    expect(succession(`# T\n\n${text}\n`)).toEqual(expected);
  });

  it('in front matter, as links, numbers, paths and lists', () => {
    const text = [
      '---',
      'supersedes:',
      '  - "[ADR-3](0003-old.md)"',
      '  - 0004',
      '  - 0005-older.md',
      'superseded_by: ADR-0019',
      'replaces: none',
      'amends: 0006-rounding',
      '---',
      '# T',
    ].join('\n');
    const document = record(text);
    expect(links(document)).toEqual([
      'supersedes 0003-old.md',
      'supersedes 0004',
      'supersedes 0005-older.md',
      'superseded-by ADR-0019',
      'amends 0006-rounding',
    ]);
    expect(document.links.map((link) => at(text, link.span))).toEqual([
      '[ADR-3](0003-old.md)',
      '0004',
      '0005-older.md',
      'ADR-0019',
      '0006-rounding',
    ]);
    expect(document.links[2]?.path).toBe('docs/adr/0005-older.md');
  });

  it('in front matter that is not valid YAML, because a link stands there without quotes', () => {
    expect(succession('---\nsuperseded-by: [ADR-0019](0019-new.md)\n---\n# T\n')).toEqual(['superseded-by 0019-new.md']);
  });
});

describe('only a part is replaced', () => {
  it.each([
    ['Parts of this ADR were superseded by [ADR-020](0020-x.md).', ['~superseded-by 0020-x.md']],
    ['## Status\n\nPartially superseded by ADR 9', ['~superseded-by ADR 9']],
    ['## Status\n\nSuperseded by ADR 9 (partially)', ['~superseded-by ADR 9']],
    ['## Status\n\nSuperseded by ADR 9 and partially by ADR 10', ['superseded-by ADR 9', '~superseded-by ADR 10']],
    ['**Supersedes**: ADR 53 §7', ['~supersedes ADR 53']],
    ['**Supersedes:** Partial aspects of ADR-0027', ['~supersedes ADR-0027']],
    ['Partial supersede of [6. Auth](0006-auth.md)', ['~supersedes 0006-auth.md']],
    ['## Status\n\nAmended by ADR 9', ['~superseded-by ADR 9']],
  ])('%j', (text, expected) => {
    const document = record(`# T\n\n${text}\n`);
    expect(links(document, 'supersedes', 'superseded-by')).toEqual(expected);
  });

  it('so the record stays in force', () => {
    const old = record('# T\n\n## Status\n\nPartially superseded by ADR 9\n');
    const next = record('# N\n\nParts of this ADR replace ADR 7.\n', 'docs/adr/0009-n.md');
    expect(old.status?.value).toBe('accepted');
    expect(resolveSupersession([old, next]).size).toBe(0);
  });
});

describe('nothing is replaced by', () => {
  it.each([
    '> If a later ADR reverses a decision, it may be marked as "superseded" with a reference such as ADR 9.',
    'This ADR may be superseded by ADR 9.',
    'When ADR 9 is accepted, this ADR will be superseded by ADR 9.',
    'This decision is not superseded by ADR 9.',
    'ADR 3 was superseded by ADR 9.',
    'We replaced Redis with Postgres, see [ADR 9](0009-x.md).',
    'The old poller is replaced by a consumer, which ADR 9 explains.',
    'Superseding the behaviour of ADR 9, a missing price is an error.',
    'This replaces [Sidekiq](https://sidekiq.org).',
    '<!-- Superseded by [ADR-0005](0005-example.md) -->',
    '```\nSuperseded by ADR 9\n```',
    '## Status\n\nAccepted\n\nSupersedes: none',
    'Kafka supersedes RabbitMQ.',
  ])('%j', (text) => {
    expect(succession(`# T\n\n${text}\n`)).toEqual([]);
  });

  it('the record itself', () => {
    expect(succession('# T\n\nThis ADR supersedes ADR-0007.\n')).toEqual([]);
  });
});

describe('successors of records', () => {
  const adr = (number: number, body: string, folder = 'docs/adr', words = `record-${number}`) =>
    record(`# Title of ${number}\n\n${body}\n`, `${folder}/${String(number).padStart(4, '0')}-${words}.md`);
  const path = (number: number) => `docs/adr/${String(number).padStart(4, '0')}-record-${number}.md`;

  it('follow chains and begin with the one in force', () => {
    const documents = [
      adr(1, '## Status\n\nSuperseded by ADR 2'),
      adr(2, '## Status\n\nSuperseded by [3](0003-record-3.md)'),
      adr(3, '## Status\n\nAccepted'),
    ];
    const successors = resolveSupersession(documents);
    expect(successors.get(path(1))).toEqual([path(3), path(2)]);
    expect(successors.get(path(2))).toEqual([path(3)]);
    expect(successors.has(path(3))).toBe(false);
  });

  it('merge what both sides say, even where the old record still says accepted', () => {
    const documents = [adr(1, '## Status\n\nAccepted'), adr(2, '## Status\n\nAccepted\n\nSupersedes ADR 1')];
    expect(resolveSupersession(documents).get(path(1))).toEqual([path(2)]);
  });

  it('are not records that are only proposed', () => {
    const documents = [adr(1, '## Status\n\nAccepted'), adr(2, '## Status\n\nProposed\n\nSupersedes ADR 1')];
    expect(resolveSupersession(documents).size).toBe(0);
  });

  it('are never found through a number that two records have', () => {
    const documents = [
      adr(1, '## Status\n\nSuperseded by ADR 2'),
      adr(2, 'a', 'docs/adr', 'one-way'),
      adr(2, 'b', 'docs/adr', 'other-way'),
    ];
    expect(resolveSupersession(documents).size).toBe(0);
  });

  it('are found through a number that is unique in the nearest folder', () => {
    const documents = [
      adr(1, '## Status\n\nSuperseded by ADR 2', 'apps/a/docs/adr'),
      adr(2, 'a', 'apps/a/docs/adr'),
      adr(2, 'b', 'apps/b/docs/adr'),
    ];
    expect(resolveSupersession(documents).get('apps/a/docs/adr/0001-record-1.md')).toEqual(['apps/a/docs/adr/0002-record-2.md']);
  });

  it('are found by slug where the file was moved and renumbered, and not by a number that means another record now', () => {
    const moved = adr(12, 'x', 'docs/architecture', 'use-the-outbox');
    const other = adr(9, 'x', 'docs/adr', 'paint-it-blue');
    const link = adr(1, '## Status\n\nSuperseded by [Outbox](0009-use-the-outbox.md)');
    expect(resolveSupersession([link, moved, other]).get(path(1))).toEqual([moved.id]);
    expect(resolveSupersession([link, other]).size).toBe(0);
  });

  it('are found by the end of an address of a forge, and by the number in an address of a site', () => {
    const next = adr(9, 'x');
    const forge = adr(1, `## Status\n\nSuperseded by [x](https://github.com/o/r/blob/main/${next.id}#why)`);
    const site = adr(2, '## Status\n\nSuperseded by [x](/adr/9)');
    const elsewhere = adr(3, '## Status\n\nSuperseded by [x](https://github.com/o/other/blob/main/doc/0009-thing.md)');
    const successors = resolveSupersession([forge, site, elsewhere, next]);
    expect([...successors.keys()]).toEqual([path(1), path(2)]);
  });

  it('are not ADRs where an RFC was named', () => {
    const rfc = adr(2, 'x', 'rfcs');
    expect(resolveSupersession([adr(1, '## Status\n\nSuperseded by RFC 2'), adr(2, 'x'), rfc]).get(path(1))).toEqual([rfc.id]);
  });

  it('are empty for records that replace each other in a circle, but hold what lies beyond it', () => {
    const circle = [adr(1, '## Status\n\nSuperseded by ADR 2'), adr(2, '## Status\n\nSuperseded by ADR 1')];
    expect(resolveSupersession(circle).size).toBe(0);
    const beyond = [adr(1, '## Status\n\nSuperseded by ADR 2'), adr(2, '## Status\n\nSuperseded by ADR 1 and ADR 3'), adr(3, 'x')];
    expect(resolveSupersession(beyond).get(path(1))).toEqual([path(3)]);
  });

  it('do not depend on the order of the documents', () => {
    const documents = [adr(1, '## Status\n\nSuperseded by ADR 2 and ADR 3'), adr(2, 'x'), adr(3, 'Supersedes ADR 2')];
    const forwards = resolveSupersession(documents).get(path(1));
    expect(forwards).toEqual([path(3), path(2)]);
    expect(resolveSupersession(documents.toReversed()).get(path(1))).toEqual(forwards);
  });
});
