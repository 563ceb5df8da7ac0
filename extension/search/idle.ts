import { ageOf, groupName, groupsOf, type RepositoryDecisions, recordLabel, statusOf } from '../decisions/rows.ts';
import { keyOf } from '../graph/model.ts';
import { statusName } from '../names.ts';
import type { RecordList } from '../webview/search/messages.ts';

/** Records of one status that the Search view lists; the view Decisions has them all. */
const MOST_LISTED = 50;

/** The records of the workspace by status, for the Search view without a question. @param now milliseconds since 1970 */
export const recordLists = (repositories: readonly RepositoryDecisions[], now: number): readonly RecordList[] =>
  groupsOf(
    repositories.flatMap(({ decisions }) => decisions),
    'status',
  ).map((group) => ({
    name: groupName(group, 'status'),
    count: group.records.length,
    records: group.records.slice(0, MOST_LISTED).map((record) => {
      const status = statusOf(record);
      const facts = [status === '' ? '' : statusName(status), record.date ?? '', (record.owners ?? []).join(' '), record.path];
      return {
        key: keyOf(record),
        label: recordLabel(record),
        status,
        age: ageOf(record.date, now),
        title: [recordLabel(record), facts.filter((part) => part !== '').join(' · ')].join('\n'),
      };
    }),
  }));

/** The address of a listed record; `undefined` where it is gone by now. */
export const uriOfKey = (repositories: readonly RepositoryDecisions[], key: string): string | undefined =>
  repositories.flatMap(({ decisions }) => decisions).find((record) => keyOf(record) === key)?.uri;
