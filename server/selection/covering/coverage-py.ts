import type { LineRange } from '../../model/span.ts';
import { fieldsOf, itemsOf, stringOf } from '../runs/formats/json-value.ts';
import { type Coverage, coveredByCounts, joined, lineOf, MOST_SOURCES } from './covered-lines.ts';

/** Whether a value of JSON is what `coverage json` of Python writes. */
export const isCoveragePy = (value: unknown): boolean => {
  const { meta, files } = fieldsOf(value);
  return typeof meta === 'object' && typeof files === 'object' && files !== null && !Array.isArray(files);
};

/** Reads `coverage json` of Python; with `--show-contexts` it names the test of each line. Never throws. */
export function readCoveragePy(value: unknown): Coverage {
  const tests = new Map<string, Map<string, readonly LineRange[]>>();
  const entries = Object.entries(fieldsOf(fieldsOf(value).files));
  for (const [path, entry] of entries.slice(0, MOST_SOURCES)) {
    const { executed_lines: executed, missing_lines: missing, contexts } = fieldsOf(entry);
    const zero = [...itemsOf(executed), ...itemsOf(missing)].flatMap((line): [number, number][] => {
      const at = lineOf(line);
      return at === undefined ? [] : [[at, 0]];
    });
    const ran = new Map<string, number[]>();
    const add = (name: string, written: unknown): void => {
      const at = lineOf(written);
      if (at !== undefined) ran.set(name, [...(ran.get(name) ?? []), at]);
    };
    // Lines that ran before a test began have an empty context.
    if (contexts === undefined) for (const line of itemsOf(executed)) add('', line);
    for (const [line, names] of Object.entries(fieldsOf(contexts)))
      for (const name of new Set(itemsOf(names).map((one) => stringOf(one).replace(/\|(?:setup|run|teardown)$/, ''))))
        if (name !== '') add(name, line);
    for (const [name, lines] of ran) {
      const files = tests.get(name) ?? new Map<string, readonly LineRange[]>();
      tests.set(name, files);
      files.set(path, joined(coveredByCounts(new Map([...zero, ...lines.map((line): [number, number] => [line, 1])]))));
    }
  }
  return { tests: [...tests].map(([name, files]) => ({ name, files })), complete: entries.length <= MOST_SOURCES };
}
