import { existsSync } from 'node:fs';
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  CodeActionRequest,
  CreateFile,
  type Diagnostic,
  type Range,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { type AllowIdentifierArgument, ASK_REASON, KEEP_IDENTIFIER, type KeepIdentifierArgument } from '../../../protocol/index.ts';
import type { Place } from '../../model/answer.ts';
import { type AllowIdentifierRequest, isRefused } from '../../model/authoring.ts';
import { CONFIG_FILE } from '../../model/configuration.ts';
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
 * engine read that file from disk, so the edit would hit the wrong text. A file that does not exist is created, where the client can do that.
 * @param current path of another file whose text the engine had from the editor
 */
const workspaceEdit = async (
  context: RequestContext,
  { repository, path: requested }: Located,
  edits: ReadonlyMap<string, readonly TextEdit[]>,
  current?: string,
): Promise<WorkspaceEdit | undefined> => {
  const { documentChanges, createsFiles } = context.client();
  const files: { uri: string; version: number | null; isNew: boolean; edits: { range: Range; newText: string }[] }[] = [];
  for (const [path, list] of edits) {
    const uri = context.repositories.uriOf(repository, path);
    const open = context.documents.get(uri);
    const isNew = open === undefined && !existsSync(pathOfUri(uri) ?? '');
    if (isNew && !(documentChanges && createsFiles)) return undefined;
    if (open !== undefined && path !== requested && path !== current) {
      const saved = await readBounded(pathOfUri(uri) ?? '', LARGEST_COMPARED);
      if (saved !== open.getText()) return undefined;
    }
    files.push({ uri, isNew, version: open?.version ?? null, edits: list.map(({ span, text }) => ({ range: span, newText: text })) });
  }
  if (!documentChanges) return { changes: Object.fromEntries(files.map(({ uri, edits: changes }) => [uri, changes])) };
  const created = files.filter(({ isNew }) => isNew).map(({ uri }) => CreateFile.create(uri, { ignoreIfExists: true }));
  const changed = files.map(({ uri, version, edits: changes }) => ({ textDocument: { uri, version }, edits: changes }));
  return { documentChanges: [...created, ...changed] };
};

const quickFix = async (
  context: RequestContext,
  located: Located,
  fix: Fix,
  diagnostic: Diagnostic,
  current?: string,
): Promise<CodeAction[]> => {
  const edit = await workspaceEdit(context, located, mergeFixes([fix]).edits, current);
  if (edit === undefined) return [];
  return [
    { title: fix.title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], edit, ...(fix.preferred ? { isPreferred: true } : {}) },
  ];
};

type LocatedPlace = Located & { readonly place: Place };

/** What can be done about a finding on an identifier besides mending it: to allow it with a reason, and to begin a record that says why it stays. */
const identifierActions = async (
  context: RequestContext,
  located: LocatedPlace,
  finding: Finding,
  diagnostic: Diagnostic,
): Promise<CodeAction[]> => {
  const { isIdentifierRule } = await import('../../engine/rules.ts');
  if (!isIdentifierRule(finding.rule)) return [];
  const { repository, path, place } = located;
  const uri = context.repositories.uriOf(repository, path);
  const { hoverCommands } = context.client();
  const { keepingTitle } = await import('../../engine/identifiers/allow.ts');
  const ask = (title: string, command: string, argument: AllowIdentifierArgument | KeepIdentifierArgument): CodeAction[] =>
    hoverCommands.includes(command)
      ? [{ title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], command: { title, command, arguments: [argument] } }]
      : [];
  const { rule, span, message } = finding;
  const allowTitle = 'Allow with a reason in lintel.yaml';
  const asked = ask(allowTitle, ASK_REASON, { uri, rule, position: span.start });
  const allowing =
    asked.length > 0 ? asked : await allowingEdit(context, located, { title: allowTitle, rule, position: span.start }, diagnostic);
  const title = keepingTitle(path, place.text ?? '', finding);
  return [...allowing, ...ask('Keep this id: write down why', KEEP_IDENTIFIER, { uri, range: span, title, because: message })];
};

/** The edit of the configuration, for clients that run no commands of ours. */
const allowingEdit = async (
  context: RequestContext,
  located: LocatedPlace,
  { title, rule, position }: { readonly title: string } & Pick<AllowIdentifierRequest, 'rule' | 'position'>,
  diagnostic: Diagnostic,
): Promise<CodeAction[]> => {
  const { engine, repository, path, place } = located;
  const configuration = context.documents.get(context.repositories.uriOf(repository, CONFIG_FILE))?.getText();
  const answer = await engine.allowIdentifier({
    path,
    rule,
    position,
    ...(place.text === undefined ? {} : { text: place.text }),
    ...(configuration === undefined ? {} : { configuration }),
  });
  return isRefused(answer) ? [] : quickFix(context, located, { title, edits: answer.edits }, diagnostic, CONFIG_FILE);
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
      actions.push(...(await identifierActions(context, located, finding, diagnostic)));
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
