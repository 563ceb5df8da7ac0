/** The message of the tools that agents call. They are defined in `server/model/agent-tools.ts`, and `package.json` contributes them to the editor. */

/** Request `lintel/tool`: answers a call of a tool about one repository, as the MCP server would. */
export const TOOL = 'lintel/tool';
export interface ToolParams {
  /** Name of the tool, such as `why`. */
  readonly name: string;
  readonly arguments?: Readonly<Record<string, unknown>>;
  /** A file or folder of the repository. Default: the first repository of the workspace. */
  readonly folderUri?: string;
}
export interface ToolResult {
  /** The answer as JSON, at most as long as the budget of the call. Where `failed` is set, a sentence that says why there is none and what to do. */
  readonly text: string;
  readonly failed?: true;
}
