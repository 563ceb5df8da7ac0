import type { Connection, ResponseError, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Hit, Place } from '../model/answer.ts';
import type { Engine } from '../model/engine.ts';
import type { Located, OpenRepositories } from './open-repositories.ts';
import type { ResolvedSettings } from './settings.ts';

/** The capabilities of a client that make a difference to this server. */
export interface ClientTraits {
  /** For the log: name and version. */
  readonly name: string;
  readonly markdown: boolean;
  readonly pullDiagnostics: boolean;
  readonly diagnosticRefresh: boolean;
  readonly codeLensRefresh: boolean;
  readonly workDoneProgress: boolean;
  readonly configuration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchers: boolean;
  readonly workspaceFolders: boolean;
  readonly relatedInformation: boolean;
  /** Strikes through a diagnostic that is tagged as deprecated. */
  readonly diagnosticTags: boolean;
  /** Commands of ours that the client runs, from links in a hover and from code actions. */
  readonly hoverCommands: readonly string[];
  /** Accepts edits of several files together with the document versions they apply to. */
  readonly documentChanges: boolean;
  /** Creates files as a part of such edits. */
  readonly createsFiles: boolean;
}

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

/** Everything that the handler of a request can use. */
export interface RequestContext {
  readonly connection: Connection;
  /** The files that are open in the editor. */
  readonly documents: TextDocuments<TextDocument>;
  readonly repositories: OpenRepositories;
  readonly client: () => ClientTraits;
  readonly settings: () => ResolvedSettings;
  readonly log: (level: LogLevel, message: string) => void;
  /** Why a request cannot be answered now: before `initialize` and after `shutdown`. */
  readonly refusal: () => ResponseError<undefined> | undefined;
  /** What the editor shows may be outdated: asks the client to request it again, or publishes diagnostics. */
  readonly refresh: () => void;
  /** Sends `lintel/status` now, so that the client has it before the response to the current request. */
  readonly sendStatus: () => void;
}

/**
 * The place of a URI, a line, or the lines of a selection (zero-based, both inclusive), with the text of the editor if the file is open.
 * Waits for folders that are being opened. `undefined` if the file is in no open repository.
 */
export const placeOf = async (
  context: RequestContext,
  uri: string,
  line?: number,
  endLine?: number,
): Promise<(Located & { readonly place: Place }) | undefined> => {
  await context.repositories.settled(uri);
  const located = context.repositories.locate(uri);
  if (located === undefined) return undefined;
  const text = context.documents.get(uri)?.getText();
  const lines = { ...(line === undefined ? {} : { line }), ...(line === undefined || endLine === undefined ? {} : { endLine }) };
  const place: Place = { path: located.path, ...lines, ...(text === undefined ? {} : { text }) };
  return { ...located, place };
};

const MOST_SUCCESSORS = 5;

/** The first records that replace this one, the one in force first. Records that are not indexed are left out. */
export const successorsOf = async (engine: Engine, { supersededBy }: Hit): Promise<readonly Hit[]> => {
  const hits = await Promise.all(supersededBy.slice(0, MOST_SUCCESSORS).map((id) => engine.record(id)));
  return hits.filter((hit) => hit !== undefined);
};
