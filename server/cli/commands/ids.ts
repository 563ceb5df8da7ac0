import { resolve } from 'node:path';
import { patchOf } from '../../engine/patch.ts';
import type { AllowedFinding, IdentifierReport } from '../../model/answer.ts';
import type { Engine } from '../../model/engine.ts';
import { EngineError } from '../../model/errors.ts';
import { mergeFixes } from '../../text/fixes.ts';
import { didYouMean } from '../../text/suggest.ts';
import { counted, fails, summaryOf } from '../check-summary.ts';
import { defineCommand, EXIT, type Invocation, RefusedError, UsageError } from '../command.ts';
import { failOnOf, inOrder, isIn, orRefuse, pathsOf, tellBaseline, textOf } from '../findings.ts';
import { folded } from '../fold.ts';
import { json } from '../hits.ts';
import type { FileFinding } from '../sarif.ts';
import { tellNotices, withEngine } from '../session.ts';
import { printable, type Terminal } from '../terminal.ts';

const OPTIONS = {
  since: { type: 'string' },
  format: { type: 'string' },
  baseline: { type: 'string' },
  'write-baseline': { type: 'string' },
  'fail-on': { type: 'string' },
  all: { type: 'boolean' },
} as const;

const FORMATS = ['text', 'json', 'sarif', 'patch'] as const;
type Format = (typeof FORMATS)[number];
type IdsInvocation = Invocation<typeof OPTIONS>;

const formatOf = ({ values: { format, json: asJson } }: IdsInvocation): Format => {
  if (format === undefined) return asJson ? 'json' : 'text';
  const known = FORMATS.find((one) => one === format);
  if (known === undefined)
    throw new UsageError(`--format: unknown format "${format}".${didYouMean(format, FORMATS)} Use ${FORMATS.join(', ')}.`);
  if (asJson && known !== 'json') throw new UsageError(`Use only one of --json and --format ${known}.`);
  return known;
};

const reportOf = async (engine: Engine, { values, terminal }: IdsInvocation, paths: readonly string[]): Promise<IdentifierReport> => {
  try {
    return await engine.identifiers({ paths, ...(values.since === undefined ? {} : { since: values.since }) }, terminal.signal);
  } catch (error) {
    throw error instanceof EngineError && error.code === 'unknown-commit' ? new RefusedError(error.message) : error;
  }
};

/** Without those in the baseline. */
const beyondBaseline = async (
  engine: Engine,
  { values, terminal }: IdsInvocation,
  list: readonly FileFinding[],
  paths: readonly string[],
): Promise<readonly FileFinding[]> => {
  if (values.baseline === undefined) return list;
  const { againstBaseline } = await import('../../engine/baseline.ts');
  const { isIdentifierRule } = await import('../../engine/rules.ts');
  const { left, known, gone } = await orRefuse(againstBaseline(resolve(terminal.folder, values.baseline), engine.root, list));
  // A baseline of `check` has other rules as well, and what did not change was not looked at.
  const wanted = gone.filter(({ path, rule }) => values.since === undefined && isIn(path, paths) && isIdentifierRule(rule));
  tellBaseline(values.baseline, { known: known.length, gone: wanted }, terminal);
  return left;
};

/** The best fix of each finding, as a patch to read before it is applied. */
const patch = async (engine: Engine, found: readonly FileFinding[], terminal: Terminal): Promise<void> => {
  const { edits, fixes } = mergeFixes(found.flatMap(({ finding }) => finding.fixes?.slice(0, 1) ?? []));
  const { text, skipped } = await patchOf(engine.root, edits);
  for (const path of skipped) terminal.err(`lintel: ${printable(path)} is not UTF-8 or cannot be read. Its fixes are left out.\n`);
  terminal.err(`lintel: ${counted(found.length, 'finding')}, ${counted(fixes.length, 'fix', 'fixes')} in the patch.\n`);
  await terminal.out(text);
};

const isAddress = (link: string): boolean => /^[a-z][\w+.-]*:/i.test(link);

/** What the repository allows, one a line, with the reason and where it is written. */
const allowedText = (allowed: readonly AllowedFinding[], terminal: Terminal, root: string): string =>
  allowed
    .map(({ path, finding, reason, link }) => {
      const by = link === undefined ? 'lintel.yaml' : isAddress(link) ? link : `${link} (lintel.yaml)`;
      const message = `${finding.message} Allowed by ${by}: ${reason}`;
      return textOf([{ path, finding: { ...finding, severity: 'hint', message } }], terminal, root);
    })
    .join('');

