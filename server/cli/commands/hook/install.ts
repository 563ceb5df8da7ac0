import { editsOf } from '../../../text/edits.ts';
import { readInside } from '../../../text/read-file.ts';
import { didYouMean } from '../../../text/suggest.ts';
import { EXIT, RefusedError, UsageError } from '../../command.ts';
import { AGENTS, SETTINGS_FILE, withHooks } from '../../hook/settings.ts';
import { withEngine } from '../../session.ts';
import type { HookInvocation } from './options.ts';

const MOST_BYTES = 1_000_000;

/** `lintel hook install` */
export function install(invocation: HookInvocation): Promise<number> {
  const { values, terminal } = invocation;
  const agent = AGENTS.find((one) => one === (values.agent ?? 'claude'));
  if (agent === undefined)
    throw new UsageError(`--agent: unknown agent "${values.agent}".${didYouMean(values.agent ?? '', AGENTS)} Use ${AGENTS.join(' or ')}.`);
  const command = `${values.command ?? 'lintel hook'}${values.gate ? ' --gate' : ''}`;
  const file = SETTINGS_FILE[agent];
  return withEngine(invocation, async (engine) => {
    const text = await readInside(engine.root, file, MOST_BYTES);
    let before: unknown;
    try {
      before = text === undefined || text.trim() === '' ? {} : JSON.parse(text);
    } catch {
      throw new RefusedError(
        `${file} is not JSON, so nothing is written. Correct it, or add what "lintel hook install --print" shows in another folder.`,
      );
    }
    const settings = withHooks(before, agent, command);
    if (settings === undefined) throw new RefusedError(`"hooks" in ${file} is not an object of lists, so nothing is written.`);
    const written = `${JSON.stringify(settings, undefined, 2)}\n`;
    if (values.print) {
      await terminal.out(written);
      return EXIT.ok;
    }
    if (written === text) {
      await terminal.out(`${file} has the hooks already.\n`);
      return EXIT.ok;
    }
    terminal.err(`${file} will be:\n\n${written}\n`);
    if (!values.yes && !(await terminal.ask(`Write ${file}?`)))
      throw new RefusedError('Nothing was written. Confirm it in a terminal, pass --yes, or copy what --print shows.');
    await engine.authoring.apply(editsOf(file, text ?? '', [{ start: 0, end: (text ?? '').length, text: written }]));
    await terminal.out(
      `Wrote ${file}. ${agent === 'claude' ? 'VS Code reads this file as well. ' : ''}The agent runs "${command}" from its next session on.\n`,
    );
    return EXIT.ok;
  });
}
