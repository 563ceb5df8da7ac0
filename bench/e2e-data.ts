import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Diff } from '../server/model/diff.ts';
import { readUnifiedDiff } from '../server/text/unified-diff-reader.ts';

/** A commit of the e2e benchmark: what it changed in the product, and which specs it changed. */
export interface E2eItem {
  readonly id: string;
  readonly repo: string;
  readonly sha: string;
  readonly parent: string;
  /** Seconds since 1970. */
  readonly t: number;
  readonly message: string;
  readonly files: readonly { readonly path: string; readonly status: string }[];
  readonly diff: string;
  readonly nUniverse: number;
  readonly relevant: readonly string[];
  readonly adapt: readonly string[];
}

/** A commit of a repository's log: letters of the change and paths. */
export interface LoggedChange {
  readonly sha: string;
  readonly t: number;
  /** Subject, at most 120 characters. */
  readonly m: string;
  /** `MPATH`, `APATH`, `DPATH`. */
  readonly f: readonly string[];
}

const parsed = <T>(text: string): T[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);

const slug = (repo: string): string => repo.replace('/', '__');
const unzipped = (file: string): string => gunzipSync(readFileSync(file)).toString('utf8');

/** The repositories of one part of the benchmark. */
export const e2eRepositories = (folder: string, split: string): string[] =>
  existsSync(join(folder, split))
    ? readdirSync(join(folder, split))
        .filter((name) => name.endsWith('.jsonl'))
        .map((name) => name.slice(0, -'.jsonl'.length).replace('__', '/'))
        .sort()
    : [];

export const e2eItems = (folder: string, split: string, repo: string): E2eItem[] =>
  parsed<E2eItem>(readFileSync(join(folder, split, `${slug(repo)}.jsonl`), 'utf8')).sort((a, b) => a.t - b.t);

/** The commits of a repository, oldest first, without those of more than 60 files. */
export const e2eHistory = (folder: string, repo: string): LoggedChange[] =>
  parsed<LoggedChange>(unzipped(join(folder, 'history', `${slug(repo)}.jsonl.gz`)))
    .filter(({ f }) => f.length <= 60)
    .sort((a, b) => a.t - b.t);

interface UniverseFile {
  readonly order: readonly string[];
  readonly specs: readonly string[];
  readonly blobs: readonly string[];
  readonly steps: Readonly<Record<string, { readonly del: readonly number[]; readonly add: readonly (readonly [number, number])[] }>>;
}

/** The specs of the suite before each item: path and id of the blob. */
export const e2eUniverses = (folder: string, repo: string): Map<string, ReadonlyMap<string, string>> => {
  const { order, specs, blobs, steps } = JSON.parse(unzipped(join(folder, 'universe', `${slug(repo)}.json.gz`))) as UniverseFile;
  const now = new Map<string, string>();
  const found = new Map<string, ReadonlyMap<string, string>>();
  for (const id of order) {
    const step = steps[id];
    for (const at of step?.del ?? []) now.delete(specs[at] ?? '');
    for (const [at, blob] of step?.add ?? []) now.set(specs[at] ?? '', blobs[blob] ?? '');
    found.set(id, new Map(now));
  }
  return found;
};

/** Texts of specs by the id of their blob. */
export const e2eTexts = (folder: string, repo: string): Map<string, string> =>
  new Map(parsed<{ b: string; text: string }>(unzipped(join(folder, 'specs', `${slug(repo)}.jsonl.gz`))).map(({ b, text }) => [b, text]));

/** The benchmark cuts differences at 20 kB: the counts of the last hunk are made true, so that its lines are read. */
export const e2eDiff = (text: string): Diff => {
  const at = text.lastIndexOf('\n@@ ');
  if (at < 0) return readUnifiedDiff(text);
  const [head = '', ...lines] = text.slice(at + 1).split('\n');
  if (lines.at(-1) === '') lines.pop();
  const header = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@(.*)$/s.exec(head);
  if (!header || lines.some((line) => line.startsWith('diff --git '))) return readUnifiedDiff(text);
  const count = (marks: string): number => lines.filter((line) => marks.includes(line[0] ?? ' ')).length;
  const [, old = '1', fresh = '1', section = ''] = header;
  return readUnifiedDiff(`${text.slice(0, at + 1)}@@ -${old},${count(' -')} +${fresh},${count(' +')} @@${section}\n${lines.join('\n')}\n`);
};

/** A commit that broke a spec which a later commit repaired, with the paths of the suite. */
export interface HardItem extends Omit<E2eItem, 't'> {
  readonly universe: readonly string[];
}

export const hardItems = (folder: string, repo: string): HardItem[] =>
  parsed<HardItem>(readFileSync(join(folder, 'hard', 'hard.jsonl'), 'utf8')).filter((item) => item.repo === repo);

/** Texts of files at a commit, from a bare clone `owner+name/repo` in a folder; `undefined` without it. */
export const textsAt = (
  mirror: string | undefined,
  repo: string,
  sha: string,
  paths: readonly string[],
): ReadonlyMap<string, string> | undefined => {
  const git = mirror && join(mirror, repo.replace('/', '+'), 'repo');
  if (!git || !existsSync(git)) return undefined;
  const input = paths.map((path) => `${sha}:${path}\n`).join('');
  const bytes = execFileSync('git', ['-C', git, 'cat-file', '--batch'], { input, maxBuffer: 1 << 30 });
  const texts = new Map<string, string>();
  let at = 0;
  for (const path of paths) {
    const end = bytes.indexOf(10, at);
    const size = Number(/ blob (\d+)$/.exec(bytes.toString('utf8', at, end))?.[1] ?? Number.NaN);
    at = end + 1;
    if (Number.isNaN(size)) continue;
    texts.set(path, bytes.toString('utf8', at, at + size));
    at += size + 1;
  }
  return texts;
};
