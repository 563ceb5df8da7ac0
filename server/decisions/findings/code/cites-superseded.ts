import { defineRule, type Fix } from '../../../model/finding.ts';
import { isInForce } from '../../../register/in-force.ts';
import { statesSuccessor } from '../../../register/stated-successor.ts';
import { type CodeRule, nameOf, relatedTo, withFixes } from './code-rule.ts';
import { rewrite } from './rewrite.ts';

/** A comment that cites both records describes the change. Lines between the two citations. */
const SAME_COMMENT = 4;

/** The fixes cite the records in force. Auto-fixable if there is exactly one, and the status of the cited record names it. */
export const citesSuperseded: CodeRule = {
  info: defineRule({
    id: 'cites-superseded',
    severity: 'warning',
    description: 'The code cites a record that was superseded.',
    tags: ['code', 'outdated'],
    fixes: 'auto-fixable',
  }),
  check(citation, file) {
    const record = citation.targets[0]?.record;
    if (record === undefined || citation.targets.length > 1) return undefined;
    const { successors, catalogue } = file.register;
    const ids = successors.get(record.id) ?? [];
    if (ids.length === 0) return undefined;
    const line = citation.span.start.line;
    const describesChange = file.citations.some(
      ({ targets, span }) => Math.abs(span.start.line - line) <= SAME_COMMENT && targets.some((target) => ids.includes(target.record.id)),
    );
    if (describesChange) return undefined;
    const replacements = ids
      .flatMap((id) => catalogue.records.find((one) => one.id === id) ?? [])
      .filter(({ head }) => isInForce(head, successors));
    const fixes = replacements.flatMap((replacement): Fix[] => {
      const rewritten = rewrite(citation, replacement, file);
      if (!rewritten) return [];
      // A section of the new record cannot be guessed.
      const certain =
        replacements.length === 1 &&
        rewritten.exact &&
        citation.anchorEnd === undefined &&
        statesSuccessor(catalogue, record.head, replacement.id);
      return [{ title: `Cite ${rewritten.written} instead`, edits: [rewritten.edit], ...(certain ? { preferred: true } : {}) }];
    });
    // A record without a status is in force as far as anybody can tell, which is less than that it says so.
    const isAccepted = replacements.every(({ head }) => head.status?.value === 'accepted');
    const advice =
      replacements.length > 0
        ? `Cite ${replacements.map(nameOf).join(' or ')} instead${isAccepted ? ', which is in force' : ''}.`
        : 'No record in force replaces it.';
    // Where only the successor says so, the status of the cited record is to be mended first: `supersedes-without-back-link` warns of that once.
    const isStated = record.head.status?.value === 'superseded';
    return {
      // Nobody can cite a better one where nothing is in force.
      ...(isStated && replacements.length > 0 ? {} : { severity: 'info' as const }),
      message: `${nameOf(record)} was superseded${isStated ? '' : ', though its own status does not say so'}. ${advice}`,
      span: citation.span,
      related: [
        relatedTo(record, 'The cited record.'),
        ...replacements.map((one) => relatedTo(one, isAccepted ? 'The record in force.' : 'What replaced it.')),
      ],
      ...withFixes(fixes),
    };
  },
};
