import { resolve } from 'node:path';
import { hookFolder } from '../../../engine/hook/folder.ts';
import { startHelper } from '../../../engine/hook/start-helper.ts';
import { EXIT } from '../../command.ts';
import { cliProgram } from '../../hook/cli-program.ts';
import { locateEvent } from '../../hook/client.ts';
import { printEvent } from '../../hook/print-event.ts';
import type { HookInvocation } from './options.ts';

/** `lintel hook`: answers an event by this process, and starts a helper that answers the next ones. */
export async function answerHere({ values, terminal, openEngine }: HookInvocation): Promise<number> {
  const located = locateEvent(await terminal.input(), terminal.folder, values.repo && resolve(terminal.folder, values.repo));
  if ('ignored' in located) {
    if (values.verbose) terminal.err(`lintel hook: silent: ${located.ignored}.\n`);
    return EXIT.ok;
  }
  const { root } = located;
  const engine = await openEngine({ folder: root, heal: false });
  try {
    const { out, err, ready } = await printEvent(engine, located, { gate: values.gate === true, verbose: values.verbose === true });
    if (err !== '') terminal.err(err);
    if (out !== '') await terminal.out(out);
    if (ready) startHelper(hookFolder(root), root, cliProgram());
  } finally {
    await engine.dispose();
  }
  return EXIT.ok;
}
