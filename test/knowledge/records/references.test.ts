import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMarkdown } from '../../../server/knowledge/markup/markdown.ts';
import { referencesInText, referencesOf } from '../../../server/knowledge/records/references.ts';

const PATH = 'docs/adr/0007-use-kafka.md';
/** References as written, with ` -> path` where they lead to a file. */
const shown = (text: string): string[] =>
  referencesOf(readMarkdown(text), PATH).map(({ target, path }) => (path === undefined ? target : `${target} -> ${path}`));

describe('a text refers to records by', () => {
  it.each<[string, string, string[]]>([
    ['relative links', '[a](0009-nats.md) [b](../arch.md#x)', ['0009-nats.md -> docs/adr/0009-nats.md', '../arch.md#x -> docs/arch.md']],
    ['links from the root of the repository', '[a](/docs/arch.md)', ['/docs/arch.md -> docs/arch.md']],
    ['links to numbered pages of a website', '[a](/adr/9) [b](https://e.org/adr/9)', ['/adr/9', 'https://e.org/adr/9']],
    ['the number in the text of a link to somewhere else', '[ADR-9](https://e.org/x)', ['ADR-9']],
    ['the title in the text of such a link', '[9. Use NATS](https://e.org/x)', ['9. Use NATS']],
    ['brackets without a target', '[9. Use NATS]', ['9. Use NATS']],
    ['numbers in many forms', 'ADR-9, ADR 0010, adr#11, MADR 12, RFC-13', ['ADR-9', 'ADR 0010', 'adr#11', 'MADR 12', 'RFC-13']],
    ['several numbers after one name', 'ADRs 9, 10 and 11', ['ADRs 9', '10', '11']],
    ['numbers with a slash between them', 'ADR-9/10', ['ADR-9', '10']],
    ['a number in words', 'decision record number 9', ['decision record number 9']],
    ['slugs', 'see 0009-use-nats and adr-0010-use-kafka', ['0009-use-nats', 'adr-0010-use-kafka']],
    ['file names', 'see docs/adr/0009.md or use-nats.md', ['docs/adr/0009.md', 'use-nats.md']],
    ['addresses without brackets', 'see https://e.org/adr/0009.md.', ['https://e.org/adr/0009.md']],
    ['a number in a code span', 'as `ADR-9` says', ['ADR-9']],
    ['a number in a heading', '## Replaces ADR 9', ['ADR 9']],
  ])('%s', (_name, text, expected) => expect(shown(text)).toEqual(expected));

  it.each<[string, string]>([
    ['a fence or a comment', '```\nADR-10\n```\n\n<!-- ADR-11 -->'],
    ['versions and longer names', 'ADR 1.2, ADR-9-10, ADR-9x'],
    ['one number of several without a plural', 'and 10'],
    ['pages that are no records', '[a](https://e.org/x) https://e.org/y'],
    ['anchors, mail and images', '[a](#x) [b](mailto:a@b.c) ![c](images/0009-use-nats.png)'],
    ['links that leave the repository', '[a](../../../x.md)'],
    ['words in brackets', '[see there]'],
    ['a file name without number or hyphen', 'README.md'],
    ['dates', '2021-06-05-x'],
  ])('but not by %s', (_name, text) => expect(shown(text)).toEqual([]));

  it('a link before the names in its text and target', () =>
    expect(shown('[ADR-9 in 0009-use-nats](0010-x.md)')).toEqual(['0010-x.md -> docs/adr/0010-x.md']));
});

describe('the references of a text', () => {
  it('have the offsets of what is written', () => {
    const text = 'See ADRs 9 and 10, [x](0011-y.md).';
    expect(referencesOf(readMarkdown(text), PATH).map(({ start, end }) => text.slice(start, end))).toEqual([
      'ADRs 9',
      '10',
      '[x](0011-y.md)',
    ]);
  });

  it('in a value of front matter are moved to its place', () => {
    const found = referencesInText('[a](0009.md), ADR 10', 100, PATH, (text) => readMarkdown(text));
    expect(found.map(({ start, end }) => [start, end])).toEqual([
      [100, 112],
      [114, 120],
    ]);
  });

  it('are in order and do not overlap, whatever the text', () => {
    const pieces = fc.array(
      fc.constantFrom(
        'ADR',
        'ADRs',
        '-',
        ' ',
        '9',
        '0010',
        ', ',
        ' and ',
        '[',
        ']',
        '(',
        ')',
        '.md',
        '/',
        'use',
        'https://e.org/adr/',
        '#',
        '`',
        '\n',
        'RFC',
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join('');
        let at = 0;
        for (const { start, end } of referencesOf(readMarkdown(text), PATH)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          at = end;
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a link that a site generator resolves refers to the page that it names', () => {
  it.each<[string, string[]]>([
    ['[a]({{< relref "0009-nats.md#x" >}})', ['0009-nats.md']],
    ['[a]({{% ref "/adr/0009-nats" %}})', ['adr/0009-nats']],
    ['[a]({% link docs/adr/0009-nats.md %})', ['docs/adr/0009-nats.md']],
    ['[a]({{ site.baseurl }}/adr/0009-nats)', ['adr/0009-nats']],
    ["[a]({{ '/adr/0009-nats.md' | relative_url }})", ['adr/0009-nats.md']],
    ['[a](@site/docs/adr/0009-nats.md)', ['docs/adr/0009-nats.md']],
    ['[[0009-use-nats]]', ['0009-use-nats']],
    ['[[adr/0009-nats#status|words]]', ['adr/0009-nats']],
    ['[[glossary]] and [a]({{ page.next }}) and [b]({{< ref "about" >}})', []],
  ])('%s', (text, expected) => expect(shown(text)).toEqual(expected));
});
