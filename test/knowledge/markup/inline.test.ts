import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAsciidoc } from '../../../server/knowledge/markup/asciidoc.ts';
import { inlineLinks, plainText } from '../../../server/knowledge/markup/inline.ts';
import { readMarkdown } from '../../../server/knowledge/markup/markdown.ts';
import type { Outline } from '../../../server/knowledge/markup/outline.ts';
import { readRst } from '../../../server/knowledge/markup/rst.ts';

/** Links as `text -> target`, with `?` before dangling ones and `!` before images. */
const linksOf = (outline: Outline): string[] =>
  inlineLinks(outline).map(({ text, target, dangling, image }) => `${image ? '!' : ''}${dangling ? '?' : ''}${text} -> ${target}`);

const check = (text: string, expected: readonly string[]): void => expect(linksOf(readMarkdown(text))).toEqual(expected);

describe('a link in markdown', () => {
  it.each<[string, string, string[]]>([
    ['has a text and a target', '[Kafka](0007.md)', ['Kafka -> 0007.md']],
    ['may have a title', '[a](x.md "t") [b](y.md \'t\') [c](z.md (t))', ['a -> x.md', 'b -> y.md', 'c -> z.md']],
    ['may have its target in angle brackets, with spaces', '[a](<use kafka.md>)', ['a -> use kafka.md']],
    ['may have spaces in its target, which only records do', '[a](0007 use kafka.md)', ['a -> 0007 use kafka.md']],
    ['may have parentheses in its target', '[a](x_(y).md)', ['a -> x_(y).md']],
    ['may have a target on the next line', '[a](\nx.md)', ['a -> x.md']],
    ['may have an escaped parenthesis', '[a](x\\).md)', ['a -> x).md']],
    ['may refer to a definition by name', '[a][K] [K][] [K]\n\n[k]: x.md', ['a -> x.md', 'K -> x.md', 'K -> x.md']],
    ['without a definition is dangling', '[22. Use Kafka]', ['?22. Use Kafka -> 22. Use Kafka']],
    [
      'may be an address in angle brackets',
      '<https://e.org/a> <./x.md> </adr/7>',
      ['https://e.org/a -> https://e.org/a', './x.md -> ./x.md', '/adr/7 -> /adr/7'],
    ],
    ['may be an image', '![alt](a.png)', ['!alt -> a.png']],
    ['may contain an image', '[![alt](a.png)](x.md)', ['![alt](a.png) -> x.md', '!alt -> a.png']],
    [
      'may be in a heading, an item, a quotation and a table',
      '# [a](1)\n\n- [b](2)\n\n> [c](3)\n\n| [d](4) |\n|---|',
      ['a -> 1', 'b -> 2', 'c -> 3', 'd -> 4'],
    ],
  ])('%s', (_name, text, expected) => check(text, expected));

  it.each<[string, string]>([
    ['code', '`[a](x.md)` and ``[b](`y`.md)``'],
    ['a fence', '```\n[a](x.md)\n```'],
    ['a comment', '<!-- [a](x.md) -->'],
    ['escaped', '\\[a\\](x.md)'],
    ['a footnote', 'See[^1].'],
    ['an empty pair of brackets', '[] [ ]'],
    ['a call', '[a](x.md'],
    ['nested four parentheses deep', '[a](((((x)))))'],
    ['the end of an HTML element', '<b>Use</b> Kafka</my-tag>'],
  ])('is not %s', (_name, text) => check(text, []));

  it('is at its offsets, with the exclamation mark of an image', () => {
    const text = 'See `code` [Kafka](0007.md) and ![pic](a.png).';
    expect(inlineLinks(readMarkdown(text)).map(({ start, end }) => text.slice(start, end))).toEqual(['[Kafka](0007.md)', '![pic](a.png)']);
  });

  it('is the same behind an unclosed backtick', () => check('a ` b [c](d.md)', ['c -> d.md']));

  it('is found after ten thousand opening brackets in linear time', () => {
    const started = performance.now();
    check(`${'['.repeat(10_000)}[a](x.md)`, ['a -> x.md']);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('a link in reStructuredText', () => {
  it.each<[string, string, string[]]>([
    ['has its target in its text', '`Kafka <0007.rst>`_ `NATS <0009.rst>`__', ['Kafka -> 0007.rst', 'NATS -> 0009.rst']],
    ['may refer to a target by name', '`Kafka`_ `it <kafka_>`_\n\n.. _kafka: 0007.rst', ['Kafka -> 0007.rst', 'it -> 0007.rst']],
    ['without a target is dangling', '`Kafka`_', ['?Kafka -> Kafka']],
    [
      'may be a document, whose extension is implied',
      ':doc:`Kafka <0007-kafka>` :doc:`/adr/0009.md`',
      ['Kafka -> 0007-kafka.rst', '/adr/0009.md -> /adr/0009.md'],
    ],
    ['may be a label', ':ref:`Kafka <kafka>`\n\n.. _kafka: 0007.rst', ['Kafka -> 0007.rst']],
    ['is no literal and no interpreted text', '``a <b>``_ `emphasis` :code:`x <y>`', []],
  ])('%s', (_name, text, expected) => expect(linksOf(readRst(text))).toEqual(expected));

  it('spans its role and its underscores', () => {
    const text = 'See :doc:`a <b>` and `c <d>`__.';
    expect(inlineLinks(readRst(text)).map(({ start, end }) => text.slice(start, end))).toEqual([':doc:`a <b>`', '`c <d>`__']);
  });
});

describe('a link in AsciiDoc', () => {
  it.each<[string, string, string[]]>([
    ['is a macro', 'link:0007.adoc[Kafka] xref:0009.adoc[NATS]', ['Kafka -> 0007.adoc', 'NATS -> 0009.adoc']],
    ['may have no text', 'xref:0009.adoc[]', [' -> 0009.adoc']],
    ['may be in double angle brackets', '<<0007.adoc,Kafka>> <<../0009.adoc>>', ['Kafka -> 0007.adoc', '../0009.adoc -> ../0009.adoc']],
    ['to an anchor of the page is dangling', '<<status>>', ['?status -> status']],
  ])('%s', (_name, text, expected) => expect(linksOf(readAsciidoc(text))).toEqual(expected));
});

describe('the plain text of a heading or value', () => {
  it.each([
    ['**Use** __Kafka__ ~~now~~', 'Use Kafka now'],
    ['*Use* _Kafka_', 'Use Kafka'],
    ['snake_case and 2 * 3 stay', 'snake_case and 2 * 3 stay'],
    ['`code` and ``more``', 'code and more'],
    ['[Kafka](0007.md) for ![icon](a.png) events', 'Kafka for icon events'],
    ['[22. Kafka] stays', '[22. Kafka] stays'],
    ['<b>Use</b> Kafka<br/>', 'Use Kafka'],
    ['1 < 2 > 0', '1 < 2 > 0'],
    [':doc:`Kafka <0007>` and :ref:`NATS`', 'Kafka and NATS'],
    ['C\\# and 1\\. x', 'C# and 1. x'],
    ['  a \t\n b  ', 'a b'],
    ['', ''],
  ])('of %j is %j', (markup, expected) => expect(plainText(markup)).toBe(expected));

  it('is cut at 2,000 characters', () => expect(plainText('a'.repeat(3_000))).toHaveLength(2_000));

  it('has no white space around it or in runs, whatever the markup', () => {
    const pieces = fc.array(fc.constantFrom('[', ']', '(', ')', '*', '_', '`', '<', '>', '~~', '\\', ' ', '\n', 'a', '!', ':doc:'), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(pieces, (parts) => {
        const plain = plainText(parts.join(''));
        expect(plain).toBe(plain.trim());
        expect(plain).not.toMatch(/\s\s|[\n\t]/);
      }),
    );
  });
});
