import type { LineRange } from '../../model/span.ts';
import { type Coverage, joined, lineOf, MOST_SOURCES } from './covered-lines.ts';

/** Whether a text is a cover profile of Go. */
export const isGoProfile = (text: string): boolean => /^mode: (?:set|count|atomic)\s/.test(text);

const BLOCK = /^(.{1,2000}):(\d{1,7})\.\d{1,7},(\d{1,7})\.\d{1,7} \d{1,9} (\d{1,19})$/;

/** Reads a cover profile of Go: blocks with the number of times that they ran. Profiles may stand one behind another. Never throws. */
export function readGoProfile(text: string): Coverage {
  const files = new Map<string, LineRange[]>();
  let complete = text.endsWith('\n');
  for (const line of text.split(/\r?\n/)) {
    if (line === '' || line.startsWith('mode:')) continue;
    const [, file = '', from, to, count] = BLOCK.exec(line) ?? [];
    const first = lineOf(from);
    const last = lineOf(to);
    if (first === undefined || last === undefined || last < first) complete = false;
    else if (Number(count) > 0) {
      const known = files.get(file);
      if (known) known.push({ first, last });
      else if (files.size < MOST_SOURCES) files.set(file, [{ first, last }]);
      else complete = false;
    }
  }
  return { tests: [{ name: '', files: new Map([...files].map(([file, ranges]) => [file, joined(ranges)])) }], complete };
}
