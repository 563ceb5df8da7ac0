import { EngineError } from '../../model/errors.ts';
import { defineCommand, EXIT } from '../command.ts';
import { json } from '../hits.ts';
import { withEngine } from '../session.ts';
import { printable } from '../terminal.ts';

/** `lintel doctor` */
export const doctorCommand = defineCommand({
  name: 'doctor',
  summary: 'Check the installation and the index, and say how to fix what is wrong',
  arguments: '[--json]',
  options: {},
  optionHelp: [],
  examples: ['lintel doctor'],
  takes: [0, 0],
  run: async (invocation) => {
    const { values, terminal } = invocation;
    const checks = await withEngine(invocation, (engine) => engine.doctor()).catch((error) => {
      if (error instanceof EngineError) return [{ check: error.code, ok: false, detail: error.message }];
      throw error;
    });
    const mark = (ok: boolean): string => (ok ? terminal.paint('green', 'ok  ') : terminal.paint('red', 'FAIL'));
    await terminal.out(
      values.json
        ? json({ checks })
        : checks.map(({ check, ok, detail }) => `${mark(ok)}  ${terminal.paint('bold', check)}  ${printable(detail)}\n`).join(''),
    );
    return checks.every(({ ok }) => ok) ? EXIT.ok : EXIT.unhealthy;
  },
});
