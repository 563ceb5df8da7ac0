import * as vscode from 'vscode';
import { shortSha } from './citation.ts';
import type { Server } from './server.ts';

/** URI scheme of the read-only documents that show commits. */
const COMMIT_SCHEME = 'lintel-commit';

/** URI of the document for a commit. The path is the abbreviated id, because the tab shows it as the title. */
export const commitUri = (sha: string): vscode.Uri => vscode.Uri.from({ scheme: COMMIT_SCHEME, path: `/${shortSha(sha)}`, query: sha });

/** Provides commits as plain text. Commits never change, so the provider has no change event. */
export const registerCommitDocuments = (server: Server): vscode.Disposable =>
  vscode.workspace.registerTextDocumentContentProvider(COMMIT_SCHEME, {
    provideTextDocumentContent: async (uri, token) => {
      const answer = await server.commit({ sha: uri.query }, token);
      return (
        answer?.text ??
        vscode.l10n.t(
          'Commit {0} is not in this repository. The clone may be shallow (run "git fetch --unshallow" to get older commits), or the commit was rewritten.',
          uri.query,
        )
      );
    },
  });
