import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readRecord } from '../../server/knowledge/records/record.ts';
import { at, links, record } from './records/support.ts';

const fixtures = join(dirname(fileURLToPath(import.meta.url)), 'fixtures', 'records');
const fixture = (path: string) => {
  const text = readFileSync(join(fixtures, path), 'utf8');
  return { text, document: readRecord({ path, text, sha: 'c0ffee' }) };
};

describe('records as people write them', () => {
  it('takes words about a status, in a code span, for no status', () => {
    const text =
      '---\nstatus: accepted\n---\n# Keep records\n\nA record that is replaced gets\n`status: superseded` and links to its successor.\n';
    expect(readRecord({ path: 'docs/adr/0001-keep-records.md', text, sha: '' }).status?.value).toBe('accepted');
  });

  it('reads a Nygard record that was superseded later', () => {
    const { document, text } = fixture('docs/adr/0004-queue-orders-in-postgres.md');
    expect(document).toMatchObject({
      id: 'docs/adr/0004-queue-orders-in-postgres.md',
      kind: 'decision',
      sha: 'c0ffee',
      title: 'Queue orders in Postgres',
      number: '4',
      slug: 'queue-orders-in-postgres',
      date: '2021-03-09',
      format: 'markdown',
      findings: [],
    });
    expect(document.status?.value).toBe('superseded');
    expect(at(text, document.status?.span)).toBe('Superceded by [12. Publish orders through Kafka](0012-publish-orders-through-kafka.md)');
    expect(document.status?.text).toBe(at(text, document.status?.span));
    expect(at(text, document.titleSpan)).toBe('Queue orders in Postgres');
    expect(document.links.map(({ kind, path }) => [kind, path])).toEqual([
      ['superseded-by', 'docs/adr/0012-publish-orders-through-kafka.md'],
      ['cites', 'docs/adr/0002-use-postgres.md'],
    ]);
    expect(document.sections.map(({ headingPath }) => headingPath.slice(1).join(' > '))).toEqual([
      '',
      'Status',
      'Context',
      'Decision',
      'Consequences',
      'Consequences > Good',
      'Consequences > Bad',
    ]);
  });

  it('reads a MADR record whose title stands only in the front matter, as a block scalar', () => {
    const { document, text } = fixture('docs/adr/0012-publish-orders-through-kafka.md');
    expect(document).toMatchObject({ title: 'Publish orders through Kafka', number: '12', date: '2023-11-02', findings: [] });
    expect(at(text, document.titleSpan)).toBe('Publish orders through Kafka');
    expect(document.status).toMatchObject({ value: 'accepted', text: 'accepted; supersedes ADR-0004' });
    expect(links(document)).toEqual([
      'supersedes ADR-0004',
      'applies-to services/orders/**',
      'applies-to services/{warehouse,billing}/src/*.ts',
    ]);
    for (const link of document.links) expect(at(text, link.span)).toBe(link.target);
    expect(document.sections[0]?.text).toContain('<!--');
    expect(document.sections.some((section) => section.text.includes('decision-makers'))).toBe(false);
  });

  it('reads reStructuredText with three underline styles, field lists, labels and code', () => {
    const { document, text } = fixture('docs/decisions/0010_audit_logging.rst');
    expect(document).toMatchObject({ title: 'Audit logging', number: '10', slug: 'audit-logging', date: '2023-05-11', format: 'rst' });
    expect(document.status).toMatchObject({ value: 'accepted', text: '**Accepted** 2023-05-11' });
    expect(links(document)).toEqual(['supersedes 0002-log-to-a-file.rst', 'cites 0003-one-log-stream.rst', 'cites ADR-77']);
    expect(document.sections.filter(({ heading }) => heading !== '').map(({ heading, level }) => [heading, level])).toEqual([
      ['10. Audit logging', 1],
      ['Context', 2],
      ['Decision', 2],
      ['Consequences', 3],
    ]);
    expect(at(text, document.sections.find(({ heading }) => heading === 'Consequences')?.span)).toBe(
      'Consequences\n============\n\nStorage grows by 2 GB a month.',
    );
  });

  it('reads a README in a dated folder: slug and date by the folder, status by the badge', () => {
    const { document } = fixture('docs/decisions/2025-02-05-sign-webhooks/README.md');
    expect(document).toMatchObject({ title: 'Sign outgoing webhooks', slug: 'sign-webhooks', date: '2025-02-05' });
    expect(document.number).toBeUndefined();
    expect(document.status).toMatchObject({ value: 'proposed', text: 'Proposed' });
    expect(document.sections.map(({ heading, level }) => [heading, level])).toEqual([
      ['Sign outgoing webhooks', 1],
      ['Why HMAC', 2],
    ]);
  });

  it('reads a record named by its day, with status and successor in one bullet', () => {
    const { document } = fixture('apps/billing/docs/decisions/20240924-round-per-line.md');
    expect(document).toMatchObject({ title: 'Round per line, not per invoice', slug: 'round-per-line', date: '2024-09-24' });
    expect(document.number).toBeUndefined();
    expect(document.status?.value).toBe('superseded');
    expect(document.links[0]).toMatchObject({
      kind: 'superseded-by',
      path: 'apps/billing/docs/decisions/20250110-round-per-invoice.md',
    });
  });

  it('reads an RFC whose status and date stand in a table', () => {
    const { document } = fixture('rfcs/0003-price-service.md');
    expect(document).toMatchObject({ title: 'Price service', number: '3', date: '2018-09-26' });
    expect(document.status?.value).toBe('accepted');
    expect(document.status?.text).toBe('✅ Implemented in [#412](https://github.com/example/shop/pull/412)');
  });

  it('reads AsciiDoc with attributes and listing blocks', () => {
    const { document } = fixture('docs/adr/ADR-0021.adoc');
    expect(document).toMatchObject({ title: 'Keep money in minor units', number: '21', date: '2022-01-31', format: 'asciidoc' });
    expect(document.status?.value).toBe('accepted');
    expect(document.links[0]).toMatchObject({ kind: 'cites', path: 'docs/adr/0004-queue-orders-in-postgres.md' });
    expect(document.sections.map(({ heading }) => heading)).toEqual(['ADR-0021: Keep money in minor units', 'Context', 'Decision']);
  });
});

