import { didYouMean } from '../../text/suggest.ts';
import { defineCommand, UsageError } from '../command.ts';
import { withEngine } from '../session.ts';
import { linkAction } from './tests/link.ts';
import { OPTIONS, type TestsAction } from './tests/options.ts';
import { recordAction } from './tests/record.ts';
import { reportAction } from './tests/report.ts';
import { selectAction } from './tests/select.ts';
import { shadowAction } from './tests/shadow.ts';

const ACTIONS: readonly TestsAction[] = [selectAction, recordAction, reportAction, shadowAction, linkAction];
const OPTION_NAMES = Object.keys(OPTIONS) as readonly (keyof typeof OPTIONS)[];

/** `lintel tests ACTION` */
export const testsCommand = defineCommand({
  name: 'tests',
  summary: 'Select the end-to-end tests that a change makes relevant, and record what came of it',
  arguments: 'select | record --junit FILES | report | shadow [--junit FILES] | link CODE SPEC [OPTIONS]',
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
    ['--coverage FILES', 'select: coverage of single tests: files, folders or patterns; may be repeated'],
    ['--format F', 'text (default) or json; select: also args or github; report: also html'],
    ['--runner NAME', 'select --format args: only tests of this runner, such as playwright'],
    ['--remainder FILE', 'select: write the tests to run later to this file, one a line'],
    ['--junit FILES', 'reports to record: files, folders or patterns; may be repeated'],
    ['--selection FILE', 'the selection of the run, as "select --format json" wrote it'],
    ['--run KIND', 'record a full or a selected run; default: as the reports show'],
    ['--took TIME', 'how long the run took, such as 12m; default: as the reports say'],
    ['--override TEXT', 'what a person decided otherwise than the selection'],
    ['--folder PATH', 'the folder of the log; default: .lintel'],
    ['--since DAY', 'report: only runs from this day on'],
    ['--runs N', 'shadow: full runs before the gate opens; default 30'],
    ['--days N', 'shadow: days before the gate opens; default 7'],
    ['--missed P', 'shadow: percentage of failures that may be missed; default 1'],
    ['--note TEXT', 'link: why the test covers the code'],
  ],
  examples: [
    'lintel tests select',
    'lintel tests select --base origin/main',
    'lintel tests select --diff change.patch --json',
    'lintel tests record --junit results.xml --selection selection.json',
  ],
  takes: [1, 10_001],
  run: async (invocation) => {
    const [name = ''] = invocation.positionals;
    const action = ACTIONS.find((one) => one.name === name);
    const names = ACTIONS.map((one) => one.name);
    if (!action) throw new UsageError(`There is no "lintel tests ${name}".${didYouMean(name, names)} Known: ${names.join(', ')}.`);
    for (const option of OPTION_NAMES)
      if (invocation.values[option] !== undefined && !action.takes.includes(option))
        throw new UsageError(`There is no option --${option} for "lintel tests ${name}".`);
    const [least, most] = action.arguments ?? [0, 0];
    const given = invocation.positionals.slice(1);
    if (given.length < least) throw new UsageError(`"lintel tests ${name}" needs CODE and SPEC.`);
    if (given.length > most) throw new UsageError(`Unexpected argument "${given[most]}" for "lintel tests ${name}".`);
    return withEngine(invocation, (engine) => action.run(engine, invocation));
  },
});
