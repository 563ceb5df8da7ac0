import { resolve } from 'node:path';
import { hookFolder, repositoryAround } from '../../../engine/hook/folder.ts';
import { hasHelper, listen } from '../../../engine/hook/helper-socket.ts';
import type { Engine } from '../../../model/engine.ts';
import { EXIT, RefusedError } from '../../command.ts';
import { cliProgram } from '../../hook/cli-program.ts';
import { type HookPrinted, type HookRequest, locateEvent } from '../../hook/client.ts';
import { printEvent } from '../../hook/print-event.ts';
import type { HookInvocation } from './options.ts';

/** Milliseconds after the last question. */
const IDLE = 600_000;
const NOTHING: HookPrinted = { out: '', err: '' };

const isRequest = (value: unknown): value is HookRequest =>
  typeof value === 'object' &&
  value !== null &&
  'text' in value &&
  typeof value.text === 'string' &&
  'gate' in value &&
  typeof value.gate === 'boolean' &&
  'verbose' in value &&
  typeof value.verbose === 'boolean';

/** Answers one message of a hook. Never rejects: what cannot be answered is nothing. */
async function answerMessage(engine: Engine, message: string): Promise<string> {
  try {
    const request: unknown = JSON.parse(message);
    if (!isRequest(request)) return JSON.stringify(NOTHING);
    const located = locateEvent(request.text, engine.root, engine.root);
    if ('ignored' in located) return JSON.stringify(NOTHING);
    const { out, err } = await printEvent(engine, located, request);
    return JSON.stringify({ out, err });
  } catch {
    return JSON.stringify(NOTHING);
  }
}

/** `lintel hook serve`: keeps the index of a repository in memory for hooks, until nobody asked for ten minutes. */
export async function serve({ values, terminal, openEngine }: HookInvocation): Promise<number> {
  const root = repositoryAround(resolve(terminal.folder, values.repo ?? '.'));
  if (root === undefined) throw new RefusedError('lintel hook serve: there is no git repository. Name it with --repo.');
  const folder = hookFolder(root);
  const program = cliProgram();
  if (await hasHelper(folder, program)) return EXIT.ok;
  const engine = await openEngine({ folder: root, heal: false });
  try {
    // The first answer loads the index, measures the background and parses; the next ones find all of it done.
    const { ready } = await engine.beforeEdit.decisions({ path: 'first.ts', text: 'export const first = 1;\n' });
    if (!ready) throw new RefusedError('lintel hook serve: there is no index that can be read. Run "lintel index".');
    const { ended, stop } = await listen(folder, (message) => answerMessage(engine, message), { program, idle: IDLE });
    terminal.signal.addEventListener('abort', stop);
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
    await ended;
  } finally {
    await engine.dispose();
  }
  return EXIT.ok;
}
