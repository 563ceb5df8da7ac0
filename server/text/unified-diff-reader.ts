import type { Diff, DiffLine, FileChange, FileDiff, Hunk, Unreadable } from '../model/diff.ts';
import type { LineRange } from '../model/span.ts';
import { readQuotedPath } from './patch-path.ts';

const FILE = 'diff --git ';
const UNMERGED = '* Unmerged path ';
const RANGES = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)$/s;

/** What the header lines of one file say. */
interface Header {
  /** From the `diff --git` line; `undefined` where its two names are ambiguous. */
  readonly path: string | undefined;
  change: FileChange;
  binary: boolean;
  from?: string;
  to?: string;
  /** Paths of the `---` and `+++` lines, for the side that is not `/dev/null`. */
  before?: string | undefined;
  after?: string | undefined;
}

/**
 * Reads a patch as `git diff` writes it with the prefixes `a/` and `b/`. Never throws: what cannot be parsed is named in `unreadable`, and reading goes on
 * with the next file. Text before the first file, such as the head of a mail, is skipped.
 *
 * Hunks are read by the line counts in their headers, so content that looks like a patch is content.
 */
export function readUnifiedDiff(text: string): Diff {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const files: FileDiff[] = [];
  const unreadable: Unreadable[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? '';
    if (line.startsWith(UNMERGED)) {
      const path = line.slice(UNMERGED.length);
      unreadable.push({ reason: 'unmerged', path, message: `${path} has merge conflicts.` });
    }
    if (!line.startsWith(FILE)) {
      if (/^diff --(?:cc|combined) /.test(line))
        unreadable.push({ reason: 'malformed', message: 'The patch compares a merge with several parents, which is not supported.' });
      at++;
      continue;
    }
    const header = headerOf(line);
    at = readHeader(lines, at + 1, header);
    const { hunks, end, fault } = readHunks(lines, at);
    at = end;
    const file = fileOf(header, hunks);
    if (file) files.push(file);
    const path = file?.path;
    if (!file) unreadable.push({ reason: 'malformed', message: `The patch does not name the file of "${line}".` });
    if (fault) {
      const message = `The patch of ${path ?? 'a file'} ${fault.what}.`;
      unreadable.push({ reason: fault.reason, ...(path === undefined ? {} : { path }), message });
    }
  }
  return { files, unreadable };
}

const headerOf = (line: string): Header => ({ path: pathOfBoth(line.slice(FILE.length)), change: 'changed', binary: false });

/** The path in `a/PATH b/PATH`. Unquoted names may contain spaces, so the line is only clear where both names are equal. */
function pathOfBoth(names: string): string | undefined {
  const quoted = readQuotedPath(names);
  if (quoted) return withoutPrefix(quoted.path, 'a/');
  const half = (names.length - 1) / 2;
  const [a, b] = [names.slice(0, half), names.slice(half + 1)];
  const path = withoutPrefix(a, 'a/');
  return path !== undefined && path === withoutPrefix(b, 'b/') ? path : undefined;
}

const withoutPrefix = (name: string, prefix: string): string | undefined =>
  name.startsWith(prefix) && name.length > prefix.length ? name.slice(prefix.length) : undefined;

/** Reads the lines between `diff --git` and the first hunk. Answers where they end. */
function readHeader(lines: readonly string[], from: number, header: Header): number {
  for (let at = from; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.startsWith('@@ ') || line.startsWith('diff ') || line.startsWith(UNMERGED)) return at;
    if (line.startsWith('new file mode ')) header.change = 'added';
    else if (line.startsWith('deleted file mode ')) header.change = 'deleted';
    else if (line.startsWith('old mode ')) header.change = 'mode';
    else if (line.startsWith('rename from ')) {
      header.from = nameIn(line.slice('rename from '.length));
      header.change = 'renamed';
    } else if (line.startsWith('rename to ')) header.to = nameIn(line.slice('rename to '.length));
    else if (line.startsWith('--- ')) header.before = withoutPrefix(nameIn(line.slice(4)), 'a/');
    else if (line.startsWith('+++ ')) header.after = withoutPrefix(nameIn(line.slice(4)), 'b/');
    else if (line.startsWith('Binary files ') || line === 'GIT binary patch') header.binary = true;
  }
  return lines.length;
}