describe('title', () => {
  it.each([
    ['# ADR-7: Use Kafka', 'Use Kafka'],
    ['# 7. Use Kafka', 'Use Kafka'],
    ['# ADR 0007 - Use Kafka', 'Use Kafka'],
    ['# [ADR-0007] Use Kafka', 'Use Kafka'],
    ['# ADR 007 Use Kafka', 'Use Kafka'],
    ['# Architecture Decision Record 7: Use Kafka', 'Use Kafka'],
    ['# 7 – Use Kafka', 'Use Kafka'],
    ['# ADR: Use Kafka', 'Use Kafka'],
    ['# **Use** `Kafka` {#kafka}', 'Use Kafka'],
    ['# Use [Kafka](https://kafka.apache.org) ##', 'Use Kafka'],
    ['Use Kafka\n---------', 'Use Kafka'],
    ['## Use Kafka', 'Use Kafka'],
    ['# 2 phases of a commit', '2 phases of a commit'],
    ['# 1.5 times faster', '1.5 times faster'],
    ['# C#', 'C#'],
  ])('is read from %j as %j', (text, title) => {
    const document = record(`${text}\n\nText.\n`);
    expect(document.title).toBe(title);
  });

  it('has a span without the number and the closing marks', () => {
    const text = '\n# ADR-7: Use Kafka ##\n';
    expect(at(text, record(text).titleSpan)).toBe('Use Kafka');
  });

  it('comes from the first heading before the front matter', () => {
    const document = record('---\ntitle: "ADR-9: Use NATS"\n---\n# Something else\n');
    expect(document.title).toBe('Something else');
    expect(record('---\ntitle: "ADR-9: Use NATS"\n---\n## Context\n').title).toBe('Use NATS');
  });

  it('is not a heading within a fence, a comment or an indented block', () => {
    expect(record('```\n# no\n```\n\n~~~~\n~~~\n# no\n~~~~\n\n<!--\n# no\n-->\n\n    # no\n\n# Yes\n').title).toBe('Yes');
  });

  it('is not "Status" or "Context", which every record has', () => {
    expect(record('## Status\n\nAccepted\n\n## Context\n\nText.\n').title).toBe('Use kafka');
  });

  it('is made of the file name where the text has none, without a span', () => {
    const document = record('Just text.\n');
    expect(document.title).toBe('Use kafka');
    expect(document.titleSpan).toBeUndefined();
  });

  it('gives the number where the file name has none, and only there', () => {
    expect(record('# ADR-12: Use Kafka\n', 'docs/adr/use-kafka.md').number).toBe('12');
    expect(record('# ADR-12: Use Kafka\n', 'docs/adr/0007-use-kafka.md').number).toBe('7');
    expect(record('# 2021-05-06 Use Kafka\n', 'docs/adr/use-kafka.md').number).toBeUndefined();
  });

  it('may be a field of a head in the style of mail', () => {
    const document = record(
      'PEP: 8\nTitle: Style of code\nStatus: Active\nCreated: 05-Jul-2001\n\nIntroduction\n============\n\nText.\n',
      'pep-0008.rst',
    );
    expect(document).toMatchObject({ title: 'Style of code', number: '8', date: '2001-07-05' });
    expect(document.status?.value).toBe('accepted');
  });
});

