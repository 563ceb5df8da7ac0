import type { EngineOptions } from '../model/engine.ts';
import { EXIT } from './command.ts';
import { runCli } from './run.ts';
import { processTerminal } from './terminal.ts';

// Loaded only when a command needs it, so that help and usage errors do not wait for it.
const openEngine = async (options: EngineOptions) => (await import('../engine/engine.ts')).openEngine(options);

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
  return runCli(argv, processTerminal(controller.signal, input), openEngine);
}
