import { withoutBom } from '../../text/byte-order-mark.ts';
import type { LineIndex } from '../../text/lines.ts';
import { type Fenced, type FrontMatterEntry, LONGEST, normalKey } from './front-matter-entry.ts';
import { readToml } from './toml.ts';
import { entriesOf, isTooBlank, parseBlock } from './yaml-block.ts';

/** The entries of front matter in TOML or JSON, and in a sentence what is wrong with it; `undefined` for any other language, which is never run. */
export function readOther(
  language: string,
  block: string,
  base: number,
): { readonly entries: readonly FrontMatterEntry[]; readonly fault?: string } | undefined {
  if (language === 'toml') {
    const { entries, broken } = readToml(block, base);
    const read = entries.map(({ key, values }) => ({ key: normalKey(key), values }));
    if (broken === undefined) return { entries: read };
    const line = block.slice(0, broken).split('\n').length;
    return { entries: read, fault: `Line ${line} of the front matter is not valid TOML. Quote its value.` };
  }
  if (language !== 'json') return undefined;
  const fault = 'The front matter is not valid JSON. Look for a comma too many or too few, and for keys without quotes.';
  // The members may stand without their braces. Leading tabs are no indentation in YAML, of which JSON is a part.
  const bare = !/^\s*\{/.test(block);
  const source = (bare ? `{${block}}` : block).replace(/^\t+/gm, (tabs) => ' '.repeat(tabs.length));
  try {
    JSON.parse(source);
  } catch {
    return { entries: [], fault };
  }
  const json = isTooBlank(source) ? new Error() : parseBlock(source);
  if (json === undefined || json instanceof Error || json.errors.length > 0) return { entries: [], fault };
  return { entries: entriesOf(json, source, 0).map((entry) => moved(entry, base - (bare ? 1 : 0))) };
}

const moved = ({ key, values }: FrontMatterEntry, by: number): FrontMatterEntry => ({
  key,
  values: values.map(({ text, start, end }) => ({ text, start: start + by, end: end + by })),
});

/** Front matter between two lines of `+++` (TOML) or `;;;` (JSON); anything without a key between them is text. */
export function findOtherFence(text: string, lines: LineIndex, line: number): Fenced | undefined {
  const fence = /^(\+\+\+|;;;)[ \t]*$/.exec(withoutBom(text.slice(lines.start(line), lines.end(line))))?.[1];
  if (fence === undefined || line + 1 >= lines.count) return undefined;
  const blockStart = lines.start(line + 1);
  for (let number = line + 1; number < lines.count && lines.start(number) - blockStart <= LONGEST; number++) {
    if (text.slice(lines.start(number), Math.min(lines.end(number), lines.start(number) + 100)).trimEnd() !== fence) continue;
    const blockEnd = lines.start(number);
    const hasKey = fence === '+++' ? /^[ \t]*["']?[\w.-]{1,80}["']?[ \t]*=/m : /"[^"\n]{1,80}"[ \t]*:/;
    if (!hasKey.test(text.slice(blockStart, blockEnd))) return undefined;
    const bodyStart = number + 1 < lines.count ? lines.start(number + 1) : text.length;
    return { language: fence === '+++' ? 'toml' : 'json', blockStart, blockEnd, bodyStart, closed: true };
  }
  return undefined;
}
