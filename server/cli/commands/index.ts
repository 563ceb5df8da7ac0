import { defineCommand, EXIT, UsageError } from '../command.ts';
import { json } from '../hits.ts';
import { runIndex, withEngine } from '../session.ts';

/** `lintel index [PATH] [--full]` */
export const indexCommand = defineCommand({
  name: 'index',
  summary: 'Update the index of a repository',
  arguments: '[PATH] [--full] [--json]',
  options: { full: { type: 'boolean' } },
  optionHelp: [['--full', 'discard the index and build it from scratch']],
  examples: ['lintel index', 'lintel index ../shop --full'],
  takes: [0, 1],
  run: (invocation) => {
    const { values, positionals, terminal } = invocation;
    const [path] = positionals;
    if (path !== undefined && values.repo !== undefined) throw new UsageError('Pass the repository as PATH or with --repo, not both.');
    const chosen = path === undefined ? invocation : { ...invocation, values: { ...values, repo: path } };
    return withEngine(chosen, async (engine) => {
      const report = await runIndex(engine, chosen, { full: values.full ?? false });
      const { added, updated, removed, unchanged, milliseconds, rebuilt } = report;
      const { notices } = await engine.status({ load: false });
      // Why the index was rebuilt is in the report.
      const others = rebuilt === undefined ? notices : notices.filter((notice) => !notice.includes(`rebuilt because ${rebuilt}`));
      for (const notice of others) terminal.err(`lintel: ${notice}\n`);
      await terminal.out(
        values.json
          ? json(report)
          : `Indexed ${engine.root} in ${(milliseconds / 1000).toFixed(1)} s: ${added} added, ${updated} updated, ${removed} removed, ${unchanged} unchanged.${rebuilt ? ` Rebuilt because ${rebuilt}.` : ''}\n`,
      );
      return EXIT.ok;
    });
  },
});
