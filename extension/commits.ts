import * as vscode from 'vscode';
import { shortSha } from './citation.ts';
import type { Server } from './server.ts';

/** URI scheme of the read-only documents that show commits. */
const COMMIT_SCHEME = 'lintel-commit';

/** URI of the document for a commit. The path is the abbreviated id, because the tab shows it as the title. */
export const commitUri = (sha: string): vscode.Uri => vscode.Uri.from({ scheme: COMMIT_SCHEME, path: `/${shortSha(sha)}`, query: sha });

const isFile = async (uri: vscode.Uri): Promise<boolean> => {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch {
    return false;
  }
};

/** The lines of the last paragraph, which lists the changed paths; without any, it is the message, whose lines name no file. */
const pathLines = (document: vscode.TextDocument): vscode.TextLine[] => {
  const lines: vscode.TextLine[] = [];
  for (let at = document.lineCount - 1; at >= 0; at--) {
    const line = document.lineAt(at);
    if (!line.isEmptyOrWhitespace) lines.push(line);
    else if (lines.length > 0) break;
  }
  return lines;
};

/** Makes the paths of a commit links to the files, where they are still there. */
const linksOf = async (server: Server, document: vscode.TextDocument): Promise<vscode.DocumentLink[]> => {
  const roots = (server.status?.repositories ?? []).map(({ root }) => vscode.Uri.file(root));
  const links = pathLines(document).map(async ({ text, range }) => {
    for (const root of roots) {
      const file = vscode.Uri.joinPath(root, text);
      if (await isFile(file)) return [new vscode.DocumentLink(range, file)];
    }
    return [];
  });
  return (await Promise.all(links)).flat();
};

/** Provides commits as plain text with links to the files that they changed. Commits never change, so the provider has no change event. */
export const registerCommitDocuments = (server: Server): vscode.Disposable =>
  vscode.Disposable.from(
    registerText(server),
    vscode.languages.registerDocumentLinkProvider(
      { scheme: COMMIT_SCHEME },
      { provideDocumentLinks: (document) => linksOf(server, document) },
    ),
  );

const registerText = (server: Server): vscode.Disposable =>
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
