import * as vscode from 'vscode';
import {
  COMPLETE,
  type CompleteParams,
  type CompleteResult,
  MODEL_CONSENT,
  type ModelConsentParams,
  type WireModel,
} from '../../protocol/models.ts';
import type { Server } from '../server.ts';

/** Which language model words answers, by the setting. */
type Chosen = 'off' | 'editor' | 'endpoint';

/** Consents that hold for all sessions. */
const CONSENTS = 'lintel.answers.consents';
/** Characters of an answer that are read. */
const LONGEST_ANSWER = 1_000_000;

/** Why a model wrote nothing, as the end of a sentence of the server, which is English. */
const failureOf = (error: unknown): string => {
  if (error instanceof vscode.LanguageModelError) {
    if (error.code === vscode.LanguageModelError.NoPermissions.name) return 'nobody agreed to it';
    if (error.code === vscode.LanguageModelError.Blocked.name) return 'it refused';
    if (error.code === vscode.LanguageModelError.NotFound.name) return 'it is gone';
  }
  const message = error instanceof Error ? error.message.replace(/\s+/g, ' ').trim() : '';
  return message === '' ? 'it failed' : message.replace(/\.$/, '');
};

const consentKey = ({ host, withKey, sends }: ModelConsentParams): string => [host, withKey ? 'with key' : 'without key', sends].join(' ');

/**
 * The language models that word answers and drafts. Those of the editor are asked here, with the consent of the editor, because only an extension may ask them; what
 * they write goes to the server, which checks it.
 */
export class LanguageModels {
  readonly #memento: vscode.Memento;
  readonly #agreed = new Set<string>();
  readonly #known = new Map<string, vscode.LanguageModelChat>();

  constructor(memento: vscode.Memento, server: Server) {
    this.#memento = memento;
    server.answer(COMPLETE, (params: CompleteParams, token) => this.#complete(params, token));
    server.answer(MODEL_CONSENT, (question: ModelConsentParams) => this.#consent(question));
  }

  /** A model that a person chose in the editor, as the server names it. */
  named(model: vscode.LanguageModelChat): WireModel {
    this.#known.set(model.id, model);
    return { from: 'client', id: model.id, name: model.name };
  }

  /** The model of the settings; `undefined` where there is none. */
  async ofSettings(): Promise<WireModel | undefined> {
    const configuration = vscode.workspace.getConfiguration('lintel.answers');
    const wanted = configuration.get('model', '').trim();
    switch (configuration.get<Chosen>('languageModel', 'off')) {
      case 'editor': {
        const models = typeof vscode.lm?.selectChatModels === 'function' ? await vscode.lm.selectChatModels() : [];
        const model = wanted === '' ? models[0] : models.find(({ id, family, name }) => [id, family, name].includes(wanted));
        return model && this.named(model);
      }
      case 'endpoint': {
        const endpoint = configuration.get('endpoint', '').trim();
        return { from: 'endpoint', ...(endpoint === '' ? {} : { endpoint }), ...(wanted === '' ? {} : { model: wanted }) };
      }
      default:
        return undefined;
    }
  }

  async #complete({ id, messages }: CompleteParams, token: vscode.CancellationToken): Promise<CompleteResult> {
    const model = this.#known.get(id);
    if (model === undefined) return { failure: 'it is gone' };
    try {
      // A language model of the editor has no messages of a system.
      const sent = messages.map(({ content }) => vscode.LanguageModelChatMessage.User(content));
      const justification = vscode.l10n.t('Lintel has it put lines of your records into sentences, and checks every quote.');
      const response = await model.sendRequest(sent, { justification }, token);
      let text = '';
      for await (const part of response.text) {
        text += part;
        if (text.length > LONGEST_ANSWER) return { failure: 'its answer is too long' };
      }
      return { text };
    } catch (error) {
      return { failure: failureOf(error) };
    }
  }

  async #consent(question: ModelConsentParams): Promise<boolean> {
    const key = consentKey(question);
    const always = this.#memento.get<readonly string[]>(CONSENTS, []);
    if (this.#agreed.has(key) || always.includes(key)) return true;
    const { model, host, withKey, sends } = question;
    const session = vscode.l10n.t('Allow in This Session');
    const forever = vscode.l10n.t('Always Allow for {0}', host);
    const what =
      sends === 'lines'
        ? vscode.l10n.t('the question and the lines that were found')
        : vscode.l10n.t('the title, the selected or changed code, the messages of its commits and records');
    const message = withKey
      ? vscode.l10n.t('Lintel wants to send {0}, with your key, to {1}, for the language model {2}.', what, host, model)
      : vscode.l10n.t('Lintel wants to send {0} to {1}, for the language model {2}.', what, host, model);
    const choice = await vscode.window.showInformationMessage(message, session, forever, vscode.l10n.t("Don't Send"));
    if (choice !== session && choice !== forever) return false;
    this.#agreed.add(key);
    if (choice === forever) await this.#memento.update(CONSENTS, [...always, key]);
    return true;
  }
}
