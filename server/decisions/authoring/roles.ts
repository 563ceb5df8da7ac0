import { isNameOf } from '../../knowledge/languages/languages.ts';

/** What a field, a row or a key of a record is about. */
export type Role = 'status' | 'date' | 'title' | 'number' | 'people' | 'supersedes' | 'superseded-by' | 'scope';

const NAMES: readonly (readonly [Role, RegExp])[] = [
  ['status', /^(?:(?:adr|decision|current|document|record|proposal) )?(?:status|state)$/],
  [
    'date',
    /^(?:(?:start|decision|creation|proposal|submission|last) )?(?:date|created|decided|updated|modified|update|change)(?: (?:on|at|decided|created|proposed|submitted))?$|^(?:date|datum) (?:of .{1,20})$|^last modified$/,
  ],
  ['title', /^(?:(?:adr|decision|short|record) )?(?:title|name)$/],
  [
    'number',
    /^(?:(?:adr|decision|record|rfc|kep|proposal) )?(?:id|number|no|nr|identifier|index)$|^(?:adr|rfc|pep|kep|tep|oep|eip|bip|jep|kip|dip|sip|cip|sep|proposal|record)$/,
  ],
  [
    'people',
    /\b(?:makers?|deciders?|authors?|owners?|consulted|informed|approvers?|reviewers?|sponsors?|champions?|shepherds?|stakeholders?|contributors?|delegate|team|assignees?|contact)\b/,
  ],
  ['superseded-by', /^(?:superseded|replaced|obsoleted) by$/],
  ['supersedes', /^(?:supersedes|replaces|obsoletes)$/],
  ['scope', /^(?:applies to|paths|affects|affected paths)$/],
];

/** The name of a field or key in lower case and single spaces, so that `decisionDate`, `decision_date` and `Decision date` are the same. */
export const plainName = (name: string): string =>
  name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** What a name in any language says that its value is; `undefined` for most names. */
export function roleOf(name: string): Role | undefined {
  const plain = plainName(name);
  const named = NAMES.find(([, pattern]) => pattern.test(plain))?.[0];
  if (named !== undefined) return named;
  for (const part of ['status', 'date', 'title', 'supersedes', 'superseded-by'] as const) if (isNameOf(part, plain)) return part;
  return isNameOf('authors', plain) ? 'people' : undefined;
}
