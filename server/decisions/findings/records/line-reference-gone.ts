import { defineRule, type FindingDraft } from '../../../model/finding.ts';
import { EMPTY_SPAN } from '../../../model/span.ts';
import { lineIndex } from '../../../text/lines.ts';
import { pinFix } from '../lines/rewrite.ts';
import { namedLines, quoteOf, weightOf } from './line-reference-moved.ts';
import type { RecordRule } from './record-rule.ts';

export const lineReferenceGone: RecordRule = {
  info: defineRule({
    id: 'line-reference-gone',
    severity: 'warning',
    description: 'A record or guide cites lines of a file that nobody has any more.',
    tags: ['document'],
    fixes: 'offered',
  }),
  async *check(document, records): AsyncIterable<FindingDraft> {
    const { path } = document;
    const cited = path === undefined ? undefined : await records.lines(document);
    if (path === undefined || !cited) return;
    const index = lineIndex(cited.text);
    for (const judged of cited.judged) {
      const { reference, was, state } = judged;
      if (state !== 'gone') continue;
      const fix = pinFix(judged, path, index);
      const isThere = records.exists(was.path);
      const file = isThere ? '' : ` ${was.path} does not exist any more.`;
      yield {
        message: `This cites ${namedLines(was.lines)} of ${was.path}, which read "${quoteOf(judged)}" when it was written (${was.sha.slice(0, 8)}, ${was.date}). Those lines are gone.${file} Cite what replaced them, or say which commit is meant.`,
        span: index.span(reference.start, reference.end),
        ...(isThere ? { related: [{ path: was.path, span: EMPTY_SPAN, message: 'The cited lines were in this file.' }] } : {}),
        ...(fix ? { fixes: [fix] } : {}),
        ...weightOf(document, records),
      };
    }
  },
};
