import { arrangeWithModel, type Endpoint, EndpointFailure, type Refusing } from '../../answering/index.ts';
import type { AskAnswer, AskRequest } from '../../model/ask.ts';

/** `answers` of `lintel.yaml`. */
interface AnswerSettings {
  readonly endpoint?: string | undefined;
  readonly model?: string | undefined;
}

/** What the environment says, which goes before the file. */
type Environment = Readonly<Record<string, string | undefined>>;

/** The endpoint to ask, with what people have to agree to; or why there is none, as a sentence; or nothing, where nobody set one. */
type Chosen = { readonly endpoint: Endpoint; readonly host: string; readonly asksFirst: boolean } | { readonly why: string } | undefined;

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** The address of the chat completions below the base address that vendors document (`https://host/v1`), a bare host, or the address itself. */
const completionsOf = (url: URL): string => {
  const path = url.pathname.replace(/\/+$/, '');
  const whole = path.endsWith('/chat/completions') ? path : `${path === '' ? '/v1' : path}/chat/completions`;
  return `${url.origin}${whole}${url.search}`;
};

/** Decides which endpoint is asked. A key is never read from the repository, and never sent in the clear to another computer. */
export const chooseEndpoint = (settings: AnswerSettings, environment: Environment): Chosen => {
  const own = environment.LINTEL_ANSWERS_ENDPOINT?.trim() || undefined;
  const address = own ?? settings.endpoint;
  const model = environment.LINTEL_ANSWERS_MODEL?.trim() || settings.model;
  if (address === undefined) return undefined;
  const from = own === undefined ? '`answers.endpoint` in lintel.yaml' : 'LINTEL_ANSWERS_ENDPOINT';
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    return { why: `No language model was asked: ${from} is not an http or https address without a password.` };
  if (model === undefined)
    return {
      why: 'No language model was asked: an endpoint is set and no model. Set LINTEL_ANSWERS_MODEL, or `answers.model` in lintel.yaml.',
    };
  const isLocal = LOOPBACK.test(url.hostname);
  const key = isLocal || url.protocol === 'https:' ? environment.LINTEL_API_KEY?.trim() : undefined;
  return {
    endpoint: { url: completionsOf(url), model, ...(key ? { key } : {}) },
    host: url.host,
    asksFirst: own === undefined || !isLocal,
  };
};

/**
 * Gives what lets the language model that somebody set up order and join the lines of an answer. Without one, without consent, and where it gives nothing that can be verified, the
 * answer stays as it was found, and a note says why. Rejects with the reason of the signal only.
 */
export const modelAnswers = (settings: () => AnswerSettings, environment: Environment = process.env) => {
  const refusing: Refusing = new Set();
  return async ({ model: wish, signal }: AskRequest, answer: AskAnswer): Promise<AskAnswer> => {
    const chosen = wish && answer.spans.length > 0 ? chooseEndpoint(settings(), environment) : undefined;
    if (!wish || !chosen) return answer;
    const noting = (note: string): AskAnswer => ({ ...answer, notes: [...answer.notes, note] });
    if ('why' in chosen) return noting(chosen.why);
    const { endpoint, host, asksFirst } = chosen;
    const { model: name } = endpoint;
    if (asksFirst && !(await wish.consent({ model: name, host, withKey: endpoint.key !== undefined })))
      return noting(
        `The language model ${name} was not asked, because nobody agreed to send the question and the lines above to ${host}. On the command line, --allow-host ${host} agrees.`,
      );
    try {
      const sentences = await arrangeWithModel(answer, endpoint, refusing, signal);
      if (sentences) return { ...answer, model: { name, sentences } };
      return noting(`What the language model ${name} at ${host} wrote is left out: none of it is backed by the lines above.`);
    } catch (error) {
      if (!(error instanceof EndpointFailure)) throw error;
      return noting(`The language model ${name} at ${host} was not used: ${error.message}.`);
    }
  };
};
