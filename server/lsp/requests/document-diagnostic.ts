import { type DocumentDiagnosticReport, DocumentDiagnosticReportKind, DocumentDiagnosticRequest } from 'vscode-languageserver/node';
import { placeOf } from '../context.ts';
import { diagnosticsOf, NO_DIAGNOSTICS } from '../diagnostics.ts';
import { editorRequest } from '../request.ts';

/** Findings in one file, with the text of the editor. */
export const documentDiagnosticRequest = editorRequest({
  type: DocumentDiagnosticRequest.type,
  name: 'Diagnostics',
  // One capability for this request and `workspace/diagnostic`.
  capability: ({ pullDiagnostics }) =>
    pullDiagnostics ? { diagnosticProvider: { identifier: 'lintel', interFileDependencies: true, workspaceDiagnostics: true } } : {},
  handle: async (context, { textDocument, previousResultId }, signal): Promise<DocumentDiagnosticReport> => {
    const located = await placeOf(context, textDocument.uri);
    const { items, resultId } =
      located === undefined
        ? NO_DIAGNOSTICS
        : await diagnosticsOf(context, located.repository, await located.engine.findings(located.path, located.place.text, signal));
    return previousResultId === resultId
      ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
      : { kind: DocumentDiagnosticReportKind.Full, resultId, items };
  },
  nothing: { kind: DocumentDiagnosticReportKind.Full, items: [] },
});
