import * as vscode from 'vscode';
import { ASK, type AskResult } from '../../protocol/ask.ts';
import { DECISIONS, type DecisionsResult, type DraftSubjectParams, KINDRED, type KindredResult } from '../../protocol/authoring.ts';
import { WHY, type WhyResult } from '../../protocol/index.ts';
import type { WireModel } from '../../protocol/models.ts';
import { commitUri } from '../commits.ts';
import type { LanguageModels } from '../models/language-models.ts';
import type { Server } from '../server.ts';
import { askOutcome, type ChatOutcome, type ChatPlace, draftOutcome, followupsOf, foundOutcome, listOutcome, whyOutcome } from './parts.ts';

/** Id of the participant in the manifest. */
const PARTICIPANT = 'lintel.chat';

/** What a follow-up is made from. */
interface Metadata {
  readonly outcome: ChatOutcome['outcome'];
  readonly prompt: string;
}

/** A place in the workspace that a request is about. */
interface Subject {
  readonly uri: vscode.Uri;
  /** Absent for a whole file or folder. */
  readonly range?: vscode.Range;
}

const isInWorkspace = (uri: vscode.Uri): boolean => uri.scheme === 'file' && vscode.workspace.getWorkspaceFolder(uri) !== undefined;

/** What a person attached to the request, else the selection or cursor of the active editor. */
const subjectOf = ({ references }: vscode.ChatRequest): Subject | undefined => {
  for (const { value } of references) {
    if (value instanceof vscode.Location && isInWorkspace(value.uri)) return { uri: value.uri, range: value.range };
    if (value instanceof vscode.Uri && isInWorkspace(value)) return { uri: value };
  }
  const editor = vscode.window.activeTextEditor;
  return editor && isInWorkspace(editor.document.uri) ? { uri: editor.document.uri, range: editor.selection } : undefined;
};

const shown = ({ uri, range }: Subject): string => {
  const path = vscode.workspace.asRelativePath(uri, false);
  if (range === undefined) return path;
  const [first, last] = [range.start.line + 1, range.end.line + 1];
  return first === last ? `${path}:${first}` : `${path}:${first}-${last}`;
};

const targetOf = ({ uri, span, sha }: ChatPlace): vscode.Uri | vscode.Location =>
  uri === undefined
    ? commitUri(sha)
    : new vscode.Location(
        vscode.Uri.parse(uri, true),
        new vscode.Range(span.start.line, span.start.character, span.end.line, span.end.character),
      );

const show = (stream: vscode.ChatResponseStream, { parts }: ChatOutcome): void => {
  for (const part of parts)
    switch (part.kind) {
      case 'markdown':
        stream.markdown(part.text);
        break;
      case 'place':
        stream.anchor(targetOf(part.place), part.title);
        stream.reference(targetOf(part.place));
        break;
      case 'button':
        stream.button({ command: part.command, title: part.title, arguments: [part.argument] });
        break;
    }
};

