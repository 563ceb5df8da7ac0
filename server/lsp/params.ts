import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { RequestContext } from './context.ts';
import type { Located } from './open-repositories.ts';

// Clients other than the extension may send anything, so the types of `protocol/` are checked when a request arrives.

/** A refusal to answer, with a sentence that the client can show. */
export const requestFailed = (message: string): ResponseError<undefined> => new ResponseError(LSPErrorCodes.RequestFailed, message);

/** The repository of a file or folder, once the folders that are being opened are open. Throws if the file is in no open repository. */
export const fileParam = async ({ repositories }: RequestContext, uri: unknown, method: string): Promise<Located> => {
  if (typeof uri !== 'string') throw requestFailed(`${method} needs the "uri" of a file.`);
  await repositories.settled();
  const located = repositories.locate(uri);
  if (!located) throw requestFailed('This file is not in an open repository. Open its folder, then try again.');
  return located;
};

/** A text that must not be blank. Throws if it is. */
export const textParam = (value: unknown, name: string, method: string): string => {
  if (typeof value !== 'string' || value.trim() === '') throw requestFailed(`${method} needs "${name}".`);
  return value;
};

/** An ISO day. Throws for anything else, because it would be written to a file. */
export const dayParam = (value: unknown, method: string): string => {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value))
    throw requestFailed(`${method} needs "today" as a day such as 2026-11-21.`);
  return value;
};
