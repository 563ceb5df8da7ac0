import type { Place } from '../../model/answer.ts';
import type { Engine } from '../../model/engine.ts';
import { type LineCommit, touchName } from '../../model/history.ts';
import { defineCommand, EXIT, type Invocation, NO_UPDATE_OPTION } from '../command.ts';
import { json } from '../hits.ts';
import { placeFrom } from '../place.ts';
import { withEngine } from '../session.ts';
import { printable, type Terminal } from '../terminal.ts';

const facts = ({ sha, date, author, path, line }: LineCommit, { line: asked }: Place): string =>
  [sha.slice(0, 12), date.slice(0, 10), printable(author), ...(asked === undefined ? [] : [`${printable(path)}:${line + 1}`])]
    .filter((part) => part !== '')
    .join('  ');

/** A commit as text: its subject, what it did to the line, why, and what later commits say of it. */
function commitText(commit: LineCommit, place: Place, { paint }: Terminal): string {
  const { subject, touch, reason, revertedBy, fixedBy = [] } = commit;
  const title = printable(subject) || '(no message)';
  const head = touch === undefined ? paint('bold', title) : paint('gray', `${title} [only ${touchName(touch)}]`);
  const isTitle = reason !== undefined && printable(reason.sentence) === title;
  return [
    head,
    `  ${paint('cyan', facts(commit, place))}`,
    ...(reason && !isTitle ? [`  Why: ${printable(reason.sentence)}`] : isTitle ? ['  Why: as its title says'] : []),
    ...(revertedBy ? [`  ${paint('red', `Reverted by ${revertedBy.sha.slice(0, 12)}  ${printable(revertedBy.subject)}`)}`] : []),
    ...fixedBy.map(({ sha, subject: fix }) => `  ${paint('gray', `Fixed by ${sha.slice(0, 12)}  ${printable(fix)}`)}`),
  ].join('\n');
}

const nothing = (shown: string, uncommitted: boolean): string =>
  uncommitted ? `${shown} is not committed yet.` : `Git knows no commit of ${shown}.`;

async function run(engine: Engine, { values, positionals, terminal }: Invocation<typeof NO_UPDATE_OPTION>): Promise<number> {
  const written = positionals[0] ?? '';
  const place = placeFrom(written, terminal.folder, engine.root);
  const { commits, uncommitted, notices } = await engine.history(place, terminal.signal);
  if (values.json) {
    await terminal.out(json({ commits, uncommitted: uncommitted === true, notices }));
    return EXIT.ok;
  }
  for (const notice of notices) terminal.err(`lintel: ${printable(notice)}\n`);
  const texts = commits.map((commit) => commitText(commit, place, terminal));
  await terminal.out(`${texts.length === 0 ? nothing(printable(written), uncommitted === true) : texts.join('\n\n')}\n`);
  return EXIT.ok;
}

/** `lintel log FILE[:LINE]` */
export const logCommand = defineCommand({
  name: 'log',
  summary: 'Show the commits that made a line, past those that only touched it, and why',
  arguments: 'FILE[:LINE] [--no-update] [--json]',
  options: NO_UPDATE_OPTION,
  optionHelp: [['--no-update', 'taken as by other commands; history is read from git, and needs no index']],
  examples: ['lintel log services/orders/src/outbox.ts:42', 'lintel log services/orders/src/outbox.ts --json'],
  takes: [1, 1],
  run: (invocation) => withEngine(invocation, (engine) => run(engine, invocation)),
});
