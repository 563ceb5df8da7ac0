import { namespaceOf, numberKeys, recordName, slugOf } from '../knowledge/record-name.ts';
import type { DocumentHead } from '../model/document.ts';
import { type WrittenNumber, writtenNumber } from '../text/record-numbers.ts';
import type { IndexedDocument, IndexedPassage } from './document-index.ts';

/** How a query names a document. */
export interface NameMatch {
  /** 0 for the most exact match, larger for weaker ones. */
  readonly tier: number;
  /** For people. */
  readonly explanation: string;
  /** The passage that the query names, where it names one. */
  readonly passage?: IndexedPassage;
}

const SHA = /^[0-9a-f]{7,40}$/;
/** Series whose numbers "ADR 7" does not mean. */
const PROCESS = /^(?:rfc|pep|kep|tep|oep)$/;
const OPERATION = /^(get|put|post|delete|patch|head|options|trace|query|mutation|subscription)\s+(\S{1,300})$/i;
/** One word that looks like a name: with an inner capital, a digit, or punctuation as in paths and identifiers. */
const IDENTIFIER = /^(?=.*(?:[a-z0-9][A-Z]|[_\d./:$@-]))[\p{L}\p{N}_./:$@-]{3,200}$/u;
const LETTER = /[\p{L}\p{N}_]/u;
const LONGEST_NAME = 300;

/** The abbreviated or full commit sha that a query consists of; `undefined` for any other query. */
export function shaIn(text: string): string | undefined {
  const query = text
    .trim()
    .replace(/^commit[ :]/i, '')
    .trim()
    .toLowerCase();
  return SHA.test(query) ? query : undefined;
}

/** Segments of the path of an operation, with one placeholder for every parameter. */
const segmentsOf = (path: string): string[] =>
  path
    .split('/')
    .filter(Boolean)
    .map((part) => part.replace(/^(?:\{.*\}|:.+)$/, '{}').toLowerCase());

/** Whether the path ends in these segments: an API may be served below a prefix such as `/v1`. */
function endsWith(path: string, segments: string): boolean {
  const [all, last] = [segmentsOf(path), segmentsOf(segments)];
  return last.length <= all.length && last.every((part, i) => part === all[all.length - last.length + i]);
}

function findOperation(
  document: IndexedDocument,
  method: string,
  path: string,
): { readonly passage: IndexedPassage; readonly tier: number } | undefined {
  let best: { passage: IndexedPassage; tier: number } | undefined;
  for (const passage of document.passages) {
    const [name = '', served = ''] = (passage.headingPath.at(-1) ?? '').split(/\s+/);
    if (name.toLowerCase() !== method.toLowerCase() || !endsWith(served, path)) continue;
    const tier = segmentsOf(served).length === segmentsOf(path).length ? 0 : 1;
    if (!best || tier < best.tier) best = { passage, tier };
  }
  return best;
}

/** Whether `text` contains `name` with no letter, digit or underscore beside it. */
export function containsWord(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!LETTER.test(text[at - 1] ?? ' ') && !LETTER.test(text[at + name.length] ?? ' ')) return true;
  }
  return false;
}

const titleSlugs = new WeakMap<DocumentHead, string>();

function titleSlug(head: DocumentHead): string {
  let slug = titleSlugs.get(head);
  if (slug === undefined) {
    slug = slugOf(head.title);
    titleSlugs.set(head, slug);
  }
  return slug;
}

function matchHead(query: string, slug: string, head: DocumentHead): NameMatch | undefined {
  const path = head.path ?? '';
  const lower = query.toLowerCase().replace(/^\.?\//, '');
  if (lower === path.toLowerCase()) return { tier: 0, explanation: 'is this file' };
  if (slug !== '' && slug === titleSlug(head)) return { tier: 0, explanation: 'has this title' };
  if (path !== '' && !/\s/.test(lower)) {
    const file = path.toLowerCase();
    if (file.endsWith(`/${lower}`)) return { tier: 0, explanation: 'is this file' };
    // A plain word is something to search for, not the name of `orders.yaml`.
    if (/[-_./\d]/.test(lower) && file.replace(/\.[^./]+$/, '').endsWith(`/${lower}`)) return { tier: 0, explanation: 'is this file' };
    if (head.kind === 'decision' && slug.includes('-') && slug === recordName(path).slug) return { tier: 0, explanation: 'is this record' };
  }
  return undefined;
}

const isOwnSeries = ({ namespace = 'adr' }: WrittenNumber): boolean => namespace !== 'adr' && !PROCESS.test(namespace);

/** How well the number of a query is that of a record: a number alone fits every series, and "ADR 13" also A-13, if less well. */
function numberTier({ namespace, number }: WrittenNumber, head: DocumentHead): number | undefined {
  const keys = numberKeys(head);
  if (namespace === undefined) return keys.some((key) => key.endsWith(`:${number}`)) ? 0 : undefined;
  if (keys.includes(`${namespace}:${number}`)) return 0;
  return namespace === 'adr' && head.number === number && !PROCESS.test(namespaceOf(head)) ? 1 : undefined;
}

/**
 * Recognises queries that name a document rather than describe it: by path or file name, title, record number (`ADR 7`, `0007`, `PEP 8`, `A-13`), operation of an API
 * (`POST /orders`), or an identifier in its text. People type these when they know what they want, so such documents come first.
 * @returns a function that says how the query names a document, or `undefined` where it does not
 */
export function nameMatcher(text: string): (document: IndexedDocument) => NameMatch | undefined {
  const query = text.trim().replace(/^["'`“”]+|["'`“”]+$/g, '');
  if (query === '' || query.length > LONGEST_NAME) return () => undefined;
  const slug = slugOf(query);
  const number = writtenNumber(query);
  const operation = OPERATION.exec(query);
  // `utf-8` has the form of a number, and is a word of texts all the same.
  const identifier = IDENTIFIER.test(query) && (number === undefined || isOwnSeries(number));
  return (document) => {
    const { head } = document;
    const named = matchHead(query, slug, head);
    if (named) return named;
    const tier = number === undefined || head.kind !== 'decision' ? undefined : numberTier(number, head);
    if (tier !== undefined) return { tier, explanation: `has the number ${number?.number}` };
    if (operation && head.kind === 'specification') {
      const found = findOperation(document, operation[1] ?? '', operation[2] ?? '');
      if (found) return { tier: found.tier, explanation: `describes the operation ${query}`, passage: found.passage };
    }
    if (!identifier) return undefined;
    const titled = document.passages.find((passage) => containsWord(passage.headingPath.at(-1) ?? '', query));
    if (titled) return { tier: 2, explanation: `contains ${query}`, passage: titled };
    const containing = containsWord(head.title, query)
      ? document.passages[0]
      : document.passages.find((passage) => containsWord(passage.text, query));
    return containing ? { tier: 3, explanation: `contains ${query}`, passage: containing } : undefined;
  };
}
