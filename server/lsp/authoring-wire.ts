import { existsSync } from 'node:fs';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { WireAuthored, WireRecord, WireRefused } from '../../protocol/authoring.ts';
import { type Authored, isRefused, type RecordSummary, type Refused } from '../model/authoring.ts';
import type { RequestContext } from './context.ts';
import { nativePath } from './files.ts';
import type { Located, OpenRepositories, OpenRepository } from './workspaces.ts';

/** The repository that a file or folder belongs to; waits for folders being opened. Fails for a file of no open repository. */
export const locate = async ({ workspaces }: RequestContext, uri: unknown, request: string): Promise<Located> => {
  if (typeof uri !== 'string') throw new ResponseError(LSPErrorCodes.RequestFailed, `${request} needs the address of a file.`);
  await workspaces.settled();
  const located = workspaces.locate(uri);
  if (!located)
    throw new ResponseError(LSPErrorCodes.RequestFailed, 'This file is in no open repository. Open its folder, then try again.');
  return located;
};

/** A text that a request must have. */
export const needed = (value: unknown, name: string, request: string): string => {
  if (typeof value !== 'string' || value.trim() === '') throw new ResponseError(LSPErrorCodes.RequestFailed, `${request} needs "${name}".`);
  return value;
};

/** The day that a client names; a wrong one would end up in a file. */
export const dayOf = (value: unknown, request: string): string => {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value))
    throw new ResponseError(LSPErrorCodes.RequestFailed, `${request} needs "today" as a day such as 2026-11-21.`);
  return value;
};

export const wireRecord = (workspaces: OpenRepositories, repository: OpenRepository, record: RecordSummary): WireRecord => ({
  id: record.id,
  path: record.path,
  uri: workspaces.uriOf(repository, record.path),
  title: record.title,
  ...(record.number === undefined ? {} : { number: record.number }),
  ...(record.status === undefined ? {} : { status: record.status }),
  ...(record.date === undefined ? {} : { date: record.date }),
});

export const wireRefused = (workspaces: OpenRepositories, repository: OpenRepository, { refused, candidates }: Refused): WireRefused => ({
  refused,
  ...(candidates ? { candidates: candidates.map((record) => wireRecord(workspaces, repository, record)) } : {}),
});

/** Edits as the editor makes them. */
export const wireAuthored = (
  workspaces: OpenRepositories,
  repository: OpenRepository,
  answer: Authored | Refused,
): WireAuthored | WireRefused => {
  if (isRefused(answer)) return wireRefused(workspaces, repository, answer);
  return {
    edits: answer.edits.map(({ path, span, text }) => ({
      uri: workspaces.uriOf(repository, path),
      create: !existsSync(nativePath(repository.root, path)),
      range: span,
      text,
    })),
    uri: workspaces.uriOf(repository, answer.path),
    selection: answer.selection,
  };
};
