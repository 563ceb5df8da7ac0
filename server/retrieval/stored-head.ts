import { StoreUnusable } from '../store/failure.ts';
import type { DocumentHead } from './knowledge.ts';

/** What the first row of a document holds as JSON: everything but the text of the sections, and a hash of that text. */
export interface StoredHead extends DocumentHead {
  readonly contentHash: string;
}

const notAsWritten = (folder: string, cause?: unknown): StoreUnusable =>
  new StoreUnusable('damaged', 'its rows are not what was written', folder, { cause });

/**
 * Parses the JSON object of a row.
 * @param folder of the index, for the message
 * @throws StoreUnusable (`damaged`) where flipped bits left none
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

function isHead(value: object): value is StoredHead {
  const fields = value as Readonly<Record<string, unknown>>;
  return TEXTS.every((name) => typeof fields[name] === 'string') && LISTS.every((name) => Array.isArray(fields[name]));
}

/**
 * Parses the data of a document as the store returns it.
 * @param folder of the index, for the message
 * @throws StoreUnusable (`damaged`) where it is not what was written
 */
export function parseHead(json: string, folder: string): StoredHead {
  const value = parseObject(json, folder);
  if (!isHead(value)) throw notAsWritten(folder);
  return value;
}
