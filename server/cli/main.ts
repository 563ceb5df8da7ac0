#!/usr/bin/env node
import type { EngineOptions } from '../model/engine.ts';
import { EXIT } from './command.ts';
import { runCli } from './run.ts';
import { processTerminal } from './terminal.ts';

// Loaded only when a command needs it, so that help and usage errors do not wait for it.
const openEngine = async (options: EngineOptions) => (await import('../engine/engine.ts')).openEngine(options);

const controller = new AbortController();
process.on('SIGINT', () => {
  // A second Ctrl-C exits at once, without waiting for the engine to stop.
  if (controller.signal.aborted) process.exit(EXIT.cancelled);
  controller.abort(new Error('Cancelled.'));
});

void runCli(process.argv.slice(2), processTerminal(controller.signal), openEngine).then((code) => process.exit(code));
