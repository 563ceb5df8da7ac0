import { recordName } from '../knowledge/names.ts';
import type { Catalogue, RecordEntry } from './catalogue.ts';

/** Records by the numbers that their files bore before, by `<namespace>:<number>`; without the number of now. */
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