/** A name that fills the rest of a line. A tab ends one that contains spaces. */
const nameIn = (written: string): string => readQuotedPath(written)?.path ?? written.replace(/\t.*$/, '');

function fileOf({ path: both, change, binary, from, to, before, after }: Header, hunks: readonly Hunk[]): FileDiff | undefined {
  const path = to ?? after ?? before ?? both;
  if (path === undefined) return undefined;
  return {
    path,
    ...(from === undefined ? {} : { from }),
    // Git names new permissions above changed content, too.
    change: change === 'mode' && (hunks.length > 0 || binary) ? 'changed' : change,
    ...(binary ? { binary } : {}),
    hunks,
  };
}

interface ReadHunks {
  readonly hunks: readonly Hunk[];
  readonly end: number;
  readonly fault?: Pick<Unreadable, 'reason'> & {
    /** What is wrong with the patch, as the end of a sentence. */
    readonly what: string;
  };
}

function readHunks(lines: readonly string[], from: number): ReadHunks {
  const hunks: Hunk[] = [];
  let at = from;
  while (lines[at]?.startsWith('@@ ')) {
    const [, oldFirst, oldCount = '1', newFirst, newCount = '1', section = ''] = RANGES.exec(lines[at] ?? '') ?? [];
    if (oldFirst === undefined || newFirst === undefined)
      return { hunks, end: at + 1, fault: { reason: 'malformed', what: 'has a hunk without line numbers' } };
    const old = rangeOf(oldFirst, oldCount);
    const fresh = rangeOf(newFirst, newCount);
    const body = readLines(lines, at + 1, Number(oldCount), Number(newCount));
    at = body.end;
    if (!body.complete) {
      const reason = at === lines.length ? 'truncated' : 'malformed';
      return { hunks, end: at, fault: { reason, what: `ends within the hunk at line ${fresh.first + 1}` } };
    }
    hunks.push({ old, new: fresh, ...(section === '' ? {} : { section }), lines: body.lines });
  }
  return { hunks, end: at };
}

/** A range of a hunk header. Of an empty one, git names the line above it. */
const rangeOf = (first: string, count: string): LineRange => {
  const start = count === '0' ? Number(first) : Number(first) - 1;
  return { first: start, last: start + Number(count) - 1 };
};

const KINDS: Readonly<Record<string, DiffLine['kind']>> = { ' ': 'context', '+': 'added', '-': 'removed' };

function readLines(
  rows: readonly string[],
  from: number,
  oldCount: number,
  newCount: number,
): { readonly lines: readonly DiffLine[]; readonly end: number; readonly complete: boolean } {
  const lines: DiffLine[] = [];
  let [oldLeft, newLeft, at] = [oldCount, newCount, from];
  for (; at < rows.length; at++) {
    const row = rows[at] ?? '';
    const last = lines.at(-1);
    if (row.startsWith('\\') && last) {
      lines[lines.length - 1] = { ...last, unterminated: true };
      continue;
    }
    if (oldLeft === 0 && newLeft === 0) break;
    // With `diff.suppressBlankEmpty`, git writes an empty context line without its space.
    const kind = row === '' ? 'context' : KINDS[row[0] ?? ''];
    if (kind === undefined) break;
    if (kind !== 'added') oldLeft--;
    if (kind !== 'removed') newLeft--;
    if (oldLeft < 0 || newLeft < 0) break;
    lines.push({ kind, text: row.slice(1) });
  }
  return { lines, end: at, complete: oldLeft === 0 && newLeft === 0 };
}
