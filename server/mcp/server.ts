import { McpServer, ResourceNotFoundError, type ServerContext, type Tool } from '@modelcontextprotocol/server';
import manifest from '../../package.json' with { type: 'json' };
import { answerTool } from '../engine/tools/answer.ts';
import { ToolRefusal } from '../engine/tools/refusal.ts';
import { AGENT_INSTRUCTIONS, AGENT_TOOLS } from '../model/agent-tools.ts';
import { type IndexProgress, PHASE_NAMES } from '../model/answer.ts';
import { isEngineError, messageOf } from '../model/errors.ts';
import type { Knowledge, Waiting } from './knowledge.ts';
import { idOfResource, listResources, RESOURCE_BUDGET, RESOURCE_TEMPLATE } from './resources.ts';
import type { Turns } from './turns.ts';

/** What `tools/list` answers: the definitions, each as one that only reads and knows this repository alone. */
export const LISTED_TOOLS: readonly Tool[] = JSON.parse(
  JSON.stringify(AGENT_TOOLS.map(({ title, ...tool }) => ({ ...tool, annotations: { title, readOnlyHint: true, openWorldHint: false } }))),
);

/** Tools whose answers miss something where a source file was saved and is not indexed yet. */
const NEED_SOURCES: ReadonlySet<string> = new Set(['check']);

/** How the waits of a request are told: progress for a client that asked for it, and the signal by which it cancels. */
const waitingOf = ({ mcpReq }: ServerContext): Waiting => {
  const progressToken = mcpReq._meta?.progressToken;
  let told = -1;
  const onProgress = ({ phase, percent }: IndexProgress): void => {
    // It has to rise with every notification.
    if (progressToken === undefined || percent <= told) return;
    told = percent;
    const params = { progressToken, progress: percent, total: 100, message: `Indexing: ${PHASE_NAMES[phase]}` };
    void mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined);
  };
  return { signal: mcpReq.signal, onProgress };
};

/** A failure as the answer of a tool, so that the model reads what to do; `undefined` for a fault of Lintel. */
const toldOf = (error: unknown): string | undefined => (error instanceof ToolRefusal || isEngineError(error) ? error.message : undefined);

/** A server for one connection, of either era: what it knows is shared. */
export function createServer(knowledge: Knowledge, turns: Turns, log: (message: string) => void): McpServer {
  const mcp = new McpServer(
    { name: 'lintel', title: manifest.displayName, version: manifest.version },
    {
      capabilities: { tools: { listChanged: false }, resources: { listChanged: false } },
      instructions: AGENT_INSTRUCTIONS,
      cacheHints: { 'tools/list': { ttlMs: 3_600_000, cacheScope: 'public' } },
    },
  );
  const { server } = mcp;

  const answer = async (name: string, given: Readonly<Record<string, unknown>>, context: ServerContext) => {
    const waiting = waitingOf(context);
    const { engine, notices } = await knowledge.ready(waiting, NEED_SOURCES.has(name));
    return turns.take(() => answerTool(engine, { name, arguments: given, notices, signal: waiting.signal }), waiting.signal);
  };

  server.setRequestHandler('tools/list', () => ({ tools: [...LISTED_TOOLS] }));

  server.setRequestHandler('tools/call', async ({ params }, context) => {
    try {
      const structuredContent = await answer(params.name, params.arguments ?? {}, context);
      return { content: [{ type: 'text', text: JSON.stringify(structuredContent) }], structuredContent };
    } catch (error) {
      context.mcpReq.signal.throwIfAborted();
      const told = toldOf(error);
      if (told === undefined) log(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return { content: [{ type: 'text', text: told ?? `Lintel failed: ${messageOf(error)}` }], isError: true };
    }
  });

  server.setRequestHandler('resources/list', async ({ params }, context) => {
    const { engine } = await knowledge.ready(waitingOf(context));
    return listResources(engine, params?.cursor);
  });
  server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates: [RESOURCE_TEMPLATE] }));
  server.setRequestHandler('resources/read', async ({ params: { uri } }, context) => {
    const id = idOfResource(uri);
    try {
      const { text } = await answer('decisions', { id, budget: RESOURCE_BUDGET }, context);
      if (typeof text !== 'string') throw new ResourceNotFoundError(uri);
      return { contents: [{ uri, mimeType: 'text/markdown', text }] };
    } catch (error) {
      if (error instanceof ToolRefusal) throw new ResourceNotFoundError(uri, error.message);
      throw error;
    }
  });
  return mcp;
}
