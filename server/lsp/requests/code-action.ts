import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  CodeActionRequest,
  type Diagnostic,
  type Range,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { Finding, Fix, TextEdit } from '../../model/finding.ts';
import { mergeFixes, preferredFixes } from '../../text/fixes.ts';
import { spansTouch } from '../../text/positions.ts';
import { readBounded } from '../../text/read-file.ts';
import { placeOf, type RequestContext } from '../context.ts';
import { diagnosticOf, isShown } from '../diagnostics.ts';
import { pathOfUri } from '../files.ts';
import type { Located } from '../open-repositories.ts';
import { editorRequest } from '../request.ts';

/** All auto-fixable findings of a file at once. Editors can run this on every save. */
const FIX_ALL = `${CodeActionKind.SourceFixAll}.lintel`;

/** Bytes of a saved file that is compared with its open document; a larger one counts as unsaved. */
const LARGEST_COMPARED = 10_000_000;

/** Does `only` include this kind, by itself or by a kind above it? */
const isRequested = (kind: string, only: readonly string[] | undefined): boolean =>
  only === undefined || only.some((one) => one === '' || kind === one || kind.startsWith(`${one}.`));

/**
 * Edits in the form that the client accepts. `undefined` if one of them changes another file that has unsaved changes in the editor: the
 * engine read that file from disk, so the edit would hit the wrong text.
 */
const workspaceEdit = async (
  context: RequestContext,
  { repository, path: requested }: Located,
  edits: ReadonlyMap<string, readonly TextEdit[]>,
): Promise<WorkspaceEdit | undefined> => {
  const files: { uri: string; version: number | null; edits: { range: Range; newText: string }[] }[] = [];
  for (const [path, list] of edits) {
    const uri = context.repositories.uriOf(repository, path);
    const open = context.documents.get(uri);
    if (open !== undefined && path !== requested) {
      const saved = await readBounded(pathOfUri(uri) ?? '', LARGEST_COMPARED);
      if (saved !== open.getText()) return undefined;
    }
    files.push({ uri, version: open?.version ?? null, edits: list.map(({ span, text }) => ({ range: span, newText: text })) });
  }
  if (!context.client().documentChanges) return { changes: Object.fromEntries(files.map(({ uri, edits: changes }) => [uri, changes])) };
  return { documentChanges: files.map(({ uri, version, edits: changes }) => ({ textDocument: { uri, version }, edits: changes })) };
};

const quickFix = async (context: RequestContext, located: Located, fix: Fix, diagnostic: Diagnostic): Promise<CodeAction[]> => {
  const edit = await workspaceEdit(context, located, mergeFixes([fix]).edits);
  if (edit === undefined) return [];
  return [
    { title: fix.title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], edit, ...(fix.preferred ? { isPreferred: true } : {}) },
  ];
};

/** The fix that writes an ignore comment, for the text as the editor has it. */
const ignoreFixFor = async (context: RequestContext, { repository, path }: Located, finding: Finding): Promise<Fix | undefined> => {
  const text = context.documents.get(context.repositories.uriOf(repository, path))?.getText();
  if (text === undefined) return undefined;
  const { ignoringFix } = await import('../../engine/rules.ts');
  return ignoringFix(path, text, finding);
};

/**
 * The fixes of the findings in a range, and all auto-fixable ones of the file as `source.fixAll.lintel`. Editors ask whenever the cursor
 * moves, so the engine is asked only if the editor shows a finding of ours in the range, or wants to fix the whole file.
 */
const codeAction = async (
  context: RequestContext,
  { textDocument, range, context: { only, diagnostics } }: CodeActionParams,
  signal: AbortSignal,
): Promise<CodeAction[]> => {
  const all = only !== undefined && isRequested(FIX_ALL, only);
  const quick = isRequested(CodeActionKind.QuickFix, only) && diagnostics.some(({ source }) => source === 'Lintel');
  if (!all && !quick) return [];
  const located = await placeOf(context, textDocument.uri);
  if (located === undefined) return [];
  const found = await located.engine.findings(located.path, located.place.text, signal);
  signal.throwIfAborted();
  if (found === undefined || !isShown(context, found)) return [];
  const actions: CodeAction[] = [];
  if (quick) {
    for (const finding of found.findings) {
      if (!spansTouch(finding.span, range)) continue;
      const diagnostic = await diagnosticOf(context, located.repository, finding);
      for (const fix of finding.fixes ?? []) actions.push(...(await quickFix(context, located, fix, diagnostic)));
      // The last one, because to mend is better than to ignore.
      const ignoring = await ignoreFixFor(context, located, finding);
      if (ignoring !== undefined) actions.push(...(await quickFix(context, located, ignoring, diagnostic)));
    }
  }
  if (all) {
    const { edits, fixes } = mergeFixes(preferredFixes([found]).filter((fix) => fix.edits.every(({ path }) => path === located.path)));
    const edit = fixes.length === 0 ? undefined : await workspaceEdit(context, located, edits);
    if (edit !== undefined) actions.push({ title: 'Fix all auto-fixable Lintel findings', kind: FIX_ALL, edit });
  }
  return actions;
};

export const codeActionRequest = editorRequest({
  type: CodeActionRequest.type,
  name: 'Code actions',
  capability: () => ({ codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL], resolveProvider: false } }),
  handle: codeAction,
  nothing: [],
});
