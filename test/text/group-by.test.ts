import fc from 'fast-check';
import { expect, it } from 'vitest';
import { groupBy } from '../../server/text/group-by.ts';

it('items are grouped by their key, keys in the order in which they come first, items in their order', () => {
  expect([...groupBy(['plum', 'fig', 'pear', 'kiwi', 'nut'], (word) => word.length)]).toEqual([
    [4, ['plum', 'pear', 'kiwi']],
    [3, ['fig', 'nut']],
  ]);
});

it('grouping loses no item and invents none', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), (numbers) => {
      const groups = groupBy(numbers, (number) => number % 3);
      expect([...groups.values()].flat().sort()).toEqual([...numbers].sort());
      for (const [key, group] of groups) expect(group.every((number) => number % 3 === key)).toBe(true);
    }),
  );
});
