import { hookFolder } from '../../engine/hook/folder.ts';
import type { Engine } from '../../model/engine.ts';
import { answerEvent, silentLine } from './answer-event.ts';
import type { HookPrinted, HookRequest, LocatedEvent } from './client.ts';

/** Answers a located event, and renders the answer as the agent reads it: a line of JSON, or nothing. */
export async function printEvent(
  engine: Engine,
  { event, folder, root }: LocatedEvent,
  { gate, verbose }: Pick<HookRequest, 'gate' | 'verbose'>,
): Promise<HookPrinted & { readonly ready: boolean }> {
  const { output, silent, ready } = await answerEvent(engine, event, { folder, memory: hookFolder(root), gate, now: Date.now });
  return {
    out: output ? `${JSON.stringify(output)}\n` : '',
    err: verbose && silent !== undefined ? silentLine(silent) : '',
    ready,
  };
}
