import { didYouMean } from '../../text/suggest.ts';
import { defineCommand, UsageError } from '../command.ts';
import { withEngine } from '../session.ts';
import { OPTIONS, type TestsAction } from './tests/options.ts';
import { selectAction } from './tests/select.ts';

const ACTIONS: readonly TestsAction[] = [selectAction];
const OPTION_NAMES = Object.keys(OPTIONS) as readonly (keyof typeof OPTIONS)[];

/** `lintel tests ACTION` */
export const testsCommand = defineCommand({
  name: 'tests',
  summary: 'Select the end-to-end tests that a change makes relevant',
  arguments:
    'select [--diff FILE | --base REV | --range A..B | --staged] [--target P] [--budget B] [--always TAG] [--exclude TAG] [--format F]',
  options: OPTIONS,
  optionHelp: [
    ['--diff FILE', 'a patch as "git diff" writes it; - reads standard input. Default: what is not committed'],
    ['--base REV', 'what HEAD and the work tree have beyond this branch, such as origin/main'],
    ['--range A..B', 'what two commits differ in'],
    ['--staged', 'what is staged'],
    ['--target P', 'the probability that all affected tests are selected; default .95'],
    ['--budget B', 'select no more than this: 20% of the suite, or 10m of recorded time'],
    ['--always TAG', 'always select tests with this tag; may be repeated'],
    ['--exclude TAG', 'never select tests with this tag; may be repeated'],
    ['--format F', 'text (default) or json'],
  ],
  examples: ['lintel tests select', 'lintel tests select --base origin/main', 'git diff main | lintel tests select --diff -'],
  takes: [1, 1],
  run: async (invocation) => {
    const [name = ''] = invocation.positionals;
    const action = ACTIONS.find((one) => one.name === name);
    const names = ACTIONS.map((one) => one.name);
    if (!action) throw new UsageError(`There is no "lintel tests ${name}".${didYouMean(name, names)} Known: ${names.join(', ')}.`);
    for (const option of OPTION_NAMES)
      if (invocation.values[option] !== undefined && !action.takes.includes(option))
        throw new UsageError(`There is no option --${option} for "lintel tests ${name}".`);
    return withEngine(invocation, (engine) => action.run(engine, invocation));
  },
});
