import { type InitializeParams, MarkupKind } from 'vscode-languageserver/node';
import { z } from 'zod';
import type { ClientTraits } from './context.ts';

/** A client that declares no capabilities. */
export const UNKNOWN_CLIENT: ClientTraits = {
  name: 'a client without a name',
  markdown: false,
  pullDiagnostics: false,
  diagnosticRefresh: false,
  codeLensRefresh: false,
  workDoneProgress: false,
  configuration: false,
  registersConfiguration: false,
  registersWatchers: false,
  workspaceFolders: false,
  relatedInformation: false,
  diagnosticTags: false,
  documentChanges: false,
  createsFiles: false,
  hoverCommands: [],
};

/** The commands that a client runs from hovers. It lists them like a client of rust-analyzer, in `experimental.commands.commands`. */
const commandsOf = (experimental: unknown): readonly string[] => {
  const read = commandsSchema.safeParse(experimental);
  return read.success ? read.data.commands.commands : [];
};
const commandsSchema = z.object({ commands: z.object({ commands: z.array(z.string()) }) });

/** The capabilities of a client that make a difference to this server. */
export const traitsOf = ({ clientInfo, capabilities }: InitializeParams): ClientTraits => {
  const { textDocument, workspace, window } = capabilities;
  return {
    name: !clientInfo ? UNKNOWN_CLIENT.name : [clientInfo.name, clientInfo.version].filter(Boolean).join(' '),
    // Some clients send one word instead of a list.
    markdown: [textDocument?.hover?.contentFormat ?? []].flat().includes(MarkupKind.Markdown),
    pullDiagnostics: textDocument?.diagnostic !== undefined,
    diagnosticRefresh: workspace?.diagnostics?.refreshSupport ?? false,
    codeLensRefresh: workspace?.codeLens?.refreshSupport ?? false,
    workDoneProgress: window?.workDoneProgress ?? false,
    configuration: workspace?.configuration ?? false,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration ?? false,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false,
    workspaceFolders: workspace?.workspaceFolders ?? false,
    relatedInformation: textDocument?.publishDiagnostics?.relatedInformation ?? textDocument?.diagnostic?.relatedInformation ?? false,
    diagnosticTags: (textDocument?.publishDiagnostics?.tagSupport ?? textDocument?.diagnostic?.tagSupport) !== undefined,
    documentChanges: workspace?.workspaceEdit?.documentChanges ?? false,
    createsFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') ?? false,
    hoverCommands: commandsOf(capabilities.experimental),
  };
};

/** URIs of the folders that a client opened: `workspaceFolders`, or else the deprecated `rootUri`. */
export const foldersOf = ({ workspaceFolders, rootUri }: InitializeParams): readonly string[] =>
  workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
