import { createHash } from 'node:crypto';

/** First half of the SHA-256 of a text, in hexadecimal: equal for equal texts, and for no others in practice. */
export const contentHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);
