import { parseArgs } from 'node:util';
import { askedOfHelper, askedOfNewHelper, locateEvent, readInput } from './client.ts';

/** What `lintel hook` does besides answering an event. */
export const HOOK_ACTIONS = ['install', 'stats', 'answer', 'serve'] as const;

/** Milliseconds after which an agent is not kept waiting any more: nothing is said then. */
const PATIENCE = 15_000;

/** Options of an event; others are a mistake, which `lintel hook` reports without an exit code. */
const OPTIONS = { repo: { type: 'string' }, gate: { type: 'boolean' }, verbose: { type: 'boolean' } } as const;

/** Whether a command line answers an event of an agent. Agents take its exit code for a verdict on their edit. */
export function isEventOfHook(argv: readonly string[]): boolean {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: { ...OPTIONS, help: { type: 'boolean', short: 'h' } },
    strict: false,
    allowPositionals: true,
  });
  return positionals[0] === 'hook' && values.help === undefined && !HOOK_ACTIONS.some((action) => action === positionals[1]);
}

const write = (stream: NodeJS.WriteStream, text: string): Promise<void> =>
  text === '' ? Promise.resolve() : new Promise((done) => stream.write(text, () => done()));

/**
 * Answers an event of an agent: by the helper that has the index in memory, else by the program itself. Resolves with 0 whatever happens, because another code
 * would stop the agent, or tell its user of a mistake that is none of theirs.
 * @param run runs a command line, with what was read of standard input
 */
export async function runHook(argv: readonly string[], run: (argv: readonly string[], input?: string) => Promise<number>): Promise<number> {
  for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, () => process.exit(0));
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => process.exit(0));
  const { values } = parseArgs({ args: [...argv], options: OPTIONS, strict: false, allowPositionals: true });
  const verbose = values.verbose === true;
  const giveUp = `lintel hook: silent: nothing was ready after ${PATIENCE / 1000} seconds.\n`;
  setTimeout(() => void write(process.stderr, verbose ? giveUp : '').then(() => process.exit(0)), PATIENCE).unref();
  const text = await readInput(process.stdin);
  const named = typeof values.repo === 'string' ? values.repo : undefined;
  const located = text === undefined ? { ignored: 'the input is too long' } : locateEvent(text, process.cwd(), named);
  if ('ignored' in located) {
    if (verbose) await write(process.stderr, `lintel hook: silent: ${located.ignored}.\n`);
    return 0;
  }
  const request = { text: text ?? '', gate: values.gate === true, verbose };
  const printed = (await askedOfHelper(request, located.root)) ?? (await askedOfNewHelper(request, located.root));
  if (!printed) await run(argv, text);
  else await Promise.all([write(process.stdout, printed.out), write(process.stderr, printed.err)]);
  return 0;
}
