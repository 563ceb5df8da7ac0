import * as vscode from 'vscode';
import type { ConsentParams } from '../protocol/index.ts';

/**
 * Asks before a model is downloaded. Lintel makes no network request without consent, so everything except the Download button counts as no,
 * including closing the message.
 */
export const askConsent = async ({ model, host }: ConsentParams): Promise<boolean> => {
  const download = vscode.l10n.t('Download');
  const choice = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Lintel is configured to use the embedding model "{0}", which is not on this computer. Download it once from {1}? Your code is not sent anywhere.',
      model,
      host,
    ),
    download,
    vscode.l10n.t("Don't Download"),
  );
  return choice === download;
};
