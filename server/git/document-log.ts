import { isRevision } from './log.ts';
import { streamGit } from './process.ts';
import type { Repository } from './repository.ts';

/** What one commit did to the lines of a file. */
export interface LineChanges {
  readonly sha: string;
  /** First parent; `undefined` for a root commit. */
  readonly parent?: string;
  /** ISO 8601 day of the author. */
  readonly date: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

const COMMIT = /^\0([0-9a-f]{40,64}) (\d{4}-\d\d-\d\d) ([0-9a-f]{40,64})?/;
const ARGUMENTS = ['--no-color', '--no-ext-diff', '--no-textconv', '--no-show-signature', '--no-notes', '--no-decorate'];

/**
 * The commits that changed a file, newest first, past renames, with the lines that they added and removed. Merges are left out. Stops reading when the
 * consumer does. In a partial clone only as far as the contents are there.
 *
 * @throws GitMissingError where there is no git; GitLimitError; the reason of `signal` when aborted.
 */
export async function* lineChangesOf(repository: Repository, path: string, signal?: AbortSignal): AsyncGenerator<LineChanges> {
  if (repository.head === '' || !isRevision(repository.head) || path === '' || path.includes('\0')) return;
  const format = '--format=tformat:%x00%H %as %P';
  const form = ['--patch', '--unified=0', '--find-renames', '--follow', '--no-merges', format];
  const git = streamGit(repository, ['log', ...ARGUMENTS, ...form, repository.head, '--', path], { signal });
  let commit: { sha: string; parent?: string; date: string; added: string[]; removed: string[]; inHunk: boolean } | undefined;
  let rest = '';
  const decoder = new TextDecoder();
  const done = (): LineChanges | undefined => {
    if (!commit) return undefined;
    const { inHunk: _, ...changes } = commit;
    return changes;
  };
  try {
    for await (const chunk of git) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const head = COMMIT.exec(line);
        if (head) {
          const finished = done();
          if (finished) yield finished;
          const [, sha = '', date = '', parent] = head;
          commit = { sha, date, ...(parent === undefined ? {} : { parent }), added: [], removed: [], inHunk: false };
        } else if (commit && line.startsWith('@@')) commit.inHunk = true;
        else if (commit?.inHunk && line.startsWith('+')) commit.added.push(line.slice(1));
        else if (commit?.inHunk && line.startsWith('-')) commit.removed.push(line.slice(1));
      }
    }
    const finished = done();
    if (finished) yield finished;
  } finally {
    await git.return({ code: 0, stderr: '' });
  }
}
