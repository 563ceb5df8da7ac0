import type { SelectedTest, TestCommand } from '../../model/selection.ts';
import { commandText } from '../../text/command-text.ts';
import { clip } from './clip.ts';
import type { AgentToolAnswer } from './tool.ts';

const MOST_REASONS = 2;
const LONGEST_COMMAND = 2_000;

const agentTest = ({ item, evidence, span, must }: SelectedTest): object => ({
  path: item.path,
  title: clip(item.title, 200),
  framework: item.framework,
  ...(span === undefined ? {} : { line: span.start.line + 1 }),
  ...(must ? { must } : {}),
  why: evidence.slice(0, MOST_REASONS).map(({ explanation }) => clip(explanation, 200)),
});

/** A command as it is typed at the root; one that is too long for a shell is named by its beginning and the number of its specs. */
const agentCommand = (command: TestCommand): object => ({
  command: clip(commandText(command), LONGEST_COMMAND),
  specs: command.specs.length,
});

/** The end-to-end tests that a change makes relevant, and how to run them. */
export const answerTests: AgentToolAnswer = async (engine, args, signal) => {
  const base = args.text('base');
  const selection = await engine.selectTests({ diff: base === undefined ? { of: 'work-tree' } : { of: 'branch', base } }, signal);
  const { commands, without } = await engine.testCommands(
    selection.selected.map(({ item }) => item.path),
    signal,
  );
  const { position } = await engine.status({ load: false, measure: false });
  return {
    before: {
      verdict: selection.verdict,
      cause: clip(selection.cause, 500),
      ...(selection.confidence === undefined ? {} : { confidence: Math.round(selection.confidence * 1_000) / 1_000 }),
      selected: selection.selected.length,
      suite: selection.suite,
    },
    parts: [
      { name: 'tests', content: selection.selected.map(agentTest) },
      { name: 'commands', content: commands.map(agentCommand) },
      ...(without.length === 0
        ? []
        : [{ name: 'without_command', content: without.map(({ path, reason }) => ({ path, reason: clip(reason, 200) })) }]),
    ],
    notices: selection.notices,
    index: position,
  };
};
