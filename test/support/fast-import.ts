import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { git } from './git.ts';

/** A commit to be made. Paths are repository-relative with forward slashes. */
export interface CommitSpec {
  readonly message: string;
  /** Files as they are after the commit; `null` removes the path. Files that are not named stay. */
  readonly files?: Readonly<Record<string, string | Uint8Array | null>>;
  /** ISO 8601 instant or day. Default: one hour after the commit before; the first on 2024-01-01. */
  readonly date?: string;
  /** Author name. Default `Ada Lovelace`. */
  readonly author?: string;
  /** Branch to commit to. Default `main`. A new branch starts at the tip of `main`. */
  readonly branch?: string;
  /** Branch that this commit merges: its second parent. The files that were committed to it since its last merge come in, then `files`. */
  readonly merge?: string;
}

const START = Date.UTC(2024, 0, 1) / 1000;
const HOUR = 3_600;

/** Writes a stream for `git fast-import`: commit by commit, with its own account of branches and dates. */
export interface StreamWriter {
  /** The text of one commit, to be sent in order. */
  readonly commit: (spec: CommitSpec) => Buffer;
}

/** Mark of the n-th commit (from 0) in the stream is n + 1. */
export const streamWriter = (): StreamWriter => {
  const tips = new Map<string, number>();
  const unmerged = new Map<string, Readonly<Record<string, string | Uint8Array | null>>>();
  let time = START - HOUR;
  let mark = 0;
  const commit = ({ message, files = {}, date, author = 'Ada Lovelace', branch = 'main', merge }: CommitSpec): Buffer => {
    time = date === undefined ? time + HOUR : Math.floor(Date.parse(date) / 1000);
    if (Number.isNaN(time)) throw new Error(`not a date: ${date}`);
    mark++;
    const person = `${author} <${author.toLowerCase().replace(/[^a-z]+/g, '.')}@example.org> ${time} +0000`;
    // A branch goes on by itself; naming its tip would make git read the whole tree again for each commit.
    const parent = tips.has(branch) ? undefined : tips.get('main');
    const merged = merge === undefined ? undefined : tips.get(merge);
    if (merge !== undefined && merged === undefined) throw new Error(`no branch to merge: ${merge}`);
    const parts: Buffer[] = [
      Buffer.from(`commit refs/heads/${branch}\nmark :${mark}\nauthor ${person}\ncommitter ${person}\n`),
      data(message),
      Buffer.from(`${parent === undefined ? '' : `from :${parent}\n`}${merged === undefined ? '' : `merge :${merged}\n`}`),
    ];
    const all = { ...(merge === undefined ? {} : unmerged.get(merge)), ...files };
    for (const [path, content] of Object.entries(all)) {
      if (content === null) parts.push(Buffer.from(`D ${quoted(path)}\n`));
      else parts.push(Buffer.from(`M 100644 inline ${quoted(path)}\n`), data(content));
    }
    if (merge !== undefined) unmerged.delete(merge);
    if (branch !== 'main') unmerged.set(branch, { ...unmerged.get(branch), ...all });
    tips.set(branch, mark);
    parts.push(Buffer.from('\n'));
    return Buffer.concat(parts);
  };
  return { commit };
};

const data = (content: string | Uint8Array): Buffer => {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')]);
};

const quoted = (path: string): string => `"${path.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;

/**
 * Fills an empty, initialised repository with commits on `main` and other branches, in one git process, and checks out `main`.
 * Answers the shas in the order of the commits.
 */
export const importCommits = (root: string, commits: Iterable<CommitSpec>, checkout = true): string[] => {
  const writer = streamWriter();
  const parts: Buffer[] = [];
  for (const spec of commits) parts.push(writer.commit(spec));
  git(
    root,
    [
      '-c',
      'core.fsync=none',
      '-c',
      'core.compression=1',
      'fast-import',
      '--quiet',
      '--date-format=raw',
      '--export-marks=.git/lintel-marks',
    ],
    { input: Buffer.concat(parts) },
  );
  if (checkout && parts.length > 0) git(root, ['reset', '--quiet', '--hard', 'main']);
  return marks(root);
};

const marks = (root: string): string[] => {
  const shas: string[] = [];
  for (const line of readFileSync(join(root, '.git', 'lintel-marks'), 'utf8').split('\n')) {
    const [mark, sha] = line.split(' ');
    if (mark && sha) shas[Number(mark.slice(1)) - 1] = sha;
  }
  return shas;
};
