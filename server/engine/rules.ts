import { isUnchangeable } from '../code/unchangeable.ts';
import { FINDING_RULES, ignoreFix } from '../decisions/index.ts';
import { IDENTIFIER_RULES } from '../identifiers/index.ts';
import { CODEOWNERS_NEGATION } from '../knowledge/codeowners.ts';
import { CONFIG_INVALID, CONFIG_UNKNOWN_KEY } from '../knowledge/discovery/config.ts';
import { LINK_INVALID } from '../knowledge/links/links.ts';
import { BROKEN_FRONT_MATTER } from '../knowledge/markup/front-matter.ts';
import { BINARY, OUTSIDE_REPOSITORY, READER_FAILED, UNREADABLE } from '../knowledge/read.ts';
import { EMPTY_DOCUMENT } from '../knowledge/records/record.ts';
import { BROKEN_GHERKIN } from '../knowledge/specs/gherkin.ts';
import { BROKEN_GRAPHQL } from '../knowledge/specs/graphql.ts';
import { BROKEN_PROTOBUF } from '../knowledge/specs/protobuf.ts';
import { TOO_DEEP, TOO_LARGE, TOO_MANY_PARTS } from '../knowledge/specs/source.ts';
import { BROKEN_JSON, BROKEN_YAML } from '../knowledge/specs/tree.ts';
import type { Finding, Fix, RuleInfo } from '../model/finding.ts';
import { LINK_UNKNOWN_DECISION } from '../register/declared-links.ts';
import { WRONG_ENCODING } from '../text/decode.ts';

/** Every rule. Diagnostics, the command line and SARIF read this list. */
export const RULES: readonly RuleInfo[] = [
  ...FINDING_RULES,
  BROKEN_FRONT_MATTER,
  EMPTY_DOCUMENT,
  WRONG_ENCODING,
  BINARY,
  TOO_LARGE,
  TOO_DEEP,
  TOO_MANY_PARTS,
  UNREADABLE,
  OUTSIDE_REPOSITORY,
  READER_FAILED,
  BROKEN_YAML,
  BROKEN_JSON,
  BROKEN_PROTOBUF,
  BROKEN_GRAPHQL,
  BROKEN_GHERKIN,
  CODEOWNERS_NEGATION,
  LINK_INVALID,
  LINK_UNKNOWN_DECISION,
  CONFIG_INVALID,
  CONFIG_UNKNOWN_KEY,
  ...IDENTIFIER_RULES,
];

const byId: ReadonlyMap<string, RuleInfo> = new Map(RULES.map((rule) => [rule.id, rule]));

/** The rule with an id; `undefined` for an id that no rule of this version has, such as one that an older index stored. */
export const ruleOf = (id: string): RuleInfo | undefined => byId.get(id);

/** Whether a rule is about identifiers. */
export const isIdentifierRule = (id: string): boolean => byId.get(id)?.tags.includes('identifier') === true;

/**
 * The fix that writes a `lintel-ignore` comment for a finding, with the word REASON where somebody has to say why; `undefined` where the file cannot have one.
 * @param text of the file, as the editor has it
 */
export const ignoringFix = (path: string, text: string, finding: Finding): Fix | undefined =>
  isUnchangeable(path, text) ? undefined : ignoreFix(path, text, finding);
