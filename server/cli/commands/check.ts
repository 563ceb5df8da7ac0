import { statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { patchOf } from '../../engine/patch.ts';
import type { FileFindings } from '../../model/answer.ts';
import type { Engine } from '../../model/engine.ts';
import { mergeFixes, preferredFixes } from '../../text/fixes.ts';
import { comparePositions } from '../../text/positions.ts';
import { didYouMean } from '../../text/suggest.ts';
import { defineCommand, EXIT, type Invocation, NO_UPDATE, NO_UPDATE_OPTION, RefusedError, UsageError } from '../command.ts';
import { json } from '../hits.ts';
import { folders } from '../place.ts';
import type { FileFinding } from '../sarif.ts';
import { answerUpToDate, withEngine } from '../session.ts';
import { printable, type Terminal } from '../terminal.ts';

const OPTIONS = {
  rule: { type: 'string', multiple: true },
  sarif: { type: 'boolean' },
  patch: { type: 'boolean' },
  ...NO_UPDATE_OPTION,
} as const;

const COLOURS = { error: 'red', warning: 'yellow', info: 'cyan', hint: 'gray' } as const;

/** Repository-relative paths of the named files and folders; empty for the whole repository. */
const pathsOf = (given: readonly string[], { folder }: Terminal, root: string): readonly string[] => {
  const paths = given.map((written) => {
    const found = [resolve(folder, written), resolve(root, written)].find((path) => statSync(path, { throwIfNoEntry: false }));
    if (found === undefined) throw new RefusedError(`There is no file or folder ${printable(written)} in ${folders(folder, root)}.`);
    const inner = relative(root, found).split(sep).join('/');
    if (inner === '..' || inner.startsWith('../')) throw new RefusedError(`${printable(written)} is outside the repository ${root}.`);
    return inner;
  });
  return paths.includes('') ? [] : paths;
};

/** The rules load most of the engine, so only a command that needs them does. */
const rulesOf = async (given: readonly string[] | undefined): Promise<ReadonlySet<string> | undefined> => {
  const { RULES } = await import('../../engine/rules.ts');
  const rules = given?.flatMap((value) => value.split(',')).map((value) => value.trim());
  const known: readonly string[] = RULES.map(({ id }) => id);
  for (const rule of rules ?? [])
    if (!known.includes(rule)) throw new UsageError(`--rule: unknown rule "${rule}".${didYouMean(rule, known)}`);
  return rules && new Set(rules);
};

/** The findings in the paths, of the rules. Hints only if their rule is named, because nothing is wrong there. */
const selected = (
  all: readonly FileFindings[],
  paths: readonly string[],
  rules: ReadonlySet<string> | undefined,
): readonly FileFindings[] =>
  all.flatMap(({ document, findings }) => {
    const path = document.path ?? '';
    if (paths.length > 0 && !paths.some((one) => path === one || path.startsWith(`${one}/`))) return [];
    const kept = findings.filter(({ rule, severity }) => (rules ? rules.has(rule) : severity !== 'hint'));
    return kept.length === 0 ? [] : [{ document, findings: kept }];
  });

const inOrder = (found: readonly FileFindings[]): FileFinding[] =>
  found.flatMap(({ document, findings }) =>
    [...findings]
      .sort((a, b) => comparePositions(a.span.start, b.span.start) || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0))
      .map((finding) => ({ path: document.path ?? '', finding })),
  );

const textOf = (found: readonly FileFinding[], { paint, folder }: Terminal, root: string): string =>
  found
    .map(({ path, finding: { rule, severity, message, span } }) => {
      const shown = relative(folder, resolve(root, path)) || path;
      const place = `${printable(shown)}:${span.start.line + 1}:${span.start.character + 1}`;
      return `${place} ${paint(COLOURS[severity], rule)} ${printable(message)}\n`;
    })
    .join('');

const patch = async (engine: Engine, found: readonly FileFindings[], count: number, terminal: Terminal): Promise<void> => {
  const { edits, fixes } = mergeFixes(preferredFixes(found));
  const { text, skipped } = await patchOf(engine.root, edits);
  for (const path of skipped) terminal.err(`lintel: ${printable(path)} is not UTF-8 or cannot be read. Its fixes are left out.\n`);
  terminal.err(`lintel: ${count} ${count === 1 ? 'finding' : 'findings'}, ${fixes.length} auto-fixable.\n`);
  await terminal.out(text);
};

// The key `problems` of the JSON is older than the word finding, and scripts read it.
const check = async (engine: Engine, invocation: Invocation<typeof OPTIONS>): Promise<number> => {
  const { values, positionals, terminal } = invocation;
  const paths = pathsOf(positionals, terminal, engine.root);
  const rules = await rulesOf(values.rule);
  const findings = await answerUpToDate(engine, invocation, () => engine.allFindings(), { sources: true });
  const found = selected(findings, paths, rules);
  const list = inOrder(found);
  if (values.patch) await patch(engine, found, list.length, terminal);
  else if (values.sarif) await terminal.out(json((await import('../sarif.ts')).sarifOf(list)));
  else if (values.json) await terminal.out(json({ problems: list.map(({ path, finding }) => ({ path, ...finding })) }));
  else await terminal.out(textOf(list, terminal, engine.root));
  return list.length === 0 ? EXIT.ok : EXIT.found;
};

/** `lintel check [PATH...]` */
export const checkCommand = defineCommand({
  name: 'check',
  summary: 'Find citations and decisions that are out of date, and fix them',
  arguments: '[PATH...] [--rule R,R] [--json | --sarif | --patch] [--no-update]',
  options: OPTIONS,
  optionHelp: [
    ['--rule R,R', 'only these rules, such as cites-superseded'],
    ['--sarif', 'print a SARIF 2.1.0 log'],
    ['--patch', 'print the auto-fixable fixes as a patch for "git apply"; changes no file'],
    NO_UPDATE,
  ],
  examples: ['lintel check', 'lintel check services docs/decisions --rule cites-superseded', 'lintel check --patch | git apply'],
  takes: [0, Number.POSITIVE_INFINITY],
  run: async (invocation) => {
    const { json: asJson, sarif, patch: asPatch } = invocation.values;
    if ([asJson, sarif, asPatch].filter(Boolean).length > 1) throw new UsageError('Use only one of --json, --sarif and --patch.');
    return withEngine(invocation, (engine) => check(engine, invocation));
  },
});
