import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { CommitParams, CommitResult } from '../../../protocol/index.ts';
import { commitId } from '../../model/commit.ts';
import type { Document } from '../../model/document.ts';
import type { RequestContext } from '../context.ts';

const text = (sha: string, commit: Document): string => {
  const head = [
    `commit ${sha}`,
    ...(commit.author ? [`Author: ${commit.author}`] : []),
    ...(commit.date ? [`Date:   ${commit.date}`] : []),
  ];
  const body = commit.sections.map((section) => section.text.trim()).filter((part) => part !== '' && part !== commit.title);
  const message = [
    commit.title,
    ...body.map((part) => (part.startsWith(`${commit.title}\n`) ? part.slice(commit.title.length).trim() : part)),
  ];
  const paths = commit.paths ?? [];
  return `${[head.join('\n'), ...message, ...(paths.length > 0 ? [paths.join('\n')] : [])].join('\n\n')}\n`;
};

/** `lintel/commit`: message, author, date and changed paths of a commit, from the first repository that holds it. */
export const commit = async (context: RequestContext, params: CommitParams): Promise<CommitResult> => {
  if (typeof params?.sha !== 'string') throw new ResponseError(LSPErrorCodes.RequestFailed, 'lintel/commit needs a "sha".');
  await context.workspaces.settled();
  const named = params.folderUri === undefined ? undefined : context.workspaces.locate(params.folderUri)?.repository;
  const repositories = named === undefined ? context.workspaces.repositories() : [named];
  for (const { engine } of repositories) {
    const found = await engine?.document(commitId(params.sha));
    if (found !== undefined) return { text: text(params.sha, found) };
  }
  return {};
};
