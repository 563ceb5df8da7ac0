import type { Status, StatusValue } from '../../model/document.ts';
import type { KnownStatus } from '../languages/language.ts';
import { isNameOf } from '../languages/languages.ts';
import { Phrases } from '../languages/phrases.ts';
import { type Field, fieldsNamed } from '../markup/fields.ts';
import { type FrontMatter, valuesOf } from '../markup/front-matter.ts';
import type { Outline } from '../markup/outline.ts';
import { findDate } from './dates.ts';
import { isEnglish } from './english.ts';
import { processOf, wordsOfProcess } from './processes.ts';
import type { Relation } from './relation.ts';
import { readStatement, type Statement, statusWord } from './statement.ts';
import { badgeStatus, type StatusMark } from './status-marks.ts';
import { sectionStatement, withoutMarks } from './status-section.ts';

/** A status as found; offsets are UTF-16 units from the start of the text. */
export interface FoundStatus extends Pick<Status, 'inferred' | 'foreign'> {
  readonly value: StatusValue;
  /** The author's own words. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The usual keys of front matter; those of other languages are recognised by {@link isStatusKey}. */
const STATUS_KEYS: readonly string[] = ['status', 'state', 'adr-status', 'decision-status', 'stage'];
const STATUS_FIELDS = ['status', 'state', 'adr status', 'decision status', 'current status', 'decision state', 'stage'];
/** Fields that often say something else, so that only known words count. */
const DOUBTFUL = new Set(['state', 'stage', 'decision state', 'stan', 'stand', 'stato', 'stav', 'etat', 'durum']);
/** Verbs that end a record without a successor. */
const OTHER_END = /^(?:reject|deprecat|withdrawn|abandon|dropped|retired)/i;

/** Whether a key of front matter is that of the status, in any language. */
export const isStatusKey = (key: string): boolean => STATUS_KEYS.includes(key) || isNameOf('status', key);

/** Status fields at the top of a document, in any language. */
export function statusFields(fields: readonly Field[]): readonly Field[] {
  return fields.filter(({ name }) => STATUS_FIELDS.includes(name) || isNameOf('status', name));
}

/** Fields that hold the day on which a record was accepted: with a day, they say that it was. */
const ACCEPTANCE = ['date accepted', 'accepted on', 'accepted', 'acceptance date', 'date approved', 'approved on', 'approval date'];
const ACCEPTANCE_KEYS = ACCEPTANCE.map((name) => name.replaceAll(' ', '-'));

/** The day on which a record was accepted, where it says it in a field of its own. */
function acceptance(outline: Outline, front: FrontMatter | undefined, fields: readonly Field[]): Omit<FoundStatus, 'value'> | undefined {
  const entry = valuesOf(front, ACCEPTANCE_KEYS)[0];
  if (entry !== undefined) return findDate(entry.text.slice(0, 200)) && { text: entry.text, start: entry.start, end: entry.end };
  const field = fieldsNamed(fields, ACCEPTANCE)[0];
  const text = field && outline.text.slice(field.start, field.end);
  return field && text && findDate(text.slice(0, 200)) ? { text, start: field.start, end: field.end } : undefined;
}

const ownPhrases = new Map<string, Phrases<KnownStatus>>();

/** The words that only the process of the record uses so; `undefined` for most records. */
function ownWords(path: string, fields: readonly Field[]): Phrases<KnownStatus> | undefined {
  const process = processOf(path, fields);
  if (process?.own === undefined) return undefined;
  const phrases = ownPhrases.get(process.name) ?? new Phrases<KnownStatus>();
  if (!ownPhrases.has(process.name)) for (const [word, value] of wordsOfProcess(process.own)) phrases.add(word, value);
  ownPhrases.set(process.name, phrases);
  return phrases;
}

interface Candidate extends FoundStatus {
  /** Smaller goes first. */
  readonly rank: number;
  readonly certain: boolean;
}

/**
 * Status of a record. Of several places, a value goes before words of prose, and of values the first of: front matter, the status section, a status
 * field (line, bullet, table), a mark in the title, the day of acceptance (`date-accepted`), a badge, `tags`. A full "superseded by" as the value of one of them, or in a notice at the head,
 * goes before all. A sentence of the body that says that the record was superseded counts only if there is no other value, and is `inferred`. Text that
 * no rule understands is `unknown`, if there is nothing else.
 * @param mark the status in the title
 */
export function statusOf(
  outline: Outline,
  front: FrontMatter | undefined,
  fields: readonly Field[],
  relations: readonly Relation[],
  path: string,
  mark: StatusMark | undefined,
): FoundStatus | undefined {
  // "Rejected in favour of ADR 9" names a successor and is still a rejection.
  const retired = relations.filter(
    ({ kind, partial, start }) => kind === 'superseded-by' && !partial && !OTHER_END.test(outline.text.slice(start, start + 12)),
  );
  const stated = retired.filter(({ place }) => place !== 'body');
  const own = ownWords(path, fields);
  const found: Candidate[] = [];
  const add = (rank: number, start: number, end: number, said: Statement | undefined, text = outline.text.slice(start, end)): void => {
    const superseded = stated.some((relation) => relation.start >= start && relation.start < end);
    found.push({
      value: superseded ? 'superseded' : (said?.value ?? 'unknown'),
      text,
      start,
      end,
      rank,
      certain: superseded || said?.certain === true,
    });
  };
  const key =
    front?.entries.find((entry) => entry.values[0] !== undefined && STATUS_KEYS.slice(0, 4).includes(entry.key)) ??
    front?.entries.find((entry) => isStatusKey(entry.key));
  const value = key?.values[0];
  if (key !== undefined && value !== undefined && value.text !== '') {
    const said = readStatement(value.text, own);
    if (said !== undefined || !DOUBTFUL.has(key.key)) add(0, value.start, value.end, said, value.text);
  }
  const section = sectionStatement(outline, stated, own);
  if (section !== undefined) add(section.said?.bare === true ? 1 : 3, section.start, section.end, section.said, section.text);
  for (const { name, start, end, table } of statusFields(fields)) {
    const [from, to] = withoutMarks(outline.text, start, end);
    // "`status: superseded` and a link": words about a status, in a code span.
    if (from >= to || (outline.text.slice(from, to).match(/`/g) ?? []).length % 2 === 1) continue;
    const said = readStatement(outline.text.slice(from, to), own);
    // Other tables may have a "Status" column, and other things a state, so only known words count there.
    if (said !== undefined || !(table || DOUBTFUL.has(name))) add(2, from, to, said);
  }
  if (mark !== undefined) add(4, mark.start, mark.end, { value: mark.value, certain: true, bare: true }, mark.text);
  const accepted = acceptance(outline, front, fields);
  if (accepted !== undefined) add(4, accepted.start, accepted.end, { value: 'accepted', certain: true, bare: true }, accepted.text);
  const badge = badgeStatus(outline);
  if (badge !== undefined) add(5, badge.start, badge.end, { value: badge.value, certain: true, bare: true }, badge.text);
  for (const tag of valuesOf(front, ['tags', 'labels', 'categories', 'keywords'])) {
    const meaning = statusWord(tag.text);
    if (meaning !== undefined) add(6, tag.start, tag.end, { value: meaning, certain: true, bare: true }, tag.text);
  }
  found.sort((a, b) => a.rank - b.rank);
  const values = found.filter(({ certain }) => certain);
  const explicit = values.find((each) => each.value === 'superseded');
  const notice = stated.find(({ start }) => !found.some((each) => start >= each.start && start < each.end));
  if (explicit === undefined && notice !== undefined) return noticeStatus(outline, notice, false);
  const chosen = explicit ?? values[0];
  if (chosen !== undefined) return withoutRank(chosen);
  const weak = found.find((each) => each.value !== 'unknown');
  const sentence = retired.find(({ place }) => place === 'body');
  if (sentence !== undefined && weak === undefined) return noticeStatus(outline, sentence, true);
  const last = weak ?? found[0];
  if (last === undefined) return undefined;
  return last.value === 'unknown' && !isEnglish(outline, last.text) ? { ...withoutRank(last), foreign: true } : withoutRank(last);
}

const withoutRank = ({ value, text, start, end }: Candidate): FoundStatus => ({ value, text, start, end });

const noticeStatus = ({ text }: Outline, { start, end }: Relation, inferred: boolean): FoundStatus => ({
  value: 'superseded',
  text: text.slice(start, end),
  start,
  end,
  ...(inferred ? { inferred: true } : {}),
});
