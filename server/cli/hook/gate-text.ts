import type { Stop } from '../../model/gate.ts';
import { named, quoted, shownPath, shownPlace } from './brief-text.ts';

const LONGEST_LINE = 160;
const LONGEST_NAME = 80;

/** What a person can do about a stop, at most six ways. */
const optionsFor = ({ code, reason, record }: Stop): readonly string[] => [
  'Deny this, and let the edit be changed so that it keeps to the decision.',
  `Allow it until HEAD changes: lintel hook answer ${code} allow --reason "WHY"`,
  `Refuse it until HEAD changes: lintel hook answer ${code} refuse --reason "WHY"`,
  `Decide anew: lintel decisions supersede ${shownPath(record.id)} --title "TITLE"`,
  reason === 'CONSTRAINT_BROKEN'
    ? 'Correct the constraint, under "gate" in lintel.yaml.'
    : 'Add to the record instead of changing what it says.',
  'Ask the people who are named.',
];

const saying = ({ reason, record, forbidden, path, lines, found }: Stop): string => {
  const where = shownPlace(path, lines);
  return reason === 'CONSTRAINT_BROKEN'
    ? `${where} would have ${quoted(found, LONGEST_LINE)}. The decision ${named(record)} is in force and forbids ${quoted(forbidden ?? '', LONGEST_LINE)} there.`
    : `The decision ${named(record)} is in force and may only be added to. The edit changes or removes ${where}: ${quoted(found, LONGEST_LINE)}.`;
};

const peopleOf = ({ people, peopleFrom }: Stop): string =>
  people.length === 0
    ? 'Nobody is named: neither the record says who decided, nor CODEOWNERS who owns it.'
    : `Who decides: ${people.map((name) => quoted(name, LONGEST_NAME)).join(', ')} (${peopleFrom === 'record' ? 'the record names them' : 'owners by CODEOWNERS'}).`;

/** A stop for the person who is asked: what it is, why, who decides, what can be done, and what to look at. */
export const stopText = (stop: Stop): string =>
  [
    `Lintel ${stop.reason} ${stop.code}: ${saying(stop)}`,
    ...(stop.record.sentence === '' ? [] : [`It says: ${quoted(stop.record.sentence, 2 * LONGEST_LINE)}.`]),
    peopleOf(stop),
    `Look at: ${shownPath(stop.record.id)}, ${shownPlace(stop.path, stop.lines)}`,
    'Options:',
    ...optionsFor(stop).map((option, index) => `${index + 1}. ${option}`),
  ].join('\n');

/** What a person answered before. */
export const answeredText = (stop: Stop): string => {
  const { answered } = stop;
  if (!answered) return '';
  const verb = answered.answer === 'allow' ? 'allowed' : 'refused';
  const reason = answered.reason === '' ? '' : ` Reason: ${quoted(answered.reason, 2 * LONGEST_LINE)}.`;
  return `Lintel ${stop.reason} ${stop.code}: ${saying(stop)} ${quoted(answered.by, LONGEST_NAME)} ${verb} it at this commit.${reason}`;
};
