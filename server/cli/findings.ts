import { statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import type { AgainstBaseline } from '../engine/baseline.ts';
import type { FileFindings } from '../model/answer.ts';
import { messageOf } from '../model/errors.ts';
import { comparePositions } from '../text/positions.ts';
import { didYouMean } from '../text/suggest.ts';
import { counted, FAIL_ON, type FailOn } from './check-summary.ts';
import { RefusedError, UsageError } from './command.ts';
import type { FoldedFinding } from './fold.ts';
import { folders } from './place.ts';
import type { FileFinding } from './sarif.ts';
import { printable, type Terminal } from './terminal.ts';

const COLOURS = { error: 'red', warning: 'yellow', info: 'cyan', hint: 'gray' } as const;

/** Repository-relative paths of the named files and folders; empty for the whole repository. */
export const pathsOf = (given: readonly string[], { folder }: Terminal, root: string): readonly string[] => {
  const paths = given.map((written) => {
    const found = [resolve(folder, written), resolve(root, written)].find((path) => statSync(path, { throwIfNoEntry: false }));
    if (found === undefined) throw new RefusedError(`There is no file or folder ${printable(written)} in ${folders(folder, root)}.`);
    const inner = relative(root, found).split(sep).join('/');
    if (inner === '..' || inner.startsWith('../')) throw new RefusedError(`${printable(written)} is outside the repository ${root}.`);
    return inner;
  });
  return paths.includes('') ? [] : paths;
};

/** The severity from which on the command ends with 1. */
export const failOnOf = (given: string | undefined): FailOn => {
  if (given === undefined) return 'warning';
  const known = FAIL_ON.find((one) => one === given);
  if (known === undefined)
    throw new UsageError(`--fail-on: unknown severity "${given}".${didYouMean(given, FAIL_ON)} Use ${FAIL_ON.join(', ')}.`);
  return known;
};

/** Whether a path is one of these files or in one of these folders; true for no paths. */
export const isIn = (path: string, paths: readonly string[]): boolean =>
  paths.length === 0 || paths.some((one) => path === one || path.startsWith(`${one}/`));

/** The findings of all files, by path and position. */
export const inOrder = (found: readonly FileFindings[]): FileFinding[] =>
  found.flatMap(({ document, findings }) =>
    [...findings]
      .sort((a, b) => comparePositions(a.span.start, b.span.start) || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0))
      .map((finding) => ({ path: document.path ?? '', finding })),
  );

/** One finding a line; under a folded one, how many more there are like it. */
export const textOf = (found: readonly FoldedFinding[], { paint, folder }: Terminal, root: string): string =>
  found
    .map(({ path, finding: { rule, severity, message, span }, more }) => {
      const shown = (inner: string): string => relative(folder, resolve(root, inner)) || inner;
      const place = `${printable(shown(path))}:${span.start.line + 1}:${span.start.character + 1}`;
      const rest = more ? `  and ${more.count} more like this in ${printable(shown(more.folder) || '.')}\n` : '';
      return `${place} ${paint(COLOURS[severity], rule)} ${printable(message)}\n${paint('gray', rest)}`;
    })
    .join('');

/** Turns a failure whose message is a sentence for people into a refusal. */
export const orRefuse = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    throw new RefusedError(messageOf(error));
  }
};

const MOST_GONE = 10;

/** Tells how many findings the baseline has, and which of its entries are gone. */
export const tellBaseline = (
  file: string,
  { known, gone }: { readonly known: number; readonly gone: AgainstBaseline<FileFinding>['gone'] },
  terminal: Terminal,
): void => {
  terminal.err(`lintel: ${counted(known, 'finding')} in the baseline ${printable(file)}, not shown.\n`);
  const count = gone.reduce((sum, entry) => sum + entry.count, 0);
  if (count === 0) return;
  terminal.err(
    `lintel: ${counted(count, 'finding')} of the baseline ${count === 1 ? 'is' : 'are'} gone. Write it anew with --write-baseline:\n`,
  );
  for (const { path, rule, text } of gone.slice(0, MOST_GONE)) terminal.err(`  ${printable(path)} ${rule} ${printable(text)}\n`);
  if (gone.length > MOST_GONE) terminal.err(`  and ${gone.length - MOST_GONE} more\n`);
};
