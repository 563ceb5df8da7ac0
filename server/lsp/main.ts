import { setFlagsFromString } from 'node:v8';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import type { EngineOptions } from '../model/engine.ts';
import { startServer } from './server.ts';

// A server waits most of the time. V8 would keep the nursery as large as opening a repository made it once, three times 16 MB and what
// survives in it: 60 of 370 MB at 5,000 commits.
setFlagsFromString('--semi-space-growth-factor=1');

const TRANSPORTS = /^--(stdio|node-ipc|socket|pipe)(=|$)/;

// A client that names no transport is a shell or an editor that speaks over standard input and output.
if (!process.argv.slice(2).some((argument) => TRANSPORTS.test(argument)))
  process.argv.push(process.send === undefined ? '--stdio' : '--node-ipc');

// The engine is loaded with the first folder, after `initialized`.
startServer(createConnection(ProposedFeatures.all), async (options: EngineOptions) =>
  (await import('../engine/engine.ts')).openEngine(options),
);
