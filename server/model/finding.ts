import type { Span } from './span.ts';

/** A text replacement in one file of the repository. An empty span inserts; a file that does not exist is created. */
export interface TextEdit {
  /** Repository-relative, forward slashes. */
  readonly path: string;
  readonly span: Span;
  readonly text: string;
}

/** A way to resolve a finding. Its edits are applied together or not at all. */
export interface Fix {
  /** What it does, in the imperative, as the editor shows it: `Update the path`. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** Safe to apply without asking (`lintel check --patch`, "Fix all"). At most one fix of a finding is. Default false. */
  readonly preferred?: boolean;
}

/** `hint`: nothing is wrong, but a reader should know. `lintel check` leaves hints out unless their rule is named. */
export type Severity = 'error' | 'warning' | 'info' | 'hint';

declare const ruleId: unique symbol;

/** Id of a rule, such as `broken-link`. Only {@link defineRule} makes one, so a finding of a rule that nobody defined does not type-check. */
export type RuleId = string & { readonly [ruleId]: true };

/** `code`, `record`, `document`, `configuration`, `identifier`: what the rule checks. `outdated`: editors strike the text of the finding through. */
export type RuleTag = 'code' | 'record' | 'document' | 'configuration' | 'identifier' | 'outdated';

/** What is known about a rule without running it. Diagnostics, the command line, SARIF and the documentation test read it. */
export interface RuleInfo {
  readonly id: RuleId;
  /** Severity of its findings, unless a finding overrides it. */
  readonly severity: Severity;
  /** One sentence, the first of the rule's section on `page`. */
  readonly description: string;
  /** Path and anchor of the section that explains the rule, from the root of the program. */
  readonly page: string;
  readonly tags: readonly RuleTag[];
  /** `offered`: some findings have fixes that a person chooses from. `auto-fixable`: some fixes may be applied without asking. */
  readonly fixes: 'none' | 'offered' | 'auto-fixable';
}

/** The page on which every rule has a section, headed by its id. */
export const RULES_PAGE = 'docs/rules.md';

/** Defines a rule. List it as well: in `rules.ts` of its folder in `decisions/findings/`, or in `engine/rules.ts` for rules of readers. */
export const defineRule = ({
  id,
  page = `${RULES_PAGE}#${id}`,
  fixes = 'none',
  ...info
}: Omit<RuleInfo, 'id' | 'page' | 'fixes'> & Partial<Pick<RuleInfo, 'page' | 'fixes'>> & { readonly id: string }): RuleInfo => ({
  id: id as RuleId,
  ...info,
  page,
  fixes,
});

/** Something in a user's file that a person should look at. Findings are reported, never thrown: indexing goes on. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** What is wrong and what to do about it, in a sentence to show to the user. */
  readonly message: string;
  readonly span: Span;
  /** Other places that belong to the finding, such as the record that has the same number. Paths are repository-relative. */
  readonly related?: readonly { readonly path: string; readonly span: Span; readonly message: string }[];
  /** Best first. */
  readonly fixes?: readonly Fix[];
}

/** A finding before its rule is stamped on it. */
export type FindingDraft = Omit<Finding, 'rule' | 'severity'> & { readonly severity?: Severity };

/** The finding of a rule, with the severity of the rule unless the draft has its own. */
export const findingOf = (rule: RuleInfo, { severity = rule.severity, ...draft }: FindingDraft): Finding => ({
  rule: rule.id,
  severity,
  ...draft,
});
