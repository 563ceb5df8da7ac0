import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readProse } from '../../../server/knowledge/markup/prose.ts';
import { titleOf } from '../../../server/knowledge/records/titles.ts';
import { at } from './support.ts';

const PATH = 'docs/adr/0007-use-kafka.md';
const read = (text: string, path = PATH) => {
  const { outline, front } = readProse({ path, text });
  return titleOf(outline, front, path);
};

describe('a title loses its number and keeps it apart:', () => {
  it.each([
    ['# ADR-7: Use Kafka', '7', 'Use Kafka'],
    ['# ADR 007 - Use Kafka', '7', 'Use Kafka'],
    ['# ADR0007 Use Kafka', '7', 'Use Kafka'],
    ['# [ADR-7] Use Kafka', '7', 'Use Kafka'],
    ['# MADR 7 | Use Kafka', '7', 'Use Kafka'],
    ['# RFC #12: Prices', '12', 'Prices'],
    ['# KEP-1234: Sidecars', '1234', 'Sidecars'],
    ['# Architecture Decision Record 7: Use Kafka', '7', 'Use Kafka'],
    ['# 7. Use Kafka', '7', 'Use Kafka'],
    ['# 7.Use Kafka', '7', 'Use Kafka'],
    ['# 0007 Use Kafka', '7', 'Use Kafka'],
    ['# 7 – Use Kafka', '7', 'Use Kafka'],
    ['# #7: Use Kafka', '7', 'Use Kafka'],
    ['# ADR: Use Kafka', undefined, 'Use Kafka'],
    ['# RFC #12 - Prices', '12', 'Prices'],
    ['# ADR-0007 – Use Kafka', '7', 'Use Kafka'],
    ['# ADR No. 7: Use Kafka', '7', 'Use Kafka'],
    ['# 📝 ADR-7: Use Kafka', '7', 'Use Kafka'],
    ['# A-13: Use Kafka', undefined, 'A-13: Use Kafka'],
    ['# A-7: Use Kafka', '7', 'Use Kafka'],
    ['# Architecture Decision Record: ADR-7: Use Kafka', '7', 'Use Kafka'],
    ['# Title: Use Kafka', undefined, 'Use Kafka'],
    ['# PEP 8 for our code', undefined, 'PEP 8 for our code'],
    ['# UTF-8: everywhere', undefined, 'UTF-8: everywhere'],
    ['# Use 7 brokers', undefined, 'Use 7 brokers'],
    ['# 3.5 seconds are enough', undefined, '3.5 seconds are enough'],
    ['# 7 brokers', undefined, '7 brokers'],
    ['# 7 Use Kafka', '7', 'Use Kafka'],
    ['# 8 Use Kafka', undefined, '8 Use Kafka'],
    ['# 7. After GOV&#46;UK &amp; &#x41;WS &mdash; Kafka &unknown; &#0;', '7', 'After GOV.UK & AWS — Kafka &unknown; &#0;'],
    ['# 0007 · Use Kafka', '7', 'Use Kafka'],
    ['# ADR-7 (Orders): Use Kafka', '7', 'Use Kafka'],
    ['# ADR-7: Use Kafka (for orders): now', '7', 'Use Kafka (for orders): now'],
    ['# 2021 roadmap', undefined, '2021 roadmap'],
    ['# ADR-7', '7', 'Use kafka'],
  ])('%s', (text, number, title) => {
    const found = read(text);
    expect([found.number, found.text]).toEqual([number, title]);
  });
});

