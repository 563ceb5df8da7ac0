import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { plainMarkdown } from '../../server/text/plain-markdown.ts';

const plain = (text: string): string => plainMarkdown({ text, highlights: [] }).text;

describe('Markdown as plain text', () => {
  test.each([
    ['Chosen option: [B](#b-use-postgres-with-listen), because', 'Chosen option: B, because'],
    ['See ![the picture](a.png "title") and [c (d)](x_(y).md).', 'See the picture and c (d).'],
    ['[**bold** and `code`](a.md)', 'bold and code'],
    ['cut [within the link](docs/decisions/0001-us', 'cut within the link'],
    ['of it](a.md) goes on', 'of it goes on'],
    ['a [reference][1] and [both][]', 'a reference and both'],
    ['**We use** *events* and __never ever__ _calls_', 'We use events and never ever calls'],
    ['~~old~~ new', 'old new'],
    ['## Decision\n> quoted\ntext', 'Decision\nquoted\ntext'],
    ['the name `a_b_*c*` and ``x`` stay', 'the name a_b_*c* and x stay'],
    ['```ts\nconst a = b * c * d;\n```\nafter', 'const a = b * c * d;\nafter'],
    ['| Status | accepted |\n|---|---|\n| Date | 2024 |', 'Status | accepted\nDate | 2024'],
    ['one<br/>two <!-- hidden --> <b>three</b>', 'onetwo  three'],
    ['escaped \\_name\\_ and 1\\. item', 'escaped _name_ and 1. item'],
  ])('of %j is %j', (text, expected) => {
    expect(plain(text)).toBe(expected);
  });

  test.each([
    'snake_case_name and __init__.py in a/__b__/c',
    'services/**/src/** and *.ts, 2 * 3 * 4',
    'Map<string, number> and a <T> of it',
    'a [ ] b [x] c, arr[0] and f(x)',
    '- one\n- two',
    'https://example.com/a_b_c',
    'C:\\shop\\orders',
    '',
  ])('leaves %j as it is', (text) => {
    expect(plain(text)).toBe(text);
  });

  it('moves highlights with their words, and drops those of which nothing is left', () => {
    const text = 'See **events** in [NATS](events.md)';
    const { text: shown, highlights } = plainMarkdown({
      text,
      highlights: [
        { start: 6, end: 12 },
        { start: 19, end: 23 },
        { start: 25, end: 31 },
      ],
    });
    expect(shown).toBe('See events in NATS');
    expect(highlights.map(({ start, end }) => shown.slice(start, end))).toEqual(['events', 'NATS']);
  });

  it('only ever leaves characters out, in order, and highlights stay inside the text', () => {
    const hostile = fc
      .array(
        fc.constantFrom(
          '**',
          '*',
          '_',
          '__',
          '`',
          '``',
          '[',
          ']',
          '(',
          ')',
          '](',
          '<b>',
          '\n',
          '|',
          '---',
          '\\',
          '#',
          ' ',
          'word',
          'é',
          '👩‍🚀',
        ),
        {
          maxLength: 40,
        },
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), fc.nat(60), fc.nat(60), (text, start, length) => {
        const shown = plainMarkdown({ text, highlights: [{ start, end: start + length }] });
        let left = 0;
        for (const unit of text.split('')) if (unit === shown.text[left]) left += 1;
        expect(left).toBe(shown.text.length);
        for (const { start: from, end } of shown.highlights) {
          expect(from).toBeLessThan(end);
          expect(end).toBeLessThanOrEqual(shown.text.length);
        }
      }),
    );
  });

  it('takes time in proportion to the text', () => {
    const started = performance.now();
    for (const unit of ['[', '**a', '`a', '_a ', '<a ', '](', '[a](', '|', '>']) plain(unit.repeat(2_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
