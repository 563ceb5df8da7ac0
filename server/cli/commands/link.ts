import { isRefused } from '../../model/authoring.ts';
import { type Command, EXIT, NO_UPDATE } from '../command.ts';
import { json } from '../hits.ts';
import { placeFrom } from '../place.ts';
import { freshen, withEngine } from '../session.ts';
import { printable } from '../terminal.ts';
import { today } from '../today.ts';
import { recordName, refuse } from './decisions.ts';

/** `lintel link FILE[:LINE] DECISION [--not]` */
export const linkCommand: Command = {
  name: 'link',
  summary: 'Say that a decision governs code, or does not, in .lintel/links.yaml',
  arguments: 'FILE[:LINE] DECISION [--not] [--symbol NAME] [--note TEXT] [--no-update] [--json]',
  options: {
    not: { type: 'boolean' },
    symbol: { type: 'string' },
    note: { type: 'string' },
    'no-update': { type: 'boolean' },
  },
  optionHelp: [
    ['--not', 'the decision does not govern this code: it is never shown as governing there'],
    ['--symbol NAME', 'only this function, class or other named thing; with LINE, the one around it'],
    ['--note TEXT', 'why'],
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
      const part = symbol === undefined ? (lines === undefined ? '' : `, line ${lines.first + 1}`) : `, ${symbol}`;
      const verb = values.not ? 'does not govern' : 'governs';
      const already = done === 'unchanged' ? ' said so already' : ` ${done === 'replaced' ? 'changed' : 'written'}`;
      await terminal.out(`${printable(record.path)} ${verb} ${printable(path + part)}: ${file}${already}.\n`);
      return EXIT.ok;
    });
  },
};
