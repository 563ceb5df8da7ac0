import { logOfFile, type Repository, readBlobs } from '../git/index.ts';
import { readRecord } from '../knowledge/records/record.ts';
import type { DecisionHistory, HistoryEvent } from '../model/authoring.ts';
import type { Status } from '../model/document.ts';
import { decodeText } from '../text/decode.ts';

type RecordedStatus = Pick<Status, 'value' | 'text'>;

const MOST_COMMITS = 100;
const LARGEST_RECORD = 2_000_000;
const AT_ONCE = 4;

/** The status of the record at a commit; `null` where its text is missing (deleted, or a partial clone). */
async function statusAt(
  repository: Repository,
  sha: string,
  path: string,
  signal?: AbortSignal,
): Promise<RecordedStatus | undefined | null> {
  const blobs = await readBlobs(repository, sha, [path], { mostBytes: LARGEST_RECORD, ...(signal ? { signal } : {}) });
  const bytes = blobs.get(path);
  const decoded = bytes === undefined ? undefined : decodeText(bytes);
  if (decoded === undefined || 'binary' in decoded) return null;
  const { status } = readRecord({ path, text: decoded.text, sha });
  return status && { value: status.value, text: status.text.replace(/\s+/g, ' ').slice(0, 200) };
}

/** The newest 100 commits that changed a record, under any name it had, newest first; each with its effect on the status. */
export async function commitsOfRecord(repository: Repository, path: string, signal?: AbortSignal): Promise<readonly HistoryEvent[]> {
  const commits = await logOfFile(repository, path, { limit: MOST_COMMITS, follow: true, ...(signal ? { signal } : {}) });
  const versions = commits.map((commit) => {
    const [changed] = commit.paths;
    return { commit, path: changed?.path ?? path, ...(changed?.from === undefined ? {} : { from: changed.from }) };
  });
  const statuses: (RecordedStatus | undefined | null)[] = [];
  for (let at = 0; at < versions.length; at += AT_ONCE) {
    const batch = versions.slice(at, at + AT_ONCE);
    statuses.push(...(await Promise.all(batch.map(({ commit, path: now }) => statusAt(repository, commit.sha, now, signal)))));
  }
  return versions.map(({ commit, path: now, from }, at): HistoryEvent => {
    const status = statuses[at] ?? undefined;
    const before = statuses[at + 1] ?? undefined;
    const known = statuses[at] !== null && statuses[at + 1] !== null;
    const statusChanged = known && status?.text !== before?.text;
    return {
      kind: 'commit',
      sha: commit.sha,
      date: commit.date,
      author: commit.author,
      subject: commit.subject,
      path: now,
      ...(from === undefined ? {} : { from }),
      ...(status ? { status } : {}),
      ...(statusChanged && before ? { before } : {}),
      statusChanged,
    };
  });
}

/** A sentence about what the history lacks; `undefined` where nothing is missing. */
export function historyNotice(repository: Repository | undefined, events: DecisionHistory['events']): string | undefined {
  if (!repository) return 'This folder is not a git repository: there are no commits to show.';
  if (repository.shallow) return 'This is a shallow clone, so older commits are missing. Run "git fetch --unshallow" to get them.';
  if (!events.some(({ kind }) => kind === 'commit')) return 'This record is not committed yet.';
  return events.length >= MOST_COMMITS ? `Only the newest ${MOST_COMMITS} commits are shown.` : undefined;
}