describe('status', () => {
  it.each([
    ['---\nstatus: proposed\n---\n# T\n', 'proposed', 'proposed'],
    ['---\nStatus: "Accepted"\n---\n# T\n', 'accepted', 'Accepted'],
    ['---\ntags: [kafka, Accepted]\n---\n# T\n', 'accepted', 'Accepted'],
    ['# T\n\n## Status\n\nAccepted\n', 'accepted', 'Accepted'],
    ['# T\n\n## Status\n\n**Accepted** 2023-05-11\n', 'accepted', '**Accepted** 2023-05-11'],
    ['# T\n\n## Status\n\n{ accepted }\n', 'accepted', 'accepted'],
    ['# T\n\n## Status: Rejected\n', 'rejected', 'Rejected'],
    ['# T\n\n## 1. Status\n\n> Accepted\n', 'accepted', 'Accepted'],
    ['# T\n\n## Status\n\n### Accepted\n', 'accepted', 'Accepted'],
    ['# T\n\n## Status\n\n- [ ] Proposed\n- [x] Accepted\n- [ ] Rejected\n', 'accepted', 'Accepted'],
    ['# T\n\n* Status: DRAFT\n', 'proposed', 'DRAFT'],
    ['# T\n\n**Status**: Accepted - January 2021\n', 'accepted', 'Accepted - January 2021'],
    ['# T\n\n**Status:** Decided  \n**Date:** 2020-01-01\n', 'accepted', 'Decided'],
    ['# T\n\n- **Status** Merged\n', 'accepted', 'Merged'],
    ['# T\n\nStatus: Implemented in [#12](https://example.com/12)\n', 'accepted', 'Implemented in [#12](https://example.com/12)'],
    ['# T\n\nStatus: implementable\n', 'accepted', 'implementable'],
    ['# T\n\nStatus: Active\n', 'accepted', 'Active'],
    ['# T\n\nStatus:\n\n', undefined, ''],
    ['# T\n\n**Status:**\nWithdrawn\n', 'rejected', 'Withdrawn'],
    ['# T\n\nStatus: ✅\n', 'accepted', '✅'],
    ['# T\n\nStatus: :x:\n', 'rejected', ':x:'],
    ['# T\n\nStatus: ~~Proposed~~ Accepted\n', 'accepted', '~~Proposed~~ Accepted'],
    ['# T\n\nStatus: Proposed -> Accepted\n', 'accepted', 'Proposed -> Accepted'],
    ['# T\n\nStatus: Accepted -> needs no change of the node\n', 'accepted', 'Accepted -> needs no change of the node'],
    ['# T\n\nStatus: not yet accepted\n', 'proposed', 'not yet accepted'],
    ['# T\n\nStatus: in review\n', 'proposed', 'in review'],
    ['# T\n\nStatus: no longer in use\n', 'deprecated', 'no longer in use'],
    ['# T\n\n![Status: Deprecated](https://img.shields.io/badge/x-y)\n', 'deprecated', 'Status: Deprecated'],
    ['# T\n\n![](https://img.shields.io/badge/status-accepted-green)\n', 'accepted', 'accepted'],
    ['# T\n\n![build](https://img.shields.io/badge/build-passing-green)\n', undefined, ''],
    ['# T\n\n| Status | Date |\n|---|---|\n| Accepted | 2020-02-03 |\n', 'accepted', 'Accepted'],
    ['# T\n\nStatus | Accepted\n--- | ---\nDate | 2020-02-03\n', 'accepted', 'Accepted'],
    ['# T\n\n| Route | Status |\n|---|---|\n| /a | done |\n| /b | open |\n', undefined, ''],
    ['# T\n\nStatus: purple\n', 'unknown', 'purple'],
    ['# T\n\nStatus: [proposed | rejected | accepted | deprecated]\n', 'unknown', 'proposed | rejected | accepted | deprecated'],
    ['# T\n\n## Status\n\nSupercedes [3. Old](0003-old.md)\n', 'accepted', 'Supercedes [3. Old](0003-old.md)'],
    ['# T\n\n## Status\n\nRejected in favour of ADR 9\n', 'rejected', 'Rejected in favour of ADR 9'],
    [
      '# T\n\n## Status\n\nImplemented. Parts of this ADR were superseded by ADR 9.\n',
      'accepted',
      'Implemented. Parts of this ADR were superseded by ADR 9.',
    ],
    ['# T\n\n## Status\n\n> Proposed, accepted, rejected, deprecated or superseded\n\nAccepted\n', 'accepted', 'Accepted'],
    ['# T\n\n## Status\n\nAccepted <!-- Proposed | Rejected -->\n', 'accepted', 'Accepted'],
    ['# T\n\nThe status of an order is open or closed.\n', undefined, ''],
  ] as const)('of %j is %s', (text, value, words) => {
    const { status } = record(text);
    expect(status?.value).toBe(value);
    if (status === undefined) return;
    expect(status.text).toBe(words);
    expect(at(text, status.span)).toBe(words);
  });

  it('of the front matter comes before the section, which comes before a line', () => {
    expect(record('---\nstatus: accepted\n---\n# T\n\nStatus: draft\n\n## Status\n\nRejected\n').status?.value).toBe('accepted');
    expect(record('# T\n\nStatus: draft\n\n## Status\n\nRejected\n').status?.value).toBe('rejected');
  });

  it('is superseded where any of the places says so in full', () => {
    expect(record('---\nstatus: accepted\n---\n# T\n\n## Status\n\nSuperseded by ADR 9\n').status?.value).toBe('superseded');
    expect(record('# T\n\n> **Superseded by [ADR 9](0009-x.md).**\n\n## Status\n\nAccepted\n').status?.value).toBe('superseded');
  });

  it('is not what a section of long prose happens to mention, where a line says it plainly', () => {
    const prose = `Having weighed all of this we recommend the second platform, ${'which does what we need and costs less, '.repeat(4)}and propose a trial.`;
    expect(record(`# T\n\n- Status: Active\n\n## Decision Status\n\n${prose.replace('propose', 'proposed')}\n`).status?.text).toBe(
      'Active',
    );
  });

  it('gives way to the next place where nobody understands it', () => {
    expect(record('---\nstatus: purple\n---\n# T\n\n## Status\n\nAccepted\n').status?.value).toBe('accepted');
  });

  it('is the latest where the section is a log of dated lines', () => {
    const text = '# T\n\n## Status\n\n- Accepted 2021-03-01\n- Proposed 2021-01-01\n- Deprecated 2022-05-01\n';
    expect(record(text).status?.value).toBe('deprecated');
  });
});