/** Registers `@lintel`. Its answers are those of the server, with or without the language model of the chat; an editor without a chat gets none. */
export const registerChat = (extension: vscode.Uri, server: Server, models: LanguageModels): vscode.ChatParticipant | undefined => {
  if (typeof vscode.chat?.createChatParticipant !== 'function') return undefined;

  const modelOf = ({ model }: vscode.ChatRequest): WireModel | undefined =>
    model !== undefined && vscode.workspace.getConfiguration('lintel').get('chat.useModel', true) ? models.named(model) : undefined;

  const ask = async (request: vscode.ChatRequest, stream: vscode.ChatResponseStream, token: vscode.CancellationToken) => {
    const question = request.prompt.trim();
    stream.progress(vscode.l10n.t('Looking for the lines that answer this…'));
    const found = await server.request<AskResult>(ASK, { question }, token);
    if (found === undefined) return undefined;
    const hasLines = found.repositories.some(({ answer }) => (answer?.spans.length ?? 0) > 0);
    const model = hasLines ? modelOf(request) : undefined;
    if (model === undefined) return askOutcome(question, found);
    stream.progress(vscode.l10n.t('A language model is putting the lines into sentences…'));
    // Whatever goes wrong with the model, the lines are there.
    const worded = await server.request<AskResult>(ASK, { question, model }, token).catch(() => found);
    return worded && askOutcome(question, worded);
  };

  const why = async (request: vscode.ChatRequest, stream: vscode.ChatResponseStream, token: vscode.CancellationToken) => {
    const subject = subjectOf(request);
    const isAttached = request.references.length > 0;
    if (request.prompt.trim() !== '' && !isAttached) return ask(request, stream, token);
    if (subject === undefined) {
      const text = vscode.l10n.t('Open a file, or attach one, to see why its code is as it is. Or ask: `/why do we use an outbox table`.');
      return { parts: [{ kind: 'markdown', text }], outcome: 'nothing' } satisfies ChatOutcome;
    }
    const { uri, range } = subject;
    const params = { uri: uri.toString(), ...(range === undefined ? {} : { line: range.start.line, endLine: range.end.line }) };
    const result = await server.request<WhyResult>(WHY, params, token);
    if (result === undefined) return undefined;
    const outcome = whyOutcome(shown(subject), result);
    if (request.prompt.trim() === '') return outcome;
    const answered = await ask(request, stream, token);
    return answered && { ...answered, parts: [...outcome.parts, ...answered.parts] };
  };

  const decisions = async (request: vscode.ChatRequest, token: vscode.CancellationToken): Promise<ChatOutcome | undefined> => {
    const query = request.prompt.trim();
    if (query !== '') {
      const found = await server.search({ query, kinds: ['decision'] }, token);
      return found && foundOutcome(query, found.hits);
    }
    const lists = await Promise.all(
      (vscode.workspace.workspaceFolders ?? []).map(({ uri }) =>
        server.request<DecisionsResult>(DECISIONS, { uri: uri.toString() }, token),
      ),
    );
    if (token.isCancellationRequested) return undefined;
    const records = new Map(lists.flatMap((list) => list?.decisions ?? []).map((record) => [record.uri, record]));
    return listOutcome([...records.values()]);
  };

  const draft = async (request: vscode.ChatRequest, token: vscode.CancellationToken): Promise<ChatOutcome | undefined> => {
    const title = request.prompt.trim();
    if (title === '') {
      const text = vscode.l10n.t('Say what is decided: `/draft Send events through NATS`.');
      return { parts: [{ kind: 'markdown', text }], outcome: 'nothing' };
    }
    const subject = subjectOf(request);
    const hasLines = subject?.range !== undefined && !subject.range.isEmpty;
    const uri = subject?.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri;
    if (uri === undefined) return { parts: [{ kind: 'markdown', text: vscode.l10n.t('Open a folder first.') }], outcome: 'nothing' };
    const { range } = subject ?? {};
    const params: DraftSubjectParams = {
      uri: uri.toString(),
      title,
      ...(hasLines && range ? { selection: { start: range.start, end: range.end } } : { fromChanges: true }),
    };
    const kindred = await server.request<KindredResult>(KINDRED, params, token);
    const from = hasLines && subject ? shown(subject) : vscode.l10n.t('your uncommitted changes');
    return kindred && draftOutcome(from, kindred, { draft: params, model: modelOf(request) });
  };

  const handler: vscode.ChatRequestHandler = async (request, _context, stream, token) => {
    const answer = async (): Promise<ChatOutcome | undefined> => {
      switch (request.command) {
        case 'why':
          return why(request, stream, token);
        case 'decisions':
          return decisions(request, token);
        case 'draft':
          return draft(request, token);
        default:
          if (request.prompt.trim() !== '') return ask(request, stream, token);
          return why(request, stream, token);
      }
    };
    try {
      const outcome = await answer();
      if (outcome === undefined || token.isCancellationRequested) return {};
      show(stream, outcome);
      return { metadata: { outcome: outcome.outcome, prompt: request.prompt.trim() } satisfies Metadata };
    } catch (error) {
      return { errorDetails: { message: error instanceof Error ? error.message : String(error) } };
    }
  };

  const participant = vscode.chat.createChatParticipant(PARTICIPANT, handler);
  participant.iconPath = vscode.Uri.joinPath(extension, 'media', 'icon.png');
  participant.followupProvider = {
    provideFollowups: ({ metadata }: vscode.ChatResult) => {
      const { outcome, prompt = '' } = (metadata ?? {}) as Partial<Metadata>;
      return outcome === undefined ? [] : [...followupsOf(outcome, prompt)];
    },
  };
  return participant;
};
