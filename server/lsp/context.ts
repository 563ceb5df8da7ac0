import type { Connection, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Place } from '../model/answer.ts';
import type { ResolvedSettings } from './settings.ts';
import type { Located, OpenRepositories } from './workspaces.ts';

/** What the client said it can do, reduced to what this server asks. */
export interface ClientTraits {
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
  /** Shows that a place is outdated, by striking it through. */
  readonly diagnosticTags: boolean;
  /** Commands that it runs when they stand in a hover. */
  readonly hoverCommands: readonly string[];
  /** Takes edits of several files with the versions that they were made for. */
  readonly documentChanges: boolean;
}

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

/** What every request file works with. */
export interface RequestContext {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly workspaces: OpenRepositories;
  readonly client: () => ClientTraits;
  readonly settings: () => ResolvedSettings;
  readonly log: (level: LogLevel, message: string) => void;
}

/** The place that an address (and line, or a line and the last one of a selection) names, with the editor's text where the file is open; waits for folders being opened. */
export const placeOf = async (
  context: RequestContext,
  uri: string,
  line?: number,
  endLine?: number,
): Promise<(Located & { readonly place: Place }) | undefined> => {
  await context.workspaces.settled();
  const located = context.workspaces.locate(uri);
  if (located === undefined) return undefined;
  const text = context.documents.get(uri)?.getText();
  const lines = { ...(line === undefined ? {} : { line }), ...(line === undefined || endLine === undefined ? {} : { endLine }) };
  const place: Place = { path: located.path, ...lines, ...(text === undefined ? {} : { text }) };
  return { ...located, place };
};
