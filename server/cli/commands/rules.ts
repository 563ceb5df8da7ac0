import { didYouMean } from '../../text/suggest.ts';
import { defineCommand, EXIT, UsageError } from '../command.ts';
import { json } from '../hits.ts';

const COLOURS = { error: 'red', warning: 'yellow', info: 'cyan', hint: 'gray' } as const;

/** `lintel rules [RULE]` */
export const rulesCommand = defineCommand({
  name: 'rules',
  summary: 'List the rules of lintel check, or explain one',
  arguments: '[RULE] [--json]',
  options: {},
  optionHelp: [],
  examples: ['lintel rules', 'lintel rules cites-superseded'],
  takes: [0, 1],
  run: async ({ positionals, values, terminal }) => {
    // The rules load most of the engine, so only a command that needs them does.
    const [{ RULES }, { ruleText }] = await Promise.all([import('../../engine/rules.ts'), import('../../engine/rule-pages.ts')]);
    const [id] = positionals;
    if (id !== undefined) {
      const rule = RULES.find((one) => one.id === id);
      const page = ruleText(id);
      if (rule === undefined || page === undefined)
        throw new UsageError(
          `There is no rule "${id}".${didYouMean(
            id,
            RULES.map((one) => one.id),
          )}`,
        );
      const { severity, description, fixes, tags } = rule;
      await terminal.out(values.json ? json({ id, severity, description, fixes, tags, page }) : page);
      return EXIT.ok;
    }
    if (values.json) {
      await terminal.out(
        json({
          rules: RULES.map(({ id: name, severity, description, fixes, tags }) => ({ id: name, severity, description, fixes, tags })),
        }),
      );
      return EXIT.ok;
    }
    const width = Math.max(...RULES.map((rule) => rule.id.length));
    const rows = RULES.map(
      (rule) => `${rule.id.padEnd(width)}  ${terminal.paint(COLOURS[rule.severity], rule.severity.padEnd(7))}  ${rule.description}\n`,
    );
    await terminal.out(rows.join(''));
    return EXIT.ok;
  },
});
