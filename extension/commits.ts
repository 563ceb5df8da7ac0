import * as vscode from 'vscode';
import { shortSha } from './citation.ts';
import type { Server } from './server.ts';

/** Scheme of the read-only documents that show a commit. */
const COMMIT_SCHEME = 'lintel-commit';

/** Address of the document for a commit; its name in the tab is the short id. */
export const commitUri = (sha: string): vscode.Uri => vscode.Uri.from({ scheme: COMMIT_SCHEME, path: `/${shortSha(sha)}`, query: sha });

/** Serves commits as plain text. A commit never changes, so there is nothing to refresh. */
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
