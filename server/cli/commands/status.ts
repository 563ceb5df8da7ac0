import type { UntakenRecords } from '../../model/answer.ts';
import { DOCUMENT_KINDS } from '../../model/document.ts';
import { defineCommand, EXIT, NO_UPDATE, NO_UPDATE_OPTION } from '../command.ts';
import { json } from '../hits.ts';
import { freshen, withEngine } from '../session.ts';
import { printable, printableLines } from '../terminal.ts';

/** What looks like records and is not taken, and what takes it: without indentation, so that it can be copied as it is. */
const untakenText = ({ folders, lines }: UntakenRecords): string => {
  if (folders.length === 0) return '';
  const where = lines[0]?.startsWith('- ') ? 'the list "decisions" of lintel.yaml' : 'lintel.yaml';
  const sentences = folders.map(
    ({ folder, records }) => `${folder} has ${records} files that look like decision records and are not taken.`,
  );
  const text = ['', ...sentences, `To take ${folders.length === 1 ? 'them' : 'all of them'}, add to ${where}:`, '', ...lines];
  return `${printableLines(text.join('\n'))}\n`;
};

/** `lintel status` */
export const statusCommand = defineCommand({
  name: 'status',
  summary: 'Show what is indexed, whether the index is current, and any limitations',
  arguments: '[--no-update] [--json]',
  options: NO_UPDATE_OPTION,
  optionHelp: [NO_UPDATE],
  examples: ['lintel status', 'lintel status --no-update --json'],
  takes: [0, 0],
  run: (invocation) => {
    const { values, terminal } = invocation;
    return withEngine(invocation, async (engine) => {
      // That there is no index is an answer here.
      if (!values['no-update']) await freshen(engine, invocation);
      const status = await engine.status();
      const untaken = await engine.untaken();
      if (values.json) {
        await terminal.out(json({ ...status, untaken }));
        return EXIT.ok;
      }
      const { state, position, counts } = status;
      const behind = position.behind === 0 ? 'current' : `${position.behind} ${position.behind === 1 ? 'change' : 'changes'} behind`;
      const rows: readonly (readonly [string, string])[] = [
        ['Repository', status.root],
        ['Index', status.folder],
        ['State', state === 'ready' ? `ready, ${behind}${position.sha === '' ? '' : ` at ${position.sha.slice(0, 12)}`}` : state],
        ['Documents', DOCUMENT_KINDS.map((kind) => `${counts[kind]} ${kind}${counts[kind] === 1 ? '' : 's'}`).join(', ')],
        ['Passages', String(status.passages)],
        ['Model', status.model],
        ...[...status.notices, ...(status.remarks ?? [])].map((notice) => ['Notice', notice] as const),
      ];
      await terminal.out(
        rows.map(([name, value]) => `${terminal.paint('bold', name.padEnd(12))}${printable(value)}\n`).join('') + untakenText(untaken),
      );
      return EXIT.ok;
    });
  },
});
