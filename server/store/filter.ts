import type { Filter } from '../model/passage.ts';

/** An SQL string literal. Only the quote needs escaping in it. */
export const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** `column IN (...)`; false for an empty list. */
export const oneOf = (column: string, values: readonly string[]): string =>
  values.length === 0 ? 'false' : `${column} IN (${values.map(quote).join(', ')})`;

/** `./src/` -> `src`; empty for the root of the repository. */
const normalise = (path: string): string =>
  path
    .replaceAll('\\', '/')
    .replace(/^(\.?\/)+|^\.$/, '')
    .replace(/\/+$/, '');

/**
 * Compiles a filter to a condition on the table `passages`; `undefined` if it restricts nothing.
 * A path matches documents at or below it, and commits that changed such a file. It is compared with `starts_with` and `contains`, which have no
 * wildcards, so that only quotes need escaping.
 */
export function compileFilter(filter: Filter | undefined): string | undefined {
  if (!filter) return undefined;
  const conditions: string[] = [];
  if (filter.kinds) conditions.push(oneOf('kind', filter.kinds));
  if (filter.statuses) conditions.push(oneOf('status', filter.statuses));
  const path = normalise(filter.path ?? '');
  if (path !== '') {
    conditions.push(
      `(path = ${quote(path)} OR starts_with(path, ${quote(`${path}/`)}) OR ` +
        `contains(paths, ${quote(`\n${path}\n`)}) OR contains(paths, ${quote(`\n${path}/`)}))`,
    );
  }
  if (filter.since !== undefined || filter.until !== undefined) conditions.push(`date <> ''`);
  if (filter.since !== undefined) conditions.push(`date >= ${quote(filter.since)}`);
  if (filter.until !== undefined) conditions.push(`date <= ${quote(filter.until)}`);
  return conditions.length === 0 ? undefined : conditions.join(' AND ');
}
