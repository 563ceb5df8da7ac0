import { Console } from 'node:console';
import type { EngineOptions } from '../model/engine.ts';
import { EXIT, type ServeMcp } from './command.ts';
import { runCli } from './run.ts';
import { processTerminal } from './terminal.ts';

/** What the program that serves MCP exports (`server/mcp/main.ts`). */
interface McpProgram {
  readonly serve: (options: {
    readonly repo: string | undefined;
    readonly current: string;
    readonly environment: NodeJS.ProcessEnv;
    readonly input: NodeJS.ReadStream;
    readonly output: NodeJS.WriteStream;
    readonly log: (message: string) => void;
    readonly openEngine: typeof openEngine;
  }) => Promise<void>;
}

// Loaded only when a command needs it, so that help and usage errors do not wait for it.
const openEngine = async (options: EngineOptions) => (await import('../engine/engine.ts')).openEngine(options);

/** The program that serves MCP: a bundle beside this one; from source, Node runs the TypeScript file. */
const serveMcp: ServeMcp = async ({ repo, folder, log }) => {
  const program = new URL(import.meta.url.endsWith('.ts') ? '../mcp/main.ts' : './mcp.cjs', import.meta.url);
  const { serve }: McpProgram = await import(program.href);
  // Standard output belongs to the protocol.
  globalThis.console = new Console(process.stderr, process.stderr);
  await serve({ repo, current: folder, environment: process.env, input: process.stdin, output: process.stdout, log, openEngine });
};

/**
 * Runs the command line of this process and resolves with its exit code.
 * @param input what was read of standard input already
 */
export function runProgram(argv: readonly string[], input?: string): Promise<number> {
  const controller = new AbortController();
  process.on('SIGINT', () => {
    // A second Ctrl-C exits at once, without waiting for the engine to stop.
    if (controller.signal.aborted) process.exit(EXIT.cancelled);
    controller.abort(new Error('Cancelled.'));
  });
  return runCli(argv, { terminal: processTerminal(controller.signal, input), openEngine, serveMcp });
}
