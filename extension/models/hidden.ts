import type * as vscode from 'vscode';

/** Shorter texts are in every log, and no key is that short. */
const SHORTEST = 4;

/** What must not be in a log. */
export class Secrets {
  readonly #kept = new Set<string>();

  add(secret: string): void {
    if (secret.length >= SHORTEST) this.#kept.add(secret);
  }

  /** A text without them. JSON writes some characters otherwise. */
  readonly hide = (text: string): string =>
    [...this.#kept]
      .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)])
      .reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}

/** A log that is the same but for what messages of the protocol hold of secrets. */
export const hidingLog = (log: vscode.LogOutputChannel, { hide }: Pick<Secrets, 'hide'>): vscode.LogOutputChannel => {
  const trace: vscode.LogOutputChannel['trace'] = (message, ...rest: unknown[]) =>
    log.trace(hide(message), ...rest.map((one) => (typeof one === 'string' ? hide(one) : one)));
  return Object.create(log, { trace: { value: trace } });
};
