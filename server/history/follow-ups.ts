import { isAncestor, type Repository, readFollowUps } from '../git/index.ts';
import type { Commit } from '../model/commit.ts';
import type { CommitName } from '../model/history.ts';
import { memoise } from '../text/memoise.ts';
import { revertedSha } from './makers/git-source.ts';

/** What later commits say of a commit. */
export interface FollowUps {
  readonly revertedBy?: CommitName;
  readonly fixedBy?: readonly CommitName[];
}

/** Finds what later commits say of one, by its full sha. */
export type FollowUpsOf = (sha: string) => FollowUps;

const FIXES = /^(?:fixes|fix for|follow-?up (?:to|for)|amends):? (?:commit )?\(?"?([0-9a-f]{7,40})\b/gim;
/** A sha is named by its beginning; seven digits tell commits of one repository apart well enough to say so. */
const PREFIX = 7;
const MOST_FIXES = 3;
const MOST_KEPT = 2;

/** The commits that say so, up to a HEAD. */
interface Read {
  readonly head: string;
  readonly commits: readonly Commit[];
}

/**
 * Reads from the messages of a history which commits say that they revert or fix another. Memoised per HEAD; where HEAD has only moved on, the new messages
 * are read and no others.
 */
export function followUpReader(within?: number): (repository: Repository) => Promise<FollowUpsOf> {
  const kept = memoise<FollowUpsOf>(MOST_KEPT);
  const last = new Map<string, Read>();
  return (repository) =>
    kept(`${repository.root}\0${repository.head}`, async () => {
      const { root, head } = repository;
      const known = last.get(root);
      const before = known && (await isAncestor(repository, known.head, head)) ? known : undefined;
      const commits = [...(await readFollowUps(repository, before?.head, within)), ...(before?.commits ?? [])];
      last.set(root, { head, commits });
      return followUpsIn(commits);
    });
}

function followUpsIn(commits: readonly Commit[]): FollowUpsOf {
  const reverts = new Map<string, { named: string; by: CommitName }[]>();
  const fixes = new Map<string, { named: string; by: CommitName }[]>();
  const add = (to: typeof reverts, named: string, by: CommitName): void => {
    const key = named.slice(0, PREFIX).toLowerCase();
    to.set(key, [...(to.get(key) ?? []), { named: named.toLowerCase(), by }]);
  };
  const revoked = new Set<string>();
  // Newest first, so that the revert of a revert is known before it.
  for (const { sha, subject, body } of commits) {
    const by = { sha, subject };
    const reverted = revertedSha({ subject, body });
    if (reverted !== undefined) {
      const isRevoked = [...revoked].some((one) => sha.startsWith(one));
      revoked.add(reverted.toLowerCase());
      if (!isRevoked) add(reverts, reverted, by);
    }
    for (const [, named] of body.matchAll(FIXES)) if (named !== undefined) add(fixes, named, by);
  }
  const namedBy = (from: typeof reverts, sha: string): CommitName[] =>
    (from.get(sha.slice(0, PREFIX)) ?? []).filter(({ named, by }) => sha.startsWith(named) && by.sha !== sha).map(({ by }) => by);
  return (sha) => {
    const [revertedBy] = namedBy(reverts, sha);
    const fixedBy = namedBy(fixes, sha).reverse().slice(0, MOST_FIXES);
    return { ...(revertedBy ? { revertedBy } : {}), ...(fixedBy.length > 0 ? { fixedBy } : {}) };
  };
}
