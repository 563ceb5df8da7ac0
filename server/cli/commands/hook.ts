import { didYouMean } from '../../text/suggest.ts';
import { defineCommand, UsageError } from '../command.ts';
import { answer } from './hook/answer.ts';
import { answerHere } from './hook/event.ts';
import { install } from './hook/install.ts';
import { type HookAction, OPTIONS } from './hook/options.ts';
import { serve } from './hook/serve.ts';
import { stats } from './hook/stats.ts';

const EVENT: HookAction = { name: '', takes: ['gate', 'verbose'], arguments: 0, run: answerHere };
const ACTIONS: readonly HookAction[] = [
  { name: 'install', takes: ['agent', 'command', 'gate', 'print', 'yes'], arguments: 0, run: install },
  { name: 'stats', takes: [], arguments: 0, run: stats },
  { name: 'answer', takes: ['reason', 'by', 'yes'], arguments: 2, run: answer },
  { name: 'serve', takes: [], arguments: 0, run: serve },
];
const OPTION_NAMES = Object.keys(OPTIONS) as readonly (keyof typeof OPTIONS)[];

/** `lintel hook [ACTION]` */
export const hookCommand = defineCommand({
  name: 'hook',
  summary: 'Tell an agent the decisions that govern what it is about to edit, as a hook of Claude Code or VS Code',
  arguments: '[install | stats | answer CODE allow|refuse | serve] [OPTIONS] [--json]',
  options: OPTIONS,
  optionHelp: [
    ['--gate', 'ask a person before an edit that contradicts a decision by rule; install: with this option'],
    ['--verbose', 'say on standard error why nothing is said'],
    ['--agent NAME', 'install: claude (default; VS Code reads these settings too) or vscode'],
    ['--command TEXT', 'install: how the agent starts it; default: lintel hook'],
    ['--print', 'install: print the settings and write nothing'],
    ['--yes', 'install, answer: do not ask'],
    ['--reason TEXT', 'answer: why'],
    ['--by NAME', 'answer: who answers; default: the user of this computer'],
  ],
  examples: [
    'lintel hook install',
    'lintel hook stats',
    'lintel hook answer 1f0c33ab allow --reason "the import goes with the next release"',
  ],
  takes: [0, 3],
  run: async (invocation) => {
    const [name = ''] = invocation.positionals;
    const action = name === '' ? EVENT : ACTIONS.find((one) => one.name === name);
    const names = ACTIONS.map((one) => one.name);
    if (!action) throw new UsageError(`There is no "lintel hook ${name}".${didYouMean(name, names)} Known: ${names.join(', ')}.`);
    const shown = `lintel hook${name === '' ? '' : ` ${name}`}`;
    for (const option of OPTION_NAMES)
      if (invocation.values[option] !== undefined && !action.takes.includes(option))
        throw new UsageError(`There is no option --${option} for "${shown}".`);
    const given = invocation.positionals.slice(1);
    if (given.length > action.arguments) throw new UsageError(`Unexpected argument "${given[action.arguments]}" for "${shown}".`);
    return action.run(invocation);
  },
});
