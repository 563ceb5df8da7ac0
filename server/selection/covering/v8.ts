import type { LineRange } from '../../model/span.ts';
import { fieldsOf, itemsOf, stringOf } from '../runs/formats/json-value.ts';
import { type Coverage, joined, MOST_SOURCES } from './covered-lines.ts';

const LONGEST_SOURCE = 5_000_000;
const MOST_RANGES = 200_000;

const entriesOf = (value: unknown): readonly unknown[] => itemsOf(Array.isArray(value) ? value : fieldsOf(value).result);

/** Whether a value of JSON is coverage of V8, as `page.coverage.stopJSCoverage()` of Playwright and `NODE_V8_COVERAGE` give it. */
export const isV8 = (value: unknown): boolean => {
  const entries = entriesOf(value);
  return (
    entries.length > 0 && entries.slice(0, 100).every((entry) => typeof fieldsOf(entry).url === 'string' && 'functions' in fieldsOf(entry))
  );
};

/** Lines of a source that ran: later ranges are inside of earlier ones, and decide. */
function linesOf(source: string, functions: readonly unknown[]): readonly LineRange[] {
  const ran = new Uint8Array(source.length);
  const ranges = functions
    .flatMap((one) => itemsOf(fieldsOf(one).ranges))
    .slice(0, MOST_RANGES)
    .flatMap((one) => {
      const { startOffset: start, endOffset: end, count } = fieldsOf(one);
      return typeof start === 'number' && typeof end === 'number' && typeof count === 'number' && start >= 0 && end > start
        ? [{ start, end, count }]
        : [];
    })
    .sort((a, b) => a.start - b.start || b.end - a.end);
  // The innermost around a character decides: those that are open are a stack.
  const open: typeof ranges = [];
  let at = 0;
  const paint = (to: number): void => {
    if (to > at) ran.fill((open.at(-1)?.count ?? 0) > 0 ? 1 : 0, at, to);
    at = Math.max(at, to);
  };
  const closeBefore = (offset: number): void => {
    for (let inner = open.at(-1); inner && inner.end <= offset; inner = open.at(-1)) {
      paint(inner.end);
      open.pop();
    }
  };
  for (const range of ranges) {
    closeBefore(range.start);
    paint(range.start);
    open.push(range);
  }
  closeBefore(Number.POSITIVE_INFINITY);
  const lines: LineRange[] = [];
  let start = 0;
  for (const [line, text] of source.split('\n').entries()) {
    const from = start + (text.length - text.trimStart().length);
    const to = start + text.trimEnd().length;
    if (ran.subarray(from, Math.max(from, to)).includes(1)) lines.push({ first: line, last: line });
    start += text.length + 1;
  }
  return joined(lines);
}

/**
 * Reads coverage of V8 where it has the texts of its sources as people wrote them; places in generated code say nothing of the lines in the repository.
 * Never throws.
 */
export function readV8(value: unknown): Coverage {
  const files = new Map<string, readonly LineRange[]>();
  const entries = entriesOf(value);
  for (const entry of entries.slice(0, MOST_SOURCES)) {
    const { url, source, functions } = fieldsOf(entry);
    const text = stringOf(source);
    if (text === '' || text.length > LONGEST_SOURCE || /\/\/[#@] sourceMappingURL=/.test(text)) continue;
    const covered = linesOf(text, itemsOf(functions));
    if (covered.length > 0) files.set(stringOf(url).replace(/[?#].*$/, ''), covered);
  }
  return { tests: [{ name: '', files }], complete: entries.length <= MOST_SOURCES };
}
