import { FORM } from './diff.ts';
import { isRevision } from './log.ts';
import { streamGit } from './process.ts';
import type { Repository } from './repository.ts';

/** What a commit did to a file: the lines that it added or removed, and the names of the functions around them, as git tells them. */
export interface ChangedLines {
  /** As git prints it: quoted where it has unusual characters. */
  readonly path: string;
  readonly lines: readonly string[];
}

/** Larger contents count as binary: they are data, or a tool wrote them. */
const LARGEST_FILE = '300k';
/** Of a commit: one that changes more moves or reformats, and its first lines say what it is about. */
const MOST_LINES = 1_000;
const LONGEST_LINE = 400;
/** Commits that git fails over before we believe that it reads none. */
const MOST_FAILURES = 20;

const FILE = 'diff --git ';
const HUNK = /^@@ .*? @@ ?/;

/** Reads the output of `git diff-tree --stdin --patch`. */
class PatchReader {
  readonly #wanted: ReadonlySet<string>;
  readonly commits = new Map<string, ChangedLines[]>();
  /** The commit that was begun last. */
  last: string | undefined;
  #files: ChangedLines[] = [];
  #lines: string[] = [];
  #inHunk = false;
  #left = 0;

  constructor(wanted: ReadonlySet<string>) {
    this.#wanted = wanted;
  }

  take(line: string): void {
    if (this.#wanted.has(line)) {
      this.last = line;
      this.#files = [];
      this.#left = MOST_LINES;
      this.commits.set(line, this.#files);
    } else if (line.startsWith(FILE)) {
      this.#inHunk = false;
      this.#lines = [];
      this.#files.push({ path: line.slice(line.lastIndexOf(' b/') + ' b/'.length), lines: this.#lines });
    } else if (line.startsWith('@@ ')) {
      this.#inHunk = true;
      this.#keep(line.replace(HUNK, ''));
    } else if (this.#inHunk && (line.startsWith('+') || line.startsWith('-'))) this.#keep(line.slice(1));
  }

  #keep(text: string): void {
    if (this.#left === 0 || text.trim() === '' || text.length > LONGEST_LINE) return;
    this.#left -= 1;
    this.#lines.push(text);
  }
}

/**
 * The lines that commits changed, each commit compared with its first parent, by sha and in the order of the commits. Of a commit at most 1,000 lines, none of
 * files over 300 kB. Merges are missing, and so are commits that git cannot compare; all, in a clone that lacks contents.
 *
 * @throws as `streamGit`.
 */
export async function readChangedLines(
  repository: Repository,
  shas: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, readonly ChangedLines[]>> {
  const wanted = shas.filter(isRevision);
  const reader = new PatchReader(new Set(wanted));
  if (repository.partial) return reader.commits;
  const args = [
    '-c',
    `core.bigFileThreshold=${LARGEST_FILE}`,
    'diff-tree',
    '--stdin',
    '-r',
    '--root',
    '--no-renames',
    ...FORM,
    '--unified=0',
  ];
  let next = 0;
  for (let failures = 0; next < wanted.length && failures < MOST_FAILURES; failures++) {
    const rest = wanted.slice(next);
    if (await readPatches(repository, args, rest, reader, signal)) break;
    // Git ends at the first commit that it cannot compare: the one that it had begun, or the one behind.
    next = Math.max(next, reader.last === undefined ? 0 : wanted.indexOf(reader.last)) + 1;
  }
  return reader.commits;
}

/** @returns whether git could compare all of them */
async function readPatches(
  repository: Repository,
  args: readonly string[],
  shas: readonly string[],
  reader: PatchReader,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const git = streamGit(repository, args, { input: shas.map((sha) => `${sha}\n`).join(''), signal });
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (let step = await git.next(); ; step = await git.next()) {
      if (step.done) {
        if (rest !== '') reader.take(rest);
        return step.value.code === 0;
      }
      const lines = (rest + decoder.decode(step.value, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) reader.take(line);
    }
  } finally {
    await git.return({ code: 0, stderr: '' });
  }
}
