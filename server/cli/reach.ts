import { relative, resolve } from 'node:path';
import type { NamedDocument, RecordReach } from '../model/reach.ts';
import { counted } from './check-summary.ts';
import { printable, type Terminal } from './terminal.ts';

const MOST_ROWS = 20;

/** What a record reaches, one place a row under headings; empty where it reaches nothing. */
export function reachText(reach: RecordReach, root: string, { paint, folder }: Terminal): string {
  const shown = (path: string, line?: number): string =>
    paint('cyan', printable(relative(folder, resolve(root, path)) || path) + (line === undefined ? '' : `:${line + 1}`));
  const section = (title: string, rows: readonly string[]): string[] => {
    if (rows.length === 0) return [];
    const more = rows.length > MOST_ROWS ? [paint('gray', `   and ${rows.length - MOST_ROWS} more`)] : [];
    return [[paint('bold', title), ...rows.slice(0, MOST_ROWS).map((row) => `   ${row}`), ...more].join('\n')];
  };
  const records = (named: readonly NamedDocument[]): string[] =>
    named.map(({ path, title, status }) => `${shown(path)}  ${printable(title)}${status ? ` [${status}]` : ''}`);
  return [
    ...section('Replaced by', records(reach.replacedBy)),
    ...section('Replaces', records(reach.replaces)),
    ...section(
      'Cited in code',
      reach.cited.map(({ path, span, text }) => `${shown(path, span.start.line)}  ${printable(text)}`),
    ),
    ...section(
      'Cited by documents',
      reach.citedBy.map(
        ({ path, span, title, status }) => `${shown(path, span.start.line)}  ${printable(title)}${status ? ` [${status}]` : ''}`,
      ),
    ),
    ...section(
      'Linked by people',
      reach.linked.map(({ path, symbol, lines }) => `${shown(path, lines?.first)}${symbol === undefined ? '' : `  ${printable(symbol)}`}`),
    ),
    ...section(
      'Names',
      reach.named.map(({ path, isFile }) => (isFile ? shown(path) : paint('cyan', printable(path)))),
    ),
    ...section(
      'Written together with',
      reach.together.map(({ path, commits, sha }) => `${shown(path)}  in ${counted(commits, 'commit')}, last ${sha.slice(0, 7)}`),
    ),
  ].join('\n\n');
}
