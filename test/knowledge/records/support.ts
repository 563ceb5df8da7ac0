import { readRecord } from '../../../server/knowledge/records/record.ts';
import type { Document } from '../../../server/model/document.ts';
import type { Span } from '../../../server/model/span.ts';
import { lineIndex } from '../../../server/text/lines.ts';

/** Reads a record as if it stood at number 7 in `docs/adr`, or elsewhere. */
export const record = (text: string, path = 'docs/adr/0007-use-kafka.md'): Document => readRecord({ path, text, sha: 'c0ffee' });

/** The text at a span. */
export const at = (text: string, span: Span | undefined): string => {
  if (span === undefined) throw new Error('there is no span');
  const lines = lineIndex(text);
  return text.slice(lines.offset(span.start), lines.offset(span.end));
};

/** Links as `kind target`, with `~` before partial ones, in order. */
export const links = (document: Pick<Document, 'links'>, ...kinds: string[]): string[] =>
  document.links
    .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
    .map(({ kind, target, partial }) => `${partial === true ? '~' : ''}${kind} ${target}`);

/** What a record says about its place among others. */
export const succession = (text: string, path?: string): string[] => links(record(text, path), 'supersedes', 'superseded-by', 'amends');
