import type { Document, Section } from '../model/document.ts';
import { defineRule, type Finding, findingOf } from '../model/finding.ts';
import { groupBy } from '../text/group-by.ts';
import { lineIndex } from '../text/lines.ts';
import { createMatcher, isInside, type Matcher } from './discovery/globs.ts';
import type { Source } from './source.ts';
import { TOO_MANY_PARTS } from './specs/source.ts';

export const CODEOWNERS_NEGATION = defineRule({
  id: 'codeowners-negation',
  severity: 'warning',
  description: 'CODEOWNERS does not support negation, so a line that begins with `!` has no effect.',
  tags: ['document'],
});

/** One line of a CODEOWNERS file. */
export interface OwnerRule {
  /** In .gitignore syntax, as written. */
  readonly pattern: string;
  /** `@user`, `@org/team` or an e-mail address; empty means that nobody owns the files. */
  readonly owners: readonly string[];
  /** GitLab section that contains the rule; empty outside any section. */
  readonly section: string;
  /** Zero-based. */
  readonly line: number;
}

const MAX_RULES = 20_000;
/** Enough for a pattern with two `**` on a path of 100 folders, and 20,000 rules take a quarter of a second at most. */
const MOST_STEPS = 1_000;
const SECTION = /^\^?\[([^\]]*)\](?:\[\d+\])?(.*)$/;

/** Splits at unescaped white space; a word that starts with `#` begins a comment. */
const wordsOf = (line: string): readonly string[] => {
  const words: string[] = [];
  for (const word of line.match(/(?:\\.|[^\s\\]|\\$)+/g) ?? []) {
    if (word.startsWith('#')) break;
    words.push(word);
  }
  return words;
};

/**
 * Reads CODEOWNERS rules in the syntax of GitHub, Gitea and GitLab (sections with default owners). Skips other lines.
 * @param most rules after which it stops
 */
export const parseCodeowners = (text: string, most = MAX_RULES): readonly OwnerRule[] => {
  const rules: OwnerRule[] = [];
  let section = '';
  let defaults: readonly string[] = [];
  text.split(/\r\n|\n|\r/).forEach((raw, line) => {
    const head = SECTION.exec(raw.trim());
    if (head) {
      section = head[1]?.trim() ?? '';
      defaults = wordsOf(head[2] ?? '');
      return;
    }
    const [pattern, ...owners] = wordsOf(raw);
    if (pattern && rules.length < most) rules.push({ pattern, owners: owners.length > 0 ? owners : defaults, section, line });
  });
  return rules;
};

const matchers = new WeakMap<OwnerRule, Matcher>();

const matches = (rule: OwnerRule, path: string): boolean => {
  let matcher = matchers.get(rule);
  if (!matcher) {
    matcher = createMatcher([rule.pattern], { steps: MOST_STEPS });
    matchers.set(rule, matcher);
  }
  return matcher.match(path) !== undefined;
};

/**
 * Owners of a repository-relative path. The last matching rule of each section decides; owners of several sections are listed in section order.
 * Empty if nobody owns the path or it is outside the repository.
 */
export const ownersOf = (rules: readonly OwnerRule[], path: string): readonly string[] => {
  if (!isInside(path)) return [];
  const sections = new Map<string, readonly string[]>();
  for (let at = rules.length - 1; at >= 0; at -= 1) {
    const rule = rules[at];
    if (rule && !sections.has(rule.section.toLowerCase()) && matches(rule, path)) sections.set(rule.section.toLowerCase(), rule.owners);
  }
  const order = new Set(rules.map((rule) => rule.section.toLowerCase()));
  return [...new Set([...order].flatMap((section) => sections.get(section) ?? []))];
};

/** Reads a CODEOWNERS file as a guide, with one section per GitLab section. Findings: `codeowners-negation`, `too-many-parts`. */
export const readCodeowners = (source: Source): Document => {
  const lines = lineIndex(source.text);
  // One too many, which shows that there are more.
  const found = parseCodeowners(source.text, MAX_RULES + 1);
  const rules = found.slice(0, MAX_RULES);
  const findings: Finding[] = [];
  const beyond = found[MAX_RULES];
  if (beyond !== undefined) {
    const message = 'This file has more than 20,000 rules. Those from here on name no owners for Lintel. Write patterns for folders.';
    findings.push(findingOf(TOO_MANY_PARTS, { message, span: lines.span(lines.start(beyond.line), lines.end(beyond.line)) }));
  }
  const startOf = (line: number) => (line < lines.count ? lines.start(line) : source.text.length);
  for (const rule of rules) {
    if (!rule.pattern.startsWith('!') || findings.length >= 20) continue;
    findings.push(
      findingOf(CODEOWNERS_NEGATION, {
        message: `CODEOWNERS does not support negation, so "${rule.pattern.slice(0, 200)}" is ignored. To leave files without an owner, list the pattern with no owners after it.`,
        span: lines.span(startOf(rule.line), lines.end(rule.line)),
      }),
    );
  }
  const groups = groupBy(rules, (rule) => rule.section);
  const sections: Section[] = [...groups].map(([name, group]) => {
    const start = startOf(group[0]?.line ?? 0);
    const end = lines.end(group.at(-1)?.line ?? 0);
    return {
      heading: name,
      level: name ? 1 : 0,
      headingPath: name ? [name] : [],
      text: source.text.slice(start, end).trim(),
      span: lines.span(start, end),
    };
  });
  return {
    id: source.path,
    kind: 'guide',
    path: source.path,
    sha: source.sha,
    title: 'Code owners',
    format: 'codeowners',
    sections,
    links: [],
    findings,
  };
};
