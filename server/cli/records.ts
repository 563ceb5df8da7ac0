import { type DecisionHistory, type HistoryEvent, numberOf, type RecordSummary } from '../model/authoring.ts';
import type { Section } from '../model/document.ts';
import { STATUS_COLOURS } from './hits.ts';
import { printable, printableLines, type Terminal } from './terminal.ts';

const badge = ({ status }: Pick<RecordSummary, 'status'>, { paint }: Terminal, width = 0): string =>
  status === undefined ? ' '.repeat(width) : paint(STATUS_COLOURS[status], status.padEnd(width));

/** A table of decisions, one per line. */
export function renderRecords(records: readonly RecordSummary[], terminal: Terminal): string {
  const numbers = Math.max(...records.map((record) => numberOf(record).length));
  const statuses = Math.max(...records.map(({ status = '' }) => status.length));
  return records
    .map((record) => {
      const { title, path, date = '', supersededBy } = record;
      const successor = supersededBy[0] === undefined ? '' : terminal.paint('gray', `  -> ${printable(supersededBy[0])}`);
      const columns = [
        printable(numberOf(record)).padStart(numbers),
        badge(record, terminal, statuses),
        printable(date).slice(0, 10).padEnd(10),
      ];
      return `${columns.join('  ')}  ${terminal.paint('bold', printable(title))}  ${terminal.paint('cyan', printable(path))}${successor}\n`;
    })
    .join('');
}

/** A decision: status, date and path, then its text. */
export function renderRecord(record: RecordSummary, sections: readonly Section[], terminal: Terminal): string {
  const { title, statusText, date, path, supersededBy, numberLabel } = record;
  const number = numberOf(record);
  const name = number === '' ? title : `${number}${numberLabel === undefined ? '.' : ''} ${title}`;
  const written = printable(statusText ?? '');
  // What the record says, where that is more than the word.
  const quoted = written.toLowerCase() === record.status || written === '' ? '' : ` ${terminal.paint('gray', `("${written}")`)}`;
  const status = record.status === undefined ? 'none' : `${badge(record, terminal)}${quoted}`;
  const head = [
    terminal.paint('bold', printable(name)),
    `Status: ${status}`,
    ...(date === undefined ? [] : [`Date: ${printable(date)}`]),
    `Path: ${terminal.paint('cyan', printable(path))}`,
    ...(supersededBy.length === 0 ? [] : [`Superseded by: ${supersededBy.map(printable).join(', ')}`]),
  ].join('\n');
  const body = sections
    .filter(({ text, heading }) => text.trim() !== '' && heading !== title)
    .map(({ heading, text }) => `${heading === '' ? '' : `${terminal.paint('bold', printable(heading))}\n`}${printableLines(text)}`);
  return `${[head, ...body].join('\n\n')}\n`;
}

const eventLine = (event: HistoryEvent, { paint }: Terminal): string => {
  if (event.kind !== 'commit') {
    const verb = event.kind === 'supersedes' ? 'Supersedes' : 'Superseded by';
    const { title, path, date = '' } = event.record;
    return `${printable(date).slice(0, 10).padEnd(10)}  ${paint('bold', verb)} ${printable(title)}  ${paint('cyan', printable(path))}`;
  }
  const { date, sha, subject, status, before, statusChanged, from, author } = event;
  const now = status === undefined ? 'no status' : printable(status.text);
  const change = !statusChanged
    ? ''
    : before === undefined
      ? `  ${paint('yellow', now)}`
      : `  ${paint('yellow', `${printable(before.text)} -> ${now}`)}`;
  const moved = from === undefined ? '' : `  ${paint('gray', `moved from ${printable(from)}`)}`;
  return `${printable(date).slice(0, 10).padEnd(10)}  ${paint('cyan', sha.slice(0, 9))}  ${printable(subject)}  ${paint('gray', printable(author))}${change}${moved}`;
};

/** The history of a decision, one event per line. */
export function renderHistory({ events, notice }: DecisionHistory, terminal: Terminal): string {
  const rows = events.map((event) => `${eventLine(event, terminal)}\n`).join('');
  return `\n${terminal.paint('bold', 'History')}\n${rows}${notice === undefined ? '' : `${terminal.paint('gray', notice)}\n`}`;
}
