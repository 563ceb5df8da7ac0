/** Messages about the language model that words answers and drafts. The server finds and checks; a client may bring the model. */
import type { ModelPrompt, ModelQuestion } from '../server/model/language-model.ts';

/**
 * The language model that a question is to be worded by. `client`: one that the client asks, by `lintel/complete`; it has its own consent. `endpoint`: the one of
 * the environment, of the client's settings or of `lintel.yaml`, after `lintel/modelConsent`.
 */
export type WireModel =
  | {
      readonly from: 'client';
      /** What the client knows it by. */
      readonly id: string;
      /** For people. */
      readonly name: string;
    }
  | {
      readonly from: 'endpoint';
      /** From the settings of the user, never from those of the workspace. */
      readonly endpoint?: string;
      readonly model?: string;
    };

/** Request `lintel/complete`: server to client, while a request with a model of the client is answered. Cancelled with it. */
export const COMPLETE = 'lintel/complete';
export interface CompleteParams extends ModelPrompt {
  /** As the client gave it. */
  readonly id: string;
}
/** What the model wrote, unchecked; or the end of a sentence for people that says why it wrote nothing, such as "it refused". */
export type CompleteResult = { readonly text: string } | { readonly failure: string };

/** Request `lintel/modelConsent`: server to client, before text goes to a host. Anything but `true` is a no. */
export const MODEL_CONSENT = 'lintel/modelConsent';
export type ModelConsentParams = ModelQuestion;

/** Request `lintel/modelKey`: server to client, for the key that the user keeps for a host. The server keeps it no longer than it answers. */
export const MODEL_KEY = 'lintel/modelKey';
export interface ModelKeyParams {
  readonly host: string;
}
export interface ModelKeyResult {
  readonly key?: string;
}
