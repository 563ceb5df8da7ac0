import { type Command, EXIT, NO_UPDATE } from '../command.ts';
import { behindLine, json, jsonHit, renderHits } from '../hits.ts';
import { placeFrom } from '../place.ts';
import { freshen, withEngine } from '../session.ts';

/** `lintel why FILE[:LINE]` */
export const whyCommand: Command = {
  name: 'why',
  summary: 'Show the decisions that govern a file or line, and what else to read',
  arguments: 'FILE[:LINE] [--no-update] [--json]',
  options: { 'no-update': { type: 'boolean' } },
  optionHelp: [NO_UPDATE],
  examples: ['lintel why services/orders/src/outbox.ts', 'lintel why services/orders/src/outbox.ts:42 --json'],
  takes: [1, 1],
  run: (invocation) => {
    const { values, positionals, terminal } = invocation;
    return withEngine(invocation, async (engine) => {
      const written = positionals[0] ?? '';
      const place = placeFrom(written, terminal.folder, engine.root);
      await freshen(engine, invocation);
      const { governing, related, index } = await engine.why(place, terminal.signal);
      if (values.json) {
        await terminal.out(json({ governing: governing.map(jsonHit), related: related.map(jsonHit), index }));
        return EXIT.ok;
      }
      terminal.err(behindLine(index.behind));
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
