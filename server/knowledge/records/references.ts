import { blank } from '../../text/lines.ts';
import { letterMentions, wordMentions } from '../../text/record-numbers.ts';
import type { InlineLink } from '../markup/inline.ts';
import { inlineLinks } from '../markup/inline.ts';
import type { Outline } from '../markup/outline.ts';
import { resolvePath } from '../paths.ts';
import { isSeries } from '../record-name.ts';
import { namesPage, sitePage } from './site-links.ts';

/** A reference in a text to a record or a file of the repository. Offsets are UTF-16 units from the start of the text. */
export interface Reference {
  readonly start: number;
  readonly end: number;
  /** As written: path, URL, `ADR-0007`, slug, `22. Use Kafka`. */
  readonly target: string;
  /** For relative links: the path from the root of the repository. */
  readonly path?: string;
  /** True for letters and a number that the document itself is not numbered by, as in `B-7`: they name a record only where the sentence says so. */
  readonly weak?: true;
}

const DOCUMENT_FILE = /\.(?:md|mdx|markdown|rst|adoc)(?=[?#]|$)/i;
const NUMBERED_PATH = /(?:^|\/)adrs?\/0*\d{1,5}(?=[/?#]|$)/i;
const NUMBERED_NAME = /\/(?:adr[-_]?)?\d{3,8}[-_][a-z][^/?#\s]{2,200}\/?(?:[?#]|$)/i;
const NUMBERED_TITLE = /^\s{0,5}(?:adr[-_ #]{0,2})?\d{1,5}\s{0,3}[.:)–—-]\s/i;
const FILE_END = /\.(?:md|mdx|rst|adoc|markdown)(?![\w-])/g;
const PATH_CHARACTER = /[\w./@~-]/;
const SLUG = /\d{3,8}[-_][a-z][a-z0-9]{0,40}[-_][a-z0-9][\w-]{0,120}/gi;
const ADDRESS = /https?:\/\/[^\s<>()"'`\]]{1,600}/g;

/**
 * All references of a document in text order, without overlaps. Links take precedence over names in the text.
 * @param series letters that the document is numbered by, in lower case: `a` for `A-13`; other letters are weak references
 */
export function referencesOf(outline: Outline, documentPath: string, series?: string): readonly Reference[] {
  const links = inlineLinks(outline);
  const found: Reference[] = [];
  const taken: { start: number; end: number }[] = [];
  for (const link of links) {
    if (link.image) continue;
    const reference = fromLink(link, documentPath);
    if (reference !== undefined) found.push(reference);
    if (reference !== undefined || !link.dangling) taken.push(link);
  }
  const between = blank(outline.visible, taken);
  const stretches = [...outline.blocks, ...outline.headings];
  for (const { start, end } of stretches) mentionsIn(between.slice(start, end), start, series, found);
  return apart(found);
}

/** References in a short text, such as a front matter value. */
export function referencesInText(
  text: string,
  base: number,
  documentPath: string,
  outline: (text: string) => Outline,
): readonly Reference[] {
  return referencesOf(outline(text), documentPath).map((reference) => ({
    ...reference,
    start: reference.start + base,
    end: reference.end + base,
  }));
}

/** Whether a URL or link target names a document rather than some other page. */
function namesDocument(target: string): boolean {
  return DOCUMENT_FILE.test(target) || NUMBERED_PATH.test(target) || NUMBERED_NAME.test(target);
}

function fromLink(link: InlineLink, documentPath: string): Reference | undefined {
  const { start, end, target, text } = link;
  const numbered = NUMBERED_TITLE.test(text);
  if (link.dangling || /^(?:\.{0,2}\/?|#)$/.test(target)) return numbered ? { start, end, target: text.trim() } : undefined;
  const page = link.wiki ? target.replace(/#.*$/s, '') : sitePage(target, documentPath);
  // `[[0002|ADR-2]]` is the page of a record, though its name is only a number.
  if (page !== undefined) return namesPage(page) || (link.wiki && /^\d{2,5}$/.test(page)) ? { start, end, target: page } : undefined;
  if (target.startsWith('#') || /^[a-z][a-z0-9+.-]*:(?!\/\/)/i.test(target)) return undefined;
  if (/^(?:[a-z][a-z0-9+.-]*:)?\/\//i.test(target)) {
    if (namesDocument(target)) return { start, end, target };
    const number = NUMBERED_TITLE.exec(text)?.[0] ?? firstNumber(text);
    return number === undefined ? undefined : { start, end, target: numbered ? text.trim() : number };
  }
  // May start at the root of a website or of the repository; only a file name says that it is the repository.
  if (target.startsWith('/') && !DOCUMENT_FILE.test(target)) return namesDocument(target) ? { start, end, target } : undefined;
  const path = resolvePath(documentPath, target);
  return path === undefined ? undefined : { start, end, target, path };
}

function firstNumber(text: string): string | undefined {
  const [first] = wordMentions(text.slice(0, 400));
  return first === undefined ? undefined : text.slice(first.start, first.end);
}

function mentionsIn(text: string, base: number, series: string | undefined, found: Reference[]): void {
  const add = (start: number, target: string): void => void found.push({ start: base + start, end: base + start + target.length, target });
  const addresses = [...text.matchAll(ADDRESS)];
  for (const match of addresses) {
    const address = match[0].replace(/[.,;:!?]{1,5}$/, '');
    if (namesDocument(address)) add(match.index, address);
  }
  const outside =
    addresses.length === 0
      ? text
      : blank(
          text,
          addresses.map(({ index, 0: { length } }) => ({ start: index, end: index + length })),
        );
  for (const { start, end, namespace, number } of wordMentions(outside)) {
    const written = text.slice(start, end);
    // `adr/0007-use-kafka` is a path, and a longer name ends elsewhere.
    if (/^[-_/][\p{L}\p{N}]/u.test(text.slice(end, end + 2)) && !/^\/\d/.test(text.slice(end, end + 2))) continue;
    if (/^\d+$/.test(written) && namespace !== 'adr') {
      found.push({ start: base + start, end: base + end, target: `${namespace.toUpperCase()} ${number}` });
    } else if (text[start - 1] === '@') add(start - 1, `@${written}`);
    else add(start, written);
  }
  for (const { start, end, namespace } of letterMentions(outside, isSeries)) {
    const written = text.slice(start, end);
    if (namespace === series) add(start, written);
    else if (written === written.toUpperCase()) found.push({ start: base + start, end: base + end, target: written, weak: true });
  }
  for (const match of text.matchAll(SLUG)) {
    const prefix = /adr[-_]$/i.exec(text.slice(Math.max(0, match.index - 4), match.index))?.[0] ?? '';
    const start = match.index - prefix.length;
    const length = match[0].search(/[-_]/);
    if ((length <= 4 || length === 8) && !/[\w./-]/.test(text.charAt(start - 1))) add(start, prefix + match[0]);
  }
  let last = 0;
  for (const match of text.matchAll(FILE_END)) {
    const end = match.index + match[0].length;
    let start = match.index;
    while (start > last && match.index - start < 300 && PATH_CHARACTER.test(text.charAt(start - 1))) start--;
    last = end;
    const file = text.slice(start, end);
    if (/[/\d]|[a-z][-_][a-z]/i.test(file.slice(0, match.index - start)) && text[start - 1] !== ':') add(start, file);
  }
}

/** Sorted, without those that overlap an earlier or longer one. */
function apart(found: Reference[]): readonly Reference[] {
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  let end = -1;
  return found.filter((reference) => {
    const free = reference.start >= end;
    if (free) end = reference.end;
    return free;
  });
}

/** References between two offsets, by binary search. */
export function rangeFinder(references: readonly Reference[]): (start: number, end: number) => readonly Reference[] {
  return (start, end) => {
    let low = 0;
    let high = references.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((references[middle]?.start ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    let last = low;
    while (last < references.length && (references[last]?.start ?? end) < end) last++;
    return references.slice(low, last);
  };
}
