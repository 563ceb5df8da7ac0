import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { EngineError, messageOf } from '../model/errors.ts';

/** Seconds after which a request is ended. Nearly all take less than one; the first after a start loads the index. */
const LONGEST_REQUEST = 60;

/**
 * Runs work with a signal that fires when the client cancels the request. Rejects with the protocol's `RequestCancelled` at once, even if the
 * work takes a moment to notice, and with `RequestFailed` after `seconds`.
 */
export const underToken = async <T>(
  token: CancellationToken,
  work: (signal: AbortSignal) => Promise<T>,
  seconds = LONGEST_REQUEST,
): Promise<T> => {
  const controller = new AbortController();
  const cancelled = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true });
  });
  cancelled.catch(() => undefined);
  const listening = token.onCancellationRequested(() => controller.abort(new ResponseError(LSPErrorCodes.RequestCancelled, 'Canceled.')));
  const late = `This took longer than ${seconds} s and was ended. Try again; if it happens again, run "Lintel: Rebuild Index" and report it.`;
  const timer = Number.isFinite(seconds)
    ? setTimeout(() => controller.abort(new ResponseError(LSPErrorCodes.RequestFailed, late)), seconds * 1_000).unref()
    : undefined;
  try {
    if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Canceled.');
    return await Promise.race([work(controller.signal), cancelled]);
  } catch (error) {
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    clearTimeout(timer);
    listening.dispose();
  }
};

/** An error as the client receives it: `RequestFailed` with a message for people, and the engine's code in `data`. */
export const asResponseError = (error: unknown): ResponseError<{ readonly code: string } | undefined> => {
  if (error instanceof ResponseError) return error;
  if (error instanceof EngineError) return new ResponseError(LSPErrorCodes.RequestFailed, error.message, { code: error.code });
  return new ResponseError(LSPErrorCodes.RequestFailed, messageOf(error));
};
