import { groupBy } from '../text/group-by.ts';
/** Items by key, in their order. Items whose key is `undefined` or empty are left out. */
export function groupByKey<T>(items: readonly T[], keyOf: (item: T) => string | undefined): ReadonlyMap<string, readonly T[]> {
  const groups = groupBy(items, (item) => keyOf(item) ?? '');
  groups.delete('');
  return groups;
}
