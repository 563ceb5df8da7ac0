import { defineCommand, EXIT } from '../command.ts';
import { json } from '../hits.ts';
import { megabytes, PLACE_HELP, PLACE_OPTIONS, placeOf, transferLine } from '../published.ts';
import { runIndex, withEngine } from '../session.ts';

/** `lintel publish [PLACE]` */
export const publishCommand = defineCommand({
  name: 'publish',
  summary: 'Publish the index of HEAD, so that others need not build it',
  arguments: '[PLACE] [--name NAME] [--force] [--yes] [--json]',
  options: PLACE_OPTIONS,
  optionHelp: [...PLACE_HELP, ['--force', 'write all of it again, where what is published is damaged']],
  examples: ['lintel publish s3://acme-knowledge/lintel', 'lintel publish ../indexes', 'lintel publish --yes'],
  takes: [0, 1],
  run: (invocation) => {
    const { values, terminal } = invocation;
    return withEngine(invocation, async (engine) => {
      const chosen = await placeOf(engine, invocation, 'Publish the index at');
      if (!chosen) return EXIT.failed;
      await runIndex(engine, invocation);
      const line = transferLine(terminal, 'Publishing');
      const report = await engine.publishing
        .publish(chosen.place, chosen.base, {
          ...(values.name === undefined ? {} : { name: values.name }),
          force: values.force ?? false,
          signal: terminal.signal,
          onProgress: line.show,
        })
        .finally(line.end);
      const { repository, commit, place, isNew, bytes, newBytes } = report;
      const what = `the index of ${repository} at ${commit.slice(0, 12)}`;
      await terminal.out(
        values.json
          ? json(report)
          : isNew
            ? `Published ${what} to ${place}: ${megabytes(newBytes)} new of ${megabytes(bytes)}.\n`
            : `${place} has ${what} already.\n`,
      );
      return EXIT.ok;
    });
  },
});
