import { basename } from 'node:path';
import { remoteUrl } from '../../git/index.ts';
import type { Workspace } from '../../workspace/workspace.ts';

/** `owner/name` at the end of a remote address. */
export const homeOf = (url: string | undefined): string | undefined => url?.replace(/\.git\/?$/, '').match(/[/:]([^/:]+\/[^/:]+)\/?$/)?.[1];

/** What a repository is called where its index is published: `owner/name` of its remote, else the name of its folder. */
export const nameOf = async ({ root, repository }: Pick<Workspace, 'root' | 'repository'>): Promise<string> =>
  (repository && homeOf(await remoteUrl(repository))) ?? basename(root);
