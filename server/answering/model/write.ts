import type { ModelPrompt, OwnModel } from '../../model/language-model.ts';
import { complete, type Endpoint } from './client.ts';
import { EndpointFailure, MOST_BYTES } from './stream.ts';

/** Gives what a language model wrote, unchecked. Throws an {@link EndpointFailure}; rejects with the reason of the signal if that fires. */
export type Write = (prompt: ModelPrompt, signal?: AbortSignal) => Promise<string>;

/** Endpoints and models that refused a JSON schema. In memory: another version of the server may take it. */
export type Refusing = Set<string>;

/** The end of a sentence about a model that did not keep to the form. */
export const WRONG_FORM = 'it did not answer in the form that it was asked for';

/** Milliseconds for the answer of a model that a face brings along. */
const TOTAL = 60_000;

/** @param refusing remembers over calls who refused a JSON schema */
export const endpointWriter =
  (endpoint: Endpoint, refusing: Refusing): Write =>
  async ({ messages, schema }, signal) => {
    const id = `${endpoint.url} ${endpoint.model}`;
    const plainly = async (): Promise<string> => complete(endpoint, { messages }, signal);
    if (refusing.has(id)) return plainly();
    const responseFormat = { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } };
    try {
      return await complete(endpoint, { messages, responseFormat }, signal);
    } catch (error) {
      if (!(error instanceof EndpointFailure) || ![400, 404, 422].includes(error.status ?? 0)) throw error;
      const written = await plainly();
      // Only now it is known that the schema was the reason.
      refusing.add(id);
      return written;
    }
  };

/**
 * Asks a model that a face brings along, within the same bounds.
 * @param total milliseconds that it has
 */
export const ownWriter =
  ({ write }: OwnModel, total = TOTAL): Write =>
  async (prompt, signal) => {
    const limit = AbortSignal.timeout(total);
    const both = signal ? AbortSignal.any([signal, limit]) : limit;
    const ended = new Promise<never>((_, reject) => {
      both.addEventListener('abort', () => reject(both.reason), { once: true });
    });
    ended.catch(() => undefined);
    let written: string;
    try {
      signal?.throwIfAborted();
      written = await Promise.race([write(prompt, both), ended]);
    } catch (cause) {
      signal?.throwIfAborted();
      if (limit.aborted) throw new EndpointFailure(`it did not answer within ${total / 1_000} seconds`, { cause });
      throw new EndpointFailure(cause instanceof Error && cause.message !== '' ? cause.message : 'it failed', { cause });
    }
    if (Buffer.byteLength(written) > MOST_BYTES) throw new EndpointFailure('its answer is longer than 1 MB');
    return written;
  };
