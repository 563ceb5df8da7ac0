import { describe, expect, it } from 'vitest';
import { collectionsOf, nameFormOf } from '../../../server/decisions/authoring/file-names.ts';
import { type Draft, draftOf } from '../../../server/decisions/authoring/new-decision.ts';
import { readText } from '../../../server/decisions/authoring/slots.ts';

const made = (files: Readonly<Record<string, string>>, template?: readonly [string, string]): Draft => {
  const newest = Object.entries(files).map(([path, text]) => readText(path, text));
  const known = newest.map(({ path, document: { number } }) => ({ path, ...(number === undefined ? {} : { number }) }));
  const collections = collectionsOf(known);
  const [collection] = collections;
  return draftOf(
    {
      ...(collection ? { collection } : {}),
      collections,
      names: nameFormOf(known),
      listing: [],
      newest,
      ...(template ? { template: readText(...template) } : {}),
      exists: () => false,
    },
    { title: 'Use topics', status: 'proposed', today: '2026-11-21' },
  );
};

describe('a new record', () => {
  it('fills the row of a table with headings, keeps its columns, and gets no heading that no record has', () => {
    const table = (status: string, date: string): string =>
      `| Status                       | Date       | Author(s) |\n|:-----------------------------|:-----------|:----------|\n| ${status} | ${date} | @handle   |\n\n## Context\n\nx\n`;
    const { text } = made({ 'docs/adr/001-a.md': table('Accepted                    ', '2025-01-19') }, [
      'docs/adr/000-template.md',
      table('Proposed, Accepted, Rejected', 'yyyy-mm-dd'),
    ]);
    expect(text).toBe(table('Proposed                    ', '2026-11-21'));
  });

  it('fills the number in front matter as other records write it', () => {
    const front = (id: string, title: string): string =>
      `---\nid: ${id}\nstatus: accepted\ndate: 2024-03-04\n---\n\n# ${title}\n\n## Context\n\nx\n`;
    const { text } = made({ 'adr/ADR-001-use-queues.md': front('ADR-001', 'ADR-001: Use queues') }, [
      'adr/ADR-TEMPLATE.md',
      front('ADR-NNN', 'ADR-NNN: Title'),
    ]);
    expect(text).toBe('---\nid: ADR-002\nstatus: proposed\ndate: 2026-11-21\n---\n\n# ADR-002: Use topics\n\n## Context\n\nx\n');
  });

  it('takes nothing that another record says, and keeps directives with their arguments', () => {
    const jep = (number: number, title: string, sponsor: string): string =>
      `= JEP-${number}: ${title}\n:toc: preamble\nifdef::env-github[]\n:tip-caption: :bulb:\nendif::[]\n\n.Metadata\n[cols="2"]\n|===\n| JEP\n| ${number}\n\n| Title\n| ${title}\n\n| Sponsor\n| ${sponsor}\n\n| Status\n| Draft\n\n| Created\n| 2018-02-07\n|===\n\n== Abstract\n\n${title} is good.\n`;
    const { path, text } = made({
      'jep/2/README.adoc': jep(2, 'Use Kubernetes', 'Bob'),
      'jep/1/README.adoc': jep(1, 'Keep a process', 'Ann'),
    });
    expect(path).toBe('jep/3/README.adoc');
    expect(text).toBe(
      '= JEP-3: Use topics\n:toc: preamble\nifdef::env-github[]\n:tip-caption: :bulb:\nendif::[]\n\n.Metadata\n[cols="2"]\n|===\n| JEP\n| 3\n\n| Title\n| Use topics\n\n| Sponsor\n|\n\n| Status\n| Draft\n\n| Created\n| 2026-11-21\n|===\n\n== Abstract\n',
    );
  });

  it.each([
    ['German', '# T\n\n## Status\n\n[Vorgeschlagen | Akzeptiert | Ersetzt]\n\n## Kontext\n', 'Vorgeschlagen'],
    ['Japanese', '# T\n\n日付: YYYY-MM-DD\nステータス: 提案 | 承認 | 廃止\n\n## 背景\n', '提案'],
    ['boxes', '# T\n\n## Status\n\n- [ ] Proposed\n- [ ] Accepted\n\n## Context\n', '- [x] Proposed\n- [ ] Accepted'],
    ['Spanish', '# T\n\n- Estado: {propuesta | aceptada}\n\n## Contexto\n', '- Estado: propuesta'],
  ])('begins with the word for "proposed" of a template with %s', (_name, template, words) => {
    const { path, text } = made({}, ['docs/decisions/template.md', template]);
    expect(text).toContain(words);
    expect(text).not.toMatch(/Akzeptiert|承認|aceptada|YYYY/);
    expect(readText(path, text).document.status?.value).toBe('proposed');
  });

  it('says "proposed" in the language of records that have no proposal yet', () => {
    const record = (status: string): string => `# A\n\n## Estado\n\n${status}\n\n## Contexto\n\nx\n\n## Decisión\n\ny\n`;
    expect(made({ 'adr/0002-b.md': record('Aceptada'), 'adr/0001-a.md': record('Aceptada') }).text).toContain('## Estado\n\nPropuesta\n');
  });

  it('takes no slug of another record into its number', () => {
    const record = (id: string): string => `---\nid: ${id}\nstatus: accepted\n---\n\n# A\n\n## Context\n\nx\n`;
    expect(made({ 'adr/adr-007-use-kafka.md': record('ADR-007-use-kafka') }).text).toContain('id: ADR-008-use-topics\n');
  });
});
