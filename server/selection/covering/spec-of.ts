import { groupBy } from '../../text/group-by.ts';
import { type KnownSpec, specResolver } from '../runs/resolve-spec.ts';

/** Names of reports that say nothing of a test. */
const GENERIC =
  /^(?:coverage|cov|lcov|clover|cobertura|jacoco|istanbul|nyc|nyc_output|out|output|report|reports|result|results|total|all|merged|main|index|final|e2e|tests?|specs?|unit|integration|cypress|playwright|profile|cover|go|info|xml|json|tmp|raw)$/i;
const SUFFIX = /(?:[._-](?:coverage|cov|cover|coverprofile|lcov|final))?\.(?:info|lcov|json|out|cov|cover|coverprofile|txt|xml|dat)$/i;
const PREFIX = /^(?:coverage|lcov|cov|cover|clover|cobertura|jacoco)[._-]/i;
const FOLDER = /^(?:coverage|cov|lcov|\.?nyc_output)$/i;
const LEAST_TITLE = 8;

const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
/** What tools leave of a name that becomes the name of a file or of a test in LCOV. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '');
const withoutExtension = (path: string): string => path.replace(/\.[^./]+$/, '');
const stem = (path: string): string =>
  withoutExtension(lastOf(path))
    .replace(/[._-](?:e2e[._-])?(?:spec|test|tests|cy|e2e|feature|it)$/i, '')
    .replace(/^test_/, '');

const only = (found: readonly KnownSpec[] | undefined): string | undefined => (found?.length === 1 ? found[0]?.path : undefined);

/** Finds the spec that a coverage file, or a test in it, is of. */
export interface SpecFinder {
  /** By the name of a test: its path, its id or its title. */
  readonly ofName: (name: string) => string | undefined;
  /** By the path of a coverage file, one folder or file of which is named after the spec. */
  readonly ofReport: (path: string) => string | undefined;
}

/** Finds specs by names, where a name is of one of them only. */
export function specFinder(specs: readonly KnownSpec[]): SpecFinder {
  const resolve = specResolver(specs);
  const by = (nameOf: (path: string) => string): ReadonlyMap<string, readonly KnownSpec[]> =>
    groupBy(specs, ({ path }) => plain(nameOf(path)));
  // From the name that says most to the one that says least.
  const names = [by((path) => path), by(withoutExtension), by(lastOf), by((path) => withoutExtension(lastOf(path))), by(stem)];
  let texts: readonly string[] | undefined;

  const named = (written: string): string | undefined => {
    const key = plain(written);
    for (const known of names) {
      const found = only(known.get(key));
      if (found !== undefined) return found;
    }
    const ends = (path: string): boolean => plain(path).endsWith(`_${key}`);
    return written.includes('/') ? only(specs.filter(({ path }) => ends(path) || ends(withoutExtension(path)))) : undefined;
  };

  const titled = (written: string): string | undefined => {
    const key = plain(written);
    if (key.length < LEAST_TITLE) return undefined;
    texts ??= specs.map(({ text }) => `_${plain(text)}_`);
    const found = specs.filter((_, at) => texts?.[at]?.includes(`_${key}_`));
    return only(found);
  };

  return {
    ofName: (name) => {
      const file = name.split(/::|\|| > | › /)[0] ?? '';
      return (
        named(name) ??
        named(file) ??
        resolve({
          files: [file],
          classname: file,
          suites: [],
          name,
          variant: '',
          group: '',
          seconds: 0,
          outcome: 'passed',
        }) ??
        titled(name)
      );
    },
    ofReport: (path) => {
      const all = path.split('/').slice(-12);
      // What is named above a folder of coverage is a package, and this its whole coverage.
      const parts = all.slice(all.findLastIndex((part, at) => at < all.length - 1 && FOLDER.test(part)) + 1);
      const file = (parts.pop() ?? '').replace(SUFFIX, '').replace(PREFIX, '');
      if (!GENERIC.test(file)) parts.push(file);
      for (let end = parts.length; end > 0; end -= 1)
        for (let from = 0; from < end; from += 1) {
          const written = parts.slice(from, end).join('/');
          const found = GENERIC.test(written) ? undefined : named(written);
          if (found !== undefined) return found;
        }
      return undefined;
    },
  };
}
