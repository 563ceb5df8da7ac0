import { existsSync, readFileSync } from 'node:fs';
import { RULES_PAGE, type RuleInfo } from '../model/finding.ts';
import { RULES, ruleOf } from './rules.ts';

/** The pages of the built program are beside its bundle; those of a checkout are pages of `docs/` and sections of one of them. */
const SHIPPED = new URL('./rules/', import.meta.url);
const CHECKOUT = new URL('../../', import.meta.url);

/** Name of the page of a rule in the built program, in the folder `rules` beside the bundles. */
export const rulePageFile = (id: string): string => `${id}.md`;

const FIXES: Readonly<Record<RuleInfo['fixes'], string>> = {
  none: 'Fix: none.',
  offered: 'Fix: offered as a quick fix; somebody has to choose.',
  'auto-fixable': 'Fix: offered as a quick fix; applied by `lintel check --patch` and "Fix all" where there is only one correct fix.',
};

function pageOf({ id, severity, fixes }: RuleInfo, section: string): string {
  return [
    `# ${id}`,
    section.trim(),
    `Severity: ${severity}. ${FIXES[fixes]}`,
    `To change the severity, in \`lintel.yaml\` (\`off\`, \`hint\`, \`info\`, \`warning\` or \`error\`; \`overrides\` sets it for some files only):`,
    `\`\`\`yaml\nrules:\n  ${id}: off\n\`\`\``,
    `To ignore one finding, in a comment on its line or above it, with the reason: \`lintel-ignore ${id} REASON\`.`,
  ]
    .join('\n\n')
    .concat('\n');
}

/** The file of the documentation that explains a rule, from the root of the program: many rules share a page, others have one each. */
const fileOf = ({ page }: RuleInfo): string => page.split('#', 1)[0] ?? page;

/** Texts of the sections of a page by heading. */
const sectionsOf = (markdown: string): ReadonlyMap<string, string> =>
  new Map(
    markdown
      .split(/^## /m)
      .slice(1)
      .map((section) => {
        const [heading = '', ...lines] = section.split('\n');
        return [heading.trim(), lines.join('\n')] as const;
      }),
  );

/** What follows the heading of a page that is about one rule. */
const withoutHeading = (markdown: string): string => markdown.replace(/^#[^\n]*\n/, '');

/**
 * The pages of all rules by id, as they are shipped.
 * @param read the text of a page of the documentation, by its path from the root of the program
 */
export function rulePagesFrom(read: (path: string) => string): ReadonlyMap<string, string> {
  const sections = sectionsOf(read(RULES_PAGE));
  return new Map(
    RULES.map((rule) => {
      const file = fileOf(rule);
      return [rule.id, pageOf(rule, file === RULES_PAGE ? (sections.get(rule.id) ?? rule.description) : withoutHeading(read(file)))];
    }),
  );
}

/** Address of the page that explains a rule, a `file:` URL, which editors open; `undefined` for an unknown rule or where no page is installed. */
export function rulePage(id: string): string | undefined {
  const rule = ruleOf(id);
  if (rule === undefined) return undefined;
  const shipped = new URL(rulePageFile(id), SHIPPED);
  if (existsSync(shipped)) return shipped.href;
  return existsSync(new URL(fileOf(rule), CHECKOUT)) ? new URL(rule.page, CHECKOUT).href : undefined;
}

/** The page that explains a rule, in Markdown; `undefined` for an unknown rule. Without an installed page, its one sentence. */
export function ruleText(id: string): string | undefined {
  const rule = ruleOf(id);
  if (rule === undefined) return undefined;
  const shipped = new URL(rulePageFile(id), SHIPPED);
  if (existsSync(shipped)) return readFileSync(shipped, 'utf8');
  const inCheckout = (path: string): string => readFileSync(new URL(path, CHECKOUT), 'utf8');
  return existsSync(new URL(fileOf(rule), CHECKOUT)) ? rulePagesFrom(inCheckout).get(id) : pageOf(rule, rule.description);
}
