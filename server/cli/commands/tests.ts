import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Engine } from '../../model/engine.ts';
import { EngineError } from '../../model/errors.ts';
import type { DiffRequest, SelectionRequest } from '../../model/selection.ts';
import { didYouMean } from '../../text/suggest.ts';
import { defineCommand, type Invocation, RefusedError, UsageError } from '../command.ts';
import { json } from '../hits.ts';
import { tellNotices, withEngine } from '../session.ts';
import { selectionText } from '../test-selection.ts';

const OPTIONS = {
  diff: { type: 'string' },
  base: { type: 'string' },
  range: { type: 'string' },
  staged: { type: 'boolean' },
  target: { type: 'string' },
  budget: { type: 'string' },
  always: { type: 'string', multiple: true },
  exclude: { type: 'string', multiple: true },
  format: { type: 'string' },
} as const;

type TestsInvocation = Invocation<typeof OPTIONS>;

const FORMATS = ['text', 'json'] as const;
type Format = (typeof FORMATS)[number];
const ACTIONS = ['select'] as const;

/** What a pipeline reads from the exit code. */
const VERDICT_EXIT = { 'run-selected': 0, 'run-all': 10, 'ask-a-human': 20 } as const;

const formatOf = ({ values: { format, json: asJson } }: TestsInvocation): Format => {
  if (format === undefined) return asJson ? 'json' : 'text';
  const known = FORMATS.find((one) => one === format);
  if (known === undefined)
    throw new UsageError(`--format: unknown format "${format}".${didYouMean(format, FORMATS)} Use ${FORMATS.join(', ')}.`);
  if (asJson && known !== 'json') throw new UsageError(`Use only one of --json and --format ${known}.`);
  return known;
};

const standardInput = async (): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
};

const diffOf = async ({ values, terminal }: TestsInvocation): Promise<DiffRequest> => {
  const { diff, base, range, staged } = values;
  const given = [diff && '--diff', base && '--base', range && '--range', staged && '--staged'].filter(Boolean);
  if (given.length > 1) throw new UsageError(`Use only one of ${given.join(' and ')}.`);
  if (staged) return { of: 'staged' };
  if (base !== undefined) return { of: 'branch', base };
  if (range !== undefined) {
    const [, from, to] = /^(.+?)\.\.(.+)$/.exec(range) ?? [];
    if (from === undefined || to === undefined || to.startsWith('.'))
      throw new UsageError('--range: name two commits, as in "main..HEAD".');
    return { of: 'range', from, to };
  }
  if (diff === undefined) return { of: 'work-tree' };
  if (diff === '-') return { of: 'patch', text: await standardInput() };
  const text = await readFile(resolve(terminal.folder, diff), 'utf8').catch(() => undefined);
  if (text === undefined) throw new RefusedError(`There is no file ${diff} that can be read.`);
  return { of: 'patch', text };
};

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

const select = async (engine: Engine, invocation: TestsInvocation): Promise<number> => {
  const { values, terminal } = invocation;
  const format = formatOf(invocation);
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
    const [action = ''] = invocation.positionals;
    if (!ACTIONS.some((one) => one === action))
      throw new UsageError(`There is no "lintel tests ${action}".${didYouMean(action, ACTIONS)} Known: ${ACTIONS.join(', ')}.`);
    return withEngine(invocation, (engine) => select(engine, invocation));
  },
});
