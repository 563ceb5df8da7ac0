import { setTimeout as sleep } from 'node:timers/promises';
import type { ModelMessage } from '../../model/language-model.ts';
import { EndpointFailure, readAnswer } from './stream.ts';

/** One OpenAI-compatible endpoint, and how long it is waited for. */
export interface Endpoint {
  /** The address to post to, `.../v1/chat/completions`. */
  readonly url: string;
  readonly model: string;
  /** Sent as a bearer token. Absent: none is sent. */
  readonly key?: string;
  /** Milliseconds for everything, with retries. Default 60,000. */
  readonly total?: number;
  /** Milliseconds before the first retry; twice as many before the second. Default 500. */
  readonly backoff?: number;
}

const TOTAL = 60_000;
const BACKOFF = 500;
const MOST_RETRIES = 2;
/** Seconds that are waited because the endpoint says so; where it asks for more, it is not asked again. */
const LONGEST_WAIT = 10;

/** The innermost code or message of a failed request, because `fetch` itself only says "fetch failed". */
const networkReason = (error: unknown): string => {
  let reason = 'no connection';
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    reason = 'code' in at && typeof at.code === 'string' ? at.code : at.message;
  return reason;
};

/** Seconds of a `Retry-After` header: a number, or a date, which is compared with that of the answer. */
const retryAfterOf = (headers: Headers): number | undefined => {
  const written = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(written)) return Number(written);
  const seconds = (Date.parse(written) - Date.parse(headers.get('date') ?? '')) / 1_000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
};

const isTransient = (error: unknown): error is EndpointFailure =>
  error instanceof EndpointFailure && error.status !== undefined && (error.status === 429 || error.status >= 500);

async function post({ url, key }: Endpoint, body: object, signal: AbortSignal): Promise<string> {
  let response: Response;
  try {
    // A redirect would send the text to a host that nobody agreed to.
    response = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream, application/json',
        ...(key ? { authorization: `Bearer ${key}` } : {}),
      },
      body: JSON.stringify(body),
      signal,
    });
  } catch (cause) {
    throw new EndpointFailure(`it cannot be reached (${networkReason(cause)})`, { cause });
  }
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    const status = response.ok ? 502 : response.status;
    throw new EndpointFailure(`it answered with status ${response.status}`, { status, retryAfter: retryAfterOf(response.headers) });
  }
  try {
    return await readAnswer(response.body, response.headers.get('content-type')?.includes('text/event-stream') ?? false);
  } catch (cause) {
    throw cause instanceof EndpointFailure ? cause : new EndpointFailure(`it broke off (${networkReason(cause)})`, { cause });
  } finally {
    // What is left of a stream after its end, or of an answer that is too long, is not read.
    await response.body.cancel().catch(() => undefined);
  }
}

/**
 * Asks a chat model, and gives what it wrote. A status of 429 or from 500 on is tried again, twice at most.
 * Throws an {@link EndpointFailure}; rejects with the reason of the signal if that fires.
 */
export async function complete(
  endpoint: Endpoint,
  request: { readonly messages: readonly ModelMessage[]; readonly responseFormat?: object },
  signal?: AbortSignal,
): Promise<string> {
  const { model, total = TOTAL, backoff = BACKOFF } = endpoint;
  const limit = AbortSignal.timeout(total);
  const both = signal ? AbortSignal.any([signal, limit]) : limit;
  const { messages, responseFormat } = request;
  const body = { model, messages, temperature: 0, stream: true, ...(responseFormat ? { response_format: responseFormat } : {}) };
  try {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await post(endpoint, body, both);
      } catch (error) {
        if (both.aborted || !isTransient(error) || attempt === MOST_RETRIES || (error.retryAfter ?? 0) > LONGEST_WAIT) throw error;
        await sleep(error.retryAfter === undefined ? backoff * 2 ** attempt : error.retryAfter * 1_000, undefined, { signal: both });
      }
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (limit.aborted) throw new EndpointFailure(`it did not answer within ${total / 1_000} seconds`, { cause: error });
    throw error;
  }
}
