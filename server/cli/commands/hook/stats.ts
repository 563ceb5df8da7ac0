import { resolve } from 'node:path';
import { hookFolder, repositoryAround } from '../../../engine/hook/folder.ts';
import { type HookEntry, readAnswers } from '../../../engine/hook/log.ts';
import { groupBy } from '../../../text/group-by.ts';
import { EXIT, RefusedError } from '../../command.ts';
import { json } from '../../hits.ts';
import { HOOK_EVENTS } from '../../hook/event.ts';
import { printable } from '../../terminal.ts';
import type { HookInvocation } from './options.ts';

const MOST_RECORDS = 10;

/** The value that a share of some numbers does not exceed; 0 without any. */
const quantile = (numbers: readonly number[], share: number): number =>
  [...numbers].sort((a, b) => a - b)[Math.max(0, Math.ceil(share * numbers.length) - 1)] ?? 0;

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** What hooks said, from their log. */
export function statsOf(entries: readonly HookEntry[]) {
  const events = HOOK_EVENTS.flatMap((event) => {
    const some = entries.filter((entry) => entry.event === event);
    const said = some.filter(({ tokens }) => tokens > 0);
    if (some.length === 0) return [];
    return [
      {
        event,
        answers: some.length,
        said: said.length,
        silent: some.length - said.length,
        findings: sum(some.map(({ findings }) => findings ?? 0)),
        stopped: some.filter(({ stopped }) => stopped).length,
        tokens: sum(some.map(({ tokens }) => tokens)),
        milliseconds: {
          p50: quantile(
            some.map(({ took }) => took),
            0.5,
          ),
          p95: quantile(
            some.map(({ took }) => took),
            0.95,
          ),
        },
      },
    ];
  });
  const shown = groupBy(
    entries.flatMap((entry) => entry.shown),
    (id) => id,
  );
  const records = [...shown]
    .map(([id, times]) => ({ id, times: times.length }))
    .sort((a, b) => b.times - a.times || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_RECORDS);
  const since = entries[0]?.at;
  return {
    ...(since === undefined ? {} : { since: new Date(since).toISOString() }),
    events,
    records,
    tokens: sum(events.map(({ tokens }) => tokens)),
  };
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** `lintel hook stats` */
export async function stats({ values, terminal }: HookInvocation): Promise<number> {
  const root = repositoryAround(resolve(terminal.folder, values.repo ?? '.'));
  if (root === undefined) throw new RefusedError('lintel hook stats: there is no git repository. Name it with --repo.');
  const found = statsOf(await readAnswers(hookFolder(root)));
  if (values.json) {
    await terminal.out(json(found));
    return EXIT.ok;
  }
  if (found.events.length === 0) {
    await terminal.out('No hook was asked yet. Run "lintel hook install".\n');
    return EXIT.ok;
  }
  const lines = found.events.map(
    ({ event, answers, said, silent, findings, stopped, tokens, milliseconds: { p50, p95 } }) =>
      `${event}: ${counted(answers, 'answer')}, ${said} said, ${silent} silent, about ${counted(tokens, 'token')}, ` +
      `${counted(findings, 'finding')}, ${counted(stopped, 'stop')}, ${p50} ms (95%: ${p95} ms)`,
  );
  const records = found.records.map(({ id, times }) => `  ${String(times).padStart(4)}  ${printable(id)}`);
  await terminal.out(
    [`Since ${found.since}`, ...lines, ...(records.length === 0 ? [] : ['Records that were shown most:', ...records]), ''].join('\n'),
  );
  return EXIT.ok;
}
