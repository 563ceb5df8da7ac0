import type { TestCommands, TestSelection } from '../../../model/selection.ts';
import { commandText, quotedArgument } from '../../../text/command-text.ts';

/** How much of the suite runs. A token, so that an empty list of tests is never taken for all of them. */
export type RunToken = 'none' | 'some' | 'all';

/** What a selection means for a runner. Who goes on although a human is asked runs everything. */
export const runTokenOf = ({ verdict, selected, remainder }: TestSelection): RunToken => {
  if (verdict === 'ask-a-human') return 'all';
  if (selected.length === 0) return 'none';
  return verdict === 'run-all' && remainder.length === 0 ? 'all' : 'some';
};

/** A line that fails: a selected test that nothing runs must not end as a success. */
const failing = (path: string, reason: string): string => `{ echo ${quotedArgument(`${path} cannot be run: ${reason}`)} >&2; false; }`;

/** `none`, `all`, or a line of a POSIX shell for each runner and folder; a selected test that nothing is known to run is a line that fails. */
export const runnerLines = (token: RunToken, { commands, without }: TestCommands): string =>
  token === 'some'
    ? [...commands.map((command) => commandText(command)), ...without.map(({ path, reason }) => failing(path, reason))].join('\n')
    : token;
