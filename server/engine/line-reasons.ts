import { setTimeout as sleep } from 'node:timers/promises';
import type { SourceFile } from '../code/source-file.ts';
import { logOfFile } from '../git/index.ts';
import { currentHistory } from '../history/current.ts';
import type { LineHistories } from '../history/line-history.ts';
import { commitReason } from '../history/reasons/reason.ts';
import type { Place } from '../model/answer.ts';
import type { LineCommit, LineHistory } from '../model/history.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** Milliseconds that a hover waits for history. What it does not wait for is kept, and there the next time. */
export const HOVER_PATIENCE_MS = 300;
/** Commits of a file that are listed. */
const MOST_OF_A_FILE = 30;

/** Says which commits made a line, from git alone: it needs no index. */
export class LineReasons {
  readonly #workspace: () => Pick<Workspace, 'repository'>;
  readonly #histories: LineHistories;

  /** @param workspace read on every call, because the folder may become a repository later */
  constructor(workspace: () => Pick<Workspace, 'repository'>, histories: LineHistories) {
    this.#workspace = workspace;
    this.#histories = histories;
  }

  /** The commits of the line of a place, back to so many that made it; those of the file, newest first, where it has none. Rejects with the reason of `signal`. */
  async history(place: Place, file: SourceFile, signal?: AbortSignal, makers?: number): Promise<LineHistory> {
    const { repository } = this.#workspace();
    if (!repository) return { commits: [], notices: ['This folder is not in a git repository, so that nothing is known of its history.'] };
    const limits = repository.notices.filter((notice) => /^The clone is/.test(notice));
    const history = await currentHistory(repository);
    if (history.repository.head === '') return { commits: [], notices: ['The repository has no commits yet.'] };
    const { path, text, line } = place;
    if (line !== undefined) {
      const found = await this.#histories.at(history, { path, text: file.text, unsaved: text !== undefined, line }, signal, makers);
      const untold = found.commits.length === 0 && !found.uncommitted && found.notices.length === 0;
      const unknown = untold ? [`Git knows no commit of this line: ${path} is not committed, or belongs to a submodule.`] : [];
      return { ...found, notices: [...found.notices, ...unknown, ...limits] };
    }
    const commits = await logOfFile(history.repository, path, { limit: MOST_OF_A_FILE, follow: true, ...(signal ? { signal } : {}) });
    const made = commits.map(({ sha, subject, body, date, author, paths }): LineCommit => {
      const reason = commitReason({ subject, body });
      return { sha, subject, date, author, path: paths[0]?.path ?? path, line: 0, ...(reason ? { reason } : {}) };
    });
    return { commits: made, notices: limits };
  }

  /** The newest commit that made a line, if it is known in time; `undefined` otherwise, and where git knows none. Never rejects but with the reason of `signal`. */
  async soon(place: Place, file: SourceFile, signal?: AbortSignal): Promise<readonly LineCommit[] | undefined> {
    const ended = new AbortController();
    const work = this.history(place, file, signal, 1).then(
      ({ commits }) => commits.filter(({ touch }) => touch === undefined),
      () => undefined,
    );
    const late = sleep(HOVER_PATIENCE_MS, undefined, { signal: ended.signal, ref: false }).catch(() => undefined);
    try {
      const found = await Promise.race([work, late]);
      signal?.throwIfAborted();
      return found === undefined || found.length === 0 ? undefined : found;
    } finally {
      ended.abort();
    }
  }
}
