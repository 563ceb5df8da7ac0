import { EngineError } from '../../../model/errors.ts';
import type { SelectionRequest } from '../../../model/selection.ts';
import { RefusedError, UsageError } from '../../command.ts';
import { json } from '../../hits.ts';
import { tellNotices } from '../../session.ts';
import { selectionText } from '../../test-selection.ts';
import { DIFF_OPTIONS, diffOf, formatOf, type TestsAction } from './options.ts';

const FORMATS = ['text', 'json'] as const;

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

const select: TestsAction['run'] = async (engine, invocation) => {
  const { values, terminal } = invocation;
  const format = formatOf(invocation, FORMATS);
  const target = targetOf(values.target);
  const budget = budgetOf(values.budget);
  const always = tagsOf(values.always);
  const exclude = tagsOf(values.exclude);
  const request: SelectionRequest = {
    diff: await diffOf(invocation),
    ...(target === undefined ? {} : { target }),
    ...(budget === undefined ? {} : { budget }),
    ...(always === undefined ? {} : { always }),
    ...(exclude === undefined ? {} : { exclude }),
  };
  const selection = await engine.selectTests(request, terminal.signal).catch((error: unknown) => {
    throw error instanceof EngineError && (error.code === 'unknown-commit' || error.code === 'not-a-repository')
      ? new RefusedError(error.message)
      : error;
  });
  tellNotices(invocation, selection.notices);
  await terminal.out(format === 'json' ? json(selection) : selectionText(selection));
  return VERDICT_EXIT[selection.verdict];
};

/** `lintel tests select` */
export const selectAction: TestsAction = {
  name: 'select',
  takes: [...DIFF_OPTIONS, 'target', 'budget', 'always', 'exclude', 'format'],
  run: select,
};
