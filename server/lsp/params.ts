import { ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { RequestContext } from './context.ts';
import type { Located } from './open-repositories.ts';
import { readParams } from './shapes.ts';

/** A refusal to answer, with a sentence that the client can show. */
export const requestFailed = (message: string): ResponseError<undefined> => new ResponseError(LSPErrorCodes.RequestFailed, message);

/** The parameters of a request. Throws the protocol's `InvalidParams` if one of them has another type than the protocol says. Handlers check their values. */
export function checkedParams<P>(method: string, params: P): P {
  const read = readParams(method, params);
  if ('needs' in read) throw new ResponseError(ErrorCodes.InvalidParams, `${method} needs ${read.needs}.`);
  return read.params as P;
}

/** The repository of a file or folder, once the folders that are being opened are open. Throws if the file is in no open repository. */
export const fileParam = async ({ repositories }: RequestContext, uri: string): Promise<Located> => {
  await repositories.settled(uri);
  const located = repositories.locate(uri);
  if (!located) throw requestFailed('This file is not in an open repository. Open its folder, then try again.');
  return located;
};

/** A text that must not be blank. Throws if it is. */
export const textParam = (value: string, name: string, method: string): string => {
  if (value.trim() === '') throw requestFailed(`${method} needs "${name}".`);
  return value;
};

/** An ISO day. Throws for anything else, because it would be written to a file. */
export const dayParam = (value: string, method: string): string => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) throw requestFailed(`${method} needs "today" as a day such as 2026-11-21.`);
  return value;
};
