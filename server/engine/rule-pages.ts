import { existsSync, readFileSync } from 'node:fs';
import { RULES_PAGE, type RuleInfo } from '../model/finding.ts';
import { RULES, ruleOf } from './rules.ts';

/** The pages of the built program are beside its bundle, those of a checkout are sections of one page. */
const SHIPPED = new URL('./rules/', import.meta.url);
const CHECKOUT = new URL(`../../${RULES_PAGE}`, import.meta.url);

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

/** The pages of all rules by id, made from the text of `docs/rules.md`, which has a section for each. */
export function rulePagesFrom(markdown: string): ReadonlyMap<string, string> {
  const sections = new Map(
    markdown
      .split(/^## /m)
      .slice(1)
      .map((section) => {
        const [heading = '', ...lines] = section.split('\n');
        return [heading.trim(), lines.join('\n')] as const;
      }),
  );
  return new Map(RULES.map((rule) => [rule.id, pageOf(rule, sections.get(rule.id) ?? rule.description)]));
}

/** Address of the page that explains a rule, a `file:` URL, which editors open; `undefined` for an unknown rule or where no page is installed. */
export function rulePage(id: string): string | undefined {
  const rule = ruleOf(id);
  if (rule === undefined) return undefined;
  const shipped = new URL(rulePageFile(id), SHIPPED);
  if (existsSync(shipped)) return shipped.href;
  return existsSync(CHECKOUT) ? `${CHECKOUT.href}#${id}` : undefined;
}

/** The page that explains a rule, in Markdown; `undefined` for an unknown rule. Without an installed page, its one sentence. */
export function ruleText(id: string): string | undefined {
  const rule = ruleOf(id);
  if (rule === undefined) return undefined;
  const shipped = new URL(rulePageFile(id), SHIPPED);
  if (existsSync(shipped)) return readFileSync(shipped, 'utf8');
  return existsSync(CHECKOUT) ? rulePagesFrom(readFileSync(CHECKOUT, 'utf8')).get(id) : pageOf(rule, rule.description);
}