describe('date', () => {
  it.each([
    ['# T\n\nDate: 2021-06-05\n', '2021-06-05'],
    ['# T\n\n* Date: 26-Sep-2018\n', '2018-09-26'],
    ['# T\n\n20-09-2018\n', '2018-09-20'],
    ['# T\n\n**Date**: September 26th, 2018\n', '2018-09-26'],
    ['# T\n\n## Date\n\n5 May 2020\n', '2020-05-05'],
    ['# T\n\n## Status\n\nAccepted - January 2021\n', '2021-01'],
    ['# T\n\nDate: 2022-09\n', '2022-09'],
    ['# T\n\nDate: ~2024 (guessed)\n', '2024'],
    ['# T\n\nDate: 12/25/2020\n', '2020-12-25'],
    ['# T\n\nDate: 25/12/2020\n', '2020-12-25'],
    ['# T\n\nDate: 05/06/2020\n', '2020'],
    ['# T\n\nDate: 2021-02-30\n', '2021'],
    ['---\ncreated: 2021-06-05T10:00:00+02:00\n---\n# T\n', '2021-06-05T08:00:00Z'],
    ['---\ncreation-date: 2021/6/5\n---\n# T\n', '2021-06-05'],
    ['# T\n\n## Changelog\n\n- 2022-02-02: reworded\n- 2021-01-01: first draft\n', '2021-01-01'],
    ['# T\n\nIn 2019-01-01 we moved to Kafka.\n', undefined],
  ])('of %j is %s', (text, date) => {
    expect(record(text).date).toBe(date);
  });

  it('may stand in the name of the file or of its folder', () => {
    expect(record('# T\n', 'docs/adr/2022-02-03-use-kafka.md').date).toBe('2022-02-03');
    expect(record('# T\n', 'docs/adr/20220118.use-kafka.md').date).toBe('2022-01-18');
    expect(record('# T\n', 'docs/adr/2023-06-19_024-use-kafka/index.md')).toMatchObject({ date: '2023-06-19', number: '24' });
  });
});
