import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import type { EngineOptions } from '../model/engine.ts';
import { startServer } from './server.ts';

const TRANSPORTS = /^--(stdio|node-ipc|socket|pipe)(=|$)/;

// A client that names no transport is a shell or an editor that speaks over standard input and output.
if (!process.argv.slice(2).some((argument) => TRANSPORTS.test(argument)))
  process.argv.push(process.send === undefined ? '--stdio' : '--node-ipc');

// The engine is loaded with the first folder, after `initialized`.
startServer(createConnection(ProposedFeatures.all), async (options: EngineOptions) => (await import('../engine.ts')).openEngine(options));
