import type { MinedCommit, MinedTopic, Mining } from '../model/mining.ts';
import { printable, type Terminal } from './terminal.ts';

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;

/** The words of a sentence that can stand between quotes on a command line, whatever the shell. */
const quoted = (text: string): string => `"${text.replace(/["\\`$!\r\n]/g, '').trim()}"`;

/** What begins a record from a commit. */
const draftCommand = ({ subject, sha }: MinedCommit): string =>
  `lintel decisions new ${quoted(printable(subject))} --from ${sha.slice(0, 12)}`;

function commitText(commit: MinedCommit, { paint }: Terminal): string {
  const { sha, subject, date, author, sentence, reason, files, paths } = commit;
  const facts = [sha.slice(0, 12), date.slice(0, 10), printable(author), count(files, 'file', 'files')].filter((part) => part !== '');
  const rest = files - paths.length;
  const shown = paths.map(printable).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
  return [
    `  ${paint('bold', printable(subject))}`,
    `    ${paint('gray', facts.join('  '))}`,
    ...(sentence === subject ? [] : [`    Decides: ${printable(sentence)}`]),
    ...(reason === undefined ? [] : [`    Why: ${printable(reason)}`]),
    `    ${paint('gray', shown)}`,
    `    ${paint('cyan', draftCommand(commit))}`,
  ].join('\n');
}

const topicText = ({ topic, commits }: MinedTopic, terminal: Terminal): string =>
  [
    ...(commits.length > 1 ? [`${terminal.paint('bold', printable(topic))}: ${commits.length} commits`] : []),
    ...commits.map((commit) => commitText(commit, terminal)),
  ].join('\n');

/** Proposals by topic, each with the command that begins a record from it. */
export function renderMining({ topics, read, more }: Mining, terminal: Terminal): string {
  if (topics.length === 0) return `None of ${count(read, 'commit', 'commits')} says that it decides something for many files.\n`;
  const head = `Proposals from ${count(read, 'commit', 'commits')}. None of them is a record, and none is in force.`;
  const rest = more > 0 ? [`${count(more, 'more topic', 'more topics')}. See them with --limit ${topics.length + more}.`] : [];
  return `${[head, ...topics.map((topic) => topicText(topic, terminal)), ...rest].join('\n\n')}\n`;
}
