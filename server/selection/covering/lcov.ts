import type { LineRange } from '../../model/span.ts';
import { type Coverage, coveredByCounts, joined, lineOf, MOST_SOURCES } from './covered-lines.ts';

/** Whether a text is an LCOV tracefile: it names a source in a line of its own. */
export const isLcov = (text: string): boolean => /^SF:./m.test(text.slice(0, 100_000));

/** Reads an LCOV tracefile: `TN:` names the test that the records after it are of. Never throws. */
export function readLcov(text: string): Coverage {
  const tests = new Map<string, Map<string, readonly LineRange[]>>();
  let name = '';
  let source: string | undefined;
  let counts = new Map<number, number>();
  const functions = new Map<string, number>();
  let sources = 0;
  let complete = true;
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const key = colon < 0 ? line.trim() : line.slice(0, colon);
    const value = line.slice(colon + 1);
    if (key === 'TN') name = value.trim().replace(/,diff$/, '');
    else if (key === 'SF') {
      source = value.trim();
      counts = new Map();
      functions.clear();
    } else if (source === undefined) continue;
    else if (key === 'DA') {
      const [at, count] = value.split(',');
      const where = lineOf(at);
      if (where !== undefined) counts.set(where, (counts.get(where) ?? 0) + Math.max(0, Number(count) || 0));
    } else if (key === 'FN') {
      const [at, ...rest] = value.split(',');
      const where = lineOf(at);
      const called = (rest.length > 1 && /^\d+$/.test(rest[0] ?? '') ? rest.slice(1) : rest).join(',');
      // The line of a declaration is no statement; without it, it would belong to the function above.
      if (where !== undefined && !counts.has(where)) counts.set(where, 0);
      if (where !== undefined) functions.set(called, where);
    } else if (key === 'FNDA') {
      const [count, ...rest] = value.split(',');
      const where = functions.get(rest.join(','));
      if (where !== undefined) counts.set(where, (counts.get(where) ?? 0) + Math.max(0, Number(count) || 0));
    } else if (key === 'end_of_record') {
      const covered = coveredByCounts(counts);
      const files = tests.get(name) ?? new Map<string, readonly LineRange[]>();
      tests.set(name, files);
      sources += 1;
      if (sources > MOST_SOURCES) complete = false;
      else if (covered.length > 0) files.set(source, joined([...(files.get(source) ?? []), ...covered]));
      source = undefined;
    }
  }
  return { tests: [...tests].map(([test, files]) => ({ name: test, files })), complete: complete && source === undefined };
}
