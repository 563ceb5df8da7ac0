import { blame, commitPatch, type Repository, readCommits } from '../../git/index.ts';
import type { Diff } from '../../model/diff.ts';
import { memoise } from '../../text/memoise.ts';
import type { GraphOf } from '../line-blame.ts';
import type { BlamedLine, HistorySource } from './walk.ts';

/** How much of the patch of a commit is read: that of a mass change is sampled. */
const MOST_PATCH_BYTES = 1_500_000;
/** What has to be found within one patch of one file. */
const MOST_FILE_BYTES = 8_000_000;

/** The message of a commit, in its parts. */
export interface CommitMessage {
  readonly subject: string;
  readonly body: string;
}

const REVERTED = /\bThis reverts (?:commit|merge) ([0-9a-f]{7,40})\b|\brevert(?:s|ed)? (?:of )?commit ([0-9a-f]{7,40})\b/i;

/** The commit that a message says it takes back, by the sha that it names. */
export const revertedSha = ({ subject, body }: CommitMessage): string | undefined => {
  const found = REVERTED.exec(`${subject}\n${body}`);
  return found?.[1] ?? found?.[2];
};

/**
 * Reads history from git, each thing once. Nothing changes under a sha, so that what is known stays true.
 * @param within milliseconds that each call of git may take
 * @param graph where a commit-graph of the repository is
 */
export function gitSource(repository: Repository, within: number, graph: GraphOf): HistorySource {
  const blames = memoise<BlamedLine | undefined>(500);
  const patches = memoise<Diff>(12);
  const limits = { within };
  const patch: HistorySource['patch'] = (pair, paths) =>
    patches(`${pair.parent}\0${pair.sha}\0${paths?.join('\0') ?? ''}`, () =>
      commitPatch(repository, pair, {
        ...limits,
        mostBytes: paths ? MOST_FILE_BYTES : MOST_PATCH_BYTES,
        ...(paths ? { paths } : {}),
      }),
    );
  return {
    blame: ({ path, line }, at) =>
      blames(`${at}\0${path}\0${line}`, async () => {
        const { lines } = await blame(
          repository,
          path,
          { first: line, last: line },
          { at, ignoring: true, objects: await graph(), ...limits },
        );
        return lines.map(blamedLine)[0];
      }),
    patch,
    files: async (pair) => (await patch(pair)).files.length,
    async reverted(sha) {
      const [commit] = await readCommits(repository, [sha], limits);
      return commit && revertedSha(commit);
    },
  };
}

/** A line of a blame, as the walk begins with it. */
export const blamedLine = ({
  sha,
  summary,
  originalPath,
  originalLine,
  previous,
}: {
  readonly sha: string;
  readonly summary: string;
  readonly originalPath: string;
  readonly originalLine: number;
  readonly previous?: { readonly sha: string; readonly path: string };
}): BlamedLine => ({ sha, subject: summary, path: originalPath, line: originalLine, ...(previous ? { previous } : {}) });
