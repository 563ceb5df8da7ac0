import { COMMIT, type CommitParams, type CommitResult } from '../../../protocol/index.ts';
import { commitId } from '../../model/commit.ts';
import type { Document } from '../../model/document.ts';
import { lintelRequest } from '../request.ts';

/** A commit as `git log` prints it, followed by the paths that it changed. */
const textOf = (sha: string, { author, date, title, sections, paths = [] }: Document): string => {
  const head = [`commit ${sha}`, ...(author ? [`Author: ${author}`] : []), ...(date ? [`Date:   ${date}`] : [])];
  const body = sections
    .map(({ text }) => text.trim())
    .filter((text) => text !== '' && text !== title)
    .map((text) => (text.startsWith(`${title}\n`) ? text.slice(title.length).trim() : text));
  return `${[head.join('\n'), title, ...body, ...(paths.length > 0 ? [paths.join('\n')] : [])].join('\n\n')}\n`;
};

/** The text of a commit, from the first repository that has it. */
export const commitRequest = lintelRequest<CommitParams, CommitResult>(COMMIT, async ({ repositories }, params) => {
  await repositories.settled();
  const named = params.folderUri === undefined ? undefined : repositories.locate(params.folderUri)?.repository;
  for (const { engine } of named === undefined ? repositories.all() : [named]) {
    const found = await engine?.document(commitId(params.sha));
    if (found !== undefined) return { text: textOf(params.sha, found) };
  }
  return {};
});
