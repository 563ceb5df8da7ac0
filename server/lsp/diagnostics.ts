import { createHash } from 'node:crypto';
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver/node';
import { rulePage } from '../engine/rules.ts';
import type { DocumentProblems } from '../model/answer.ts';
import type { Problem } from '../model/document.ts';
import type { Face } from './face.ts';
import type { Repository } from './workspaces.ts';

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
export const diagnosticOf = (face: Face, repository: Repository, problem: Problem): Diagnostic => ({
  range: problem.span,
  severity: SEVERITIES[problem.severity],
  code: problem.rule,
  ...codeDescription(problem.rule),
  source: 'Lintel',
  message: problem.message,
  ...(face.client().diagnosticTags && OUTDATED.has(problem.rule) ? { tags: [DiagnosticTag.Deprecated] } : {}),
  ...(face.client().relatedInformation && problem.related !== undefined
    ? {
        relatedInformation: problem.related.map(({ path, span, message }) => ({
          location: { uri: face.workspaces.uriOf(repository, path), range: span },
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
export const isShown = (face: Face, { document }: DocumentProblems): boolean => {
  const { diagnostics, codeDiagnostics } = face.settings();
  return diagnostics && (document.kind !== 'code' || codeDiagnostics);
};

/** The engine's problems of one file as diagnostics; none where the settings turn them off or the file is neither document nor code. */
export const diagnose = (face: Face, repository: Repository, found: DocumentProblems | undefined): Diagnosis => {
  if (found === undefined || found.problems.length === 0 || !isShown(face, found)) return HEALTHY;
  const items = found.problems.map((problem) => diagnosticOf(face, repository, problem));
  return { items, resultId: idOf(items) };
};

/** Diagnostics of every document of the workspace that has any, by address; open files with the editor's text. */
export const diagnoseWorkspace = async (face: Face): Promise<ReadonlyMap<string, Diagnosis & { readonly version: number | null }>> => {
  await face.workspaces.settled();
  const all = new Map<string, Diagnosis & { readonly version: number | null }>();
  if (!face.settings().diagnostics) return all;
  for (const repository of face.workspaces.repositories())
    for (const found of (await repository.engine?.allProblems()) ?? []) {
      if (found.document.path === undefined || !isShown(face, found)) continue;
      all.set(face.workspaces.uriOf(repository, found.document.path), { ...diagnose(face, repository, found), version: null });
    }
  for (const document of face.documents.all()) {
    const located = face.workspaces.locate(document.uri);
    if (located === undefined) continue;
    all.delete(face.workspaces.uriOf(located.repository, located.path));
    const found = await located.engine.problems(located.path, document.getText());
    if (found === undefined) continue;
    all.set(document.uri, { ...diagnose(face, located.repository, found), version: document.version });
  }
  return all;
};
