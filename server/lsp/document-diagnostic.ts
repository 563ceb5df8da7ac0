import { type DocumentDiagnosticParams, type DocumentDiagnosticReport, DocumentDiagnosticReportKind } from 'vscode-languageserver/node';
import { diagnose, HEALTHY } from './diagnostics.ts';
import { type Face, placeOf } from './face.ts';

/** `textDocument/diagnostic`: problems of a record, a specification, configuration or the citations in code, as the editor has it. */
export const documentDiagnostic = async (face: Face, params: DocumentDiagnosticParams): Promise<DocumentDiagnosticReport> => {
  const located = await placeOf(face, params.textDocument.uri);
  const { items, resultId } =
    located === undefined ? HEALTHY : diagnose(face, located.repository, await located.engine.problems(located.path, located.place.text));
  return params.previousResultId === resultId
    ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
    : { kind: DocumentDiagnosticReportKind.Full, resultId, items };
};
