import { defineCommand, EXIT } from '../command.ts';
import { json } from '../hits.ts';
import { megabytes, PLACE_HELP, PLACE_OPTIONS, placeOf, transferLine } from '../published.ts';
import { runIndex, withEngine } from '../session.ts';

const commits = (count: number): string => `${count} commit${count === 1 ? '' : 's'}`;

/** `lintel pull [PLACE]` */
export const pullCommand = defineCommand({
  name: 'pull',
  summary: 'Use an index that was published, instead of building one',
  arguments: '[PLACE] [--name NAME] [--force] [--yes] [--json]',
  options: PLACE_OPTIONS,
  optionHelp: [...PLACE_HELP, ['--force', 'replace the local index even if it is as near to HEAD']],
  examples: ['lintel pull s3://acme-knowledge/lintel', 'lintel pull ../indexes --name acme/shop'],
  takes: [0, 1],
  run: (invocation) => {
    const { values, terminal } = invocation;
    return withEngine(invocation, async (engine) => {
      const chosen = await placeOf(engine, invocation, 'Read the index that is published at');
      if (!chosen) return EXIT.failed;
      const line = transferLine(terminal, 'Pulling');
      const report = await engine.publishing
        .pull(chosen.place, chosen.base, {
          ...(values.name === undefined ? {} : { name: values.name }),
          force: values.force ?? false,
          signal: terminal.signal,
          onProgress: line.show,
        })
        .finally(line.end);
      // What differs in this work tree is laid over what was pulled.
      const { added, updated, removed } = await runIndex(engine, invocation);
      const { outcome, repository, commit, publishedAt, distance, bytes } = report;
      const away =
        distance === undefined
          ? ', which this clone does not have'
          : distance === 0
            ? ', which is HEAD'
            : `, ${commits(distance)} from HEAD`;
      const text =
        outcome === 'current'
          ? `The local index is as near to HEAD as what is published; nothing was pulled.\n`
          : `Pulled the index of ${repository} at ${commit.slice(0, 12)}${away}, published on ${publishedAt.slice(0, 10)} (${megabytes(bytes)}). For this work tree: ${added} added, ${updated} updated, ${removed} removed.\n`;
      await terminal.out(values.json ? json({ ...report, index: { added, updated, removed } }) : text);
      return EXIT.ok;
    });
  },
});
