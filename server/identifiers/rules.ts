import { defineRule, type RuleInfo } from '../model/finding.ts';

/** Folder of the pages that explain the rules, one `ID.md` for each. */
export const IDENTIFIER_PAGES = 'docs/identifiers';

const rule = (id: string, severity: RuleInfo['severity'], description: string): RuleInfo =>
  defineRule({ id, severity, description, tags: ['identifier'], fixes: 'offered', page: `${IDENTIFIER_PAGES}/${id}.md` });

export const COMPOSED_ID = rule(
  'SID001',
  'warning',
  'An identifier is composed of parts that have a meaning, so a change of a part changes the identifier.',
);
export const DECOMPOSED_ID = rule('SID002', 'warning', 'A decision is read out of an identifier, so its format becomes a contract.');
export const SEMANTIC_LITERAL = rule('SID003', 'info', 'The code depends on what the text of an identifier says.');
export const ORG_NAMED_RESOURCE = rule(
  'SID004',
  'warning',
  'A resource is named after a team or a vendor, so a reorganization renames it.',
);
export const SCHEMA_SEMANTIC_ID = rule('SID005', 'info', 'A schema says that the parts of an identifier mean something.');
export const NARROW_ID = rule('SID006', 'warning', 'A key has 32 bits or fewer, so it runs out of numbers.');
export const NATURAL_KEY = rule('SID007', 'info', 'A value that can change, such as a name or an address, identifies an entity.');

/** The rules about identifiers. */
export const IDENTIFIER_RULES: readonly RuleInfo[] = [
  COMPOSED_ID,
  DECOMPOSED_ID,
  SEMANTIC_LITERAL,
  ORG_NAMED_RESOURCE,
  SCHEMA_SEMANTIC_ID,
  NARROW_ID,
  NATURAL_KEY,
];
