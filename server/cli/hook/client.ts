import { hookFolder, repositoryAround } from '../../engine/hook/folder.ts';
import { askHelper } from '../../engine/hook/helper-socket.ts';
import { cliProgram } from './cli-program.ts';
import { editsOf } from './edits.ts';
import { type HookEvent, MOST_INPUT_BYTES, readEvent } from './event.ts';

/** What one run of `lintel hook` is asked. */
export interface HookRequest {
  /** What the agent wrote. */
  readonly text: string;
  readonly gate: boolean;
  readonly verbose: boolean;
}

/** What one run of `lintel hook` prints. */
export interface HookPrinted {
  readonly out: string;
  readonly err: string;
}

/** An event with where it happens. */
export interface LocatedEvent {
  readonly event: HookEvent;
  /** Folder of the agent. */
  readonly folder: string;
  /** Root of its repository. */
  readonly root: string;
}

/** Reads standard input to its end; `undefined` for more than is read. */
export async function readInput(stream: AsyncIterable<unknown>): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > MOST_INPUT_BYTES) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Reads an event and finds its repository, without starting or opening anything: most events of an agent are about other tools.
 * @param folder where to look if the agent does not say where it is
 * @returns why there is nothing to answer, in words that end a sentence
 */
export function locateEvent(text: string, folder: string, named?: string): LocatedEvent | { readonly ignored: string } {
  const event = readEvent(text);
  if ('ignored' in event) return event;
  if (event.name === 'Stop') return { ignored: 'nothing is said at the end' };
  if (event.name !== 'SessionStart' && editsOf(event).length === 0) return { ignored: 'the tool edits no file that Lintel knows of' };
  const here = event.cwd ?? folder;
  const root = repositoryAround(named ?? here);
  return root === undefined ? { ignored: 'there is no git repository' } : { event, folder: here, root };
}

/** Asks the helper of the repository; `undefined` where none answers in time. */
export async function askedOfHelper(request: HookRequest, root: string): Promise<HookPrinted | undefined> {
  const answer = await askHelper(hookFolder(root), JSON.stringify(request), cliProgram());
  if (answer === undefined) return undefined;
  try {
    const value = JSON.parse(answer) as Partial<Record<keyof HookPrinted, unknown>>;
    return typeof value.out === 'string' && typeof value.err === 'string' ? { out: value.out, err: value.err } : undefined;
  } catch {
    return undefined;
  }
}
