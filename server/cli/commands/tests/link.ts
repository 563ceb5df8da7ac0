import { isRefused } from '../../../model/authoring.ts';
import { EXIT, RefusedError } from '../../command.ts';
import { json } from '../../hits.ts';
import { printable } from '../../terminal.ts';
import { today } from '../../today.ts';
import type { TestsAction } from './options.ts';

const OUTCOMES = { added: 'added to', replaced: 'updated in', unchanged: 'already in' } as const;

/** `lintel tests link CODE SPEC` */
export const linkAction: TestsAction = {
  name: 'link',
  takes: ['note'],
  arguments: [2, 2],
  run: async (engine, { values, positionals, terminal }) => {
    const [, code = '', spec = ''] = positionals;
    const request = { code, spec, today: today(), ...(values.note === undefined ? {} : { note: values.note }) };
    const done = await engine.testRuns.link(request, terminal.signal);
    if (isRefused(done)) throw new RefusedError(done.refused);
    const line = `${printable(done.test)} covers ${printable(done.code)}: ${OUTCOMES[done.done]} .lintel/links.yaml\n`;
    await terminal.out(values.json ? json(done) : line);
    return EXIT.ok;
  },
};
