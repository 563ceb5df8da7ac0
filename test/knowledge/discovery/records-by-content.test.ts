import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify } from '../../../server/knowledge/discovery/classify.ts';
import { defaultConfig } from '../../../server/knowledge/discovery/config.ts';

const kindOf = (path: string, text?: string): string =>
  classify(path, defaultConfig(), text === undefined ? undefined : () => text)?.kind ?? 'none';

const all = (paths: readonly string[], expected: string, text?: string): void => {
  for (const path of paths) expect(`${path} ${kindOf(path, text)}`).toBe(`${path} ${expected}`);
};

const RECORD = '# 7. Use Kafka\n\nDate: 2024-03-04\n\n## Status\n\nAccepted\n\n## Context\n\nA broker.\n\n## Decision\n\nKafka.\n';
const GUIDE = '# How to write guides\n\nStart with an overview.\n\n## Summary\n\nBe short.\n';

describe('folders of records', () => {
  it('may be hidden', () => {
    all(['.decisions/0007-x.md', '.adr/0001-x.md', '.agents/decisions/0003-x.md', 'services/a/.adrs/0001-x.md'], 'decision', RECORD);
    all(['.decisions/use-queues.md'], 'decision', RECORD);
  });

  it('that are hidden hold no records but those that say so', () => {
    all(['.decisions/write.md', '.claude/commands/adr/write.md'], 'none', GUIDE);
  });

  it('have names in other languages, composed or decomposed', () => {
    all(
      [
        'docs/decisoes/0001-usar-filas.md',
        'docs/decisões/0001-usar-filas.md',
        'docs/decisões/0001-usar-filas.md'.normalize('NFD'),
        'doku/entscheidungen/0001-x.md',
        'docs/architekturentscheidungen/0001-x.md',
        'docs/decisiones/0001-x.md',
        'docs/decisiones-de-arquitectura/usar-colas.md',
        'docs/décisions-d-architecture/0001-x.md',
        'docs/decisions-architecture/0001-x.md',
        'docs/決定記録/0001-x.md',
        'docs/架构决策记录/0001-x.md',
        'docs/архитектурные-решения/0001-x.md',
        'doc/architecture/decisions/0001-x.md',
        'docs/architecture/adr/0001-x.md',
        'design/adr/0001-x.md',
        'documentation/adrs/0001-x.md',
      ],
      'decision',
    );
  });

  it('with a word that also means something else are not taken', () => {
    all(['src/решения/0001-сортировка.md'], 'none', GUIDE);
  });
});

describe('a topic below a folder of records', () => {
  it('may be named like build output, tests or the files of others', () => {
    all(
      ['build', 'release-notes', 'test', 'tests', 'vendor', 'target', 'coverage', 'changelog', 'e2e', 'i18n'].map(
        (topic) => `docs/adr/${topic}/0001-x.md`,
      ),
      'decision',
      RECORD,
    );
  });

  it('is none where the folder above is generated, or where the records are examples, templates or material of a package named adr', () => {
    all(
      [
        'node_modules/adr/build/0001-x.md',
        'vendor/x/docs/adr/0001-x.md',
        'build/docs/adr/0001-x.md',
        'tests/docs/adr/build/0001-x.md',
        'docs/adr/examples/0001-x.md',
        'docs/adr/templates/0001-x.md',
        'docs/adr/fixtures/0001-x.md',
        'packages/adr/test/0001-x.md',
        'src/adr/vendor/0001-x.md',
      ],
      'none',
      RECORD,
    );
  });
});

