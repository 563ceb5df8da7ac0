import { withoutBom } from '../../text/byte-order-mark.ts';
import { decodeText } from '../../text/decode.ts';
import { isCucumber, readCucumber } from './formats/cucumber-json.ts';
import { isJest, readJest } from './formats/jest-json.ts';
import { readJUnit } from './formats/junit.ts';
import { isPlaywright, readPlaywright } from './formats/playwright-json.ts';
import { isRSpec, readRSpec } from './formats/rspec-json.ts';
import type { TestReport } from './report.ts';

/** A report that was read, or a sentence for people on why not. */
export type ReadReport = TestReport | { readonly refused: string };

const OTHER_JSON = 'It is JSON, but not of Playwright, Cucumber, Jest, Vitest or RSpec.';

const IN_LINES = 'It is JSON in lines, such as messages of Cucumber or "go test -json": record JUnit XML or Cucumber JSON instead.';

const isInLines = (text: string): boolean =>
  text.startsWith('{') && text.includes('\n') && parsed(text.slice(0, text.indexOf('\n'))) !== undefined;

/** JSON, or `undefined`. `JSON.parse` throws for half-written texts, and for those that nest deeper than its stack. */
const parsed = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

const LESS_THAN = 0x3c;
const GREATER_THAN = 0x3e;
const SPACE = 0x20;

/** XML up to its last tag, because a file may end within a letter, and whether something follows. Anything else as it is. */
const upToLastTag = (bytes: Uint8Array): { readonly whole: Uint8Array; readonly rest: boolean } => {
  if (bytes.find((byte) => byte > SPACE && byte < 0x80) !== LESS_THAN || bytes.includes(0)) return { whole: bytes, rest: false };
  const end = bytes.lastIndexOf(GREATER_THAN) + 1;
  return { whole: bytes.subarray(0, end), rest: bytes.subarray(end).some((byte) => byte > SPACE) };
};

/**
 * Reads the results of tests, whatever the name of the file: JUnit XML, the JSON of Playwright, Cucumber, Jest, Vitest and RSpec. Never throws.
 * @param cut whether these bytes are only the beginning of the file
 */
export function readTestReport(bytes: Uint8Array, cut = false): ReadReport {
  const { whole, rest } = upToLastTag(bytes);
  const decoded = decodeText(whole);
  if ('binary' in decoded) return { refused: 'It is not a text.' };
  const text = withoutBom(decoded.text).trimStart();
  if (text === '') return { refused: 'It is empty.' };
  if (text.startsWith('<')) {
    if (!/<(?:[\w.-]{1,50}:)?testsuites?[\s>/]/i.test(text)) return { refused: 'It is XML, but not of JUnit: it has no <testsuite>.' };
    const report = { ...readJUnit(text), format: 'junit' } as const;
    return cut || rest ? { ...report, complete: false } : report;
  }
  const json = parsed(text);
  if (!json && isInLines(text)) return { refused: IN_LINES };
  if (!json) return { refused: /^[[{]/.test(text) ? 'It is JSON that ends too early or is damaged.' : 'It is neither XML nor JSON.' };
  if (isPlaywright(json.value)) return { ...readPlaywright(json.value), format: 'playwright' };
  if (isJest(json.value)) return { ...readJest(json.value), format: 'jest' };
  if (isRSpec(json.value)) return { ...readRSpec(json.value), format: 'rspec' };
  return isCucumber(json.value) ? { ...readCucumber(json.value), format: 'cucumber' } : { refused: OTHER_JSON };
}
