import type { Readable, Writable } from 'node:stream';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Engine, EngineOptions } from '../model/engine.ts';
import { messageOf } from '../model/errors.ts';
import { messagesOnly } from './frames.ts';
import { Knowledge } from './knowledge.ts';
import { chosenFolder } from './repository.ts';
import { createServer } from './server.ts';
import { Turns } from './turns.ts';

/** By which the editor says which embedding model its own setting names: two models would take turns in rebuilding one index. */
const MODEL_VARIABLE = 'LINTEL_MODEL';

/** What a server is started with. */
export interface ServeOptions {
  /** The repository, or a folder in it. Default: as the environment says, else the current folder. */
  readonly repo?: string | undefined;
  readonly current: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly input: Readable;
  readonly output: Writable;
  /** Lines for people who look at what the server says: standard error. */
  readonly log: (message: string) => void;
  /** Given by the program that loads this one, so that the package has the engine once. */
  readonly openEngine: (options: EngineOptions) => Promise<Engine>;
}

/** Serves MCP of both eras over two streams until the input ends or the output is closed, and resolves when everything is put away. */
export async function serve({ repo, current, environment, input, output, log, openEngine }: ServeOptions): Promise<void> {
  const model = environment[MODEL_VARIABLE]?.trim() || undefined;
  const knowledge = new Knowledge({
    chosen: chosenFolder(repo, environment, current),
    openEngine: (options) => openEngine(model === undefined ? options : { ...options, model }),
    log,
  });
  const turns = new Turns();
  const messages = messagesOnly((line) => output.write(line));
  const ended = new Promise<void>((resolve) => {
    for (const event of ['end', 'close', 'error'] as const) input.once(event, () => resolve());
    for (const event of ['close', 'error'] as const) output.once(event, () => resolve());
  });
  const server = serveStdio(() => createServer(knowledge, turns, log), {
    transport: new StdioServerTransport(input.pipe(messages), output),
    onerror: (error) => log(messageOf(error)),
  });
  knowledge.warm();
  await ended;
  await server.close();
  await knowledge.close();
}
