import { logOfFile, type Repository, readBlobs } from '../git/index.ts';
import { readRecord } from '../knowledge/records/record.ts';
import type { DecisionHistory, HistoryEvent } from '../model/authoring.ts';
import type { Status } from '../model/document.ts';
import { decodeText } from '../text/decode.ts';

type Stated = Pick<Status, 'value' | 'text'>;

const MOST_COMMITS = 100;
const LARGEST_RECORD = 2_000_000;
const AT_ONCE = 4;

/** The status of the record at a commit; `null` where the file is not held (partial clone) or was deleted. */
async function statusAt(repository: Repository, sha: string, path: string, signal?: AbortSignal): Promise<Stated | undefined | null> {
  const blobs = await readBlobs(repository, sha, [path], { mostBytes: LARGEST_RECORD, ...(signal ? { signal } : {}) });
  const bytes = blobs.get(path);
  const decoded = bytes === undefined ? undefined : decodeText(bytes);
  if (decoded === undefined || 'binary' in decoded) return null;
  const { status } = readRecord({ path, text: decoded.text, sha });
  return status && { value: status.value, text: status.text.replace(/\s+/g, ' ').slice(0, 200) };
}

/** The commits that changed a record, newest first, behind its renames, each with what it did to the status. At most 100. */
export async function commitsOfRecord(repository: Repository, path: string, signal?: AbortSignal): Promise<readonly HistoryEvent[]> {
  const commits = await logOfFile(repository, path, { limit: MOST_COMMITS, follow: true, ...(signal ? { signal } : {}) });
  const places = commits.map((commit) => {
    const [changed] = commit.paths;
    return { commit, path: changed?.path ?? path, ...(changed?.from === undefined ? {} : { from: changed.from }) };
  });
  const stated: (Stated | undefined | null)[] = [];
  for (let at = 0; at < places.length; at += AT_ONCE) {
    const batch = places.slice(at, at + AT_ONCE);
    stated.push(...(await Promise.all(batch.map(({ commit, path: now }) => statusAt(repository, commit.sha, now, signal)))));
  }
  return places.map(({ commit, path: now, from }, at): HistoryEvent => {
    const status = stated[at] ?? undefined;
    const before = stated[at + 1] ?? undefined;
    const known = stated[at] !== null && stated[at + 1] !== null;
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

/** What a history cannot tell, in a sentence; `undefined` where nothing is missing. */
export function historyNotice(repository: Repository | undefined, events: DecisionHistory['events']): string | undefined {
  if (!repository) return 'This folder is not a git repository: there are no commits to show.';
  if (repository.shallow) return 'This is a shallow clone: older commits are missing. Run "git fetch --unshallow" to have them.';
  if (!events.some(({ kind }) => kind === 'commit')) return 'No commit holds this record yet.';
  return events.length >= MOST_COMMITS ? `Only the newest ${MOST_COMMITS} commits are shown.` : undefined;
}
