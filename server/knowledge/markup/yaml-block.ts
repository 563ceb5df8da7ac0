import matter from 'gray-matter';
import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document as YamlDocument } from 'yaml';
import { DEEPEST, type FrontMatterEntry, type FrontMatterValue, MOST_VALUES, normalKey } from './front-matter-entry.ts';

/** Limit on consecutive blank lines: gray-matter's pattern for comments takes quadratic time on them. */
const MOST_BLANK_LINES = 200;

/** Whether a block has so many blank lines in a row that it cannot be parsed in reasonable time. */
export const isTooBlank = (block: string): boolean => longestBlankRun(block) > MOST_BLANK_LINES;

function longestBlankRun(block: string): number {
  let longest = 0;
  let run = 0;
  for (const line of block.split('\n')) {
    run = line.trim() === '' ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  return longest;
}

/** Parses the YAML of front matter; the error if it is none that can be read at all, and `undefined` if there is nothing in it. */
export function parseBlock(block: string): YamlDocument | Error | undefined {
  let parsed: YamlDocument | undefined;
  const off = {
    parse(): never {
      throw new Error('only YAML front matter is read');
    },
  };
  const yaml = {
    parse(source: string): object {
      // The failsafe schema leaves every scalar a string as written: `0007` stays a number with its zeros, a date stays a date.
      parsed = parseDocument(source.startsWith('\n') ? source.slice(1) : source, {
        schema: 'failsafe',
        uniqueKeys: false,
        prettyErrors: false,
        logLevel: 'silent',
      });
      return {};
    },
  };
  try {
    matter(`---\n${block}\n---\n`, {
      language: 'yaml',
      engines: { yaml, javascript: off, js: off, coffee: off, coffeescript: off, json: off, toml: off },
    });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
  return parsed;
}

/** The keys of a map of YAML with all scalars below each. @param base offset in `text` at which the YAML begins */
export function entriesOf(yaml: YamlDocument, text: string, base: number): FrontMatterEntry[] {
  if (!isMap(yaml.contents)) return [];
  const entries: FrontMatterEntry[] = [];
  let budget = MOST_VALUES;
  for (const pair of yaml.contents.items) {
    const values: FrontMatterValue[] = [];
    const collect = (node: unknown, depth: number): void => {
      if (budget <= 0 || depth > DEEPEST) return;
      if (isScalar(node)) {
        budget--;
        const range = node.range;
        if (typeof node.value === 'string' && range) values.push(located(node.value, text, base + range[0], base + range[1]));
      } else if (isSeq(node)) for (const item of node.items) collect(item, depth + 1);
      // `status: {proposed}`: braces of a template that somebody left round the value.
      else if (isMap(node) && node.flow && node.items.length === 1 && isEmpty(node.items[0]?.value)) collect(node.items[0]?.key, depth + 1);
      else if (isMap(node)) for (const item of node.items) collect(item.value, depth + 1);
      else if (isAlias(node)) {
        // Follow only aliases of scalars, because nested collections of aliases grow exponentially.
        const target = node.resolve(yaml);
        if (isScalar(target)) collect(target, depth + 1);
      }
    };
    collect(pair.value, 0);
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    entries.push({ key: normalKey(key), values });
  }
  return entries;
}

const isEmpty = (node: unknown): boolean =>
  node === null || node === undefined || (isScalar(node) && (node.value === null || node.value === ''));

/** Narrows the range of a node to its words: within the quotes, or on the first line of a block scalar. */
function located(value: string, text: string, start: number, end: number): FrontMatterValue {
  const words = value.trim();
  const at = words === '' ? -1 : text.slice(start, end).indexOf(words);
  if (at >= 0) return { text: words, start: start + at, end: start + at + words.length };
  const firstLine = words.split('\n')[0] ?? '';
  const line = firstLine === '' ? -1 : text.slice(start, end).indexOf(firstLine);
  return line < 0 ? { text: words, start, end } : { text: words, start: start + line, end: start + line + firstLine.length };
}
