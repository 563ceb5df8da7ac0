import type { Span } from '../../model/span.ts';
import { fieldsNamed, fieldsOf } from '../markup/fields.ts';
import { type FrontMatter, valuesOf } from '../markup/front-matter.ts';
import type { FrontMatterValue } from '../markup/front-matter-entry.ts';
import { plainText } from '../markup/inline.ts';
import type { Heading, Outline } from '../markup/outline.ts';
import { withoutEscapes } from '../markup/rst.ts';
import { recordName, slugOf } from '../record-name.ts';
import { numberPrefix } from './number-prefix.ts';
import { isRecordLabel, isSectionLabel, isTitleLabel, labelLength } from './title-labels.ts';
import { statusInTitle } from './title-status.ts';

/** Title of a document without its number, the span of the title's words, and the number. */
interface FoundTitle {
  readonly text: string;
  readonly span?: Span;
  readonly number?: string;
  /** The series of the number in lower case, where the title has letters before it: `a` for `A-13: Warn about expired keys`. */
  readonly namespace?: string;
}

/** A stretch of the text that may be the title. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

const HTML_HEADING = /<h1(?:\s[^<>]{0,300})?>/i;
const HTML_HEADING_END = /<\/h1\s?>/i;
const LONGEST_HTML = 2_000;
/** How far from the beginning an HTML heading may stand. UTF-16 units. */
const HTML_WITHIN = 8_000;
const PLACEHOLDER = /\{\{|\$\{|<%/;
/** Headings before the first one of level 1 that do not make it a heading within the text: a label, a status. */
const MOST_BEFORE = 1;

/**
 * Title of a document: its heading of the first level, else front matter `title`, else the words of its file name; never a deeper heading, with two
 * exceptions: the heading directly below one that is only a label (`# ADR-0001`), and one that repeats the file's name or number. A `Title:` field
 * above all headings is a heading. The number (`ADR-7:`, `7.`), a label (`Title:`) and a status (`[accepted]`) are not part of the title; the number is
 * returned beside it. A guide has no standard parts: its first heading is its title.
 */
export function titleOf(outline: Outline, front: FrontMatter | undefined, path: string, kind: 'record' | 'guide' = 'record'): FoundTitle {
  const { number, words: fileWords, slug } = recordName(path);
  const made = (stretch: Stretch): FoundTitle | undefined => titleAt(outline, stretch, number);
  const heading = kind === 'guide' ? guideHeading(outline) : topHeading(outline, path, frontTitle(front) !== undefined);
  const field = fieldsNamed(fieldsOf(outline), ['title', 'short title']).find(
    ({ start, end }) => start < end && start < (outline.headings[0]?.start ?? Infinity),
  );
  const found = (field && made(field)) ?? (heading && made(heading));
  if (found !== undefined && found.text !== '' && !(kind === 'record' && fileWords !== '' && isPlaceholder(found.text))) return found;
  const value = frontTitle(front);
  const label = labelOf(outline, number);
  if (value !== undefined) {
    const title = withoutNumber(outline, value.text.split('\n')[0] ?? '', value.start, value.end, number);
    if (title.text !== '') return { ...label, ...title };
  }
  const words = versionTitle(path) ?? (fileWords === '' ? slug.replaceAll('-', ' ') : fileWords);
  // A file such as `ADR-0001.md`, or the README of `docs/adr`, says no more than its label.
  const text =
    label?.text !== undefined && (fileWords === '' || isRecordLabel(fileWords))
      ? label.text
      : words.charAt(0).toUpperCase() + words.slice(1);
  return { ...label, text: text || path };
}

const VERSION_FILE = /^v?\d+(?:\.\d+)+(?:[-.]?(?:rc|alpha|beta)[-.]?\d*)?(?=\.[a-z]+$|$)/i;

/** A file that is named after a version is called what its folder holds: `Release notes 2.56.0`. */
function versionTitle(path: string): string | undefined {
  const [folder = '', name = ''] = path.split('/').slice(-2);
  const version = VERSION_FILE.exec(name)?.[0];
  if (version === undefined) return undefined;
  const words = /^rel(?:ease)?[-_ ]?notes?$/i.test(folder) ? 'Release notes' : folder.replace(/[-_]+/g, ' ').trim();
  return words === '' ? version : `${words} ${version}`;
}

/** The title in the front matter, where it is one. */
function frontTitle(front: FrontMatter | undefined): FrontMatterValue | undefined {
  const value = valuesOf(front, ['title'])[0] ?? valuesOf(front, ['name']).find(({ text }) => !isSlug(text));
  return value === undefined || value.text.trim() === '' || PLACEHOLDER.test(value.text) || isRecordLabel(value.text) ? undefined : value;
}

/** What templates write where the title goes, left there: `Project title`, `[Short title of the solution]`. */
const isPlaceholder = (title: string): boolean =>
  /^(?:(?:short|project|document|decision|proposal|adr|rfc|feature) title|title (?:goes )?here|[[<{][^\]>}\n]*\b(?:title|titel|titre|título|titolo)\b[^\]>}\n]*[\]>}])[.:]?$/iu.test(
    title,
  );

