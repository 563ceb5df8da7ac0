import type { LineIndex } from '../../text/lines.ts';
import { entriesByLine, type FrontMatter } from './front-matter.ts';

/** Lines from the start of a text within which a preamble begins. */
const WITHIN = 20;
/** Limit on the lines of a preamble. */
const MOST_LINES = 60;
const FENCE = /^ {0,3}(`{3,}|~{3,})[ \t]*(?:text|txt|ya?ml|plain)?[ \t]*$/i;
/** What makes a block of keys the head of a proposal, and not an example of a configuration. */
const OWN = new Set(['title', 'status']);

/**
 * The preamble of a proposal: a fenced code block of `Key: value` lines that nothing but headings precedes, with a title and a status, as the
 * proposals of Stellar and of older processes have it. It says what front matter says elsewhere. `undefined` where there is none.
 */
export function readPreamble(text: string, lines: LineIndex): FrontMatter | undefined {
  const lineAt = (line: number): string => text.slice(lines.start(line), lines.end(line));
  const most = Math.min(lines.count, WITHIN);
  let opening = 0;
  while (opening < most && /^\s*(?:#{1,6}[ \t].*)?$/.test(lineAt(opening).slice(0, 300))) opening++;
  const fence = opening < most ? FENCE.exec(lineAt(opening))?.[1] : undefined;
  if (fence === undefined) return undefined;
  let close = opening + 1;
  while (close < lines.count && close - opening <= MOST_LINES && !lineAt(close).trimStart().startsWith(fence)) close++;
  if (close >= lines.count || close - opening > MOST_LINES) return undefined;
  const entries = entriesByLine(text, { blockStart: lines.start(opening + 1), blockEnd: lines.start(close) }, lines);
  const own = entries.filter(({ key, values }) => OWN.has(key) && values.length > 0);
  return own.length === OWN.size ? { entries, bodyStart: 0, findings: [] } : undefined;
}
