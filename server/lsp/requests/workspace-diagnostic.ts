import {
  DocumentDiagnosticReportKind,
  WorkspaceDiagnosticRequest,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import { diagnosticsOfWorkspace, NO_DIAGNOSTICS } from '../diagnostics.ts';
import { pathOfUri } from '../files.ts';
import { editorRequest } from '../request.ts';

/** One spelling per file, so that URIs of the client and of the server can be compared. */
const keyOf = (uri: string): string => pathOfUri(uri) ?? uri;

/** Every document that has findings. A document that had some at the last request and has none now is reported empty, once. */
export const workspaceDiagnosticRequest = editorRequest({
  type: WorkspaceDiagnosticRequest.type,
  // Reads every file once; the editor waits in the background.
  seconds: 600,
  name: 'Workspace diagnostics',
  handle: async (context, { previousResultIds }, signal) => {
    const previous = new Map(previousResultIds.map(({ uri, value }) => [keyOf(uri), { uri, value }]));
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    for (const [uri, { items: diagnostics, resultId, version }] of await diagnosticsOfWorkspace(context, signal)) {
      const reported = previous.get(keyOf(uri));
      previous.delete(keyOf(uri));
      items.push(
        reported?.value === resultId
          ? { kind: DocumentDiagnosticReportKind.Unchanged, uri: reported.uri, version, resultId }
          : { kind: DocumentDiagnosticReportKind.Full, uri: reported?.uri ?? uri, version, resultId, items: diagnostics },
      );
    }
    for (const { uri, value } of previous.values())
      if (value !== NO_DIAGNOSTICS.resultId)
        items.push({
          kind: DocumentDiagnosticReportKind.Full,
          uri,
          version: context.documents.get(uri)?.version ?? null,
          ...NO_DIAGNOSTICS,
        });
    return { items };
  },
  nothing: { items: [] },
});