const isSlug = (name: string): boolean => !/\s/.test(name.trim());

/** What the first heading of a document says where it is only a label: its text and number. */
function labelOf(outline: Outline, fileNumber: string | undefined): Pick<FoundTitle, 'text' | 'number' | 'namespace'> | undefined {
  const [first] = outline.headings;
  if (first === undefined || !isRecordLabel(first.text, fileNumber)) return undefined;
  const prefix = numberPrefix(`${first.text.replace(/[^\p{L}\p{N}]+$/u, '')}: x`, undefined);
  return {
    text: first.text,
    ...(prefix?.number === undefined ? {} : { number: prefix.number }),
    ...(prefix?.namespace === undefined ? {} : { namespace: prefix.namespace }),
  };
}

const wordsOf = ({ textStart, textEnd }: Heading): Stretch => ({ start: textStart, end: textEnd });

function guideHeading({ headings }: Outline): Stretch | undefined {
  const named = headings.filter(({ text }) => text !== '');
  const first = named.find(({ level }) => level === 1) ?? named.find(({ text }) => !isSectionLabel(text));
  return first && wordsOf(first);
}

/**
 * The words of the heading that is the title of a record.
 * @param isTitled whether the front matter has a title: then a deeper heading is the title only if it repeats the number of the file
 */
function topHeading(outline: Outline, path: string, isTitled: boolean): Stretch | undefined {
  const { headings, text } = outline;
  const html = htmlHeading(outline);
  if (html !== undefined && html.start < (headings[0]?.start ?? Infinity)) return html;
  const isNamed = (heading: Heading): boolean => namesFile(text.slice(heading.textStart, heading.textEnd), path, !isTitled);
  const at = headings.findIndex(({ level, text: words }) => level === 1 && words !== '');
  const first = headings[at];
  if (first !== undefined && isTitleLabel(first.text)) return below(outline, at);
  const { number } = recordName(path);
  if (first !== undefined && isRecordLabel(first.text, number)) {
    const next = headings[at + 1];
    if (next !== undefined && isTitleLabel(next.text)) return below(outline, at + 1);
    const direct = next !== undefined && !outline.blocks.some(({ heading }) => heading === at);
    if (direct && !isSectionLabel(next.text) && !isRecordLabel(next.text)) return wordsOf(next);
  } else if (first !== undefined && !isSectionLabel(first.text)) {
    const before = headings.slice(0, at).filter((heading) => !isRecordLabel(heading.text));
    if (before.length <= MOST_BEFORE || isNamed(first)) return wordsOf(first);
  }
  const titled = headings.findIndex((heading) => isTitleLabel(heading.text));
  if (titled >= 0 && titled <= MOST_BEFORE) return below(outline, titled);
  const named = headings.slice(0, 3).find((heading) => !isRecordLabel(heading.text) && !isSectionLabel(heading.text) && isNamed(heading));
  return named === undefined ? undefined : wordsOf(named);
}

