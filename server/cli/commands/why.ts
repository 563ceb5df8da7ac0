import { EngineError } from '../../model/errors.ts';
import { serialiseHit } from '../../model/serialise.ts';
import { defineCommand, EXIT, NO_UPDATE, NO_UPDATE_OPTION, RefusedError } from '../command.ts';
import { behindLine, json, renderHits } from '../hits.ts';
import { placeFrom } from '../place.ts';
import { answerUpToDate, withEngine } from '../session.ts';
import { printable } from '../terminal.ts';

/** An unknown commit is a mistake in the command line. */
const rethrow = (error: unknown): never => {
  throw error instanceof EngineError && error.code === 'unknown-commit' ? new RefusedError(error.message) : error;
};

/** `lintel why FILE[:LINE]` */
export const whyCommand = defineCommand({
  name: 'why',
  summary: 'Show the decisions that govern a file or line, or probably do, and related documents',
  arguments: 'FILE[:LINE] [--as-of SHA] [--no-update] [--json]',
  options: { 'as-of': { type: 'string' }, ...NO_UPDATE_OPTION },
  optionHelp: [['--as-of SHA', 'use only the history before this commit'], NO_UPDATE],
  examples: ['lintel why services/orders/src/outbox.ts', 'lintel why services/orders/src/outbox.ts:42 --json'],
  takes: [1, 1],
  run: (invocation) => {
    const { values, positionals, terminal } = invocation;
    return withEngine(invocation, async (engine) => {
      const written = positionals[0] ?? '';
      const shown = printable(written);
      const asOf = values['as-of'];
      const place = { ...placeFrom(written, terminal.folder, engine.root), ...(asOf === undefined ? {} : { asOf }) };
      const {
        governing,
        probable,
        related,
        index,
        notices = [],
      } = await answerUpToDate(engine, invocation, () => engine.why(place, terminal.signal).catch(rethrow));
      if (values.json) {
        const lists = { governing: governing.map(serialiseHit), probable: probable.map(serialiseHit), related: related.map(serialiseHit) };
        await terminal.out(json({ ...lists, index, notices }));
        return EXIT.ok;
      }
      terminal.err(behindLine(index.behind));
      for (const notice of notices) terminal.err(`lintel: ${notice}\n`);
      const parts =
        governing.length === 0
          ? [`No decision governs ${shown}.`]
          : [terminal.paint('bold', `Governing ${shown}`), renderHits(governing, engine.root, terminal)];
      if (probable.length > 0) parts.push(terminal.paint('bold', `Probably governing ${shown}`), renderHits(probable, engine.root, terminal));
      if (related.length > 0) parts.push(terminal.paint('bold', 'Related, not governing'), renderHits(related, engine.root, terminal));
      await terminal.out(`${parts.join('\n\n')}\n`);
      return EXIT.ok;
    });
  },
});
