import { ageFactor, commitWeight } from '../../history/co-change.ts';
import type { ChangedTogetherEvidence } from '../../model/evidence.ts';
import type { RecordCommit, RecordCommits } from '../../register/record-commits.ts';

/** What the history of a file says about one record. */
export interface RecordHistory {
  /** Sum over the commits that cite it, each 1 / log2(2 + files), merges half: the measured `msg` of docs/ranking.md. */
  readonly cited: number;
  /** The same over the commits that changed it, halved for every four years before the newest commit. */
  readonly changed: number;
  /** Newest first. */
  readonly citing: readonly RecordCommit[];
  /** Newest first. */
  readonly changing: readonly RecordCommit[];
}

/** Where h(x) = x / (x + c) is one half. */
const HALF_AT = 0.3;
/** Too little to govern alone: of the records that a commit of at most ten files changed or cited together with the file, 2 in 5 were judged to govern. */
const MOST_WEIGHT = 0.45;

/** What is said of a proposed record that the commits wrote together with the code. */
const BUILT = 'proposed, but built with this code';

/** h(x, .3) of docs/ranking.md. */
export const saturate = (sum: number): number => sum / (sum + HALF_AT);

/**
 * What the commits of a file say about records, by record id, ordered by id.
 * @param before shas of the commits that count; absent: all
 */
export function recordHistories(commits: RecordCommits, path: string, before?: ReadonlySet<string>): Map<string, RecordHistory> {
  const histories = new Map<string, { cited: number; changed: number; citing: RecordCommit[]; changing: RecordCommit[] }>();
  const newest = commits.history.newest(before);
  const historyOf = (id: string) => {
    const history = histories.get(id) ?? { cited: 0, changed: 0, citing: [], changing: [] };
    histories.set(id, history);
    return history;
  };
  for (const commit of commits.touching(path, before)) {
    const weight = commitWeight(commit.files, commit.merge);
    for (const id of commit.cited) {
      const record = historyOf(id);
      record.cited += weight;
      record.citing.push(commit);
    }
    for (const id of commit.changed) {
      const record = historyOf(id);
      record.changed += weight * ageFactor(newest - commit.time);
      record.changing.push(commit);
    }
  }
  return new Map([...histories].filter(([id]) => id !== path).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Leaves merges out, unless there is nothing else: they repeat what their commits say. */
function withoutMerges(commits: readonly RecordCommit[]): readonly RecordCommit[] {
  const plain = commits.filter(({ merge }) => !merge);
  return plain.length > 0 ? plain : commits;
}

const short = (commits: readonly RecordCommit[]): string => commits[0]?.sha.slice(0, 7) ?? '';

/**
 * Evidence from history: record and file were written together, or commits of the file cite the record. Largest first.
 * @param proposed whether the record is still proposed: then people are told that it was built. It does not govern for that
 */
export function changedTogether({ cited, changed, citing, changing }: RecordHistory, proposed = false): ChangedTogetherEvidence[] {
  const together = proposed ? BUILT : 'written together';
  const out: ChangedTogetherEvidence[] = [];
  const add = (commits: readonly RecordCommit[], sum: number, explain: (commits: readonly RecordCommit[]) => string): void => {
    const shown = withoutMerges(commits);
    const [newest] = shown;
    if (!newest) return;
    const weight = Number((MOST_WEIGHT * saturate(sum)).toFixed(4));
    out.push({ kind: 'changed-together', weight, sha: newest.sha, commits: shown.length, explanation: explain(shown) });
  };
  add(changing, changed, (commits) =>
    commits.length === 1 ? `${together} in commit ${short(commits)}` : `${together} in ${commits.length} commits, last ${short(commits)}`,
  );
  add(citing, cited, (commits) =>
    commits.length === 1
      ? `cited by commit ${short(commits)}, which changed this file`
      : `cited by ${commits.length} commits that changed this file, last ${short(commits)}`,
  );
  return out.sort((a, b) => b.weight - a.weight);
}
