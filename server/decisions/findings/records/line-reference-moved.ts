import type { DocumentHead } from '../../../model/document.ts';
import { defineRule, type FindingDraft } from '../../../model/finding.ts';
import type { Span } from '../../../model/span.ts';
import { isInForce } from '../../../register/in-force.ts';
import { lineIndex } from '../../../text/lines.ts';
import type { JudgedReference } from '../lines/judge.ts';
import { movedFixes } from '../lines/rewrite.ts';
import { excerpt, type RecordRule, type Records } from './record-rule.ts';

const LONGEST_QUOTE = 60;

/** Lines as a sentence names them, counted from one. */
export const namedLines = ({ first, last }: { readonly first: number; readonly last: number }): string =>
  first === last ? `line ${first + 1}` : `lines ${first + 1} to ${last + 1}`;

/** The first line that says something of those that a reference cited. */
export function quoteOf({ was: { text, lines } }: JudgedReference): string {
  const cited = text.split('\n').slice(lines.first, lines.last + 1);
  return excerpt((cited.find((line) => /[\p{L}\p{N}]{2}/u.test(line)) ?? cited[0] ?? '').trim(), LONGEST_QUOTE);
}

/** What a record in force or a guide says is read today; what a superseded record says is history. */
export const weightOf = (document: DocumentHead, { register }: Records): { readonly severity?: 'info' | 'hint' } => {
  if (document.kind !== 'decision') return { severity: 'info' };
  const isCurrent = document.status?.value === 'proposed' || isInForce(document, register.successors);
  return isCurrent ? {} : { severity: 'hint' };
};

/** First and last line as a span of whole lines. */
const linesSpan = ({ first, last }: { readonly first: number; readonly last: number }): Span => ({
  start: { line: first, character: 0 },
  end: { line: last + 1, character: 0 },
});

export const lineReferenceMoved: RecordRule = {
  info: defineRule({
    id: 'line-reference-moved',
    severity: 'warning',
    description: 'A record or guide cites lines of a file that are elsewhere by now.',
    tags: ['document'],
    fixes: 'auto-fixable',
  }),
  async *check(document, records): AsyncIterable<FindingDraft> {
    const { path } = document;
    const cited = path === undefined ? undefined : await records.lines(document);
    if (path === undefined || !cited) return;
    const index = lineIndex(cited.text);
    for (const judged of cited.judged) {
      const { reference, was, now, state } = judged;
      if (state !== 'moved' || !now) continue;
      const place = now.path === was.path ? namedLines(now.lines) : `${namedLines(now.lines)} of ${now.path}`;
      const fixes = await movedFixes(judged, path, index, records.symbolForm());
      yield {
        message: `This cites ${namedLines(was.lines)} of ${was.path}, which read "${quoteOf(judged)}" when it was written (${was.sha.slice(0, 8)}, ${was.date}). ${judged.certain ? 'That is now' : 'That seems to be'} ${place}.`,
        span: index.span(reference.start, reference.end),
        related: [{ path: now.path, span: linesSpan(now.lines), message: 'The cited lines are here now.' }],
        ...(fixes.length > 0 ? { fixes } : {}),
        ...weightOf(document, records),
      };
    }
  },
};
