import type { Document, DocumentHead } from '../model/document.ts';
import { contentHash } from '../text/hash.ts';

/**
 * JSON of a document for its first row: everything but the sections, whose text the rows contain, and a hash of those. Equal strings are
 * equal documents.
 */
export function encodeHead({ sections, ...head }: Document): string {
  return JSON.stringify({ ...head, contentHash: contentHash(JSON.stringify(sections)) });
}

/** The document without its sections, as `encodeHead` wrote it. Throws a `SyntaxError` where the text is not JSON. */
export function decodeHead(json: string): DocumentHead {
  const { contentHash: _, ...head } = JSON.parse(json) as DocumentHead & { readonly contentHash: string };
  return head;
}
