import { recordName, slugOf } from '../knowledge/record-name.ts';
import type { DocumentHead } from '../model/document.ts';
import type { IndexedDocument, IndexedPassage } from './knowledge.ts';

/** How a text names a document: the reason in words, and the passage it names where it is one. */
export interface Naming {
  /** Smaller names more exactly; 0 is best. */
  readonly tier: number;
  readonly explanation: string;
  readonly passage?: IndexedPassage;
}

const SHA = /^[0-9a-f]{7,40}$/;
const RECORD = /^(?:(m?adrs?|rfcs?|decisions?|records?|decision records?)[\s_/#.-]*)?#?(\d{1,5})$/i;
const OPERATION = /^(get|put|post|delete|patch|head|options|trace|query|mutation|subscription)\s+(\S{1,300})$/i;
/** One word with the marks of a name in it: a capital within, a digit, or punctuation as in paths and identifiers. */
const IDENTIFIER = /^(?=.*(?:[a-z0-9][A-Z]|[_\d./:$@-]))[\p{L}\p{N}_./:$@-]{3,200}$/u;
const LETTER = /[\p{L}\p{N}_]/u;
const LONGEST_NAME = 300;

/** The first digits of a commit's sha that a question consists of; `undefined` where it is something else. */
export function shaIn(text: string): string | undefined {
  const asked = text
    .trim()
    .replace(/^commit[ :]/i, '')
    .trim()
    .toLowerCase();
  return SHA.test(asked) ? asked : undefined;
}

/** Segments of the path of an operation, parameters alike whatever their name. */
const segmentsOf = (path: string): string[] =>
  path
    .split('/')
    .filter(Boolean)
    .map((part) => part.replace(/^(?:\{.*\}|:.+)$/, '{}').toLowerCase());

/** True where the segments of `asked` are the last ones of `path`: an API may stand below a prefix such as `/v1`. */
function endsWith(path: string, asked: string): boolean {
  const [all, last] = [segmentsOf(path), segmentsOf(asked)];
  return last.length <= all.length && last.every((part, i) => part === all[all.length - last.length + i]);
}

function operationOf(
  document: IndexedDocument,
  method: string,
  path: string,
): { readonly passage: IndexedPassage; readonly tier: number } | undefined {
  let best: { passage: IndexedPassage; tier: number } | undefined;
  for (const passage of document.passages) {
    const [name = '', place = ''] = (passage.headingPath.at(-1) ?? '').split(/\s+/);
    if (name.toLowerCase() !== method.toLowerCase() || !endsWith(place, path)) continue;
    const tier = segmentsOf(place).length === segmentsOf(path).length ? 0 : 1;
    if (!best || tier < best.tier) best = { passage, tier };
  }
  return best;
}

/** True where `name` stands in `text` with no letter or digit beside it. */
export function standsIn(text: string, name: string): boolean {
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

function namesHead(asked: string, slug: string, head: DocumentHead): Naming | undefined {
  const path = head.path ?? '';
  const lower = asked.toLowerCase().replace(/^\.?\//, '');
  if (lower === path.toLowerCase()) return { tier: 0, explanation: 'this file' };
  if (slug !== '' && slug === titleSlug(head)) return { tier: 0, explanation: 'this title' };
  if (path !== '' && !/\s/.test(lower)) {
    const file = path.toLowerCase();
    if (file.endsWith(`/${lower}`)) return { tier: 0, explanation: 'this file' };
    // A plain word is a question, not the name of `orders.yaml`.
    if (/[-_./\d]/.test(lower) && file.replace(/\.[^./]+$/, '').endsWith(`/${lower}`)) return { tier: 0, explanation: 'this file' };
    if (head.kind === 'decision' && slug.includes('-') && slug === recordName(path).slug) return { tier: 0, explanation: 'this record' };
  }
  return undefined;
}

/**
 * Finds what a question names rather than describes: a path or file name, a title, a record's number (`ADR 7`, `0007`), an operation of an
 * API (`POST /orders`), or an identifier that stands in the text. People type these when they know what they want, so they come first.
 * @returns how the text names a document, or `undefined`
 */
export function namer(text: string): (document: IndexedDocument) => Naming | undefined {
  const asked = text.trim().replace(/^["'`“”]+|["'`“”]+$/g, '');
  if (asked === '' || asked.length > LONGEST_NAME) return () => undefined;
  const slug = slugOf(asked);
  const record = RECORD.exec(asked);
  const number = record ? String(Number(record[2])) : undefined;
  const namespace = record?.[1] === undefined || /^(?:dec|rec)/i.test(record[1]) ? undefined : /^rfc/i.test(record[1]) ? 'rfc' : 'adr';
  const operation = OPERATION.exec(asked);
  const identifier = IDENTIFIER.test(asked) && !record;
  return (document) => {
    const { head } = document;
    const named = namesHead(asked, slug, head);
    if (named) return named;
    if (number !== undefined && head.kind === 'decision' && head.number === number) {
      if (namespace === undefined || recordName(head.path ?? '').namespace === namespace)
        return { tier: 0, explanation: `number ${number}` };
    }
    if (operation && head.kind === 'specification') {
      const found = operationOf(document, operation[1] ?? '', operation[2] ?? '');
      if (found) return { tier: found.tier, explanation: `the operation ${asked}`, passage: found.passage };
    }
    if (!identifier) return undefined;
    const titled = document.passages.find((passage) => standsIn(passage.headingPath.at(-1) ?? '', asked));
    if (titled) return { tier: 2, explanation: `holds ${asked}`, passage: titled };
    const holding = standsIn(head.title, asked) ? document.passages[0] : document.passages.find((passage) => standsIn(passage.text, asked));
    return holding ? { tier: 3, explanation: `holds ${asked}`, passage: holding } : undefined;
  };
}