describe('a file outside of folders of records', () => {
  const RUST = '- Feature Name: crates\n- Start Date: 2024-03-05\n- RFC PR: [#2](https://example.com/2)\n\n# Summary\n\nUse crates.\n';
  const EMBER = '---\nstage: accepted\nstart-date: 2020-01-01\nrfc-pr: 1\n---\n\n# Deprecate\n\n## Summary\n\n## Motivation\n';
  const CDK = '# Docs\n\n* **Original Author(s):**: @a\n* **Tracking Issue**: #92\n* **API Bar Raiser**: @b\n';

  it('in text/ is an RFC if it begins like one', () => {
    for (const text of [RUST, EMBER, CDK]) all(['text/0002-use-crates.md'], 'decision', text);
    all(['text/0002-chapter.md'], 'none', '# Chapter 2\n\nIt was a dark and stormy night.\n');
    all(['text/0000-template.md'], 'none', RUST);
  });

  it('is a proposal elsewhere if it is numbered and has the head and sections of one', () => {
    all(['accepted/0002-use-crates.md', 'active/0123-x.md'], 'decision', RUST);
    all(['docs/guide/0003-overview.md'], 'guide', GUIDE);
    all(['accepted/use-crates.md', 'lessons/01-start.md'], 'none', RUST);
  });

  it('is a record if it is numbered and has a status, context and decision', () => {
    all(['docs/0007-use-kafka.md', 'notes/007-use-kafka.md'], 'decision', RECORD);
    all(['notes/07-use-kafka.md'], 'none', RECORD);
    all(['notes/0007-use-kafka.md'], 'none', '# 7. Use Kafka\n\nStatus: done\n\nSome notes on the context of decisions.\n');
  });

  it('is a record if its title says so and it has the sections of one', () => {
    const adr = '# ADR: One-shot configuration\n\n## Background\n\nIt breaks.\n\n## Decision\n\nOnce.\n';
    all(['docs/one-shot.md', 'apps/web/docs/one-shot.md', 'services/shop/design-of-config.md'], 'decision', adr);
    all(['docs/one-shot.md'], 'decision', adr.replace('ADR:', 'ADR-0007:').replace('Background', 'Context'));
    all(['docs/one-shot.md'], 'decision', adr.replace('ADR:', 'Architecture Decision Record:'));
    all(['docs/one-shot.adoc'], 'decision', adr.replaceAll('## ', '== ').replace('# ', '= '));
  });

  it('is a guide if its title only speaks of records, or is that of a template', () => {
    const body = '\n\n## Background\n\nx\n\n## Decision\n\ny\n';
    all(['docs/one-shot.md'], 'guide', `# Architecture decision records${body}`);
    all(['docs/one-shot.md'], 'guide', `# ADR: [short title]${body}`);
    all(['docs/one-shot.md'], 'guide', '# ADR: why we write them\n\nThey help.\n');
    all(['docs/adr-template.md'], 'guide', `# ADR: Use Kafka${body}`);
    all(['tests/docs/one-shot.md'], 'none', `# ADR: Use Kafka${body}`);
  });

  it.each([
    ['EIPS/eip-55.md', '---\neip: 55\ntitle: Checksums\nauthor: A\nstatus: Final\n---\n'],
    ['rep-0103.rst', 'REP: 103\nTitle: Units\nAuthor: T\nStatus: Active\n'],
    ['final/0001-dep-process.rst', '=====\nDEP 1\n=====\n\n:DEP: 1\n:Author: A\n:Status: Final\n'],
    [
      'DIPs/DIP1003.md',
      '# Remove body\n\n| Field  | Value |\n|---|---|\n| DIP:            | 1003 |\n| Author:  | J |\n| Status: | Accepted |\n',
    ],
    ['CIP-0007/README.md', '---\nCIP: 7\nTitle: x\nStatus: Active\nAuthors:\n  - a\n---\n'],
  ])('is a proposal if its preamble has its own number, a status and an author: %s', (path, text) => {
    expect(kindOf(path, text)).toBe('decision');
  });

  it('is no proposal if the number in it is another one, or if it is a date', () => {
    all(['EIPS/eip-56.md'], 'none', '---\neip: 55\nauthor: A\nstatus: Final\n---\n');
    all(['docs/reports/2026-02-01_cleanup.md'], 'guide', '---\nyear: 2026\nauthor: A\nstatus: DONE\n---\n');
  });

  it('takes time in proportion to its beginning, whatever that is', () => {
    const hostile = [
      ' '.repeat(5_000),
      '| '.repeat(2_000),
      '#'.repeat(5_000),
      '- '.repeat(3_000),
      `ADR${':'.repeat(4_000)}`,
      'eip:'.repeat(2_000),
    ];
    const started = performance.now();
    for (const text of hostile) for (const path of ['docs/0007-x.md', 'text/0001-x.md', 'EIPS/eip-5.md']) kindOf(path, text);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('is classified without an exception whatever it is named and holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (name, text) => {
        expect(['decision', 'guide', 'none']).toContain(kindOf(`docs/${name}.md`, text));
      }),
    );
  });
});
