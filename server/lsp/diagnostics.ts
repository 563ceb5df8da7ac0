import { createHash } from 'node:crypto';
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver/node';
import { rulePage } from '../engine/rules.ts';
import type { DocumentProblems } from '../model/answer.ts';
import type { Problem } from '../model/document.ts';
import type { RequestContext } from './context.ts';
import type { OpenRepository } from './workspaces.ts';

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

/** Rules whose place is shown struck through: what it cites no longer holds. */
const OUTDATED = new Set(['cites-superseded']);

const codeDescription = (rule: string): Pick<Diagnostic, 'codeDescription'> => {
  const href = rulePage(rule);
  return href === undefined ? {} : { codeDescription: { href } };
};

/** A problem as the client is shown it. */
export const diagnosticOf = (context: RequestContext, repository: OpenRepository, problem: Problem): Diagnostic => ({
  range: problem.span,
  severity: SEVERITIES[problem.severity],
  code: problem.rule,
  ...codeDescription(problem.rule),
  source: 'Lintel',
  message: problem.message,
  ...(context.client().diagnosticTags && OUTDATED.has(problem.rule) ? { tags: [DiagnosticTag.Deprecated] } : {}),
  ...(context.client().relatedInformation && problem.related !== undefined
    ? {
        relatedInformation: problem.related.map(({ path, span, message }) => ({
          location: { uri: context.workspaces.uriOf(repository, path), range: span },
          message,
        })),
      }
    : {}),
});

/** Diagnostics of one document, with an id that is equal exactly where they are equal. */
export interface Diagnosis {
  readonly items: Diagnostic[];
  readonly resultId: string;
}

const idOf = (items: readonly Diagnostic[]): string => createHash('sha256').update(JSON.stringify(items)).digest('hex').slice(0, 16);

/** No problem. */
export const HEALTHY: Diagnosis = { items: [], resultId: idOf([]) };

/** False where the settings turn the problems of such a file off. */
export const isShown = (context: RequestContext, { document }: DocumentProblems): boolean => {
  const { diagnostics, codeDiagnostics } = context.settings();
  return diagnostics && (document.kind !== 'code' || codeDiagnostics);
};

/** The engine's problems of one file as diagnostics; none where the settings turn them off or the file is neither document nor code. */
export const diagnose = (context: RequestContext, repository: OpenRepository, found: DocumentProblems | undefined): Diagnosis => {
  if (found === undefined || found.problems.length === 0 || !isShown(context, found)) return HEALTHY;
  const items = found.problems.map((problem) => diagnosticOf(context, repository, problem));
  return { items, resultId: idOf(items) };
};

/** Diagnostics of every document of the workspace that has any, by address; open files with the editor's text. */
export const diagnoseWorkspace = async (
  context: RequestContext,
): Promise<ReadonlyMap<string, Diagnosis & { readonly version: number | null }>> => {
  await context.workspaces.settled();
  const all = new Map<string, Diagnosis & { readonly version: number | null }>();
  if (!context.settings().diagnostics) return all;
  for (const repository of context.workspaces.repositories())
    for (const found of (await repository.engine?.allProblems()) ?? []) {
      if (found.document.path === undefined || !isShown(context, found)) continue;
      all.set(context.workspaces.uriOf(repository, found.document.path), { ...diagnose(context, repository, found), version: null });
    }
  for (const document of context.documents.all()) {
    const located = context.workspaces.locate(document.uri);
    if (located === undefined) continue;
    all.delete(context.workspaces.uriOf(located.repository, located.path));
    const found = await located.engine.problems(located.path, document.getText());
    if (found === undefined) continue;
    all.set(document.uri, { ...diagnose(context, located.repository, found), version: document.version });
  }
  return all;
};
