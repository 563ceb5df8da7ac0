import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Engine } from '../../../model/engine.ts';
import type { DiffRequest } from '../../../model/selection.ts';
import { didYouMean } from '../../../text/suggest.ts';
import { type Invocation, RefusedError, UsageError } from '../../command.ts';

/** The options of all actions of `lintel tests`. */
export const OPTIONS = {
  diff: { type: 'string' },
  base: { type: 'string' },
  range: { type: 'string' },
  staged: { type: 'boolean' },
  target: { type: 'string' },
  budget: { type: 'string' },
  always: { type: 'string', multiple: true },
  exclude: { type: 'string', multiple: true },
  coverage: { type: 'string', multiple: true },
  format: { type: 'string' },
  runner: { type: 'string' },
  remainder: { type: 'string' },
  junit: { type: 'string', multiple: true },
  selection: { type: 'string' },
  run: { type: 'string' },
  took: { type: 'string' },
  override: { type: 'string' },
  folder: { type: 'string' },
  since: { type: 'string' },
  runs: { type: 'string' },
  days: { type: 'string' },
  missed: { type: 'string' },
  note: { type: 'string' },
} as const;

export type TestsInvocation = Invocation<typeof OPTIONS>;

/** What follows `lintel tests`, such as `select`. */
export interface TestsAction {
  readonly name: string;
  /** Names of the options that it has, without dashes. */
  readonly takes: readonly (keyof typeof OPTIONS)[];
  /** Least and most arguments after its name. Default: none. */
  readonly arguments?: readonly [number, number];
  /** Resolves with the exit code. */
  readonly run: (engine: Engine, invocation: TestsInvocation) => Promise<number>;
}

/** The options that say which difference is meant. */
export const DIFF_OPTIONS = ['diff', 'base', 'range', 'staged'] as const;

/** The format that is asked for, `text` by default. */
export const formatOf = <F extends string>({ values: { format, json } }: TestsInvocation, formats: readonly F[]): F | 'text' | 'json' => {
  if (format === undefined) return json ? 'json' : 'text';
  const known = formats.find((one) => one === format);
  if (known === undefined)
    throw new UsageError(`--format: unknown format "${format}".${didYouMean(format, formats)} Use ${formats.join(', ')}.`);
  if (json && known !== 'json') throw new UsageError(`Use only one of --json and --format ${known}.`);
  return known;
};

const standardInput = async (): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
};

/** The difference that the options name. */
export const diffOf = async ({ values, terminal }: TestsInvocation): Promise<DiffRequest> => {
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
