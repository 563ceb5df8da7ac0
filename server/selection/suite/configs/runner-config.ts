import { type LinearPattern, linearPattern } from '../linear-pattern.ts';
import { globPattern, joined } from '../path-patterns.ts';
import type { Framework } from '../suite.ts';
import type { ConfigRecord } from './config-value.ts';

/** Which files a configuration gives to its tool. */
export interface RunnerConfig {
  readonly framework: Framework | 'jest';
  /** The file. */
  readonly path: string;
  /** The folder below which the tool looks for tests. */
  readonly base: string;
  readonly takes: (path: string) => boolean;
  /** Runs before the tests: a project that others depend on, a global set-up. */
  readonly isSetUp: (path: string) => boolean;
  readonly baseUrls: readonly string[];
  /** Whether the configuration names its files; a default may match tests of other tools too. */
  readonly explicit: boolean;
}

export const MOST_PATTERNS = 200;

export type Test = (path: string) => boolean;

export const anyOf = (patterns: readonly (LinearPattern | undefined)[]): Test => {
  const known = patterns.filter((pattern) => pattern !== undefined);
  return (path) => known.some((pattern) => pattern.test(path));
};

/** Globs relative to a folder; one that begins with `**` or has no slash is meant anywhere below it. */
export const globsIn = (folder: string, globs: readonly string[], anywhere: boolean): (LinearPattern | undefined)[] =>
  globs.slice(0, MOST_PATTERNS).map((glob) => {
    const plain = glob.replace(/^file:\/\//, '').replace('<rootDir>', '.');
    const isAnywhere = anywhere && !plain.startsWith('.') && !plain.startsWith('/') && !plain.startsWith('**/') && !plain.includes('/');
    const place = /^(?:\*\*|\{|\[|[@?*!+]\()/.test(plain) ? `${folder === '' ? '' : `${escaped(folder)}/`}${plain}` : joined(folder, plain);
    return place === undefined ? undefined : globPattern(isAnywhere ? `${folder === '' ? '' : `${escaped(folder)}/`}**/${plain}` : place);
  });

/** A folder as a glob means it literally. */
const escaped = (folder: string): string => folder.replace(/[*?[\]{}()!@+|\\]/g, '\\$&');

export const firstText = (record: ConfigRecord, ...keys: readonly string[]): string | undefined => {
  for (const key of keys) {
    const [text] = record.said(key).texts;
    if (text !== undefined) return text;
  }
  return undefined;
};

/** Globs and regular expressions of settings, as one test. */
export function saidTest(record: ConfigRecord, folder: string, keys: readonly string[], anywhere: boolean): Test | undefined {
  const said = keys.map((key) => record.said(key));
  const globs = said.flatMap(({ texts }) => texts);
  const patterns = said.flatMap(({ patterns: each }) => each);
  if (globs.length === 0 && patterns.length === 0) return undefined;
  const byGlob = anyOf(globsIn(folder, globs, anywhere));
  const byPattern = anyOf(patterns.slice(0, MOST_PATTERNS).map(({ source, flags }) => linearPattern(source, flags)));
  return (path) => byGlob(path) || byPattern(`/${path}`);
}

export const nothing: Test = () => false;
