import { groupBy } from '../../text/group-by.ts';

const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const NOT_OURS = /(?:^|\/)(?:node_modules|site-packages|vendor)\//;
/** So many folders and the file must agree, where one of the two paths is not the end of the other. */
const LEAST_COMMON = 2;

const clean = (written: string): string =>
  written
    .replaceAll('\\', '/')
    .replace(/^(?:file|webpack|https?):\/\/\/?(?:[^/]*:\d+\/)?/i, '')
    .replace(/^[A-Za-z]:/, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .join('/');

const commonEnd = (a: readonly string[], b: readonly string[]): number => {
  let count = 0;
  while (count < a.length && count < b.length && a[a.length - 1 - count] === b[b.length - 1 - count]) count += 1;
  return count;
};

/**
 * Finds the file of the repository that a report means: its path may be absolute on the machine that ran the tests, relative to a package, or begin with the
 * name of a module. `undefined` where several fit equally.
 */
export function sourceFinder(paths: readonly string[]): (written: string) => string | undefined {
  const byName = groupBy(paths, lastOf);
  const known = new Map<string, string | undefined>();
  const find = (written: string): string | undefined => {
    const source = clean(written);
    if (NOT_OURS.test(source)) return undefined;
    const parts = source.split('/');
    const ranked = (byName.get(lastOf(source)) ?? [])
      .map((path) => ({ path, own: path.split('/') }))
      .map(({ path, own }) => ({ path, own, common: commonEnd(own, parts) }))
      .filter(({ own, common }) => common === own.length || common === parts.length || common >= LEAST_COMMON);
    const most = Math.max(0, ...ranked.map(({ common }) => common));
    const best = ranked.filter(({ common }) => common === most);
    // Who writes the whole path of one means that one, and not one that ends like it.
    const whole = best.filter(({ own, common }) => own.length === common);
    return (whole.length === 1 ? whole : best.length === 1 ? best : [])[0]?.path;
  };
  return (written) => {
    if (!known.has(written)) known.set(written, find(written));
    return known.get(written);
  };
}
