import { isRefused } from '../../model/authoring.ts';
import { defineCommand, EXIT, NO_UPDATE, NO_UPDATE_OPTION } from '../command.ts';
import { json } from '../hits.ts';
import { placeFrom } from '../place.ts';
import { freshen, withEngine } from '../session.ts';
import { printable } from '../terminal.ts';
import { today } from '../today.ts';
import { recordName, refuse } from './decisions.ts';

const OUTCOMES = { added: 'added to', replaced: 'updated in', unchanged: 'already in' } as const;

/** `lintel link FILE[:LINE] DECISION [--not]` */
export const linkCommand = defineCommand({
  name: 'link',
  summary: 'Record in .lintel/links.yaml that a decision governs code, or that it does not',
  arguments: 'FILE[:LINE] DECISION [--not] [--symbol NAME] [--note TEXT] [--no-update] [--json]',
  options: {
    not: { type: 'boolean' },
    symbol: { type: 'string' },
    note: { type: 'string' },
    ...NO_UPDATE_OPTION,
  },
  optionHelp: [
    ['--not', 'the decision does not govern this code, and is never shown as governing it'],
    ['--symbol NAME', 'only the function, class or other symbol with this name; default: the one around LINE'],
    ['--note TEXT', 'the reason'],
    NO_UPDATE,
  ],
  examples: [
    'lintel link services/orders/src/outbox.ts 14',
    'lintel link services/orders/src/outbox.ts:42 14 --not --note "kept for the tests"',
  ],
  takes: [2, 2],
  run: (invocation) => {
    const { values, positionals, terminal } = invocation;
    return withEngine(invocation, async (engine) => {
      const { path, line } = placeFrom(positionals[0] ?? '', terminal.folder, engine.root);
      await freshen(engine, invocation);
      const answer = await engine.authoring.feedback({
        decision: recordName(positionals[1] ?? '', terminal, engine.root),
        path,
        ...(line === undefined ? {} : { line }),
        ...(values.symbol === undefined ? {} : { symbol: values.symbol }),
        ...(values.note === undefined ? {} : { note: values.note }),
        verdict: values.not ? 'does-not-govern' : 'governs',
        today: today(),
      });
      if (isRefused(answer)) return refuse(answer);
      if (values.json) {
        await terminal.out(json(answer));
        return EXIT.ok;
      }
      const { record, symbol, lines, done, file } = answer;
      const where = symbol === undefined ? (lines === undefined ? '' : `, line ${lines.first + 1}`) : `, ${symbol}`;
      const verb = values.not ? 'does not govern' : 'governs';
      await terminal.out(`${printable(record.path)} ${verb} ${printable(path + where)}: ${OUTCOMES[done]} ${file}.\n`);
      return EXIT.ok;
    });
  },
});
