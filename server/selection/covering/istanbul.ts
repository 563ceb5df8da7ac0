import type { LineRange } from '../../model/span.ts';
import { fieldsOf } from '../runs/formats/json-value.ts';
import { type CountedRange, type Coverage, coveredByRanges, joined, lineOf, MOST_SOURCES } from './covered-lines.ts';

/** Whether a value of JSON is the coverage of one file, as Istanbul and nyc write it. */
const isFile = (value: unknown): boolean => {
  const { statementMap, s } = fieldsOf(value);
  return typeof statementMap === 'object' && statementMap !== null && typeof s === 'object' && s !== null;
};

/** Whether a value of JSON is coverage of Istanbul: files by path, as nyc, Cypress and Playwright keep it. */
export const isIstanbul = (value: unknown): boolean => {
  const files = Object.values(fieldsOf(value));
  return files.length > 0 && files.slice(0, 100).every(isFile);
};

const rangesOf = (map: unknown, counts: unknown, placeOf: (entry: Readonly<Record<string, unknown>>) => unknown): CountedRange[] =>
  Object.entries(fieldsOf(map)).flatMap(([id, entry]) => {
    const { start, end } = fieldsOf(placeOf(fieldsOf(entry)));
    const first = lineOf(fieldsOf(start).line);
    const last = lineOf(fieldsOf(end).line) ?? first;
    const count = fieldsOf(counts)[id];
    return first === undefined || last === undefined || last < first
      ? []
      : [{ first, last, count: typeof count === 'number' && count > 0 ? count : 0 }];
  });

/** Reads coverage of Istanbul: statements and functions. Never throws. */
export function readIstanbul(value: unknown): Coverage {
  const files = new Map<string, readonly LineRange[]>();
  const entries = Object.entries(fieldsOf(value));
  for (const [key, entry] of entries.slice(0, MOST_SOURCES)) {
    const { path, statementMap, s, fnMap, f } = fieldsOf(entry);
    const statements = rangesOf(statementMap, s, (statement) => statement);
    // A function that nobody called is defined all the same, by a statement around it.
    const functions = [...rangesOf(fnMap, f, ({ loc }) => loc), ...rangesOf(fnMap, f, ({ decl }) => decl)];
    const onOneLine = statements.filter(({ first, last, count }) => first === last && count > 0);
    const covered = joined([...coveredByRanges([...statements, ...functions]), ...onOneLine]);
    if (covered.length > 0) files.set(typeof path === 'string' && path !== '' ? path : key, covered);
  }
  return { tests: [{ name: '', files }], complete: entries.length <= MOST_SOURCES };
}
