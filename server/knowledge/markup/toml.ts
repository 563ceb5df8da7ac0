import { DEEPEST, type FrontMatterEntry, type FrontMatterValue, MOST_VALUES } from './front-matter-entry.ts';

const KEY = /[ \t]*(?:"([^"\n]{1,80})"|'([^'\n]{1,80})'|([\w.-]{1,80}))[ \t]*=[ \t]*/y;
const TABLE = /[ \t]*\[{1,2}[ \t]*["']?([\w-]{1,80})[^\]\n]{0,200}\]{1,2}[ \t]*(?:#[^\n]*)?(?=\n|$)/y;
const BASIC = /"((?:[^"\\\n]|\\[^\n])*)"/y;
const LITERAL = /'([^'\n]*)'/y;
const BARE = /[\w+.:-]+(?: \d[\w+.:-]*)?/y;
const LINE_END = /[ \t\r]*(?:#[^\n]*)?(?:\n|$)/y;
const SPACE = /(?:[\s,]|#[^\n]*)*/y;

/**
 * Reads TOML as front matter has it: strings, numbers, dates, arrays and inline tables below keys; what is in a table belongs to the key of the table.
 * What cannot be read is skipped.
 * @param base offset of the block in its text
 * @returns the keys as written, and the offset within the block of the first line that is not TOML
 */
export function readToml(block: string, base: number): { readonly entries: readonly FrontMatterEntry[]; readonly broken?: number } {
  const entries: { key: string; values: FrontMatterValue[] }[] = [];
  let at = 0;
  let left = MOST_VALUES;
  let table: FrontMatterValue[] | undefined;
  let broken: number | undefined;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(block);
    if (found !== null) at = pattern.lastIndex;
    return found;
  };
  const add = (values: FrontMatterValue[], written: string, end: number, escapes: boolean): void => {
    const words = written.trim();
    if (words === '' || left-- <= 0) return;
    const start = base + end - written.length + written.indexOf(words);
    values.push({ text: escapes ? words.replace(/\\(["\\])/g, '$1') : words, start, end: start + words.length });
  };
  const readValue = (values: FrontMatterValue[], depth: number): boolean => {
    const quotes = block.slice(at, at + 3);
    if (quotes === '"""' || quotes === "'''") {
      const end = block.indexOf(quotes, at + 3);
      if (end < 0) return false;
      add(values, block.slice(at + 3, end), end, quotes === '"""');
      at = end + 3;
      return true;
    }
    const open = block[at];
    if (open === '[' || open === '{') {
      if (depth >= DEEPEST) return false;
      at++;
      for (match(SPACE); at < block.length; match(SPACE)) {
        if (block[at] === (open === '[' ? ']' : '}')) {
          at++;
          return true;
        }
        if (open === '{' && match(KEY) === null) return false;
        if (!readValue(values, depth + 1)) return false;
      }
      return false;
    }
    const string = match(BASIC) ?? match(LITERAL);
    const found = string ?? match(BARE);
    if (found === null) return false;
    add(values, found[1] ?? found[0], string === null ? at : at - 1, string?.[0].startsWith('"') === true);
    return true;
  };
  while (at < block.length) {
    if (match(LINE_END) !== null) continue;
    const start = at;
    const name = match(TABLE)?.[1];
    if (name !== undefined) {
      table = [];
      entries.push({ key: name, values: table });
      continue;
    }
    const key = match(KEY);
    if (key !== null) {
      const values = table ?? [];
      if (table === undefined) entries.push({ key: key[1] ?? key[2] ?? (key[3] ?? '').split('.')[0] ?? '', values });
      if (readValue(values, 0) && match(LINE_END) !== null) continue;
    }
    broken ??= start;
    const next = block.indexOf('\n', Math.max(at, start));
    at = next < 0 ? block.length : next + 1;
  }
  return { entries, ...(broken === undefined ? {} : { broken }) };
}
