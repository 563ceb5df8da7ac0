import { openEngine } from '../engine.ts';
import { EXIT } from './command.ts';
import { runCli } from './run.ts';
import { processTerminal } from './terminal.ts';

const controller = new AbortController();
process.on('SIGINT', () => {
  // A second Ctrl-C does not wait for the engine to wind down.
  if (controller.signal.aborted) process.exit(EXIT.cancelled);
  controller.abort(new Error('Cancelled.'));
});

void runCli(process.argv.slice(2), processTerminal(controller.signal), openEngine).then((code) => process.exit(code));
