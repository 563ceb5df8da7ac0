import { defineRule, type Finding, findingOf } from '../../../model/finding.ts';
import { RULE_IDS } from '../../../model/rule-ids.ts';
import { didYouMean } from '../../../text/suggest.ts';
import type { IgnoreComment } from './ignore-comments.ts';

export const IGNORE_INVALID = defineRule({
  id: 'ignore-invalid',
  severity: 'warning',
  description: 'A `lintel-ignore` comment gives no reason, or names no rule or one that does not exist.',
  tags: ['document'],
});

const KNOWN: readonly string[] = RULE_IDS;

/** Whether a word is the id of a rule. */
export const isRule = (id: string): boolean => KNOWN.includes(id);

/** What is wrong with an ignore comment itself. */
export function invalidParts({ rules, reason, span }: IgnoreComment): Finding[] {
  const report = (message: string, place = span): Finding => findingOf(IGNORE_INVALID, { message, span: place });
  const [first] = rules;
  if (first === undefined) return [report('This comment names no rule. Write "lintel-ignore", the rule, and the reason.')];
  const unknown = rules.filter(({ id }) => !isRule(id));
  if (unknown.length > 0)
    return unknown.map(({ id, span: place }) =>
      report(`There is no rule "${id}".${didYouMean(id, KNOWN)} Write "lintel-ignore", the rule, and the reason.`, place),
    );
  return reason === '' ? [report(`Say after ${rules.at(-1)?.id} why it is ignored here.`)] : [];
}
