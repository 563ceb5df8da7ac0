import { groupBy } from '../../text/group-by.ts';
import type { ReportedTest } from './report.ts';

/** A spec that results may belong to. */
export interface KnownSpec {
  readonly path: string;
  readonly text: string;
}

/** Characters of specs that are searched for titles: a second or two. */
const MOST_SEARCHED = 2_000_000_000;
const LEAST_TITLE = 3;

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const lastOf = (parts: string): string => parts.slice(parts.lastIndexOf('/') + 1);

/** A path as reports write it, made comparable: forward slashes, no scheme, no line. */
const cleanPath = (written: string): string =>
  written
    .trim()
    .replaceAll('\\', '/')
    .replace(/^(?:file|classpath):(?:\/\/)?/i, '')
    .replace(/(?::\d{1,9}){1,2}$/, '')
    .replace(/^(?:\.\/)+/, '');

/** A path without its extension, its dots as slashes: what dotted names of modules and classes look like. */
const moduleOf = (path: string): string => path.replace(/\.[^./]+$/, '').replaceAll('.', '/');

/**
 * Finds the spec that a test of a report belongs to: by the file that the report names, by the name of its class or module, and by titles, where only one
 * spec has them.
 * @param sole whether the only spec owns every test, whatever the report calls it. Default true.
 */
export function specResolver(specs: readonly KnownSpec[], sole = true): (test: ReportedTest) => string | undefined {
  const byPath = new Map(specs.map((spec) => [spec.path, spec]));
  const byName = groupBy(specs, ({ path }) => lastOf(path));
  const byFeature = groupBy(
    specs.filter(({ path }) => path.endsWith('.feature')),
    ({ text }) => /^[ \t]*[\p{L} ]{2,40}:[ \t]*(\S[^\r\n]{0,300})$/mu.exec(text)?.[1]?.trim() ?? '',
  );
  const byModule = groupBy(specs, ({ path }) => lastOf(moduleOf(path)));
  const byFolder = groupBy(specs, ({ path }) => folderOf(path));
  const withTitle = new Map<string, readonly KnownSpec[]>();
  const known = new Map<string, readonly KnownSpec[]>();
  let searched = 0;

  const ofFile = (written: string): readonly KnownSpec[] => {
    const file = cleanPath(written);
    const exact = byPath.get(file);
    if (exact) return [exact];
    const named = byName.get(lastOf(file)) ?? [];
    // Absolute on the machine that ran it: the longest spec is the nearest.
    const ending = named.filter(({ path }) => file.endsWith(`/${path}`)).sort((a, b) => b.path.length - a.path.length);
    if (ending[0]) return [ending[0]];
    const relative = file.replace(/^(?:\.\.\/)+/, '');
    return named.filter(({ path }) => path.endsWith(`/${relative}`) || path === relative);
  };

  const ofClass = (written: string): readonly KnownSpec[] => {
    const feature = byFeature.get(written.trim());
    if (feature && written !== '') return feature;
    const parts = written.split(/[.:/$\\]+/).filter((part) => part !== '');
    // From the longest name to the shorter ones: what follows the module is a class in it.
    for (let end = Math.min(parts.length, 30); end > 0; end -= 1) {
      const module = parts.slice(0, end).join('/');
      const found = (byModule.get(parts[end - 1] ?? '') ?? []).filter(
        // One word may be the title of a suite, which no feature is called after.
        ({ path }) => `/${moduleOf(path)}`.endsWith(`/${module}`) && (parts.length > 1 || !path.endsWith('.feature')),
      );
      if (found.length > 0) return found;
    }
    const simple = byModule.get(parts.at(-1) ?? '') ?? [];
    if (simple.length === 1 && (parts.length > 1 || simple[0]?.path.endsWith('.feature') === false)) return simple;
    // A package of Go is a folder, under the name of its module.
    const folders = written.split('/');
    for (let from = 0; from < Math.min(folders.length, 30); from += 1) {
      const found = byFolder.get(folders.slice(from).join('/'));
      if (found) return found;
    }
    return [];
  };

  const once = (key: string, find: () => readonly KnownSpec[]): readonly KnownSpec[] => {
    const before = known.get(key);
    if (before) return before;
    const found = find();
    known.set(key, found);
    return found;
  };

  const ofTitle = (title: string): readonly KnownSpec[] => {
    if (title.length < LEAST_TITLE) return [];
    const before = withTitle.get(title);
    if (before) return before;
    if (searched > MOST_SEARCHED) return [];
    const found = specs.filter(({ text }) => {
      searched += text.length;
      return text.includes(title);
    });
    withTitle.set(title, found);
    return found;
  };

  return ({ files, classname, suites, name }) => {
    let among: readonly KnownSpec[] = specs;
    for (const find of [
      ...files.map((file) => () => once(`file ${file}`, () => ofFile(file))),
      ...[classname, ...suites.toReversed()].map((written) => () => once(`class ${written}`, () => ofClass(written))),
    ]) {
      const found = find();
      if (found.length === 1) return found[0]?.path;
      if (found.length > 1 && found.length < among.length) among = found;
    }
    if (among.length === 1 && sole) return among[0]?.path;
    for (const title of [name, name.split('/')[0] ?? '', ...suites]) {
      const found = ofTitle(title);
      const here = among === specs ? found : found.filter((spec) => among.includes(spec));
      if (here.length === 1) return here[0]?.path;
    }
    return undefined;
  };
}
