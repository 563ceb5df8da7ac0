import { delimiter, dirname } from 'node:path';
import type { Repository } from '../../server/git/index.ts';
import {
  ancestorsBefore,
  blame,
  changedPaths,
  commitDifference,
  commitPatch,
  countCommits,
  headOf,
  isIgnored,
  listFiles,
  logOfFile,
  openRepository,
  readBlobs,
  readDiff,
  readFollowUps,
  readLog,
  remoteUrl,
  showCommit,
  workingTreeChanges,
} from '../../server/git/index.ts';
import type { LogOptions } from '../../server/git/log.ts';
import type { Commit } from '../../server/model/commit.ts';
import { testFolder } from '../support/folder.ts';
import { git } from '../support/git.ts';

/** Path of the git that the tests of this room use, to try one that is older or newer than the installed one. */
const tried = process.env.LINTEL_TEST_GIT;
if (tried) process.env.PATH = `${dirname(tried)}${delimiter}${process.env.PATH ?? ''}`;

/** An empty repository that is removed after the test. */
export const startRepository = (): string => {
  const folder = testFolder();
  git(folder, ['init', '--quiet']);
  return folder;
};

export const opened = async (folder: string): Promise<Repository> => {
  const repository = await openRepository(folder);
  if (!repository) throw new Error(`no repository in ${folder}`);
  return repository;
};

export const wholeLog = async (repository: Repository, options?: LogOptions): Promise<Commit[]> => {
  const commits: Commit[] = [];
  for await (const batch of readLog(repository, options)) commits.push(...batch);
  return commits;
};

/** Every call of git that the room makes, on a repository with at least two commits, with files that both have. */
export const callEverything = async (repository: Repository, paths: readonly string[]): Promise<void> => {
  const [second = '', first = ''] = git(repository.root, ['rev-list', '-2', 'HEAD']).split('\n');
  await headOf(repository);
  await wholeLog(repository);
  await wholeLog(repository, { commits: [first, second, 'f'.repeat(40)] });
  await listFiles(repository);
  await workingTreeChanges(repository);
  await readBlobs(repository, 'HEAD', paths);
  await isIgnored(repository, paths);
  await commitDifference(repository, first, second);
  await commitDifference(repository, 'f'.repeat(40), second);
  await countCommits(repository, first, second);
  await changedPaths(repository, first, second);
  await ancestorsBefore(repository, second);
  await showCommit(repository, second);
  await commitPatch(repository, { sha: second, parent: first });
  await readFollowUps(repository);
  for (const source of ['work-tree', 'index', { from: first, to: second }] as const) await readDiff(repository, source);
  for (const path of paths) {
    await logOfFile(repository, path, { follow: true });
    await blame(repository, path, { first: 0, last: 0 }, { ignoring: true });
    await blame(repository, path, { first: 0, last: 0 }, { contents: 'unsaved\n' });
  }
  await remoteUrl(repository);
};
