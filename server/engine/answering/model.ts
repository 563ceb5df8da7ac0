import {
  arrangeWithModel,
  type Endpoint,
  EndpointFailure,
  endpointWriter,
  ownWriter,
  type Refusing,
  type Write,
} from '../../answering/index.ts';
import type { AskAnswer, AskRequest } from '../../model/ask.ts';
import type { EndpointWish, ModelQuestion, ModelWish } from '../../model/language-model.ts';

/** `answers` of `lintel.yaml`. */
interface AnswerSettings {
  readonly endpoint?: string | undefined;
  readonly model?: string | undefined;
}

/** What the environment says, which goes before the file. */
type Environment = Readonly<Record<string, string | undefined>>;

/** The endpoint to ask, with what people have to agree to; or why there is none, as a sentence; or nothing, where nobody set one. */
type Chosen =
  | {
      readonly endpoint: Endpoint;
      readonly host: string;
      readonly asksFirst: boolean;
      /** Whether a key may be sent: not in the clear to another computer. */
      readonly takesKey: boolean;
    }
  | { readonly why: string }
  | undefined;

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** The address of the chat completions below the base address that vendors document (`https://host/v1`), a bare host, or the address itself. */
const completionsOf = (url: URL): string => {
  const path = url.pathname.replace(/\/+$/, '');
  const whole = path.endsWith('/chat/completions') ? path : `${path === '' ? '/v1' : path}/chat/completions`;
  return `${url.origin}${whole}${url.search}`;
};

/** Decides which endpoint is asked. A key is never read from the repository, and never sent in the clear to another computer. */
export const chooseEndpoint = (
  settings: AnswerSettings,
  environment: Environment,
  face: Pick<EndpointWish, 'endpoint' | 'model'> = {},
): Chosen => {
  const named = environment.LINTEL_ANSWERS_ENDPOINT?.trim() || undefined;
  const own = named ?? (face.endpoint?.trim() || undefined);
  const address = own ?? settings.endpoint;
  const model = environment.LINTEL_ANSWERS_MODEL?.trim() || face.model?.trim() || settings.model;
  if (address === undefined) return undefined;
  const from =
    named !== undefined ? 'LINTEL_ANSWERS_ENDPOINT' : own !== undefined ? 'lintel.answers.endpoint' : '`answers.endpoint` in lintel.yaml';
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    return { why: `No language model was asked: ${from} is not an http or https address without a password.` };
  if (model === undefined)
    return {
      why: `No language model was asked: an endpoint is set and no model. ${face.endpoint === undefined ? 'Set LINTEL_ANSWERS_MODEL, or `answers.model` in lintel.yaml' : 'Name it in the setting lintel.answers.model'}.`,
    };
  const isLocal = LOOPBACK.test(url.hostname);
  const takesKey = isLocal || url.protocol === 'https:';
  const key = takesKey ? environment.LINTEL_API_KEY?.trim() : undefined;
  return {
    takesKey,
    endpoint: { url: completionsOf(url), model, ...(key ? { key } : {}) },
    host: url.host,
    asksFirst: own === undefined || !isLocal,
  };
};

/** A model that may be asked; or why there is none, as a note; or nothing, where nobody set one. */
export type ReadyModel =
  | {
      readonly name: string;
      /** How notes call it: its name, with the host. */
      readonly called: string;
      readonly write: Write;
    }
  | { readonly note: string }
  | undefined;

/** Finds the model that a wish means, with the consent that it needs. */
export type FindModel = (wish: ModelWish | undefined, sends: ModelQuestion['sends']) => Promise<ReadyModel>;

/** What was not sent, in a note. */
const SENT: Readonly<Record<ModelQuestion['sends'], string>> = {
  lines: 'the question and the lines above',
  draft: 'the title, the changes, the messages of commits and the records',
};

/** Gives what finds models. Who refused a JSON schema is remembered. */
export const modelFinder = (settings: () => AnswerSettings, environment: Environment = process.env): FindModel => {
  const refusing: Refusing = new Set();
  return async (wish, sends) => {
    if (wish === undefined) return undefined;
    if ('own' in wish) return { name: wish.own.name, called: wish.own.name, write: ownWriter(wish.own) };
    const chosen = chooseEndpoint(settings(), environment, wish);
    if (chosen === undefined) return undefined;
    if ('why' in chosen) return { note: chosen.why };
    const { host, asksFirst, takesKey } = chosen;
    const key = takesKey ? (chosen.endpoint.key ?? (await wish.key?.(host))?.trim()) : undefined;
    const endpoint = { ...chosen.endpoint, ...(key ? { key } : {}) };
    const { model: name } = endpoint;
    if (asksFirst && !(await wish.consent({ model: name, host, withKey: endpoint.key !== undefined, sends })))
      return {
        note: `The language model ${name} was not asked, because nobody agreed to send ${SENT[sends]} to ${host}. ${wish.howToAgree(host)}`,
      };
    return { name, called: `${name} at ${host}`, write: endpointWriter(endpoint, refusing) };
  };
};

/**
 * Gives what lets a language model order and join the lines of an answer. Without one, without consent, and where it gives nothing that can be verified, the
 * answer stays as it was found, and a note says why. Rejects with the reason of the signal only.
 */
export const modelAnswers =
  (find: FindModel) =>
  async ({ model: wish, signal }: AskRequest, answer: AskAnswer): Promise<AskAnswer> => {
    const model = answer.spans.length > 0 ? await find(wish, 'lines') : undefined;
    if (!model) return answer;
    const noting = (note: string): AskAnswer => ({ ...answer, notes: [...answer.notes, note] });
    if ('note' in model) return noting(model.note);
    try {
      const sentences = await arrangeWithModel(answer, model.write, signal);
      if (sentences) return { ...answer, model: { name: model.name, sentences } };
      return noting(`What the language model ${model.called} wrote is left out: none of it is backed by the lines above.`);
    } catch (error) {
      if (!(error instanceof EndpointFailure)) throw error;
      return noting(`The language model ${model.called} was not used: ${error.message}.`);
    }
  };
