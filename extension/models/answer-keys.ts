import * as vscode from 'vscode';
import { MODEL_KEY, type ModelKeyParams, type ModelKeyResult } from '../../protocol/models.ts';
import type { Server } from '../server.ts';

const STATUS_BAR_MESSAGE_MS = 6_000;
/** Hosts that have a key. The keys themselves are in the secret storage alone. */
const HOSTS = 'lintel.answers.hostsWithKey';
const secretOf = (host: string): string => `lintel.answers.key ${host}`;

/** The host of an address as the server names it: with the port, unless it is that of the protocol. `undefined` for what is no address. */
export const hostOf = (address: string): string | undefined => {
  const written = address.trim().toLowerCase();
  const whole = /^https?:\/\//.test(written) ? written : `https://${written}`;
  if (written === '' || !URL.canParse(whole)) return undefined;
  const { host, username, password } = new URL(whole);
  return host === '' || username !== '' || password !== '' ? undefined : host;
};

/**
 * The keys for endpoints of language models, one for each host, in the secret storage of the editor. A key is given to the server for the host that it was
 * set for, while the server answers, and is in no file and no log.
 */
export class AnswerKeys {
  readonly #context: vscode.ExtensionContext;
  readonly #server: Server;

  constructor(context: vscode.ExtensionContext, server: Server) {
    this.#context = context;
    this.#server = server;
    server.answer(MODEL_KEY, async ({ host }: ModelKeyParams): Promise<ModelKeyResult> => {
      const key = await context.secrets.get(secretOf(host));
      if (key === undefined) return {};
      server.secrets.add(key);
      return { key };
    });
  }

  get #hosts(): readonly string[] {
    return this.#context.globalState.get<readonly string[]>(HOSTS, []);
  }

  async set(): Promise<void> {
    const endpoint = vscode.workspace.getConfiguration('lintel').get('answers.endpoint', '');
    const title = vscode.l10n.t('Set the Key for Answers');
    const written = await vscode.window.showInputBox({
      title,
      prompt: vscode.l10n.t('The host that gets the key'),
      placeHolder: 'api.example.com',
      value: hostOf(endpoint) ?? '',
      ignoreFocusOut: true,
      validateInput: (value) => (hostOf(value) === undefined ? vscode.l10n.t('Enter a host, such as api.example.com.') : undefined),
    });
    const host = written === undefined ? undefined : hostOf(written);
    if (host === undefined) return;
    const key = await vscode.window.showInputBox({
      title,
      prompt: vscode.l10n.t('Key for {0}. The editor keeps it in its secret storage and sends it to no other host.', host),
      password: true,
      ignoreFocusOut: true,
      validateInput: (value) => (value.trim() === '' ? vscode.l10n.t('Enter a key.') : undefined),
    });
    const given = key?.trim();
    if (!given) return;
    this.#server.secrets.add(given);
    await this.#context.secrets.store(secretOf(host), given);
    await this.#context.globalState.update(HOSTS, [...new Set([...this.#hosts, host])].sort());
    vscode.window.setStatusBarMessage(vscode.l10n.t('The key for {0} is kept.', host), STATUS_BAR_MESSAGE_MS);
  }

  async forget(): Promise<void> {
    if (this.#hosts.length === 0) {
      vscode.window.setStatusBarMessage(vscode.l10n.t('No key is kept.'), STATUS_BAR_MESSAGE_MS);
      return;
    }
    const choice = await vscode.window.showQuickPick(
      this.#hosts.map((label) => ({ label })),
      { title: vscode.l10n.t('Forget the key for which host?') },
    );
    if (choice === undefined) return;
    await this.#context.secrets.delete(secretOf(choice.label));
    await this.#context.globalState.update(
      HOSTS,
      this.#hosts.filter((host) => host !== choice.label),
    );
    vscode.window.setStatusBarMessage(vscode.l10n.t('The key for {0} is forgotten.', choice.label), STATUS_BAR_MESSAGE_MS);
  }
}
