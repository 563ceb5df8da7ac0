import { defineRule } from '../../../model/finding.ts';
import { lineIndex } from '../../../text/lines.ts';
import { likeness } from '../likeness.ts';
import { type DocumentRule, excerpt, type FixMaker } from './record-rule.ts';

const STATUSES = ['proposed', 'accepted', 'rejected', 'deprecated', 'superseded'];
/** Similarity from which a word is a misspelled status. */
const LEAST_ALIKE = 0.7;
const LONGEST_QUOTE = 60;

/** Corrects a misspelled status. */
const fix: FixMaker = ({ span }, { status, path }, text) => {
  const index = lineIndex(text);
  const word = text.slice(index.offset(span.start), index.offset(span.end));
  if (path === undefined || word !== status?.text || !/^[A-Za-z]{4,20}$/.test(word)) return [];
  const [best] = STATUSES.map((value) => ({ value, alike: likeness(word.toLowerCase(), value) })).sort((a, b) => b.alike - a.alike);
  if (best === undefined || best.alike < LEAST_ALIKE) return [];
  const corrected = /^[A-Z]/.test(word) ? best.value.charAt(0).toUpperCase() + best.value.slice(1) : best.value;
  return [{ title: `Change the status to ${corrected}`, edits: [{ path, span, text: corrected }] }];
};

/** Words of records that are not surely in English are left alone: they may be right in their language. */
export const unknownStatus: DocumentRule = {
  info: defineRule({
    id: 'unknown-status',
    severity: 'warning',
    description: 'Lintel does not recognize the status of the record.',
    tags: ['record'],
    fixes: 'offered',
  }),
  *check({ kind, status }) {
    if (kind !== 'decision' || status?.value !== 'unknown' || status.foreign) return;
    const message = `Unknown status "${excerpt(status.text, LONGEST_QUOTE)}". Use proposed, accepted, rejected, deprecated, or "superseded by" with a link to the record.`;
    yield { message, span: status.span };
  },
  fix,
};
