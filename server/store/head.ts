import type { Document, DocumentHead } from '../model/document.ts';
import { contentHash } from '../text/hash.ts';
import { StoreUnusable } from './failure.ts';

/**
 * JSON of a document for its first row: everything but the sections, whose text the rows contain, and a hash of those. Equal strings are
 * equal documents.
 */
export function encodeHead({ sections, ...head }: Document): string {
  return JSON.stringify({ ...head, contentHash: contentHash(JSON.stringify(sections)) });
}

const notAsWritten = (folder: string, cause?: unknown): StoreUnusable =>
  new StoreUnusable('damaged', 'its rows are not what was written', folder, { cause });

/**
 * Parses the JSON object of a row.
 * @param folder of the index, for the message
 * @throws StoreUnusable (`damaged`) if flipped bits destroyed it
 */
export function parseObject(json: string, folder: string): object {
  let cause: unknown;
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null) return value;
  } catch (error) {
    cause = error;
  }
  throw notAsWritten(folder, cause);
}

const TEXTS = ['id', 'kind', 'sha', 'title', 'format', 'contentHash'] as const;
const LISTS = ['links', 'findings'] as const;

function isStoredHead(value: object): value is DocumentHead & { readonly contentHash: string } {
  const fields = value as Readonly<Record<string, unknown>>;
  return TEXTS.every((name) => typeof fields[name] === 'string') && LISTS.every((name) => Array.isArray(fields[name]));
}

/**
 * The document without its sections, as `encodeHead` wrote it.
 * @param folder of the index, for the message
 * @throws StoreUnusable (`damaged`) if it is not what was written
 */
export function decodeHead(json: string, folder: string): DocumentHead {
  const value = parseObject(json, folder);
  if (!isStoredHead(value)) throw notAsWritten(folder);
  const { contentHash: _, ...head } = value;
  return head;
}
