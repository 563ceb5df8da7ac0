import { type DocumentDiagnosticParams, type DocumentDiagnosticReport, DocumentDiagnosticReportKind } from 'vscode-languageserver/node';
import { placeOf, type RequestContext } from '../context.ts';
import { diagnose, HEALTHY } from '../diagnostics.ts';

/** `textDocument/diagnostic`: findings of a record, a specification, configuration or the citations in code, as the editor has it. */
export const documentDiagnostic = async (
  context: RequestContext,
  params: DocumentDiagnosticParams,
  signal: AbortSignal,
): Promise<DocumentDiagnosticReport> => {
  const located = await placeOf(context, params.textDocument.uri);
  const { items, resultId } =
    located === undefined
      ? HEALTHY
      : diagnose(context, located.repository, await located.engine.findings(located.path, located.place.text, signal));
  return params.previousResultId === resultId
    ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
    : { kind: DocumentDiagnosticReportKind.Full, resultId, items };
};
