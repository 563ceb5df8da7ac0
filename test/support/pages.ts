import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Root of the checkout. */
export const ROOT = join(import.meta.dirname, '../..');

/** Text of a file of the checkout. */
export const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Names of files in a folder of the checkout, without `.ts`, sorted. */
export const sourcesIn = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map(({ name }) => name.slice(0, -3))
    .sort();

const TOP = /^(?:server|extension|protocol|test|bench|scripts|docs|l10n|kb-samples)\//;

/**
 * Paths that a page names in code spans, from the root of the checkout and without line or anchor: `server/code/`, `docs/cli.md`. What stands for
 * any name (`NAME`, `NNNN`) is left out.
 */
export const pathsOn = (page: string): readonly string[] => [
  ...new Set(
    [...page.matchAll(/`([^`\s]+)`/g)]
      .map(([, span = '']) => span.replace(/[#:].*$/, ''))
      .filter((span) => TOP.test(span) && !/\b(?:ID|NAME|NNNN|PATH|ROOM)\b|\.\.\./.test(span)),
  ),
];

/** Paths among these, patterns included, that the checkout does not have. */
export const missing = (paths: readonly string[]): readonly string[] =>
  paths.filter((path) => globSync(path.replace(/\/$/, ''), { cwd: ROOT }).length === 0);

/** Targets of the relative links of a page, as written, without anchors. */
export const linksOn = (page: string): readonly string[] =>
  [...page.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target.replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target));
