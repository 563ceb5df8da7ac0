#!/usr/bin/env node
import { Console } from 'node:console';
import { setFlagsFromString } from 'node:v8';
import { type Connection, createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import type { EngineOptions } from '../model/engine.ts';
import { messageOf } from '../model/errors.ts';
import { framesOnly } from './frames.ts';
import { startServer } from './server.ts';

// A language server is idle most of the time, but V8 keeps its young generation as large as it was when a repository was opened: three
// times 16 MB and what survives in it, 60 of 370 MB at 5,000 commits.
setFlagsFromString('--semi-space-growth-factor=1');

const TRANSPORTS = /^--(stdio|node-ipc|socket|pipe)(=|$)/;

// Without a transport, somebody started it from a shell, or an editor that talks over standard input and output did.
if (!process.argv.slice(2).some((argument) => TRANSPORTS.test(argument)))
  process.argv.push(process.send === undefined ? '--stdio' : '--node-ipc');

// The engine is loaded when the first folder is opened, after `initialized`.
const openEngine = async (options: EngineOptions) => (await import('../engine/engine.ts')).openEngine(options);

const connect = (): Connection => {
  if (process.argv.slice(2).find((argument) => TRANSPORTS.test(argument)) !== '--stdio') return createConnection(ProposedFeatures.all);
  // Standard output belongs to the protocol.
  globalThis.console = new Console(process.stderr, process.stderr);
  return createConnection(ProposedFeatures.all, process.stdin.pipe(framesOnly()), process.stdout);
};

const { log } = startServer(connect(), openEngine);

// One failed request must not end the server for everybody else.
process.on('uncaughtException', (error) => log('error', `Unexpected error: ${error.stack ?? error.message}`));
process.on('unhandledRejection', (reason) => log('error', `Unexpected error: ${messageOf(reason)}`));
