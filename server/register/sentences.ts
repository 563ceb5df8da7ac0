/** A stretch of a text: offsets in UTF-16 code units, `end` exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A paragraph or a list item, without its bullet or number. */
export interface Block extends Stretch {
  readonly kind: 'paragraph' | 'item';
  /** Whether a list comes next, with nothing in between. */
  readonly beforeList: boolean;
}

interface Line extends Stretch {
  readonly text: string;
}

const ITEM = /^(\s*)(?:[-+*•]|\d{1,3}[.)]|\(?[a-z\d]\)|#\.|\.{1,3})\s+(?:\[[ xX]\]\s+)?(?=\S)/;
const FENCE = /^\s*(`{3,}|~{3,})/;
const DELIMITER = /^(-{4,}|={4,}|\.{4,}|\+{4,}|\/{4,}|\|={3,})\s*$/;
/** A line that is not prose: a heading, a rule, a table, a lone image, a link definition, a comment, an attribute. */
const NOT_PROSE =
  /^\s*(?:#{1,6}\s|\||\+[-=+]+\+|!\[[^\]]*\]\([^)]*\)\s*$|\[[^\]]+\]:\s|<!--.*-->\s*$|<\/?[a-z][^>]*>\s*$|:[\w -]+:(?:\s|$)|\[[\w ,."=%#-]*\]\s*$|([=~"'^*+#`_-])\1{2,}\s*$)/i;
/** A directive, comment or target of reStructuredText; everything indented below it belongs to it. */
const DIRECTIVE = /^(\s*)\.\.\s+\S/;

const indentOf = (text: string): number => text.length - text.trimStart().length;
const isBlank = ({ text }: Line): boolean => text.trim() === '';

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const shown = end > start && text[end - 1] === '\r' ? end - 1 : end;
    lines.push({ start, end: shown, text: text.slice(start, shown) });
    start = end + 1;
  }
  return lines;
}

/** Number of the first line, from `from` on, that is not indented deeper than `indent`. */
function afterIndented(lines: readonly Line[], from: number, indent: number): number {
  let at = from;
  for (let next = from; next < lines.length; next++) {
    const line = lines[next];
    if (!line || isBlank(line)) continue;
    if (indentOf(line.text) <= indent) break;
    at = next + 1;
  }
  return at;
}

/** Number of the first line after the non-prose that begins at line `at`; `at` itself where it is prose. */
function skipNonProse(lines: readonly Line[], at: number, format: string): number {
  const text = lines[at]?.text ?? '';
  const fence = FENCE.exec(text)?.[1];
  const delimiter = format === 'asciidoc' ? DELIMITER.exec(text)?.[1] : undefined;
  if (fence !== undefined || delimiter !== undefined) {
    const closes = (line: Line): boolean =>
      fence === undefined ? line.text.trim() === delimiter : line.text.trim().startsWith(fence.slice(0, 3));
    const end = lines.findIndex((line, number) => number > at && closes(line));
    return end < 0 ? lines.length : end + 1;
  }
  if (/^\s*<!--/.test(text) && !text.includes('-->')) {
    const end = lines.findIndex((line, number) => number > at && line.text.includes('-->'));
    return end < 0 ? lines.length : end + 1;
  }
  if (format !== 'markdown') {
    const directive = DIRECTIVE.exec(text);
    if (directive) return afterIndented(lines, at + 1, (directive[1] ?? '').length);
    if (format === 'asciidoc' && /^(?:\/\/|\.[A-Z])/.test(text)) return at + 1;
  }
  if (NOT_PROSE.test(text)) return at + 1;
  return at;
}

/** A title that is underlined with punctuation. */
const isUnderlined = (lines: readonly Line[], at: number): boolean =>
  /^\s*([=~^"'`#*+-])\1{2,}\s*$/.test(lines[at + 1]?.text ?? '') && !isBlank(lines[at] as Line);

/**
 * The paragraphs and list items of Markdown, reStructuredText or AsciiDoc, in order. Code, tables, comments, directives, headings and block quotes
 * are left out: what records quote are the words of templates or of others.
 */
export function blocksOf(text: string, format: string): Block[] {
  const lines = linesOf(text);
  const blocks: (Stretch & { readonly kind: Block['kind']; readonly line: number; readonly last: number })[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] as Line;
    if (isBlank(line)) {
      at += 1;
      continue;
    }
    const next = skipNonProse(lines, at, format);
    if (next > at) {
      at = next;
      continue;
    }
    if (isUnderlined(lines, at)) {
      at += 2;
      continue;
    }
    const quoted = /^\s*>/.test(line.text);
    const mark = ITEM.exec(line.text);
    const first = at;
    for (at += 1; at < lines.length; at++) {
      const more = lines[at] as Line;
      if (isBlank(more) || ITEM.test(more.text) || FENCE.test(more.text) || skipNonProse(lines, at, format) > at) break;
    }
    const last = lines[at - 1] as Line;
    if (quoted) continue;
    const start = line.start + (mark ? mark[0].length : indentOf(line.text));
    blocks.push({ kind: mark ? 'item' : 'paragraph', start, end: last.end, line: first, last: at - 1 });
    // In reStructuredText, two colons introduce a literal block.
    if (format === 'rst' && last.text.trimEnd().endsWith('::')) at = afterIndented(lines, at, indentOf(line.text));
  }
  return blocks.map(({ kind, start, end, last }, i) => {
    const following = blocks[i + 1];
    const beforeList = following?.kind === 'item' && lines.slice(last + 1, following.line).every(isBlank);
    return { kind, start, end, beforeList };
  });
}

const ABBREVIATION = /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|cf|approx|resp|incl|no|fig|sec|ca|al|dr|mr|st)$/i;
/** Too short for a sentence, so it belongs to the next: `Option 4.` */
const isShort = (words: string): boolean => words.length < 12 || words.split(/\s+/).length < 3;

/** Code spans, links and addresses, in which a full stop ends no sentence. */
function unsplittable(text: string): Stretch[] {
  const out: Stretch[] = [];
  for (const match of text.matchAll(/(`+)[^`]+\1|\[[^\][]*\]\([^)\s]*(?:\s[^)]*)?\)|<[^>\s]+>|https?:\/\/\S+[^\s.,;:!?)]/g))
    out.push({ start: match.index, end: match.index + match[0].length });
  return out;
}

/** The sentences of a block, with offsets in `text`. Closing quotes, brackets and emphasis belong to the sentence before them. */
export function sentencesOf(text: string, { start, end }: Stretch): Stretch[] {
  const block = text.slice(start, end);
  const protectedStretches = unsplittable(block);
  const out: Stretch[] = [];
  let from = 0;
  const take = (to: number): void => {
    const raw = block.slice(from, to);
    const lead = indentOf(raw);
    if (raw.trim() !== '') out.push({ start: start + from + lead, end: start + from + raw.trimEnd().length });
    from = to;
  };
  for (const match of block.matchAll(/[.!?]+["'”’)\]*_`]*(?=\s|$)/g)) {
    const at = match.index;
    if (protectedStretches.some((stretch) => at > stretch.start && at < stretch.end - 1)) continue;
    const before = block.slice(from, at);
    if (isShort(before.trim()) || ABBREVIATION.test(before)) continue;
    const rest = block.slice(at + match[0].length).trimStart();
    // A lower-case letter continues the sentence.
    if (/^\p{Ll}/u.test(rest)) continue;
    take(at + match[0].length);
  }
  take(block.length);
  return out;
}
