import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Engine } from '../../../model/engine.ts';
import { EngineError } from '../../../model/errors.ts';
import type { SelectionRequest, TestSelection } from '../../../model/selection.ts';
import { RefusedError, UsageError } from '../../command.ts';
import { json } from '../../hits.ts';
import { tellNotices } from '../../session.ts';
import { selectionText } from '../../test-selection.ts';
import { tellGithub } from './github.ts';
import { DIFF_OPTIONS, diffOf, formatOf, type TestsAction, type TestsInvocation } from './options.ts';
import { runnerLines, runTokenOf } from './runner-lines.ts';

const FORMATS = ['text', 'json', 'args', 'github'] as const;

/** What a pipeline reads from the exit code. */
const VERDICT_EXIT = { 'run-selected': 0, 'run-all': 10, 'ask-a-human': 20 } as const;

const targetOf = (written: string | undefined): number | undefined => {
  if (written === undefined) return undefined;
  const target = Number(written);
  if (!(target > 0 && target < 1)) throw new UsageError('--target: give a number between 0 and 1, such as 0.95.');
  return target;
};

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

const budgetOf = (written: string | undefined): SelectionRequest['budget'] | undefined => {
  if (written === undefined) return undefined;
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s*(%|s|m|h)$/.exec(written.trim()) ?? [];
  const number = Number(amount);
  if (amount === undefined || number <= 0 || (unit === '%' && number > 100))
    throw new UsageError('--budget: give a share of the suite or a time, such as 20% or 10m.');
  return unit === '%' ? { share: number / 100 } : { seconds: number * (UNITS[unit] ?? 1) };
};

const tagsOf = (given: readonly string[] | undefined): readonly string[] | undefined =>
  given?.flatMap((value) => value.split(',')).map((tag) => tag.trim());

/** Paths of the remainder, one a line; a name with a line feed would be two, so such a file is not written. */
const writeRemainder = async (file: string, { remainder }: TestSelection): Promise<void> => {
  const paths = remainder.map(({ item }) => item.path);
  const broken = paths.find((path) => /[\n\r]/.test(path));
  if (broken !== undefined) throw new RefusedError(`--remainder: ${JSON.stringify(broken)} has a line feed. Use --format json.`);
  await writeFile(file, paths.map((path) => `${path}\n`).join('')).catch(() => {
    throw new RefusedError(`--remainder: ${file} cannot be written.`);
  });
};

/** A selection in the format that is asked for. */
const rendered = async (
  engine: Engine,
  selection: TestSelection,
  format: (typeof FORMATS)[number],
  { values, terminal }: TestsInvocation,
) => {
  if (format === 'json') return json(selection);
  if (format === 'text') return selectionText(selection);
  const { runner } = values;
  const mine = selection.selected.filter(({ item }) => runner === undefined || item.framework === runner);
  const token = runTokenOf({ ...selection, selected: mine });
  const paths = mine.map(({ item }) => item.path);
  const commands = token === 'some' ? await engine.testCommands(paths, terminal.signal) : { commands: [], without: [] };
  const lines = runnerLines(token, commands);
  return format === 'args' ? `${lines}\n` : tellGithub(selection, token, lines, process.env);
};

const select: TestsAction['run'] = async (engine, invocation) => {
  const { values, terminal } = invocation;
  const format = formatOf(invocation, FORMATS);
  const target = targetOf(values.target);
  const budget = budgetOf(values.budget);
  if (values.runner !== undefined && format !== 'args') throw new UsageError('--runner: use it with --format args.');
  const always = tagsOf(values.always);
  const exclude = tagsOf(values.exclude);
  const request: SelectionRequest = {
    diff: await diffOf(invocation),
    ...(target === undefined ? {} : { target }),
    ...(budget === undefined ? {} : { budget }),
    ...(always === undefined ? {} : { always }),
    ...(exclude === undefined ? {} : { exclude }),
    ...(values.coverage === undefined ? {} : { coverage: values.coverage.map((path) => resolve(terminal.folder, path)) }),
  };
  const selection = await engine.selectTests(request, terminal.signal).catch((error: unknown) => {
    throw error instanceof EngineError && (error.code === 'unknown-commit' || error.code === 'not-a-repository')
      ? new RefusedError(error.message)
      : error;
  });
  tellNotices(invocation, selection.notices);
  if (values.remainder !== undefined) await writeRemainder(resolve(terminal.folder, values.remainder), selection);
  await terminal.out(await rendered(engine, selection, format, invocation));
  return VERDICT_EXIT[selection.verdict];
};

/** `lintel tests select` */
export const selectAction: TestsAction = {
  name: 'select',
  takes: [...DIFF_OPTIONS, 'target', 'budget', 'always', 'exclude', 'coverage', 'format', 'runner', 'remainder'],
  run: select,
};
