import type { Filter } from '../model/passage.ts';

/** A string literal of SQL. The only character with a meaning inside one is the quote. */
export const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** `column IN (...)`; an empty list holds for nothing. */
export const oneOf = (column: string, values: readonly string[]): string =>
  values.length === 0 ? 'false' : `${column} IN (${values.map(quote).join(', ')})`;

/** `./src/` -> `src`; empty for the root of the repository. */
const normalise = (path: string): string =>
  path
    .replaceAll('\\', '/')
    .replace(/^(\.?\/)+|^\.$/, '')
    .replace(/\/+$/, '');

/**
 * A filter as a condition on the table `passages`; `undefined` where it does not restrict.
 * A path holds for a document at it or below it, and for a commit that changed such a file. It is compared with `starts_with` and `contains`,
 * which know no wildcards, so that nothing in it needs escaping but the quote.
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
