import {
  DocumentDiagnosticReportKind,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import type { RequestContext } from '../context.ts';
import { diagnoseWorkspace, HEALTHY } from '../diagnostics.ts';
import { pathOfUri } from '../files.ts';

/** One spelling for an address, so that the client's and ours can be compared. */
const keyOf = (uri: string): string => pathOfUri(uri) ?? uri;

/** `workspace/diagnostic`: every document with findings; what the client knew and is healthy now is reported empty, once. */
export const workspaceDiagnostic = async (
  context: RequestContext,
  params: WorkspaceDiagnosticParams,
  signal: AbortSignal,
): Promise<WorkspaceDiagnosticReport> => {
  const known = new Map(params.previousResultIds.map(({ uri, value }) => [keyOf(uri), { uri, value }]));
  const items: WorkspaceDocumentDiagnosticReport[] = [];
  for (const [uri, { items: found, resultId, version }] of await diagnoseWorkspace(context, signal)) {
    const previous = known.get(keyOf(uri));
    known.delete(keyOf(uri));
    items.push(
      previous?.value === resultId
        ? { kind: DocumentDiagnosticReportKind.Unchanged, uri: previous.uri, version, resultId }
        : { kind: DocumentDiagnosticReportKind.Full, uri: previous?.uri ?? uri, version, resultId, items: found },
    );
  }
  for (const { uri, value } of known.values())
    if (value !== HEALTHY.resultId)
      items.push({ kind: DocumentDiagnosticReportKind.Full, uri, version: context.documents.get(uri)?.version ?? null, ...HEALTHY });
  return { items };
};
