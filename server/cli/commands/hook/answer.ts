import { userInfo } from 'node:os';
import { EXIT, RefusedError, UsageError } from '../../command.ts';
import { json } from '../../hits.ts';
import { withEngine } from '../../session.ts';
import { printable } from '../../terminal.ts';
import type { HookInvocation } from './options.ts';

const LONGEST = 1_000;

const nameOfUser = (): string => {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
};

/** `lintel hook answer CODE allow|refuse` */
export async function answer(invocation: HookInvocation): Promise<number> {
  const { values, positionals, terminal } = invocation;
  const [, code = '', verdict] = positionals;
  if (!/^[0-9a-f]{8}$/.test(code)) throw new UsageError('"lintel hook answer" needs the CODE of a stop, such as 1f0c33ab.');
  if (verdict !== 'allow' && verdict !== 'refuse') throw new UsageError('"lintel hook answer" needs allow or refuse after the code.');
  const reason = printable(values.reason ?? '')
    .trim()
    .slice(0, LONGEST);
  if (reason === '') throw new UsageError('--reason: say why, for whoever reads the file of answers.');
  const by =
    printable(values.by ?? nameOfUser())
      .trim()
      .slice(0, LONGEST) || 'unknown';
  if (!values.yes && !(await terminal.ask(`${by}: ${verdict} ${code} until HEAD changes?`)))
    throw new RefusedError('Nothing was recorded. A person answers this: confirm it in a terminal, or pass --yes.');
  return withEngine(invocation, async (engine) => {
    const recorded = await engine.beforeEdit.answer({ code, answer: verdict, reason, by, at: new Date().toISOString() });
    await terminal.out(
      values.json
        ? json(recorded)
        : `Recorded in .lintel/answers.jsonl: ${verdict} ${code}, until HEAD is another commit than ${recorded.head.slice(0, 12) || 'none'}.\n`,
    );
    return EXIT.ok;
  });
}
