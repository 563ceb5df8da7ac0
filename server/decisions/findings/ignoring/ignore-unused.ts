import { defineRule, type Finding, findingOf } from '../../../model/finding.ts';
import { type IgnoreComment, ignoreCommentsIn } from './ignore-comments.ts';
import { invalidParts, isRule } from './ignore-invalid.ts';

export const IGNORE_UNUSED = defineRule({
  id: 'ignore-unused',
  severity: 'hint',
  description: 'A `lintel-ignore` comment ignores nothing: the finding is gone, or on another line.',
  tags: ['document'],
});

const covers = ({ lines }: IgnoreComment, { span: { start } }: Finding): boolean =>
  lines === undefined || (lines.first <= start.line && start.line <= lines.last);

/**
 * The findings of a file without those that a comment in it ignores, and with what is wrong with these comments.
 * @param complete whether all rules ran; if not, a comment may be for a finding that nobody looked for
 */
export function afterIgnores(path: string, text: string, findings: readonly Finding[], complete: boolean): readonly Finding[] {
  const comments = ignoreCommentsIn(path, text);
  if (comments.length === 0) return findings;
  const used = new Set<IgnoreComment['rules'][number]>();
  const kept = findings.filter((finding) => {
    let ignored = false;
    for (const comment of comments) {
      const named = covers(comment, finding) ? comment.rules.filter(({ id }) => id === finding.rule) : [];
      for (const rule of named) used.add(rule);
      ignored ||= named.length > 0;
    }
    return !ignored;
  });
  for (const comment of comments) {
    kept.push(...invalidParts(comment));
    if (!complete) continue;
    const where = comment.lines === undefined ? 'in this file' : 'here';
    for (const rule of comment.rules)
      if (isRule(rule.id) && !used.has(rule))
        kept.push(
          findingOf(IGNORE_UNUSED, { message: `There is no ${rule.id} to ignore ${where}. Remove it from the comment.`, span: rule.span }),
        );
  }
  return kept;
}
