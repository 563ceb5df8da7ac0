import { appendFile } from 'node:fs/promises';
import type { JudgedPath, SelectedTest, TestSelection } from '../../../model/selection.ts';
import { groupBy } from '../../../text/group-by.ts';
import { RefusedError } from '../../command.ts';
import { printable } from '../../terminal.ts';
import type { RunToken } from './runner-lines.ts';

const HEADS = { 'run-selected': 'Run the selected tests', 'run-all': 'Run all tests', 'ask-a-human': 'Ask a human' } as const;
const MOST_ROWS = 300;
/** GitHub takes a summary of up to 1 MiB, which has up to three tables. */
const MOST_BYTES_OF_TABLE = 300_000;
const MOST_REASONS = 2;
const LONGEST_CELL = 500;

/** Text that Markdown and HTML take for nothing but text, in one line: whatever is no letter, digit or plain punctuation is a character reference. */
export const markdownText = (text: string): string => {
  const line = printable(text);
  const cut = line.length > LONGEST_CELL ? `${line.slice(0, LONGEST_CELL).toWellFormed()} ...` : line;
  return cut.replace(/[^\p{L}\p{N} ,;./-]|(?<=www)\./giu, (mark) => `&#${mark.codePointAt(0)};`);
};

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;
const rowText = (row: readonly string[]): string => `| ${row.join(' | ')} |\n`;

/** The first rows, as many as GitHub takes. */
const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string => {
  const shown: string[] = [];
  let bytes = 0;
  for (const row of rows.slice(0, MOST_ROWS)) {
    const text = rowText(row);
    bytes += Buffer.byteLength(text);
    if (bytes > MOST_BYTES_OF_TABLE) break;
    shown.push(text);
  }
  const left = rows.length - shown.length;
  return [rowText(heads), rowText(heads.map(() => '---')), ...shown, left > 0 ? `\n${left} more are not shown.\n` : ''].join('');
};
const folded = (title: string, body: string): string => `\n<details><summary>${title}</summary>\n\n${body}\n</details>\n`;

const selectedRow = ({ item, must, evidence }: SelectedTest): readonly string[] => [
  markdownText(item.path),
  must ? 'yes' : '',
  evidence
    .slice(0, MOST_REASONS)
    .map(({ explanation }) => markdownText(explanation))
    .join('<br>'),
];

const pathRow = ({ path, role, rule, reason }: JudgedPath): readonly string[] => [
  markdownText(path),
  role,
  markdownText(rule),
  markdownText(reason),
];

/** A selection as a page of a pipeline: Markdown as GitHub shows it. */
export const selectionSummary = (selection: TestSelection): string => {
  const { verdict, cause, confidence, target, suite, share, selected, remainder, paths, notices } = selection;
  const sure = confidence === undefined ? '' : `, confidence ${percent(confidence)} (asked for: ${percent(target)})`;
  const later = [...groupBy(remainder, ({ reason }) => reason)].flatMap(([reason, tests]) =>
    tests.map(({ item }) => [markdownText(item.path), markdownText(reason)]),
  );
  return [
    `## End-to-end tests: ${HEADS[verdict]}\n\n`,
    `**${verdict}:** ${markdownText(cause)}\n\n`,
    `${selected.length} of ${suite} specs, ${percent(share)} of the suite${sure}.\n`,
    ...notices.map((notice) => `\n> ${markdownText(notice)}\n`),
    selected.length === 0 ? '' : `\n### Selected\n\n${table(['Spec', 'Must run', 'Why'], selected.map(selectedRow))}`,
    remainder.length === 0 ? '' : folded(`Not selected, to run later: ${remainder.length}`, table(['Spec', 'Why not'], later)),
    paths.length === 0 ? '' : folded(`Changed paths: ${paths.length}`, table(['Path', 'Role', 'Rule', 'What it says'], paths.map(pathRow))),
  ].join('');
};

/** One output of a step. Its delimiter is the first of a series that is no line of the value, so the same value gives the same bytes. */
const outputText = (name: string, value: string): string => {
  const lines = new Set(value.split(/\r\n|[\n\r]/));
  let at = 0;
  while (lines.has(`LINTEL_${at}`)) at += 1;
  return `${name}<<LINTEL_${at}\n${value}\nLINTEL_${at}\n`;
};

/** Outputs of a step. Lists of paths are JSON in one line, so that no name of a file can end one. */
export const stepOutputs = (selection: TestSelection, token: RunToken, args: string): string => {
  const { verdict, cause, confidence, share, suite, selected, remainder } = selection;
  const values = {
    verdict,
    run: token,
    cause: printable(cause),
    args,
    count: `${selected.length}`,
    suite: `${suite}`,
    share: share.toFixed(4),
    confidence: confidence === undefined ? '' : confidence.toFixed(4),
    selected: JSON.stringify(selected.map(({ item }) => item.path)),
    remainder: JSON.stringify(remainder.map(({ item }) => item.path)),
  };
  return Object.entries(values)
    .map(([name, value]) => outputText(name, value))
    .join('');
};

/** A line of a log in which no command of the runner can hide. */
const logLine = (text: string): string => `lintel: ${printable(text).replaceAll('##[', '## [')}\n`;

const appendTo = async (file: string, text: string): Promise<void> => {
  await appendFile(file, text).catch(() => {
    throw new RefusedError(`${file} cannot be written.`);
  });
};

/**
 * Writes outputs and summary to the files that `GITHUB_OUTPUT` and `GITHUB_STEP_SUMMARY` name.
 * @returns what standard output gets: one line, and whatever has no file
 */
export const tellGithub = async (
  selection: TestSelection,
  token: RunToken,
  args: string,
  { GITHUB_OUTPUT, GITHUB_STEP_SUMMARY }: NodeJS.ProcessEnv,
): Promise<string> => {
  const outputs = stepOutputs(selection, token, args);
  const summary = selectionSummary(selection);
  if (GITHUB_OUTPUT) await appendTo(GITHUB_OUTPUT, outputs);
  if (GITHUB_STEP_SUMMARY) await appendTo(GITHUB_STEP_SUMMARY, summary);
  if (GITHUB_OUTPUT || GITHUB_STEP_SUMMARY) return logLine(`${selection.verdict}: ${selection.cause}`);
  return `${outputs}${summary}`;
};