const print = async (
  engine: Engine,
  invocation: IdsInvocation,
  format: Format,
  { list, allowed, notices }: { readonly list: readonly FileFinding[] } & Pick<IdentifierReport, 'allowed' | 'notices'>,
): Promise<void> => {
  const { terminal } = invocation;
  if (format === 'patch') return patch(engine, list, terminal);
  if (format === 'sarif') await terminal.out(json((await import('../sarif.ts')).sarifOf(list, notices)));
  else if (format === 'json') {
    const findings = list.map(({ path, finding }) => ({ path, ...finding }));
    const more = invocation.values.all
      ? { allowed: allowed.map(({ path, finding, reason, link }) => ({ path, ...finding, allowed: { reason, link } })) }
      : {};
    await terminal.out(json({ findings, ...more, ...(notices.length > 0 ? { notices } : {}) }));
  } else
    await terminal.out(
      textOf(invocation.values.all ? list : folded(list), terminal, engine.root) + allowedText(allowed, terminal, engine.root),
    );
  const silent = allowed.length === 0 ? '' : `; ${counted(allowed.length, 'finding')} allowed`;
  terminal.err(`lintel: ${summaryOf(list)}${silent}.\n`);
};

const ids = async (engine: Engine, invocation: IdsInvocation): Promise<number> => {
  const { values, positionals, terminal } = invocation;
  const format = formatOf(invocation);
  const failOn = failOnOf(values['fail-on']);
  const paths = pathsOf(positionals, terminal, engine.root);
  const { files, allowed, notices } = await reportOf(engine, invocation, paths);
  tellNotices(invocation, notices);
  const withHints = values.all === true || failOn === 'hint';
  const all = inOrder(files).filter(({ finding }) => withHints || finding.severity !== 'hint');
  const file = values['write-baseline'];
  if (file !== undefined) {
    const { writeBaseline } = await import('../../engine/baseline.ts');
    await orRefuse(writeBaseline(resolve(terminal.folder, file), engine.root, all));
    terminal.err(`lintel: wrote ${counted(all.length, 'finding')} to ${printable(file)}.\n`);
    return EXIT.ok;
  }
  const list = await beyondBaseline(engine, invocation, all, paths);
  await print(engine, invocation, format, { list, allowed: values.all ? allowed : [], notices });
  return list.some(({ finding }) => fails(finding.severity, failOn)) ? EXIT.found : EXIT.ok;
};

const refuseContradictions = ({ values, positionals }: IdsInvocation): void => {
  if (values['write-baseline'] === undefined) return;
  if (values.baseline !== undefined) throw new UsageError('Use only one of --baseline and --write-baseline.');
  if (positionals.length > 0 || values.since !== undefined)
    throw new UsageError('A baseline is of the whole repository: use --write-baseline without PATH and --since.');
};

/** `lintel ids [PATH...]` */
export const idsCommand = defineCommand({
  name: 'ids',
  summary: 'Find identifiers that carry a meaning, or run out of numbers',
  arguments: '[PATH...] [--since REV] [--format F] [--baseline FILE | --write-baseline FILE] [--fail-on S] [--all]',
  options: OPTIONS,
  optionHelp: [
    ['--since REV', 'only what is new since HEAD forked from this commit, such as origin/main'],
    ['--format F', 'text (default), json, sarif (a SARIF 2.1.0 log), or patch (the best fix of each finding, for "git apply")'],
    ['--baseline FILE', 'leave out the findings in this file, and say which of them are gone'],
    ['--write-baseline FILE', 'write the findings to this file instead of printing them'],
    ['--fail-on S', 'exit with 1 from this severity on: error, warning (default), info, hint, or never'],
    ['--all', 'also hints, what lintel.yaml allows, with the reason, and every finding that is one of many alike'],
  ],
  examples: ['lintel ids', 'lintel ids services db/migrations', 'lintel ids --since origin/main', 'lintel ids --format sarif > ids.sarif'],
  takes: [0, Number.POSITIVE_INFINITY],
  run: async (invocation) => {
    refuseContradictions(invocation);
    formatOf(invocation);
    failOnOf(invocation.values['fail-on']);
    return withEngine(invocation, (engine) => ids(engine, invocation));
  },
});
