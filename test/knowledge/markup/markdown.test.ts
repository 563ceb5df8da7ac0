import { describe, expect, it } from 'vitest';
import { readMarkdown } from '../../../server/knowledge/markup/markdown.ts';
import { rowsOf, shapeOf } from './support.ts';

const check = (text: string, expected: readonly string[]): void => expect(shapeOf(readMarkdown(text))).toEqual(expected);

describe('a markdown heading', () => {
  it.each<[string, string, string[]]>([
    ['has one to six hashes', '# One\n###### Six\n####### Seven', ['# One', '###### Six', 'paragraph: ####### Seven']],
    ['may lack the space after two hashes or more', '##Status\n#hashtag', ['## Status', 'paragraph: #hashtag']],
    ['may be indented by three spaces, but not by four', '   # Three\n\n    # Four', ['# Three']],
    ['loses its closing hashes', '## Status ##\n## C#', ['## Status', '## C#']],
    ['loses an anchor at its end', '## Status {#status}\n## Scope {: #scope}', ['## Status', '## Scope']],
    ['loses the markup of its words', '## **Use** `Kafka` [here](x.md)', ['## Use Kafka here']],
    ['may be empty', '#\n## ', ['#', '##']],
    ['may be underlined', 'Use Kafka\n=========\n\nStatus\n------', ['# Use Kafka', '## Status']],
    ['underlined with one character is none', 'Use Kafka\n=', ['paragraph: Use Kafka =']],
    ['takes only the line above an underline of equals signs', 'Some words\nUse Kafka\n===', ['paragraph: Some words', '# Use Kafka']],
    ['is not a paragraph of two lines above dashes', 'Two lines\nof text\n---', ['paragraph: Two lines of text']],
    ['is not a status above dashes', 'Status: accepted\n---\nText', ['paragraph: Status: accepted', 'paragraph: Text']],
    ['is not a list item above an underline', '- item\n---', ['item: item']],
    ['is not one in a quotation', '> # Quoted', ['quote: # Quoted']],
  ])('%s', (_name, text, expected) => check(text, expected));

  it('has the offsets of its words, without hashes, spaces and anchor', () => {
    const text = 'Intro\n\n##   Use Kafka ##\n';
    const [heading] = readMarkdown(text).headings;
    expect(text.slice(heading?.start, heading?.end)).toBe('##   Use Kafka ##');
    expect(text.slice(heading?.textStart, heading?.textEnd)).toBe('Use Kafka');
  });
});

describe('markdown that is not prose is hidden:', () => {
  it.each<[string, string, string[]]>([
    ['a fence of backticks', 'a\n```\n# No\n```\nb', ['paragraph: a', 'paragraph: b']],
    ['a fence of tildes with a language', '~~~ts\n# No\n~~~\nb', ['paragraph: b']],
    ['a fence that a shorter or other one does not close', '````\n```\n~~~~\n# No\n````\nb', ['paragraph: b']],
    ['a fence that is never closed', 'a\n```\n# No\n\nb', ['paragraph: a']],
    ['a fence at any indentation', '        ```\n        # No\n        ```\nb', ['paragraph: b']],
    ['a fence in a list item', '- ```\n  # No\n  ```\n- b', ['item: b']],
    ['a fence in a quotation, which ends with the quotation', '> ```\n> # No\n\n# Yes', ['# Yes']],
    ['a comment of several lines', 'a <!-- x\n# No\n--> b', ['paragraph: a b']],
    ['code that is indented after a blank line', 'a\n\n    # No\n\nb', ['paragraph: a', 'paragraph: b']],
  ])('%s', (_name, text, expected) => check(text, expected));

  it.each<[string, string, string[]]>([
    ['three backticks around words in one line', '```Status: accepted```', ['paragraph: ```Status: accepted```']],
    ['a comment that is never closed', 'a <!-- x\n\n# Yes', ['paragraph: a <!-- x', '# Yes']],
    ['an indented line below a list item', '- a\n\n    b', ['item: a', 'paragraph: b']],
    ['an indented line within a paragraph', 'a\n    b', ['paragraph: a b']],
  ])('but not %s', (_name, text, expected) => check(text, expected));
});

describe('markdown blocks', () => {
  it.each<[string, string, string[]]>([
    ['are paragraphs between blank lines', 'a\nb\n\nc', ['paragraph: a b', 'paragraph: c']],
    ['are list items with any mark', '- a\n* b\n+ c\n1. d\n2) e', ['item: a', 'item: b', 'item: c', 'item: d', 'item: e']],
    ['contain the lines that continue an item', '- a\n  b\nc\n- d', ['item: a b c', 'item: d']],
    [
      'know whether a box is ticked',
      '- [ ] open\n- [x] done\n- [X] also\n- [y] words',
      ['item: [ ] open', 'item: [x] done', 'item: [x] also', 'item: [y] words'],
    ],
    ['are quotations without their marks', '> a\n> > b\n\nc', ['quote: a b', 'paragraph: c']],
    ['end at a rule', 'a\n\n* * *\nb\n\n___\nc', ['paragraph: a', 'paragraph: b', 'paragraph: c']],
    ['do not contain definitions of links', '[a]: x.md\n[b]: <y.md> "title"\n\nc', ['paragraph: c']],
    ['are the same with Windows line endings', '# T\r\n\r\n- a\r\n- b\r\n', ['# T', 'item: a', 'item: b']],
  ])('%s', (_name, text, expected) => check(text, expected));

  it('belong to the heading above them', () => {
    const { blocks } = readMarkdown('before\n\n# A\n\nfirst\n\n## B\n\nsecond\n');
    expect(blocks.map(({ heading }) => heading)).toEqual([-1, 0, 1]);
  });

  it('keep the first definition of a link, whatever the case of its name', () => {
    const { definitions } = readMarkdown('[Kafka]: 0007.md\n[kafka]: 0008.md "title"\n[NATS]: <0009.md>\n\n[^1]: a note\n');
    expect([...definitions]).toEqual([
      ['kafka', '0007.md'],
      ['nats', '0009.md'],
    ]);
  });
});

describe('a markdown table', () => {
  it.each<[string, string, string[]]>([
    ['has a header, and no row for the line below it', '| a | b |\n|---|---|\n| 1 | 2 |', ['1: | a | b |', '1: | 1 | 2 |']],
    ['may lack its outer bars', 'a | b\n--- | ---\n1 | 2', ['1: a | b', '1: 1 | 2']],
    ['ends at a blank line', '| a |\n|---|\n\n| b |\n|---|', ['1: | a |', '2: | b |']],
    ['may start right below a paragraph', 'words\na | b\n--|--\n1 | 2', ['1: a | b', '1: 1 | 2']],
    ['may lack a header', '| a | 1 |\n| b | 2 |', ['1: | a | 1 |', '1: | b | 2 |']],
    ['is not made by a bar in running text', 'use a | b\nas a filter', []],
  ])('%s', (_name, text, expected) => expect(rowsOf(readMarkdown(text))).toEqual(expected));

  it('leaves the paragraph above its header as a paragraph', () =>
    check('words\na | b\n--|--\n1 | 2', ['paragraph: words', 'row: a | b', 'row: 1 | 2']));
});

describe('reading markdown after front matter', () => {
  it('starts at the body and keeps the offsets of the whole text', () => {
    const text = '---\ntitle: x\n---\n# T\n\nWords.\n';
    const outline = readMarkdown(text, 17);
    expect(shapeOf(outline)).toEqual(['# T', 'paragraph: Words.']);
    expect(text.slice(outline.headings[0]?.textStart, outline.headings[0]?.textEnd)).toBe('T');
  });
});
