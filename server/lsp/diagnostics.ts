import { createHash } from 'node:crypto';
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver/node';
import type { FileFindings } from '../model/answer.ts';
import type { Finding } from '../model/finding.ts';
import type { RequestContext } from './context.ts';
import type { OpenRepository } from './open-repositories.ts';

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

/** Loaded with the first finding, because the rules of all readers and judges load most of the engine. */
const loadRules = async () => ({ ...(await import('../engine/rules.ts')), ...(await import('../engine/rule-pages.ts')) });

/** A finding as a diagnostic, with only those parts that the client supports. */
export const diagnosticOf = async (context: RequestContext, repository: OpenRepository, finding: Finding): Promise<Diagnostic> => {
  const { ruleOf, rulePage } = await loadRules();
  const href = rulePage(finding.rule);
  return {
    range: finding.span,
    severity: SEVERITIES[finding.severity],
    code: finding.rule,
    ...(href === undefined ? {} : { codeDescription: { href } }),
    source: 'Lintel',
    message: finding.message,
    ...(context.client().diagnosticTags && ruleOf(finding.rule)?.tags.includes('outdated') ? { tags: [DiagnosticTag.Deprecated] } : {}),
    ...(context.client().relatedInformation && finding.related !== undefined
      ? {
          relatedInformation: finding.related.map(({ path, span, message }) => ({
            location: { uri: context.repositories.uriOf(repository, path), range: span },
            message,
          })),
        }
      : {}),
  };
};

/** Diagnostics of one document. Two have the same `resultId` if and only if their items are equal. */
export interface FileDiagnostics {
  readonly items: Diagnostic[];
  readonly resultId: string;
}

const idOf = (items: readonly Diagnostic[]): string => createHash('sha256').update(JSON.stringify(items)).digest('hex').slice(0, 16);

/** The diagnostics of a document without findings. */
export const NO_DIAGNOSTICS: FileDiagnostics = { items: [], resultId: idOf([]) };

/** Do the settings allow findings in a file of this kind? */
export const isShown = (context: RequestContext, { document }: FileFindings): boolean => {
  const { diagnostics, codeDiagnostics } = context.settings();
  return diagnostics && (document.kind !== 'code' || codeDiagnostics);
};

/** The findings in one file as diagnostics. None if the settings turn them off, or if the file is neither a document nor code. */
export const diagnosticsOf = async (
  context: RequestContext,
  repository: OpenRepository,
  found: FileFindings | undefined,
): Promise<FileDiagnostics> => {
  if (found === undefined || found.findings.length === 0 || !isShown(context, found)) return NO_DIAGNOSTICS;
  const items = await Promise.all(found.findings.map((finding) => diagnosticOf(context, repository, finding)));
  return { items, resultId: idOf(items) };
};

/** Diagnostics by URI, of every file of the workspace that has any and of every open file. Open files are checked with the editor's text. */
export const diagnosticsOfWorkspace = async (
  context: RequestContext,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, FileDiagnostics & { readonly version: number | null }>> => {
  await context.repositories.settled();
  const all = new Map<string, FileDiagnostics & { readonly version: number | null }>();
  if (!context.settings().diagnostics) return all;
  for (const repository of context.repositories.all())
    for (const found of (await repository.engine?.allFindings(signal)) ?? []) {
      if (found.document.path === undefined || !isShown(context, found)) continue;
      all.set(context.repositories.uriOf(repository, found.document.path), {
        ...(await diagnosticsOf(context, repository, found)),
        version: null,
      });
    }
  for (const document of context.documents.all()) {
    const located = context.repositories.locate(document.uri);
    if (located === undefined) continue;
    all.delete(context.repositories.uriOf(located.repository, located.path));
    const found = await located.engine.findings(located.path, document.getText(), signal);
    if (found === undefined) continue;
    all.set(document.uri, { ...(await diagnosticsOf(context, located.repository, found)), version: document.version });
  }
  return all;
};