describe('a title is taken from', () => {
  it.each([
    ['the heading before front matter', '---\ntitle: Other\n---\n# ADR-7: Use Kafka', 'Use Kafka'],
    ['a field above the heading', 'Title: Use Kafka\n\n# Other', 'Use Kafka'],
    ['the heading before a field below it', '# Use Kafka\n\nTitle: Other', 'Use Kafka'],
    ['the first heading that is not a standard section', '## Status\n\nok\n\n## Use Kafka', 'Use Kafka'],
    ['the file name where every heading is a standard section', '## Status\n\n## Context', 'Use kafka'],
    ['the file name where there is no text', '', 'Use kafka'],
    ['the file name where only deeper headings are there', '| Status |\n|--|\n| ok |\n\n## Context\n\n### Requirements\n', 'Use kafka'],
    ['the front matter before a deeper heading in the words of the file', '---\ntitle: Queues\n---\n## Use Kafka for all', 'Queues'],
    ['a deeper heading with the number of the file', '---\ntitle: Queues\n---\n## 0007. Use Kafka', 'Use Kafka'],
    ['the file name where a note stands before the sections', '# Superseded!\n\nBy 9.\n\n# Summary\n', 'Use kafka'],
    ['the heading below one that is only a label', '# ADR-0007\n\n## Queues for orders\n\n## Status\n', 'Queues for orders'],
    ['the text below a heading that announces it', '## Title\n\nQueues for orders\n\n## Status\n', 'Queues for orders'],
    ['the file name below a label and a standard section', '# Architecture Decision Record\n\n## Status\n\nok\n', 'Use kafka'],
    ['the file name where the label is in another language', '# Architekturentscheidung 7\n\n## Kontext\n', 'Use kafka'],
    ['the heading before a name that is a slug', '---\nname: adr-0007-x\n---\n# Use Kafka', 'Use Kafka'],
    ['front matter where every heading is a part of the record', '---\ntitle: Use Kafka\n---\n## Kontext\n', 'Use Kafka'],
    ['an underlined heading', 'Use Kafka\n=========\n\nStatus\n------\n', 'Use Kafka'],
    ['a heading of HTML', '<h1 align="center">Use <b>Kafka</b></h1>\n\n## Status\n', 'Use Kafka'],
    [
      'a heading with code, character by character',
      '# Add `items.map(_:)` and `Map<K, V>` to `*x*`',
      'Add items.map(_:) and Map<K, V> to *x*',
    ],
    ['a heading with a link and a picture', '# Use [Kafka](https://kafka.org) ![badge](x.svg)', 'Use Kafka'],
    ['a heading with type parameters outside of code', '# Return Map<K, V> and &lt;T&gt;', 'Return Map<K, V> and <T>'],
    ['a heading without its status', '# Use Kafka [accepted]', 'Use Kafka'],
    ['a heading without its successor', '# ADR-7: Use Kafka (Superseded by ADR-0001)', 'Use Kafka'],
    ['a heading without the status before it', '# [DEPRECATED] Use Kafka', 'Use Kafka'],
    ['a heading with brackets that are no status', '# Use Kafka (rejected events)', 'Use Kafka (rejected events)'],
  ])('%s', (_name, text, title) => expect(read(text).text).toBe(title));

  it('the folder of a README', () => expect(read('', 'docs/adr/0009-use-nats/README.md').text).toBe('Use nats'));
});

describe('the place of a title', () => {
  it.each([
    ['is that of its words, without number and marks', '# ADR-7: Use *Kafka* ##', 'Use *Kafka*'],
    ['is within the quotes of front matter', '---\ntitle: "7. Use Kafka"\n---\n', 'Use Kafka'],
    ['is the value of a field', 'Title: Use Kafka\n', 'Use Kafka'],
  ])('%s', (_name, text, words) => expect(at(text, read(text).span)).toBe(words));

  it('is none where the file name stands in', () => {
    expect(read('')).not.toHaveProperty('span');
    expect(read('# ADR-7')).not.toHaveProperty('span');
  });
});

describe('the title of any heading', () => {
  it('is never empty, and its span lies in the line of the heading', () => {
    const pieces = fc.array(fc.constantFrom('ADR', '-', '7', ': ', ' ', '#', '[', ']', '(', ')', '*', '`', 'Kafka', '.', '~~', '<b>'), {
      maxLength: 14,
    });
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = `# ${parts.join('')}`;
        const found = read(text);
        expect(found.text).not.toBe('');
        if (found.span === undefined) return;
        expect(found.span.start.line).toBe(0);
        expect(found.span.start.character).toBeLessThanOrEqual(found.span.end.character);
        expect(found.span.end.character).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

describe('a document without a heading that is named after a version', () => {
  it.each([
    ['Documentation/RelNotes/2.56.0.adoc', 'Release notes 2.56.0'],
    ['docs/release-notes/v1.2.md', 'Release notes v1.2'],
    ['docs/upgrading/3.0.0-rc1.md', 'Upgrading 3.0.0-rc1'],
    ['docs/adr/0007-use-2.0-keys.md', 'Use 2 0 keys'],
  ])('is called what its folder holds: %s', (path, title) => {
    expect(read('', path).text).toBe(title);
  });
});
