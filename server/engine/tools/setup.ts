import type { TextEdit } from '../../model/finding.ts';
import { TEXT_START } from '../../model/span.ts';
import { lineIndex } from '../../text/lines.ts';
import { readInside } from '../../text/read-file.ts';

/** Whose file is written: `claude` is the root `.mcp.json`, which other clients read as well. */
export type McpClient = 'claude' | 'vscode' | 'cursor';

interface ClientFile {
  /** Repository-relative. */
  readonly path: string;
  /** The key that holds the servers. */
  readonly servers: 'mcpServers' | 'servers';
  /** Arguments behind `mcp`, for clients that start servers elsewhere than at the root of the repository. */
  readonly args: readonly string[];
  /** Keys that the client wants of a server on standard input and output. */
  readonly extra: Readonly<Record<string, string>>;
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: a variable that the client replaces
const FOLDER = ['--repo', '${workspaceFolder}'];

const FILES: Readonly<Record<McpClient, ClientFile>> = {
  claude: { path: '.mcp.json', servers: 'mcpServers', args: [], extra: {} },
  vscode: { path: '.vscode/mcp.json', servers: 'servers', args: FOLDER, extra: { type: 'stdio' } },
  cursor: { path: '.cursor/mcp.json', servers: 'mcpServers', args: FOLDER, extra: {} },
};

/** All clients whose file is known. */
export const MCP_CLIENTS: readonly McpClient[] = ['claude', 'vscode', 'cursor'];

const NAME = 'lintel';

/** How a client starts the server: a program and the arguments before `mcp`. */
export interface McpProgramCall {
  readonly command: string;
  readonly args: readonly string[];
}

/** What there is to write for a client. */
export interface McpSetup {
  readonly path: string;
  /** The file as it will be. */
  readonly text: string;
  /** Nothing, where the file has the server already as it would be written. */
  readonly edits: readonly TextEdit[];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** How the lines of a file are indented. */
const indentOf = (text: string): string => /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
};

/**
 * The file of a client with the server of Lintel in it; everything else in the file stays. What cannot be read as JSON is refused with what to add by hand,
 * because comments would be lost.
 */
export async function mcpSetup(root: string, client: McpClient, call: McpProgramCall): Promise<McpSetup | { readonly refused: string }> {
  const { path, servers, args, extra } = FILES[client];
  const entry = { ...extra, command: call.command, args: [...call.args, 'mcp', ...args] };
  const before = (await readInside(root, path)) ?? '';
  const known = before.trim() === '' ? {} : parsed(before);
  const all = isObject(known) ? (known[servers] ?? {}) : undefined;
  if (!isObject(known) || !isObject(all)) {
    const snippet = JSON.stringify({ [servers]: { [NAME]: entry } }, undefined, 2);
    return { refused: `${path} is not plain JSON with an object "${servers}", so it was left as it is. Add this by hand:\n${snippet}` };
  }
  if (JSON.stringify(all[NAME]) === JSON.stringify(entry)) return { path, text: before, edits: [] };
  const text = `${JSON.stringify({ ...known, [servers]: { ...all, [NAME]: entry } }, undefined, indentOf(before))}\n`;
  const lines = lineIndex(before);
  const end = before === '' ? TEXT_START : lines.position(before.length);
  return { path, text, edits: [{ path, span: { start: TEXT_START, end }, text }] };
}
