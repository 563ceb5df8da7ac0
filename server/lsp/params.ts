import { ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { RequestContext } from './context.ts';
import type { Located } from './open-repositories.ts';

// Clients other than the extension may send anything, so the types of `protocol/` are checked when a request arrives.

/** A refusal to answer, with a sentence that the client can show. */
export const requestFailed = (message: string): ResponseError<undefined> => new ResponseError(LSPErrorCodes.RequestFailed, message);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isPosition = (value: unknown): boolean =>
  isObject(value) && [value.line, value.character].every((number) => Number.isInteger(number) && Number(number) >= 0);

/** What is wrong with the parameters of any request, as the protocol's `InvalidParams`; `undefined` if nothing is. Handlers check their own fields. */
export function invalidParams(method: string, params: unknown): ResponseError<undefined> | undefined {
  const invalid = (what: string): ResponseError<undefined> => new ResponseError(ErrorCodes.InvalidParams, `${method} needs ${what}.`);
  if (!isObject(params)) return invalid('an object as its parameters');
  const { textDocument, position, range } = params;
  if (
    (method.startsWith('textDocument/') || textDocument !== undefined) &&
    !(isObject(textDocument) && typeof textDocument.uri === 'string')
  )
    return invalid('"textDocument" with the "uri" of a file');
  if ((method === 'textDocument/hover' || position !== undefined) && !isPosition(position))
    return invalid('"position" with a "line" and a "character", counted from 0');
  if (range !== undefined && !(isObject(range) && isPosition(range.start) && isPosition(range.end)))
    return invalid('"range" with a "start" and an "end"');
  return undefined;
}

/** The repository of a file or folder, once the folders that are being opened are open. Throws if the file is in no open repository. */
export const fileParam = async ({ repositories }: RequestContext, uri: unknown, method: string): Promise<Located> => {
  if (typeof uri !== 'string') throw requestFailed(`${method} needs the "uri" of a file.`);
  await repositories.settled(uri);
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
