import { type Command, EXIT, UsageError } from '../command.ts';
import { json } from '../hits.ts';
import { runIndex, withEngine } from '../session.ts';

/** `lintel index [PATH] [--full]` */
export const indexCommand: Command = {
  name: 'index',
  summary: 'Bring the index of a repository up to date',
  arguments: '[PATH] [--full] [--json]',
  options: { full: { type: 'boolean' } },
  optionHelp: [['--full', 'forget what is there and build the index anew']],
  examples: ['lintel index', 'lintel index ../shop --full'],
  takes: [0, 1],
  run: (invocation) => {
    const { values, positionals, terminal } = invocation;
    const [path] = positionals;
    if (path !== undefined && values.repo !== undefined)
      throw new UsageError('Name the repository once: as PATH or with --repo, not both.');
    const chosen = path === undefined ? invocation : { ...invocation, values: { ...values, repo: path } };
    return withEngine(chosen, async (engine) => {
      const report = await runIndex(engine, chosen, { full: values.full ?? false });
      const { notices } = await engine.status();
      for (const notice of notices) terminal.err(`lintel: ${notice}\n`);
      const { added, updated, removed, unchanged, milliseconds, rebuilt } = report;
      await terminal.out(
        values.json
          ? json(report)
          : `Indexed ${engine.root} in ${(milliseconds / 1000).toFixed(1)} s: ${added} added, ${updated} updated, ${removed} removed, ${unchanged} unchanged.${rebuilt ? ` Built anew: ${rebuilt}` : ''}\n`,
      );
      return EXIT.ok;
    });
  },
};
