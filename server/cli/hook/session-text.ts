import { dirname } from 'node:path/posix';
import { numberOf, type RecordSummary } from '../../model/authoring.ts';
import { groupBy } from '../../text/group-by.ts';
import { QUOTED, quoted, shownPath } from './brief-text.ts';
import { tokensOf } from './tokens.ts';

/** What an agent is told at the start of a session at most. */
export const MOST_SESSION_TOKENS = 400;
const MOST_FOLDERS = 4;
const MOST_PROPOSED = 5;
const LONGEST_TITLE = 80;

const isInForce = ({ status, supersededBy }: RecordSummary): boolean =>
  (status === undefined || status === 'accepted' || status === 'unknown') && supersededBy.length === 0;

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** The folders with the most records. */
function foldersOf(records: readonly RecordSummary[]): string {
  const groups = [...groupBy(records, ({ path }) => dirname(path))].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  const shown = groups
    .slice(0, MOST_FOLDERS)
    .map(([folder, some]) => `${folder === '.' ? 'the root' : `${shownPath(folder)}/`} (${some.length})`);
  const left = groups.length - shown.length;
  return `${shown.join(', ')}${left > 0 ? `, and ${counted(left, 'more folder')}` : ''}`;
}

const titled = (record: RecordSummary): string =>
  quoted([numberOf(record), record.title].filter((part) => part !== '').join(' '), LONGEST_TITLE);

/**
 * What a repository knows, at most 400 tokens: how many decisions are in force and where, which proposals wait, and how to ask. Empty for a repository
 * without records.
 * @param behind number of changes that the index lacks
 */
export function sessionText(records: readonly RecordSummary[], behind: number): string {
  if (records.length === 0) return '';
  const inForce = records.filter(isInForce);
  const proposed = records.filter(({ status, supersededBy }) => status === 'proposed' && supersededBy.length === 0);
  const others = records.length - inForce.length - proposed.length;
  const textWith = (titles: number): string => {
    const some = proposed.slice(0, titles).map(titled);
    const waiting =
      proposed.length === 0
        ? ''
        : ` ${counted(proposed.length, 'proposal')} ${proposed.length === 1 ? 'waits' : 'wait'} for a person${some.length === 0 ? '' : `: ${some.join(', ')}${some.length < proposed.length ? ', ...' : ''}`}.`;
    return [
      `Lintel: this repository records its decisions. ${counted(inForce.length, 'decision')} in force${inForce.length === 0 ? '' : `, in ${foldersOf(inForce)}`}.${waiting}`,
      ...(others === 0 ? [] : [`${others} more ${others === 1 ? 'does' : 'do'} not hold: superseded, rejected or deprecated.`]),
      'Before you edit a file you are told the decisions that govern it. A decision in force holds until a person supersedes it.',
      'To ask: lintel why FILE[:LINE] | lintel search "WORDS" | lintel decisions list | lintel decisions show NUMBER',
      ...(behind === 0 ? [] : [`The index is ${counted(behind, 'change')} behind. To update it: lintel index`]),
      ...(some.length === 0 ? [] : [QUOTED]),
    ].join('\n');
  };
  for (let titles = MOST_PROPOSED; titles >= 0; titles--) {
    const text = textWith(titles);
    if (tokensOf(text) <= MOST_SESSION_TOKENS) return text;
  }
  return `Lintel: ${counted(inForce.length, 'decision')} in force. To ask: lintel why FILE[:LINE]`;
}

/** What is said once where there is no index. */
export const NO_INDEX_TEXT =
  'Lintel: there is no index of this repository yet, so nothing is known of its decisions. A person can make one with: lintel index';
