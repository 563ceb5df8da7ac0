import { EngineError } from '../../model/errors.ts';
import { serialiseHit } from '../../model/serialise.ts';
import { type Command, EXIT, NO_UPDATE, UsageError } from '../command.ts';
import { behindLine, json, renderHits } from '../hits.ts';
import { placeFrom } from '../place.ts';
import { freshen, withEngine } from '../session.ts';

/** A commit that is not there is the caller's mistake. */
const asUsage = (error: unknown): never => {
  throw error instanceof EngineError && error.code === 'unknown-commit' ? new UsageError(error.message) : error;
};

/** `lintel why FILE[:LINE]` */
export const whyCommand: Command = {
  name: 'why',
  summary: 'Show the decisions that govern a file or line, and what else to read',
  arguments: 'FILE[:LINE] [--as-of SHA] [--no-update] [--json]',
  options: { 'as-of': { type: 'string' }, 'no-update': { type: 'boolean' } },
  optionHelp: [['--as-of SHA', 'use only the history before this commit'], NO_UPDATE],
  examples: ['lintel why services/orders/src/outbox.ts', 'lintel why services/orders/src/outbox.ts:42 --json'],
  takes: [1, 1],
  run: (invocation) => {
    const { values, positionals, terminal } = invocation;
    return withEngine(invocation, async (engine) => {
      const written = positionals[0] ?? '';
      const asOf = values['as-of'];
      const place = { ...placeFrom(written, terminal.folder, engine.root), ...(asOf === undefined ? {} : { asOf }) };
      await freshen(engine, invocation);
      const { governing, related, index, notices = [] } = await engine.why(place, terminal.signal).catch(asUsage);
      if (values.json) {
        await terminal.out(json({ governing: governing.map(serialiseHit), related: related.map(serialiseHit), index, notices }));
        return EXIT.ok;
      }
      terminal.err(behindLine(index.behind));
      for (const notice of notices) terminal.err(`lintel: ${notice}\n`);
      const parts =
        governing.length === 0
          ? [`No decision governs ${written}.`]
          : [terminal.paint('bold', `Governing ${written}`), renderHits(governing, engine.root, terminal)];
      if (related.length > 0) parts.push(terminal.paint('bold', 'Related, not governing'), renderHits(related, engine.root, terminal));
      await terminal.out(`${parts.join('\n\n')}\n`);
      return EXIT.ok;
    });
  },
};
