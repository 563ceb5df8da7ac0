import { type CancellationToken, CancellationTokenSource } from 'vscode-languageserver/node';
import {
  COMPLETE,
  type CompleteParams,
  type CompleteResult,
  MODEL_CONSENT,
  MODEL_KEY,
  type ModelConsentParams,
  type ModelKeyParams,
  type ModelKeyResult,
  type WireModel,
} from '../../protocol/models.ts';
import type { ModelPrompt, ModelWish } from '../model/language-model.ts';
import type { RequestContext } from './context.ts';

/** Consent waits for a person, and a model for a minute. Seconds. */
export const LONGEST_WITH_MODEL = 300;

/** Runs work with a token that is cancelled when a signal fires. */
const withToken = async <T>(signal: AbortSignal, work: (token: CancellationToken) => Promise<T>): Promise<T> => {
  const source = new CancellationTokenSource();
  const cancel = (): void => source.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await work(source.token);
  } finally {
    signal.removeEventListener('abort', cancel);
    source.dispose();
  }
};

/** The language model that a request names, as the engine asks for it. What the client answers is not trusted to have any form. */
export const modelWish = ({ connection }: Pick<RequestContext, 'connection'>, model: WireModel): ModelWish => {
  if (model.from === 'client') {
    const { id, name } = model;
    const write = (prompt: ModelPrompt, signal: AbortSignal): Promise<string> =>
      withToken(signal, async (token) => {
        const params: CompleteParams = { id, ...prompt };
        const result = await connection.sendRequest<CompleteResult | null>(COMPLETE, params, token).catch(() => undefined);
        if (result && 'text' in result && typeof result.text === 'string') return result.text;
        throw new Error(
          result && 'failure' in result && typeof result.failure === 'string' ? result.failure : 'the editor could not ask it',
        );
      });
    return { own: { name, write } };
  }
  const { endpoint, model: name } = model;
  return {
    consent: (question: ModelConsentParams) =>
      connection.sendRequest<unknown>(MODEL_CONSENT, question).then(
        (answer) => answer === true,
        () => false,
      ),
    howToAgree: () => 'Next time you are asked again.',
    key: (host) => {
      const params: ModelKeyParams = { host };
      return connection.sendRequest<ModelKeyResult | null>(MODEL_KEY, params).then(
        (result) => (typeof result?.key === 'string' ? result.key : undefined),
        () => undefined,
      );
    },
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(name === undefined ? {} : { model: name }),
  };
};
