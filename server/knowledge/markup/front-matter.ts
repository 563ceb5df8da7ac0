import { defineRule, type Finding, findingOf } from '../../model/finding.ts';
import { withoutBom } from '../../text/byte-order-mark.ts';
import type { LineIndex } from '../../text/lines.ts';
import { type Fenced, type FrontMatterEntry, type FrontMatterValue, LONGEST, MOST_VALUES, normalKey } from './front-matter-entry.ts';
import { findOtherFence, readOther } from './other-front-matter.ts';
import { entriesOf, isTooBlank, parseBlock } from './yaml-block.ts';

export const BROKEN_FRONT_MATTER = defineRule({
  id: 'broken-front-matter',
  severity: 'error',
  description: 'The front matter at the top of the file cannot be parsed, or is in a language that is not read (`---js`).',
  tags: ['document'],
});

export interface FrontMatter {
  readonly entries: readonly FrontMatterEntry[];
  /** Offset at which the body begins. */
  readonly bodyStart: number;
  readonly findings: readonly Finding[];
}

/** Limit on the lines read of front matter that is never closed. */
const MOST_UNCLOSED = 100;
const MOST_FINDINGS = 20;
const KEY_LINE = /^(["']?)([A-Za-z][\w .-]{0,60})\1[ \t]*:(?=[ \t]|$)/;

/**
 * Reads the front matter of a text, in YAML, TOML or JSON; `undefined` if it has none. Nothing in it is ever executed: front matter in another language
 * (`---js`) is skipped with a finding. Broken YAML gives a `broken-front-matter` finding, and its readable lines are still used.
 */
export function readFrontMatter(text: string, lines: LineIndex): FrontMatter | undefined {
  const fenced = findFence(text, lines);
  if (fenced === undefined) return undefined;
  const { language, blockStart, blockEnd, bodyStart } = fenced;
  const finding = (message: string, start: number, end: number): Finding =>
    findingOf(BROKEN_FRONT_MATTER, { message, span: lines.span(start, Math.max(end, start)) });
  const atFence = (message: string): Finding => finding(message, lines.start(lines.lineAt(blockStart) - 1), blockStart);
  const block = text.slice(blockStart, blockEnd);
  if (language !== '' && !/^ya?ml$/i.test(language)) {
    const other = readOther(language.toLowerCase(), block, blockStart);
    if (other !== undefined)
      return { entries: other.entries, bodyStart, findings: other.fault === undefined ? [] : [atFence(other.fault)] };
    const message = `Front matter in "${language.slice(0, 40)}" is not supported. Write it in YAML, between two lines of ---.`;
    return { entries: [], bodyStart, findings: [atFence(message)] };
  }
  if (isTooBlank(block)) {
    return {
      entries: [],
      bodyStart,
      findings: [
        finding('The front matter was not read, because it has hundreds of blank lines in a row. Remove them.', blockStart, blockStart),
      ],
    };
  }
  const findings: Finding[] = [];
  if (!fenced.closed) {
    findings.push(atFence('The front matter is never closed. Add a line with --- after the last key.'));
  }
  const yaml = parseBlock(block);
  if (yaml instanceof Error || yaml?.errors[0] !== undefined) {
    const first = yaml instanceof Error ? yaml : yaml.errors[0];
    const [from, to] = yaml instanceof Error ? [0, 0] : (yaml.errors[0]?.pos ?? [0, 0]);
    const reason = (first?.message ?? '')
      .split('\n')[0]
      ?.replace(/[.:]?$/, '')
      .slice(0, 200);
    const start = Math.min(blockStart + from, blockEnd);
    const message = `The front matter is not valid YAML (${reason}). Quote values that contain special characters.`;
    findings.push(finding(message, start, Math.min(blockStart + Math.max(to, from + 1), blockEnd)));
    return { entries: entriesByLine(text, fenced, lines), bodyStart, findings };
  }
  const entries = yaml === undefined ? [] : entriesOf(yaml, text, blockStart);
  const seen = new Set<string>();
  for (const { key, values } of entries) {
    const place = values[0];
    if (seen.has(key) && place !== undefined && findings.length < MOST_FINDINGS) {
      findings.push(
        finding(`The front matter has the key "${key}" twice; the first one counts. Remove the other.`, place.start, place.end),
      );
    }
    seen.add(key);
  }
  return { entries, bodyStart, findings };
}

/** Values of the first of the keys that is present. */
export function valuesOf(front: FrontMatter | undefined, keys: readonly string[]): readonly FrontMatterValue[] {
  for (const key of keys) {
    const entry = front?.entries.find((candidate) => candidate.key === key && candidate.values.length > 0);
    if (entry !== undefined) return entry.values;
  }
  return [];
}

function findFence(text: string, lines: LineIndex): Fenced | undefined {
  let line = 0;
  while (line < Math.min(lines.count, 10) && text.slice(lines.start(line), lines.end(line)).trim() === '') line++;
  const other = findOtherFence(text, lines, line);
  if (other !== undefined) return other;
  const opening = /^---[ \t]*(\w[\w+.-]{0,60})?[ \t]*$/.exec(withoutBom(text.slice(lines.start(line), lines.end(line))));
  if (opening === null || line + 1 >= lines.count) return undefined;
  const language = opening[1] ?? '';
  const blockStart = lines.start(line + 1);

  let hasKey = false;
  let close: number | undefined;
  let prose: number | undefined;
  let afterBlank = false;
  for (let number = line + 1; number < lines.count && lines.start(number) - blockStart <= LONGEST; number++) {
    const content = text.slice(lines.start(number), Math.min(lines.end(number), lines.start(number) + LONGEST));
    if (content.startsWith('---') || /^\.\.\.[ \t]*$/.test(content)) {
      close = number;
      break;
    }
    if (KEY_LINE.test(content)) hasKey = true;
    else if (afterBlank && prose === undefined && !/^(?:[ \t#\-"'{}[\]]|$)/.test(content)) prose = number;
    afterBlank = content.trim() === '';
  }
  const body = (number: number): number => (number < lines.count ? lines.start(number) : text.length);
  if (close !== undefined && (prose === undefined || language !== '')) {
    const empty = text.slice(blockStart, lines.start(close)).trim() === '';
    if (!hasKey && !empty && language === '')
      return looksLikeYaml(text.slice(blockStart, lines.start(close))) ? fencedTo(close, true) : undefined;
    return fencedTo(close, true);
  }
  // Either a horizontal rule, or front matter that is never closed: keys up to the first blank line still count.
  let end = line + 1;
  while (
    end < Math.min(lines.count, line + MOST_UNCLOSED) &&
    /^(?:[ \t]*[-#]|[ \t]+\S|["']?[A-Za-z][\w .-]{0,60}["']?[ \t]*:)/.test(text.slice(lines.start(end), lines.end(end)))
  )
    end++;
  const first = text.slice(blockStart, lines.end(line + 1));
  return KEY_LINE.test(first) && end > line + 1 ? fencedTo(end, false) : undefined;

  function fencedTo(number: number, closed: boolean): Fenced {
    const blockEnd = closed ? lines.start(number) : body(number);
    return { language, blockStart, blockEnd, bodyStart: closed ? body(number + 1) : body(number), closed };
  }
}

/** Broken YAML has no key line, but it is not prose either. */
function looksLikeYaml(block: string): boolean {
  return /^[ \t]*(?:#|[{}[\]"'&*!|>%@`]|- )/.test(block) || /^[ \t]*[^\s:]{1,60}:[ \t]/.test(block);
}

/**
 * Reads what it can of broken YAML, or of a block that is none: `key: value` lines, and list items under a key. A block may be indented as a whole, as
 * the preambles of Bitcoin's proposals are.
 */
export function entriesByLine(text: string, fenced: Pick<Fenced, 'blockStart' | 'blockEnd'>, lines: LineIndex): FrontMatterEntry[] {
  const entries: { key: string; values: FrontMatterValue[] }[] = [];
  let budget = MOST_VALUES;
  const indent = /^[ \t]{0,8}/.exec(text.slice(fenced.blockStart, fenced.blockEnd))?.[0] ?? '';
  for (
    let number = lines.lineAt(fenced.blockStart);
    number < lines.count && lines.start(number) < fenced.blockEnd && budget > 0;
    number++
  ) {
    const line = text.slice(lines.start(number), lines.end(number));
    const within = line.startsWith(indent) ? indent.length : 0;
    const key = KEY_LINE.exec(line.slice(within));
    const item = key === null ? /^[ \t]*-[ \t]+(?=\S)/.exec(line) : null;
    const skip = key === null ? item?.[0].length : within + key[0].length;
    if (skip === undefined) continue;
    if (key?.[2] !== undefined) entries.push({ key: normalKey(key[2]), values: [] });
    const quoted = line.slice(skip).trim();
    const value = /^(["']).*\1$/.test(quoted) ? quoted.slice(1, -1) : quoted;
    const start = lines.start(number) + line.indexOf(value, skip);
    if (value === '') continue;
    entries.at(-1)?.values.push({ text: value, start, end: start + value.length });
    budget--;
  }
  return entries;
}
