import type { DocumentHead } from '../../../model/document.ts';
import { defineRule } from '../../../model/finding.ts';
import { EMPTY_SPAN } from '../../../model/span.ts';
import { backLinkFix } from './back-link-fix.ts';
import { excerpt, type RecordRule, relationsOf } from './record-rule.ts';

/** A record that never was in force, or is not yet, replaces nothing. */
const CAN_SUPERSEDE = new Set<string | undefined>([undefined, 'accepted', 'superseded', 'deprecated', 'unknown']);
const LONGEST_QUOTE = 40;

const nameOf = ({ number, title, path }: DocumentHead): string => (number === undefined ? (path ?? title) : `record ${number} "${title}"`);

/**
 * Left alone: records that name another successor, and records that were superseded without naming one, which `superseded-by-nothing` reports.
 */
export const supersedesWithoutBackLink: RecordRule = {
  info: defineRule({
    id: 'supersedes-without-back-link',
    severity: 'warning',
    description: 'A record supersedes another one, but the other one does not say so, so readers assume that it is still in force.',
    tags: ['record'],
    fixes: 'offered',
  }),
  async *check(document, records) {
    if (document.kind !== 'decision' || !CAN_SUPERSEDE.has(document.status?.value)) return;
    const { resolve } = relationsOf(records);
    const reported = new Set<string>();
    for (const link of document.links) {
      if (link.kind !== 'supersedes' || link.partial === true) continue;
      const old = resolve(document, link);
      if (typeof old === 'string' || old.id === document.id || reported.has(old.id)) continue;
      reported.add(old.id);
      const { status } = old;
      if (old.links.some(({ kind }) => kind === 'superseded-by') || status?.value === 'superseded' || status?.value === 'rejected')
        continue;
      const fixes = await backLinkFix(old, document, records);
      const state = status === undefined ? 'has no status' : `still says "${excerpt(status.text, LONGEST_QUOTE)}"`;
      yield {
        message: `This record supersedes ${nameOf(old)}, which ${state}. Update the status of that record.`,
        span: link.span,
        related: [{ path: old.path ?? '', span: status?.span ?? old.titleSpan ?? EMPTY_SPAN, message: 'The superseded record.' }],
        ...(fixes.length > 0 ? { fixes } : {}),
      };
    }
  },
};
