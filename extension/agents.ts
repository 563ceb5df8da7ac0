import * as vscode from 'vscode';
import { TOOL, type ToolParams, type ToolResult } from '../protocol/agents.ts';
import type { Server } from './server.ts';

/** Id of the provider in the manifest. */
const PROVIDER = 'lintel';
/** Tools of the manifest are named so; the rest is the name that the server knows. */
const PREFIX = 'lintel_';
const SETTING = 'lintel.agents.provide';

/** In which ways agents of the editor get the tools. */
type Provided = 'both' | 'tools' | 'mcp' | 'none';

const provided = (): Provided => vscode.workspace.getConfiguration().get<Provided>(SETTING, 'tools');

interface ContributedTool {
  readonly name: string;
}

/** The repository that a call is about: that of the active editor, else the first folder of the workspace. */
const folderUri = (): string | undefined => {
  const active = vscode.window.activeTextEditor?.document.uri;
  const folder = active && vscode.workspace.getWorkspaceFolder(active);
  return (folder ?? vscode.workspace.workspaceFolders?.[0])?.uri.toString();
};

const answerOf = async (server: Server, params: ToolParams, token: vscode.CancellationToken): Promise<string> => {
  const result = await server.request<ToolResult>(TOOL, params, token);
  if (result === undefined) throw new vscode.CancellationError();
  // The message of an error reaches the model, which asks better then.
  if (result.failed) throw new Error(result.text);
  return result.text;
};

const registerTool = (server: Server, name: string): vscode.Disposable =>
  vscode.lm.registerTool<Readonly<Record<string, unknown>>>(name, {
    invoke: async ({ input }, token) => {
      const folder = folderUri();
      const params = { name: name.slice(PREFIX.length), arguments: input, ...(folder === undefined ? {} : { folderUri: folder }) };
      return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(await answerOf(server, params, token))]);
    },
  });

/** The MCP server of each folder of the workspace: the command line of this extension, run by the editor's own Node, with the index of the settings. */
const definitions = ({ extension, asAbsolutePath }: vscode.ExtensionContext): vscode.McpStdioServerDefinition[] => {
  // A server of an untrusted workspace would run git in it for whoever asks.
  if (!vscode.workspace.isTrusted || !['both', 'mcp'].includes(provided())) return [];
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const configuration = vscode.workspace.getConfiguration('lintel');
  const setting = (key: string, variable: string): Record<string, string> => {
    const value = configuration.get<string>(key)?.trim();
    return value ? { [variable]: value } : {};
  };
  const env = {
    ELECTRON_RUN_AS_NODE: '1',
    ...setting('index.folder', 'LINTEL_INDEX'),
    ...setting('embedding.model', 'LINTEL_MODEL'),
  };
  return folders.map(
    ({ name, uri }) =>
      new vscode.McpStdioServerDefinition(
        folders.length === 1 ? 'Lintel' : `Lintel (${name})`,
        process.execPath,
        [asAbsolutePath('dist/cli.cjs'), 'mcp', '--repo', uri.fsPath],
        env,
        String(extension.packageJSON.version),
      ),
  );
};

/**
 * Gives agents of the editor the tools of Lintel: as language-model tools, which the running server answers, and as an MCP server. The setting
 * `lintel.agents.provide` switches each off; the manifest hides the tools by it. An editor that has neither interface gets neither.
 */
export const registerAgents = (context: vscode.ExtensionContext, server: Server): vscode.Disposable => {
  const changed = new vscode.EventEmitter<void>();
  const tools: readonly ContributedTool[] = context.extension.packageJSON.contributes.languageModelTools;
  const hasTools = typeof vscode.lm?.registerTool === 'function';
  const hasServers = typeof vscode.lm?.registerMcpServerDefinitionProvider === 'function';
  return vscode.Disposable.from(
    changed,
    vscode.workspace.onDidChangeConfiguration((event) => {
      if ([SETTING, 'lintel.index.folder', 'lintel.embedding.model'].some((key) => event.affectsConfiguration(key))) changed.fire();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(() => changed.fire()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
    ...(hasTools ? tools.map(({ name }) => registerTool(server, name)) : []),
    ...(hasServers
      ? [
          vscode.lm.registerMcpServerDefinitionProvider(PROVIDER, {
            onDidChangeMcpServerDefinitions: changed.event,
            provideMcpServerDefinitions: () => definitions(context),
          }),
        ]
      : []),
  );
};
