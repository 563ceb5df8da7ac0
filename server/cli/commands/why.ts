import type { Engine } from '../../model/engine.ts';
import { EngineError } from '../../model/errors.ts';
import { serialiseHit } from '../../model/serialise.ts';
import { didYouMean } from '../../text/suggest.ts';
import { changeMarkdown, changeText, serialiseChange } from '../change.ts';
import { defineCommand, EXIT, type Invocation, NO_UPDATE, NO_UPDATE_OPTION, RefusedError, UsageError } from '../command.ts';
import { behindLine, json, renderHits } from '../hits.ts';
import { placeFrom, placeThen } from '../place.ts';
import { reachText } from '../reach.ts';
import { answerUpToDate, withEngine } from '../session.ts';
import { printable } from '../terminal.ts';

/** An unknown commit is a mistake in the command line, and so is asking for changes outside of git. */
const rethrow = (error: unknown): never => {
  const isMistake = error instanceof EngineError && (error.code === 'unknown-commit' || error.code === 'not-a-repository');
  throw isMistake ? new RefusedError(error.message) : error;
};

const OPTIONS = {
  at: { type: 'string' },
  'as-of': { type: 'string' },
  changed: { type: 'boolean' },
  base: { type: 'string' },
  format: { type: 'string' },
  ...NO_UPDATE_OPTION,
} as const;

type WhyInvocation = Invocation<typeof OPTIONS>;

const FORMATS = ['text', 'json', 'markdown'] as const;

/** What is asked for, `text` by default. Throws a `UsageError` for what does not go together. */
const readOptions = ({ values, positionals }: WhyInvocation): { readonly changed: boolean; readonly format: (typeof FORMATS)[number] } => {
  const { json: asJson, format: written, base, at, 'as-of': asOf } = values;
  const changed = values.changed === true || base !== undefined;
  if (changed && positionals.length > 0) throw new UsageError('--changed is about everything that changed. Leave FILE out.');
  if (changed && asOf !== undefined) throw new UsageError('Use only one of --changed and --as-of.');
  if (changed && at !== undefined) throw new UsageError('Use only one of --changed and --at.');
  if (at !== undefined && asOf !== undefined) throw new UsageError('Use only one of --at and --as-of.');
  if (!changed && positionals.length === 0) throw new UsageError('"lintel why" needs FILE[:LINE], or --changed.');
  const format = FORMATS.find((one) => one === (written ?? (asJson ? 'json' : 'text')));
  if (format === undefined)
    throw new UsageError(`--format: unknown format "${written}".${didYouMean(written ?? '', FORMATS)} Use ${FORMATS.join(', ')}.`);
  if (asJson && format !== 'json') throw new UsageError(`Use only one of --json and --format ${format}.`);
  if (format === 'markdown' && !changed) throw new UsageError('--format markdown: use it with --changed.');
  return { changed, format };
};

/** `lintel why --changed` */
const whyChanged = async (engine: Engine, invocation: WhyInvocation, format: (typeof FORMATS)[number]): Promise<number> => {
  const { values, terminal } = invocation;
  const { base } = values;
  const ask = () => engine.change(base === undefined ? {} : { base }, terminal.signal).catch(rethrow);
  const report = await answerUpToDate(engine, invocation, ask, { sources: true });
  if (format === 'json') await terminal.out(json(serialiseChange(report)));
  else {
    terminal.err(behindLine(report.index.behind));
    for (const notice of report.notices) terminal.err(`lintel: ${printable(notice)}\n`);
    await terminal.out(format === 'markdown' ? changeMarkdown(report, process.env) : changeText(report, engine.root, terminal));
  }
  return EXIT.ok;
};

/** `lintel why FILE[:LINE]` */
const whyPlace = async (engine: Engine, invocation: WhyInvocation, format: (typeof FORMATS)[number]): Promise<number> => {
  const { values, positionals, terminal } = invocation;
  const written = positionals[0] ?? '';
  const shown = printable(written);
  const { at, 'as-of': asOf } = values;
  const bounds = { ...(asOf === undefined ? {} : { asOf }), ...(at === undefined ? {} : { at }) };
  const place = { ...(at === undefined ? placeFrom : placeThen)(written, terminal.folder, engine.root), ...bounds };
  const {
    governing,
    probable,
    related,
    index,
    notices = [],
    at: then,
  } = await answerUpToDate(engine, invocation, () => engine.why(place, terminal.signal).catch(rethrow));
  // What a record reaches is known of the code of now.
  const reach = at === undefined ? await engine.reach(place.path) : undefined;
  if (format === 'json') {
    // The chain as "lintel log" prints it. What was in force at a commit is another line.
    const chain = place.line === undefined || asOf !== undefined ? undefined : await engine.history(place, terminal.signal);
    await terminal.out(
      json({
        ...(reach ? { reach } : {}),
        ...(chain ? { history: chain.commits } : {}),
        governing: governing.map(serialiseHit),
        probable: probable.map(serialiseHit),
        related: related.map(serialiseHit),
        index,
        notices,
        ...(then === undefined ? {} : { at: then }),
      }),
    );
    return EXIT.ok;
  }
  terminal.err(behindLine(index.behind));
  for (const notice of notices) terminal.err(`lintel: ${notice}\n`);
  const reached = reach ? reachText(reach, engine.root, terminal) : '';
  const nothing = reached === '' ? [`No decision governs ${shown}.`] : [];
  const parts =
    governing.length === 0 ? nothing : [terminal.paint('bold', `Governing ${shown}`), renderHits(governing, engine.root, terminal)];
  if (probable.length > 0) parts.push(terminal.paint('bold', `Probably governing ${shown}`), renderHits(probable, engine.root, terminal));
  if (related.length > 0)
    parts.push(terminal.paint('bold', reached === '' ? 'Related, not governing' : 'Related'), renderHits(related, engine.root, terminal));
  await terminal.out(`${[...(reached === '' ? [] : [reached]), ...parts].join('\n\n')}\n`);
  return EXIT.ok;
};

/** `lintel why FILE[:LINE]` and `lintel why --changed` */
export const whyCommand = defineCommand({
  name: 'why',
  summary: 'Show the decisions that govern a file, a line or a change, or probably do, and related documents',
  arguments: '[FILE[:LINE]] [--at REV | --as-of SHA | --changed [--base REV]] [--format F] [--no-update] [--json]',
  options: OPTIONS,
  optionHelp: [
    ['--at REV', 'what governed then: file and records as they were at this commit, and the history up to it; a sha, a branch or a tag'],
    ['--as-of SHA', 'use only the history before this commit'],
    ['--changed', 'the decisions and findings of everything that is not committed, in one list'],
    ['--base REV', 'with --changed: of what changed since HEAD forked from this commit, such as origin/main'],
    ['--format F', 'text (default), json, or with --changed markdown: one comment for a pull request, empty if there is nothing'],
    NO_UPDATE,
  ],
  examples: [
    'lintel why services/orders/src/outbox.ts',
    'lintel why services/orders/src/outbox.ts:42 --json',
    'lintel why services/orders/src/outbox.ts --at v1.2.0',
    'lintel why --changed --base origin/main',
  ],
  takes: [0, 1],
  run: (invocation) => {
    const { changed, format } = readOptions(invocation);
    return withEngine(invocation, (engine) => (changed ? whyChanged : whyPlace)(engine, invocation, format));
  },
});
