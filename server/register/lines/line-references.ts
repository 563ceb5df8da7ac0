import { languageOf } from '../../code/languages/index.ts';
import { inlineLinks } from '../../knowledge/markup/inline.ts';
import type { Block, Outline } from '../../knowledge/markup/outline.ts';
import { readProse } from '../../knowledge/markup/prose.ts';
import type { LineRange } from '../../model/span.ts';
import { type LinesWritten, linesAfterAnchor, linesAfterColon, linesInWords, wordsBefore } from './line-numbers.ts';
import { isToolOutput } from './tool-output.ts';
import { isFileName, pathBefore, pathFrom } from './written-path.ts';

/** A stretch of a text, as offsets in UTF-16 units; `end` is exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A place in prose that cites lines of a file. */
export interface LineReference extends Stretch {
  /** The file as it is written, without its marks. Not resolved. */
  readonly path: string;
  /** How the file is found: `link` from the folder of the document, `text` from there, from the root, or by the end of its path. */
  readonly from: 'text' | 'link';
  /** `owner/name` and branch of an address at a forge; absent for a path. */
  readonly remote?: { readonly repository: string; readonly branch: string };
  /** Where the path is written, if the reference holds it: not for `:626` behind a file that was named before. */
  readonly pathAt?: Stretch;
  readonly lines: LineRange;
  /** Where the numbers are written, without what stands around them: `12-34`. */
  readonly numbersAt: Stretch;
  /** The numbers for other lines, in the form in which these are written. */
  readonly rewritten: (lines: LineRange) => string;
  /** What finds the reference again in other states of the document. */
  readonly needle: string;
  /** Whether path and numbers are all there is, so that a symbol can stand instead of them: `path:12`, alone. */
  readonly whole: boolean;
  /** Names in code spans of the same paragraph, nearest first: what the cited lines are probably about. */
  readonly names: readonly string[];
}

/** References of one document that are read. Documents with more are lists that a program made. */
const MOST_REFERENCES = 500;
const LONGEST_BLOCK = 20_000;
/** UTF-16 units around a reference in which names are about the same lines. */
const NAMES_WITHIN = 160;
const MOST_NAMES = 6;

