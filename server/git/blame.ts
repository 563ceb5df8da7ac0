import { withoutFilters } from './files.ts';
import { runGit } from './process.ts';
import type { Repository } from './repository.ts';

/** The commit that last changed a line. */
export interface BlameLine {
  /** Zero-based line of the file as it is now. */
  readonly line: number;
  /** Empty for a line that is not committed yet. */
  readonly sha: string;
  /** Zero-based line in that commit. */
  readonly originalLine: number;
  /** Path in that commit. */
  readonly originalPath: string;
  readonly author: string;
  /** Seconds since 1970. */
  readonly time: number;
  /** Subject of the commit. */
  readonly summary: string;
}

type Details = Omit<BlameLine, 'line' | 'originalLine'>;

/**
 * Who last changed the lines `from` (inclusive) to `to` (exclusive), zero-based; of `contents` where given (an unsaved editor), else of the
 * file on disk (of HEAD when bare). Empty where git has nothing to say: an untracked file, a range behind the end, missing objects.
 */
export const blameLines = async (
  repository: Repository,
  path: string,
  range: { readonly from: number; readonly to: number },
  contents?: string,
): Promise<readonly BlameLine[]> => {
  if (range.to <= range.from || repository.head === '') return [];
  const lines = `${range.from + 1},${range.to}`;
  const source = repository.bare ? ['HEAD'] : contents === undefined ? [] : ['--contents', '-'];
  const filters = repository.bare ? [] : await withoutFilters(repository);
  const blame = [...filters, 'blame', '--porcelain', '--no-textconv', '-L', lines, ...source, '--', path];
  const { code, stdout } = await runGit(repository.root, blame, contents === undefined ? {} : { input: contents });
  return code === 0 ? parsePorcelain(stdout.toString('utf8'), path) : [];
};

/** Porcelain: `<sha> <original line> <line> [<count>]`, then details (once for each commit), then the line itself behind a tab. */
const parsePorcelain = (text: string, path: string): BlameLine[] => {
  const known = new Map<string, Details>();
  const result: BlameLine[] = [];
  let head: { sha: string; line: number; originalLine: number } | undefined;
  let details: Record<string, string> = {};
  for (const row of text.split('\n')) {
    if (head === undefined) {
      const [sha, originalLine, line] = row.split(' ');
      if (sha === undefined || originalLine === undefined || line === undefined) continue;
      head = { sha, line: Number(line) - 1, originalLine: Number(originalLine) - 1 };
      details = {};
    } else if (row.startsWith('\t')) {
      const commit = known.get(head.sha) ?? detailsOf(head.sha, details, path);
      known.set(head.sha, commit);
      result.push({
        ...commit,
        originalPath: details.filename ?? commit.originalPath,
        line: head.line,
        originalLine: head.originalLine,
      });
      head = undefined;
    } else {
      const space = row.indexOf(' ');
      if (space > 0) details[row.slice(0, space)] = row.slice(space + 1);
    }
  }
  return result;
};

const detailsOf = (sha: string, details: Readonly<Record<string, string>>, path: string): Details => ({
  sha: /^0+$/.test(sha) ? '' : sha,
  originalPath: details.filename ?? path,
  author: details.author ?? '',
  time: Number(details['author-time'] ?? 0),
  summary: details.summary ?? '',
});
