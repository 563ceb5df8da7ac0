import type { Command } from './command.ts';
import { askCommand } from './commands/ask.ts';
import { briefCommand } from './commands/brief.ts';
import { checkCommand } from './commands/check.ts';
import { decisionsCommand } from './commands/decisions.ts';
import { doctorCommand } from './commands/doctor.ts';
import { hookCommand } from './commands/hook.ts';
import { idsCommand } from './commands/ids.ts';
import { indexCommand } from './commands/index.ts';
import { linkCommand } from './commands/link.ts';
import { logCommand } from './commands/log.ts';
import { mcpCommand } from './commands/mcp.ts';
import { publishCommand } from './commands/publish.ts';
import { pullCommand } from './commands/pull.ts';
import { rulesCommand } from './commands/rules.ts';
import { searchCommand } from './commands/search.ts';
import { statusCommand } from './commands/status.ts';
import { testsCommand } from './commands/tests.ts';
import { whyCommand } from './commands/why.ts';

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [
  indexCommand,
  searchCommand,
  askCommand,
  whyCommand,
  logCommand,
  briefCommand,
  checkCommand,
  idsCommand,
  testsCommand,
  rulesCommand,
  decisionsCommand,
  linkCommand,
  hookCommand,
  mcpCommand,
  publishCommand,
  pullCommand,
  statusCommand,
  doctorCommand,
];

const COMMON_HELP: readonly (readonly [string, string])[] = [
  ['--repo PATH', 'the repository, or any folder in it; default: the current folder'],
  ['--json', 'print JSON instead of text'],
  ['-h, --help', 'show help'],
];

const table = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`).join('\n');
};

/** Help of the CLI as a whole. */
export const generalHelp = (): string =>
  [
    'lintel: the decisions that govern your code',
    `Usage: lintel COMMAND [OPTIONS]`,
    `Commands:\n${table(COMMANDS.map(({ name, summary }) => [name, summary]))}`,
    `Options:\n${table([...COMMON_HELP, ['-v, --version', 'show the version']])}`,
    'Exit codes: 0 success, 1 check, ids or doctor found something wrong, 2 invalid command line, 3 failure, 130 canceled.',
    'Help for one command: lintel COMMAND --help',
  ].join('\n\n');

/** Help of one command. */
export const commandHelp = (command: Command): string =>
  [
    `${command.summary}.`,
    `Usage: lintel ${command.name} ${command.arguments}`,
    `Options:\n${table([...command.optionHelp, ...COMMON_HELP])}`,
    `Examples:\n${command.examples.map((example) => `  ${example}`).join('\n')}`,
  ].join('\n\n');
