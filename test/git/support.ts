import type { Repository } from '../../server/git/index.ts';
import { openRepository, readLog } from '../../server/git/index.ts';
import type { LogOptions } from '../../server/git/log.ts';
import type { Commit } from '../../server/model/commit.ts';
import { testFolder } from '../support/folder.ts';
import { git } from '../support/git.ts';

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
