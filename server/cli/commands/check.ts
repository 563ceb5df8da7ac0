import { resolve } from 'node:path';
import { patchOf } from '../../engine/patch.ts';
import type { FileFindings } from '../../model/answer.ts';
import type { Engine } from '../../model/engine.ts';
import { mergeFixes, preferredFixes } from '../../text/fixes.ts';
import { didYouMean } from '../../text/suggest.ts';
import { counted, type FailOn, fails, summaryOf } from '../check-summary.ts';
import { defineCommand, EXIT, type Invocation, NO_UPDATE, NO_UPDATE_OPTION, RefusedError, UsageError } from '../command.ts';
import { failOnOf, inOrder, isIn, orRefuse, pathsOf, tellBaseline, textOf } from '../findings.ts';
import { json } from '../hits.ts';
import type { FileFinding } from '../sarif.ts';
import { answerUpToDate, tellNotices, withEngine } from '../session.ts';
import { printable, type Terminal } from '../terminal.ts';

const OPTIONS = {
  rule: { type: 'string', multiple: true },
  sarif: { type: 'boolean' },
  patch: { type: 'boolean' },
  changed: { type: 'boolean' },
  base: { type: 'string' },
  baseline: { type: 'string' },
  'write-baseline': { type: 'string' },
  'fail-on': { type: 'string' },
  ...NO_UPDATE_OPTION,
} as const;

/** The rules load most of the engine, so only a command that needs them does. */
const rulesOf = async (given: readonly string[] | undefined): Promise<ReadonlySet<string> | undefined> => {
  const { RULES } = await import('../../engine/rules.ts');
  const rules = given?.flatMap((value) => value.split(',')).map((value) => value.trim());
  const known: readonly string[] = RULES.map(({ id }) => id);
  for (const rule of rules ?? [])
    if (!known.includes(rule)) throw new UsageError(`--rule: unknown rule "${rule}".${didYouMean(rule, known)}`);
  return rules && new Set(rules);
};

/** The findings in the paths, of the rules. */
const selected = (
  all: readonly FileFindings[],
  paths: readonly string[],
  rules: ReadonlySet<string> | undefined,
): readonly FileFindings[] =>
  all.flatMap(({ document, findings }) => {
    if (!isIn(document.path ?? '', paths)) return [];
    const kept = rules ? findings.filter(({ rule }) => rules.has(rule)) : findings;
    return kept.length === 0 ? [] : [{ document, findings: kept }];
  });

const patch = async (engine: Engine, found: readonly FileFinding[], terminal: Terminal): Promise<void> => {
  const files = found.map(({ path, finding }): FileFindings => ({ document: { id: path, path, kind: 'code' }, findings: [finding] }));
  const { edits, fixes } = mergeFixes(preferredFixes(files));
  const { text, skipped } = await patchOf(engine.root, edits);
  for (const path of skipped) terminal.err(`lintel: ${printable(path)} is not UTF-8 or cannot be read. Its fixes are left out.\n`);
  terminal.err(`lintel: ${counted(found.length, 'finding')}, ${fixes.length} auto-fixable.\n`);
  await terminal.out(text);
};

type CheckInvocation = Invocation<typeof OPTIONS>;

/** Those of the findings that are on lines which changed, belong to a record that did, or miss a file that was deleted or renamed. */
const onChangedLines = async (engine: Engine, { values, terminal }: CheckInvocation, list: readonly FileFinding[]) => {
  if (!values.changed && values.base === undefined) return list;
  const { changedLines } = await import('../../engine/changed-lines.ts');
  const changed = await changedLines(engine.root, values.base);
  if ('refused' in changed) throw new RefusedError(changed.refused);
  tellNotices({ terminal }, changed.notices);
  return list.filter(({ path, finding }) => changed.concerns(path, finding));
};

/** What the command line asks for. */
interface Selection {
  readonly paths: readonly string[];
  readonly rules: ReadonlySet<string> | undefined;
  readonly failOn: FailOn;
}

/** The findings to show, in order: without those of the baseline, and hints only if they were asked for, because nothing is wrong there. */
const shownOf = async (
  engine: Engine,
  invocation: CheckInvocation,
  all: readonly FileFindings[],
  { paths, rules, failOn }: Selection,
): Promise<readonly FileFinding[]> => {
  const { values, terminal } = invocation;
  const withHints = rules !== undefined || failOn === 'hint';
  const { isIdentifierRule } = await import('../../engine/rules.ts');
  // What identifiers could be better at is for "lintel ids"; a check tells what has to change.
  const isShown = ({ finding: { rule, severity } }: FileFinding): boolean =>
    withHints || (severity !== 'hint' && !(severity === 'info' && failOn !== 'info' && isIdentifierRule(rule)));
  const list = inOrder(selected(all, paths, rules));
  if (values.baseline === undefined) return (await onChangedLines(engine, invocation, list)).filter(isShown);
  const { againstBaseline } = await import('../../engine/baseline.ts');
  const { left, known, gone } = await orRefuse(againstBaseline(resolve(terminal.folder, values.baseline), engine.root, list));
  const changed = values.changed || values.base !== undefined;
  const wanted = gone.filter(({ path, rule }) => !changed && isIn(path, paths) && (rules === undefined || rules.has(rule)));
  tellBaseline(values.baseline, { known: known.filter(isShown).length, gone: wanted }, terminal);
  return (await onChangedLines(engine, invocation, left)).filter(isShown);
};

