import { recordName } from '../knowledge/record-name.ts';
import type { Catalogue, RecordEntry } from './catalogue.ts';

/** Records by the numbers that they had before, as `<namespace>:<number>`. Their current numbers are left out. */
export function formerNumbersOf(
  { records }: Catalogue,
  formerPaths: (path: string) => readonly string[],
): ReadonlyMap<string, readonly RecordEntry[]> {
  const found = new Map<string, RecordEntry[]>();
  for (const record of records) {
    const numbers = new Set<string>();
    for (const path of formerPaths(record.path)) {
      const { number, namespace } = recordName(path);
      if (number !== undefined && number !== record.number) numbers.add(`${namespace}:${number}`);
    }
    for (const number of numbers) found.set(number, [...(found.get(number) ?? []), record]);
  }
  return found;
}
