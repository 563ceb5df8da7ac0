import { describe, expect, it } from 'vitest';
import { nameHash } from '../../server/code/names.ts';
import { codeNamesOf, NameIndex, spanOfName } from '../../server/register/code-names.ts';
import { indexedRecord } from '../support/register.ts';
import { wordsBetween } from '../support/text.ts';

const PATH = 'docs/adr/0001-x.md';
const textWith = (prose: string): string => `# Decide\n\n## Decision\n\n${prose}\n`;
const namesIn = (prose: string): string[] => codeNamesOf(indexedRecord(PATH, textWith(prose))).map(({ name }) => name);

describe('the names of code in a record', () => {
  it.each([
    ['An OutboxRelay sends.', ['OutboxRelay']],
    ['The table order_lines.', ['order_lines']],
    ['The field `status`.', ['status']],
    ['Call `OutboxRelay.publish()`.', ['OutboxRelay.publish', 'OutboxRelay']],
    ['Call `POST /orders/{id}`.', ['/orders/{id}']],
    ['The topic `orders.placed`.', ['orders.placed']],
    ['The package `@shop/orders`.', ['@shop/orders']],
    ['Call `drain()`.', ['drain']],
    ['``double_ticks`` too.', ['double_ticks']],
  ])('%j are %j', (prose, expected) => {
    expect(namesIn(prose)).toEqual(expected);
  });

  it.each([
    'Plain words say nothing.',
    'We use PostgreSQL, GitHub and TypeScript.',
    'A `string`, a `return` and a `map`.',
    'See https://example.org/OutboxRelay/x and [it](docs/OutboxRelay.md).',
    'Ask somebody@OutboxRelay.example.',
    'An `id` is too short.',
  ])('%j are none', (prose) => {
    expect(namesIn(prose)).toEqual([]);
  });

  it('are listed once, at their first place, and count as code if any place is a code span', () => {
    const text = textWith('OutboxRelay, then\n`OutboxRelay`.');
    const names = codeNamesOf(indexedRecord(PATH, text));
    expect(names).toMatchObject([{ name: 'OutboxRelay', line: 4, character: 0, code: true, literal: false }]);
  });

  it('have the span at which they are written', () => {
    const text = textWith('We drain `orders.placed` and\nan OutboxRelay reads order_lines.');
    for (const name of codeNamesOf(indexedRecord(PATH, text))) expect(wordsBetween(text, spanOfName(name))).toBe(name.name);
  });

  it('are read once for a document', () => {
    const document = indexedRecord(PATH, textWith('OutboxRelay'));
    expect(codeNamesOf(document)).toBe(codeNamesOf(document));
  });

  it('are at most 2,000', () => {
    const many = Array.from({ length: 2_100 }, (_, index) => `nameOf${index}`).join(' ');
    expect(namesIn(many)).toHaveLength(2_000);
  });
});

describe('the index of names', () => {
  const mentions = (index: NameIndex, name: string): string[] => index.named(nameHash(name)).map(({ id }) => id);
  const a = indexedRecord('a.md', textWith('OutboxRelay'));
  const b = indexedRecord('b.md', textWith('OutboxRelay and order_lines'));

  it('gives the records that mention a name, ordered by id, whatever their order', () => {
    const index = new NameIndex();
    index.update([b, a]);
    expect([mentions(index, 'OutboxRelay'), mentions(index, 'order_lines'), mentions(index, 'nobody_else')]).toEqual([
      ['a.md', 'b.md'],
      ['b.md'],
      [],
    ]);
  });

  it('follows records that change and records that go', () => {
    const index = new NameIndex();
    index.update([a, b]);
    const changed = indexedRecord('a.md', textWith('InboxReader'));
    index.update([changed, b]);
    expect([mentions(index, 'OutboxRelay'), mentions(index, 'InboxReader')]).toEqual([['b.md'], ['a.md']]);
    index.update([changed]);
    expect([mentions(index, 'OutboxRelay'), index.size]).toEqual([[], 1]);
  });
});