/** A quick look: whether a text may cite lines at all. */
export const mayCiteLines = (text: string): boolean => /[\w`*)\]]:L?\d|#L\d|\blines?\s{0,2}~?\d|\bL\d/i.test(text);

/** An address at a forge that leads to lines. Others hold ports and fragments that are no lines. */
const ADDRESS = /https?:\/\/[^\s<>()"'`\]]{1,600}/g;
const BLOB =
  /^https?:\/\/[\w.-]{1,80}(?::\d{1,5})?\/((?:[\w.-]{1,80}\/){1,4}?[\w.-]{1,80})\/(?:-\/)?(?:blob|blame)\/([^/?#\s]{1,100})\/([^?#\s]{1,400})(?:\?[\w=&-]{0,60})?#/;
const COMMIT_OR_TAG = /^[0-9a-f]{7,40}$|^v?\d+(?:\.\d+)+/i;
/** `path@abc1234`: pinned to a commit. A letter and a digit at least, so that it is no word. */
const PINNED = /@(?=[0-9a-f]*\d)[0-9a-f]{7,40}$/i;
const CODE_SPAN = /(`{1,2})([^`\n]{1,120})\1/g;
const NAME = /^[A-Za-z_$][\w$]*(?:(?:\.|::|#|->)[A-Za-z_$][\w$]*){0,4}(?:\(\)?[^()]{0,40}\)?)?$/;

/** A document that says its line numbers are those of one commit or release: pinned as a whole. */
const PINNED_DOCUMENT =
  /\b(?:line (?:numbers|references|refs)|line-level|lines cited|(?:file|code) references|all (?:references|citations|line)[^.\n]{0,40}|paths and lines?)[^.\n]{0,100}\b(?:as of|at|against|from|are for|refer to|relative to|commit|revision|release|tag|snapshot|HEAD|may (?:drift|shift|have|change)|approximate)\b/i;

interface Mention extends Stretch {
  readonly path: string;
  readonly from: LineReference['from'];
  readonly remote?: LineReference['remote'];
}

interface Found {
  readonly mention: Mention;
  readonly start: number;
  readonly end: number;
  readonly written: readonly LinesWritten[];
  readonly hasPath: boolean;
}

/** The paragraph as it is read: its text, and from where in the document it is. */
interface Paragraph {
  readonly text: string;
  readonly at: number;
  /** Rows of tables hold numbers of all kinds: there only a file with its lines counts. */
  readonly isRow: boolean;
}

const remoteOf = (address: string): { mention: Omit<Mention, keyof Stretch>; pathEnd: number } | 'other' => {
  const blob = BLOB.exec(address);
  if (!blob) return 'other';
  const [whole, repository = '', branch = '', path = ''] = blob;
  if (COMMIT_OR_TAG.test(branch)) return 'other';
  let decoded = path;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return 'other';
  }
  return { mention: { path: decoded, from: 'text', remote: { repository, branch } }, pathEnd: whole.length - 1 };
};

/** References and files in one paragraph, in the order of the text. */
function readParagraph({ text, isRow }: Paragraph): { found: Found[]; mentions: Mention[] } {
  const found: Found[] = [];
  const mentions: Mention[] = [];
  let rest = text;
  for (const { index, 0: address } of text.matchAll(ADDRESS)) {
    rest = rest.slice(0, index) + ' '.repeat(address.length) + rest.slice(index + address.length);
    const remote = remoteOf(address);
    if (remote === 'other') continue;
    const mention = { ...remote.mention, start: index, end: index + remote.pathEnd };
    mentions.push(mention);
    const written = linesAfterAnchor(text, mention.end);
    if (written.length > 0) found.push({ mention, start: index, end: written.at(-1)?.end ?? index, written, hasPath: true });
  }
  for (const { index } of rest.matchAll(/:(?=L?\d)|#(?=L\d)/g)) {
    const path = pathBefore(rest, index);
    if (
      path === undefined ||
      PINNED.test(path.path) ||
      /(?:^|[^\w])[0-9a-f]{7,40}:$/i.test(rest.slice(Math.max(0, path.start - 42), path.start))
    )
      continue;
    const written = rest[index] === '#' ? linesAfterAnchor(rest, index) : linesAfterColon(rest, index);
    const from = rest.slice(Math.max(0, path.start - 2), path.start).endsWith('](') ? 'link' : 'text';
    const mention: Mention = { ...path, from };
    mentions.push(mention);
    if (written.length > 0) found.push({ mention, start: path.start, end: written.at(-1)?.end ?? index, written, hasPath: true });
  }
  for (const mention of filesIn(rest)) {
    if (mentions.some(({ start, end }) => start < mention.end && mention.start < end)) continue;
    mentions.push(mention);
    if (isRow || PINNED.test(mention.path)) continue;
    const after = linesInWords(rest, mention.end);
    const before = after === undefined ? wordsBefore(rest, mention.start) : undefined;
    if (after) found.push({ mention, start: mention.start, end: after.end, written: [after], hasPath: true });
    else if (before) found.push({ mention, start: before.start, end: mention.end, written: [before], hasPath: true });
  }
  mentions.sort((a, b) => a.start - b.start);
  if (!isRow) found.push(...bareIn(rest, mentions, found));
  return { found: found.sort((a, b) => a.start - b.start), mentions };
}

/** Files that are named with their extension, in code spans or bare. */
function* filesIn(text: string): Generator<Mention> {
  for (const { index } of text.matchAll(/\.[A-Za-z]\w{0,9}(?![\w/.-])|\.[A-Za-z]\w{0,9}(?=\.(?:\s|$))/g)) {
    const end = index + (/^\.\w+/.exec(text.slice(index, index + 12))?.[0].length ?? 0);
    const path = pathFrom(text, end);
    if (path !== undefined && (path.path.includes('/') || languageOf(path.path) !== undefined || isFileName(path.path)))
      yield { ...path, from: text.slice(Math.max(0, path.start - 2), path.start).endsWith('](') ? 'link' : 'text' };
  }
}

/** `:626`, `(line 12)` and `#L198` without a file: of the one file that the paragraph named before. Two files before: nobody knows which. */
function bareIn(text: string, mentions: readonly Mention[], found: readonly Found[]): Found[] {
  const bare: Found[] = [];
  for (const { index, 0: mark } of text.matchAll(/(?<![\w:/.)\]}*~@=+-])[`(]?(?::(?=\d)|#(?=L\d)|\b(?=lines? \d))/gi)) {
    const at = index + mark.length - (/[:#]$/.test(mark) ? 1 : 0);
    const written = text[at] === ':' ? linesAfterColon(text, at) : text[at] === '#' ? linesAfterAnchor(text, at) : [linesInWords(text, at)];
    const lines = written.flatMap((one) => one ?? []);
    const end = lines.at(-1)?.end;
    if (end === undefined || [...found, ...bare].some((one) => one.start < end && index < one.end)) continue;
    const before = mentions.filter((mention) => mention.end <= index);
    const nearest = before.at(-1);
    const isColon = text[at] === ':';
    // A number behind a colon is a line only where lines were written so before: "at :30" is a time.
    const first = found.find(({ mention, hasPath, written: numbers }) => mention === nearest && hasPath && numbers[0]?.form === 'colon');
    if (!nearest || (isColon && !first)) continue;
    if (
      new Set(before.map(({ path }) => path)).size > 1 ||
      mentions.some(({ start, path }) => start >= end && path !== nearest.path && start - end < 40)
    )
      continue;
    bare.push({ mention: nearest, start: at, end, written: lines, hasPath: false });
  }
  return bare;
}

const namesAround = (text: string, { start, end }: Stretch): string[] => {
  const spans = [...text.matchAll(CODE_SPAN)].flatMap(({ index, 2: inner = '' }) => {
    const name = inner.trim();
    const distance = index >= end ? index - end : start - index;
    const isName = NAME.test(name) && languageOf(name) === undefined;
    return isName && distance >= 0 && distance <= NAMES_WITHIN ? [{ name: name.replace(/\(.*$/s, ''), distance }] : [];
  });
  const names = spans.sort((a, b) => a.distance - b.distance).map(({ name }) => name.split(/\.|::|#|->/).at(-1) ?? name);
  return [...new Set(names)].filter((name) => name.length >= 3).slice(0, MOST_NAMES);
};

/** The stretches of lines in which a program speaks: stack traces, compiler output, logs. */
const withoutOutput = (text: string): string =>
  text
    .split('\n')
    .map((line) => (isToolOutput(line) ? ' '.repeat(line.length) : line))
    .join('\n');

const paragraphsOf = ({ blocks, headings, text }: Outline): Paragraph[] => {
  const of = ({ start, end }: Stretch, kind: Block['kind']): Paragraph => ({
    text: withoutOutput(text.slice(start, Math.min(end, start + LONGEST_BLOCK))),
    at: start,
    isRow: kind === 'row',
  });
  return [...blocks.map((block) => of(block, block.kind)), ...headings.map((heading) => of(heading, 'paragraph'))].sort(
    (a, b) => a.at - b.at,
  );
};

/** Whether something else in the same code span or link makes path and numbers more than a reference: `sed -n 12p src/a.ts:12`. */
const isWhole = (text: string, { start, end }: Stretch): boolean => {
  const [before, after] = [text[start - 1] ?? ' ', text[end] ?? ' '];
  return /[\s`(["'*|,;]/.test(before) && /[\s`)\]"'*|,;.:]/.test(after) && (before !== '`' || after === '`');
};

/**
 * What a document of prose cites of lines: `path:12`, `path:12-34`, `path:12/40`, `path#L10-L20`, `path (line 12)`, `lines 10 to 20 of path`, and `:626`,
 * `#L198` and `(line 12)` behind a file that the paragraph named. Pinned ones (`path@sha:12`, permalinks), code blocks, output of tools, and
 * numbers that may be something else are left out. In the order of the text. Never throws.
 * @param path of the document
 */
export function readLineReferences(path: string, text: string): LineReference[] {
  if (!mayCiteLines(text)) return [];
  const { outline } = readProse({ path, text });
  if (PINNED_DOCUMENT.test(outline.visible)) return [];
  const targets = new Set(inlineLinks(outline).map(({ target }) => target));
  const references: LineReference[] = [];
  for (const paragraph of paragraphsOf(outline)) {
    if (!mayCiteLines(paragraph.text)) continue;
    for (const { mention, start, end, written, hasPath } of readParagraph(paragraph).found) {
      const { at } = paragraph;
      const names = namesAround(paragraph.text, { start, end });
      for (const [index, lines] of written.entries()) {
        if (references.length >= MOST_REFERENCES) return references;
        const first = index === 0;
        const own = first && hasPath ? { start: Math.min(start, lines.start), end: Math.max(lines.end, mention.end) } : lines;
        references.push({
          start: at + own.start,
          end: at + own.end,
          path: mention.path,
          from: targets.has(mention.path) ? 'link' : mention.from,
          ...(mention.remote ? { remote: mention.remote } : {}),
          ...(first && hasPath ? { pathAt: { start: at + mention.start, end: at + mention.end } } : {}),
          lines: lines.lines,
          numbersAt: { start: at + lines.numbersAt.start, end: at + lines.numbersAt.end },
          rewritten: lines.rewritten,
          needle: paragraph.text.slice(start, end),
          whole: hasPath && written.length === 1 && lines.form === 'colon' && isWhole(paragraph.text, { start, end }),
          names,
        });
      }
    }
  }
  return references;
}
