import type { UnattendedTest } from '../model/selection.ts';

/** `1 test`, `3 tests`. */
export const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;

/** A share, rounded down so that nothing seems surer than it is. */
export const percent = (share: number): string => `${Math.floor(share * 1000) / 10} %`;

/** The first paths of a list, and how many more there are. */
export const listed = (paths: readonly string[]): string =>
  paths.length <= 2 ? paths.join(' and ') : `${paths.slice(0, 2).join(', ')} and ${paths.length - 2} more`;

/** With fewer commits of its own, a repository is no proof that the odds of others hold here. */
export const ENOUGH_COMMITS = 40;

/** Says that a repository has too few commits to calibrate by. */
export const tooFewCommits = (commits: number): string =>
  commits === 0
    ? `No commit of this repository tells how sure a selection is here (it takes ${ENOUGH_COMMITS} that changed both code and end-to-end tests), so more tests are selected to be safe.`
    : `${counted(commits, 'commit')} of this repository changed both code and end-to-end tests. It takes ${ENOUGH_COMMITS} to tell how sure a selection is here, so more tests are selected to be safe.`;

/** That specs run on no change, with the pipelines that run them on other occasions. */
export const unattendedNotice = (tests: readonly UnattendedTest[]): string => {
  const by = [...new Set(tests.flatMap((test) => test.otherwise))].sort();
  const otherwise = by.length === 0 ? 'No pipeline runs them on other occasions either.' : `On other occasions: ${listed(by)}.`;
  return `No pipeline runs ${counted(tests.length, 'test')} on a push or pull request: ${listed(tests.map(({ path }) => path))}. ${otherwise}`;
};
