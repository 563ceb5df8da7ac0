import type { Hit, SearchQuery } from '../../model/answer.ts';
import { DOCUMENT_KINDS, STATUS_VALUES } from '../../model/document.ts';
import { serialiseHit } from '../../model/serialise.ts';
import { didYouMean } from '../../text/suggest.ts';
import { defineCommand, EXIT, type Invocation, NO_UPDATE, NO_UPDATE_OPTION, refuseUnknownCommit, UsageError } from '../command.ts';
import { behindLine, json, renderGroups, renderHits } from '../hits.ts';
import { answerUpToDate, withEngine } from '../session.ts';
import { printable } from '../terminal.ts';

const OPTIONS = {
  kind: { type: 'string', multiple: true },
  status: { type: 'string', multiple: true },
  path: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  limit: { type: 'string' },
  at: { type: 'string' },
  ...NO_UPDATE_OPTION,
} as const;

const HIGHEST_LIMIT = 200;

const valuesOf = <T extends string>(
  option: string,
  given: readonly string[] | undefined,
  known: readonly T[],
): readonly T[] | undefined => {
  if (given === undefined) return undefined;
  return given
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '')
    .map((value) => {
      const match = known.find((one) => one === value.toLowerCase());
      if (match === undefined)
        throw new UsageError(`--${option}: there is no ${option} "${value}".${didYouMean(value, known)} Known: ${known.join(', ')}.`);
      return match;
    });
};

const dayOf = (option: string, given: string | undefined): string | undefined => {
  if (given === undefined) return undefined;
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(given) ? new Date(`${given}T00:00:00Z`) : undefined;
  if (instant === undefined || Number.isNaN(instant.getTime()) || !instant.toISOString().startsWith(given))
    throw new UsageError(`--${option} takes a day such as 2024-05-31, not "${given}".`);
  return given;
};

const limitOf = (given: string | undefined): number | undefined => {
  if (given === undefined) return undefined;
  const limit = /^\d+$/.test(given) ? Number(given) : 0;
  if (limit < 1 || limit > HIGHEST_LIMIT) throw new UsageError(`--limit takes a number from 1 to ${HIGHEST_LIMIT}, not "${given}".`);
  return limit;
};

const queryOf = (text: string, values: Invocation<typeof OPTIONS>['values']): SearchQuery => {
  const kinds = valuesOf('kind', values.kind, DOCUMENT_KINDS);
  const statuses = valuesOf('status', values.status, STATUS_VALUES);
  const since = dayOf('since', values.since);
  const until = dayOf('until', values.until);
  const limit = limitOf(values.limit);
  const { at } = values;
  if (at !== undefined && kinds?.includes('test'))
    throw new UsageError('--at: end-to-end tests are known only as they are now. Leave --kind test out.');
  return {
    text,
    filter: {
      ...(kinds === undefined ? {} : { kinds }),
      ...(statuses === undefined ? {} : { statuses }),
      ...(values.path === undefined ? {} : { path: values.path.replaceAll('\\', '/').replace(/^\.\//, '') }),
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
    },
    ...(limit === undefined ? {} : { limit }),
    ...(at === undefined ? {} : { at }),
  };
};

/** Where nothing matches well, a few hits are enough to see that. */
const MOST_CLOSEST = 3;
const closest = (hits: readonly Hit[]): readonly Hit[] => [...hits].sort((a, b) => b.score - a.score).slice(0, MOST_CLOSEST);

/** `lintel search QUERY` */
export const searchCommand = defineCommand({
  name: 'search',
  summary: 'Search decisions, specifications, guides and commits, or end-to-end tests',
  arguments: 'QUERY [--kind K,K] [--status S,S] [--path PATH] [--since DAY] [--until DAY] [--limit N] [--at REV] [--no-update] [--json]',
  options: OPTIONS,
  optionHelp: [
    ['--kind K,K', `only these kinds: ${DOCUMENT_KINDS.join(', ')}; without it, all but tests`],
    ['--status S,S', `only decisions that are ${STATUS_VALUES.join(', ')}`],
    ['--path PATH', 'only documents in this folder of the repository; for commits, those that changed a file in it'],
    ['--since DAY', 'only documents dated on or after this day, such as 2024-05-31'],
    ['--until DAY', 'only documents dated on or before this day'],
    ['--limit N', `at most N results, 1 to ${HIGHEST_LIMIT}; default 20`],
    ['--at REV', 'documents as they were at this commit, and commits up to it: a sha, a branch or a tag'],
    NO_UPDATE,
  ],
  examples: [
    'lintel search "why do we use kafka"',
    'lintel search retries --kind decision,commit --status accepted --json',
    'lintel search refund --kind test',
    'lintel search "message broker" --at v1.2.0',
  ],
  takes: [1, Number.POSITIVE_INFINITY],
  run: (invocation) => {
    const { values, positionals, terminal } = invocation;
    const text = positionals.join(' ').trim();
    if (text === '') throw new UsageError('Say what to search for.');
    const query = queryOf(text, values);
    return withEngine(invocation, async (engine) => {
      const ask = () => engine.search(query, terminal.signal).catch(refuseUnknownCommit);
      const { hits, weak, index, at } = await answerUpToDate(engine, invocation, ask);
      if (values.json)
        await terminal.out(json({ hits: hits.map(serialiseHit), ...(weak ? { weak } : {}), index, ...(at === undefined ? {} : { at }) }));
      else {
        terminal.err(behindLine(index.behind));
        await terminal.out(
          hits.length === 0
            ? `Nothing found for "${printable(text)}".\n`
            : weak
              ? `Nothing matches "${printable(text)}" well. The closest:\n\n${renderHits(closest(hits), engine.root, terminal)}\n`
              : `${renderGroups(hits, engine.root, terminal)}\n`,
        );
      }
      return EXIT.ok;
    });
  },
});