/** The first line of text below a heading such as `## Title`, or the heading directly below it. */
function below(outline: Outline, at: number): Stretch | undefined {
  const block = outline.blocks.find(({ heading }) => heading === at);
  if (block === undefined) {
    const next = outline.headings[at + 1];
    return next === undefined || isSectionLabel(next.text) || isRecordLabel(next.text) ? undefined : wordsOf(next);
  }
  // Below a place holder, `- Start Date: 2020` is a field and no title.
  if (block.kind === 'item' && /^[*_]{0,2}[\p{L} _-]{2,30}[*_]{0,2}:/u.test(outline.text.slice(block.start, block.end))) return undefined;
  const line = outline.text.slice(block.start, block.end).search(/[\r\n]/);
  return { start: block.start, end: line < 0 ? block.end : block.start + line };
}

/** Whether a heading repeats the number or at least half of the words of the file name: then it is the title, whatever its level. */
function namesFile(heading: string, path: string, byWords = true): boolean {
  const name = recordName(path);
  const words = (name.words === '' ? '' : slugOf(name.words)).split('-').filter((word) => word.length > 1);
  const prefix = numberPrefix(heading, name.number);
  if (prefix?.number !== undefined && prefix.number === name.number) return true;
  if (!byWords) return false;
  const there = new Set(slugOf(plainText(heading)).split('-'));
  const shared = words.filter((word) => there.has(word)).length;
  return shared >= 2 && shared * 2 >= words.length;
}

/** The words of an `<h1>` near the beginning. */
function htmlHeading({ text, visible, bodyStart }: Outline): Stretch | undefined {
  const open = HTML_HEADING.exec(visible.slice(bodyStart, bodyStart + HTML_WITHIN));
  if (open === null) return undefined;
  const start = bodyStart + open.index + open[0].length;
  const length = HTML_HEADING_END.exec(text.slice(start, start + LONGEST_HTML))?.index;
  return length === undefined ? undefined : trimmed(text, start, start + length);
}

function trimmed(text: string, start: number, end: number): Stretch {
  const raw = text.slice(start, end);
  const lead = raw.length - raw.trimStart().length;
  return { start: start + lead, end: Math.max(start + lead, start + raw.trimEnd().length) };
}

function titleAt(outline: Outline, { start, end }: Stretch, number: string | undefined): FoundTitle | undefined {
  const title = withoutNumber(outline, outline.text.slice(start, end), start, end, number);
  const label = labelOf(outline, number);
  return title.text === '' ? undefined : { ...label, ...title };
}

/** A title without pictures, number, label and status. */
function withoutNumber(outline: Outline, written: string, start: number, end: number, fileNumber: string | undefined): FoundTitle {
  let from = 0;
  let to = written.length;
  const rest = (): string => written.slice(from, to);
  const cut = (): void => {
    const mark = statusInTitle(rest());
    if (mark === undefined) return;
    if (mark.markStart === 0) from += mark.markEnd;
    else to = from + mark.markStart;
  };
  const prefixed = (): ReturnType<typeof numberPrefix> => {
    const prefix = numberPrefix(rest(), fileNumber);
    if (prefix === undefined || rest().slice(prefix.length).trim() === '') return undefined;
    from += prefix.length;
    return prefix;
  };
  cut();
  const label = labelLength(rest());
  const first = prefixed();
  if (first === undefined && label > 0 && label < rest().length) from += label;
  // `Architecture Decision Record: ADR-7: Use Kafka`, and `ADR-7: Title: Use Kafka`.
  const second = first?.number === undefined ? prefixed() : undefined;
  if (first !== undefined) {
    const inner = labelLength(rest());
    if (inner < rest().length) from += inner;
  }
  cut();
  const { number, namespace } = { ...first, ...second };
  const shownIn = (markup: string): string => shown(outline.format === 'rst' ? withoutEscapes(markup) : markup);
  const text = shownIn(rest()) || shownIn(written) || written.trim().slice(0, 200);
  return {
    text,
    span: outline.lines.span(Math.min(start + from, end), Math.max(Math.min(start + from, end), end - (written.length - to))),
    ...(number === undefined ? {} : { number }),
    ...(namespace === undefined ? {} : { namespace }),
  };
}

/** The title as readers see it. A picture is none of its words unless there are no others. */
function shown(markup: string): string {
  const words = markup.slice(0, 2_000).replace(/!\[[^[\]]{0,200}\](?:\([^()\s]{0,500}\)|\[[^[\]]{0,200}\])/g, '');
  return plainText(words) || plainText(markup);
}