// The key `problems` of the JSON is older than the word finding, and scripts read it.
const check = async (engine: Engine, invocation: CheckInvocation): Promise<number> => {
  const { values, positionals, terminal } = invocation;
  const failOn = failOnOf(values['fail-on']);
  const selection: Selection = { paths: pathsOf(positionals, terminal, engine.root), rules: await rulesOf(values.rule), failOn };
  const notices: string[] = [];
  const tell = (told: readonly string[]): void => void notices.push(...told);
  // A part of the repository, or what is new in it, is not told elsewhere.
  const each =
    selection.paths.length > 0 ||
    selection.rules !== undefined ||
    values.changed === true ||
    values.base !== undefined ||
    values.baseline !== undefined;
  const findings = await answerUpToDate(engine, invocation, () => engine.allFindings(undefined, each), { sources: true, tell });
  const list = await shownOf(engine, invocation, findings, selection);
  // What could not be judged, such as cited lines for which git took too long, is no finding, and no success either.
  tell((await engine.status({ load: false, measure: false })).remarks ?? []);
  // What the configuration has wrong is a notice of the index too: told once, and not at all where it was narrowed away on purpose.
  const isNarrow = selection.paths.length > 0 || selection.rules !== undefined;
  const messages = new Set((isNarrow ? list : inOrder(findings)).map(({ finding }) => finding.message));
  tellNotices(
    invocation,
    [...new Set(notices)].filter((notice) => !messages.has(notice)),
  );
  const file = values['write-baseline'];
  if (file !== undefined) {
    const { writeBaseline } = await import('../../engine/baseline.ts');
    await orRefuse(writeBaseline(resolve(terminal.folder, file), engine.root, list));
    terminal.err(`lintel: wrote ${counted(list.length, 'finding')} to ${printable(file)}.\n`);
    return EXIT.ok;
  }
  if (values.patch) await patch(engine, list, terminal);
  else {
    if (values.sarif) await terminal.out(json((await import('../sarif.ts')).sarifOf(list)));
    else if (values.json) await terminal.out(json({ problems: list.map(({ path, finding }) => ({ path, ...finding })) }));
    else await terminal.out(textOf(list, terminal, engine.root));
    terminal.err(`lintel: ${summaryOf(list)}.\n`);
  }
  return list.some(({ finding }) => fails(finding.severity, failOn)) ? EXIT.found : EXIT.ok;
};

/** Refuses options that contradict each other. */
const refuseContradictions = ({ values, positionals }: CheckInvocation): void => {
  const { json: asJson, sarif, patch: asPatch, baseline, 'write-baseline': written } = values;
  if ([asJson, sarif, asPatch].filter(Boolean).length > 1) throw new UsageError('Use only one of --json, --sarif and --patch.');
  if (written === undefined) return;
  if (baseline !== undefined) throw new UsageError('Use only one of --baseline and --write-baseline.');
  if (positionals.length > 0 || values.rule !== undefined || values.changed || values.base !== undefined)
    throw new UsageError('A baseline is of the whole repository: use --write-baseline without PATH, --rule, --changed and --base.');
};

/** `lintel check [PATH...]` */
export const checkCommand = defineCommand({
  name: 'check',
  summary: 'Find citations and decisions that are out of date, and fix them',
  arguments:
    '[PATH...] [--rule R,R] [--changed [--base REV]] [--baseline FILE | --write-baseline FILE] [--fail-on S] [--json | --sarif | --patch] [--no-update]',
  options: OPTIONS,
  optionHelp: [
    ['--rule R,R', 'only these rules, such as cites-superseded, hints included'],
    ['--changed', 'only findings on lines that are not committed, or caused by records that are not'],
    ['--base REV', 'with --changed: on lines that changed since HEAD forked from this commit, such as origin/main'],
    ['--baseline FILE', 'leave out the findings in this file, and say which of them are gone'],
    ['--write-baseline FILE', 'write the findings to this file instead of printing them'],
    ['--fail-on S', 'exit with 1 from this severity on: error, warning (default), info, hint, or never'],
    ['--sarif', 'print a SARIF 2.1.0 log'],
    ['--patch', 'print the auto-fixable fixes as a patch for "git apply"; changes no file'],
    NO_UPDATE,
  ],
  examples: [
    'lintel check',
    'lintel check services docs/decisions --rule cites-superseded',
    'lintel check --changed --base origin/main',
    'lintel check --patch | git apply',
  ],
  takes: [0, Number.POSITIVE_INFINITY],
  run: async (invocation) => {
    refuseContradictions(invocation);
    failOnOf(invocation.values['fail-on']);
    return withEngine(invocation, (engine) => check(engine, invocation));
  },
});
