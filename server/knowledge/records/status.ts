import type { StatusValue } from '../../model/document.ts';
import { type Field, fieldsNamed, HEAD_LINES } from '../markup/fields.ts';
import { type FrontMatter, valuesOf } from '../markup/front-matter.ts';
import { inlineLinks, plainText } from '../markup/inline.ts';
import type { Block, Outline } from '../markup/outline.ts';
import { findDate } from './dates.ts';
import type { Relation } from './supersession.ts';

/** A status as found; offsets are UTF-16 units from the start of the text. */
export interface FoundStatus {
  readonly value: StatusValue;
  /** The author's own words. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export const STATUS_KEYS: readonly string[] = ['status', 'state', 'adr-status', 'decision-status'];
const STATUS_FIELDS = ['status', 'state', 'adr status', 'decision status', 'current status', 'decision state'];
const STATUS_HEADING =
  /^(?:\d{1,3}(?:\.\d{1,3}){0,3}[.)]? )?(?:adr |current |decision |document |record |proposal )?(?:status|state)(?: (?:and|&) .{1,30})?$/;
/** Verbs that end a record without a successor. */
const OTHER_END = /^(?:reject|deprecat|withdrawn|abandon|dropped|retired)/i;
/** Limit on the lines read of a status section. */
const SECTION_LINES = 30;
/** Length in UTF-16 units above which the first line of a status section is discussion, not a status. */
const LONGEST_STATEMENT = 160;

const WORDS: Readonly<Record<Exclude<StatusValue, 'unknown'>, string>> = {
  proposed:
    'proposed proposal draft drafting drafted wip pending open provisional new todo undecided tbd tbc idea candidate preliminary discussing discussion review reviewing ' +
    'proposing suggested deferred postponed paused blocked undergoing unresolved experimental planned submitted',
  accepted:
    'accepted accept acceptable approved agreed adopted decided implemented implementable implementing active merged final finalised finalized current confirmed ratified ' +
    'live supported complete completed done resolved valid released enforced stable landed shipped applied effective committed signed',
  rejected: 'rejected reject declined denied withdrawn abandoned dropped discarded closed cancelled canceled refused invalid unaccepted',
  deprecated: 'deprecated obsolete retired outdated expired historic historical archived removed sunset reverted inactive stale legacy',
  superseded: 'superseded superceded superceeded superseeded supercede supersede obsoleted succeeded',
};
const MEANING = new Map(
  Object.entries(WORDS).flatMap(([value, words]) => words.split(' ').map((word) => [word, value as StatusValue] as const)),
);
const PHRASES: readonly (readonly [string, StatusValue])[] = [
  ['in review', 'proposed'],
  ['under review', 'proposed'],
  ['in progress', 'proposed'],
  ['under discussion', 'proposed'],
  ['on hold', 'proposed'],
  ['in draft', 'proposed'],
  ['for comments', 'proposed'],
  ['not decided', 'proposed'],
  ['not accepted', 'rejected'],
  ['not adopted', 'rejected'],
  ['not approved', 'rejected'],
  ['not implemented', 'accepted'],
  ['no longer', 'deprecated'],
  ['in force', 'accepted'],
  ['in use', 'accepted'],
  ['in effect', 'accepted'],
  ['in production', 'accepted'],
  ['in place', 'accepted'],
  ['replaced by', 'superseded'],
  ['replaced with', 'superseded'],
];
const SIGNS: readonly (readonly [RegExp, StatusValue])[] = [
  [/[✅✔👍🟢☑]|:(?:white_check_mark|heavy_check_mark|\+1|thumbsup):/u, 'accepted'],
  [/[❌✖🚫⛔👎🔴]|:(?:x|no_entry|no_entry_sign|-1|thumbsdown):/u, 'rejected'],
  [/[🚧📝💬🟡🟠⏳🤔]|:(?:construction|memo|thinking|hourglass):/u, 'proposed'],
];

/**
 * Meaning of the words of a status; `undefined` if no rule understands them. The first status word counts, except that a full "superseded by"
 * anywhere wins and a partial one never counts. A list of choices left over from a template is not a status.
 */
function statusValue(written: string): StatusValue | undefined {
  const unstruck = written.slice(0, 400).replace(/~~[^~]{0,200}~~/g, ' ');
  // In `Proposed → Accepted`, the last word counts.
  const steps = unstruck.split(/→|->|=>/).filter((step) => /\p{L}/u.test(step));
  const last = steps.length > 1 && steps.every((step) => MEANING.has(firstWord(step))) ? steps.at(-1) : undefined;
  const plain = plainText((last ?? unstruck).replace(/[{}]/g, ' '));
  const words = plain.toLowerCase().match(/[\p{L}'’]+/gu) ?? [];
  const meanings: StatusValue[] = [];
  for (let at = 0; at < words.length; at++) {
    const value = meaningAt(words, at);
    if (value !== undefined) meanings.push(value);
  }
  const first = meanings[0];
  if (first === undefined) {
    const sign = SIGNS.find(([pattern]) => pattern.test(unstruck))?.[1];
    return (
      sign ?? (/\b(?:supersedes|replaces|super[sc]e{1,2}des)\b|\bpartial|\bparts? of|\bamended\b/i.test(plain) ? 'accepted' : undefined)
    );
  }
  if (new Set(meanings).size >= 3 && !/\d{4}/.test(plain)) return undefined;
  return meanings.includes('superseded') ? 'superseded' : first;
}

function firstWord(text: string): string {
  return (
    plainText(text)
      .toLowerCase()
      .match(/\p{L}+/u)?.[0] ?? ''
  );
}

function meaningAt(words: readonly string[], at: number): StatusValue | undefined {
  const word = words[at] ?? '';
  const previous = words[at - 1] ?? '';
  const pair = `${word} ${words[at + 1] ?? ''}`;
  const phrase = PHRASES.find(([text]) => text === pair)?.[1];
  if (phrase !== undefined) return phrase === 'superseded' && partialBefore(words, at) ? undefined : phrase;
  if (word === 'rfc' && at === 0) return 'proposed';
  const value = MEANING.get(word);
  if (value === undefined || (previous === 'in' && value === 'proposed' && word !== 'review')) return value;
  if (value === 'superseded') {
    const conditional = /^(?:may|might|could|will|would|should|if|until|not|never|to)$/.test(
      words[at - 1] === 'be' ? (words[at - 2] ?? '') : previous,
    );
    const active = /^(?:supersede|supercede)$/.test(word) && previous !== '' && words[at + 1] !== 'by';
    return conditional || active || partialBefore(words, at) ? undefined : value;
  }
  if (previous === 'yet' && words[at - 2] === 'not') return 'proposed';
  return previous === 'not' ? undefined : value;
}

function partialBefore(words: readonly string[], at: number): boolean {
  return (
    words.slice(Math.max(0, at - 8), at).some((word) => /^(?:part|parts|partially|partly|partial|some|sections?)$/.test(word)) ||
    words[at + 2] === 'part'
  );
}

/** Whether a heading is that of a status section. */
export function isStatusHeading(text: string): boolean {
  return STATUS_HEADING.test(
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}&. ]/gu, '')
      .replace(/\s+/g, ' ')
      .trim(),
  );
}

/** Status fields at the top of a document. */
export function statusFields(fields: readonly Field[]): readonly Field[] {
  return fieldsNamed(fields, STATUS_FIELDS);
}

/**
 * Status of a record. If it is given in several places, a full "superseded by" wins; otherwise the first of: front matter `status`, the status
 * section, a status field (line, bullet, table), a badge, front matter `tags`, a status section of long prose, a sentence saying that the record was
 * superseded. Text that no rule understands is passed over; if there is nothing else, the first such text is `unknown`.
 */
export function statusOf(
  outline: Outline,
  front: FrontMatter | undefined,
  fields: readonly Field[],
  relations: readonly Relation[],
): FoundStatus | undefined {
  // "Rejected in favour of ADR 9" names a successor and is still a rejection.
  const retired = relations.filter(
    ({ kind, partial, start }) => kind === 'superseded-by' && !partial && !OTHER_END.test(outline.text.slice(start, start + 12)),
  );
  const found: FoundStatus[] = [];
  const add = (start: number, end: number, text = outline.text.slice(start, end)): void => {
    const value = retired.some((relation) => relation.start >= start && relation.start < end) ? 'superseded' : statusValue(text);
    found.push({ value: value ?? 'unknown', text, start, end });
  };
  const key = valuesOf(front, STATUS_KEYS)[0];
  if (key !== undefined && key.text !== '') add(key.start, key.end, key.text);
  const section = sectionStatus(outline, retired);
  const firm = section !== undefined && (section.text.length <= LONGEST_STATEMENT || MEANING.has(firstWord(section.text)));
  if (section !== undefined && firm) found.push(section);
  for (const { name, start, end, table } of statusFields(fields)) {
    const [from, to] = withoutMarks(outline.text, start, end);
    // Other tables may have a "Status" column, and other things a state, so only known words count there.
    const certain = !table && name.includes('status');
    // "`status: superseded` and a link": words about a status, in a code span.
    if ((outline.text.slice(from, to).match(/`/g) ?? []).length % 2 === 1) continue;
    if (from < to && (certain || statusValue(outline.text.slice(from, to)) !== undefined)) add(from, to);
  }
  const badge = badgeStatus(outline);
  if (badge !== undefined) found.push(badge);
  for (const tag of valuesOf(front, ['tags', 'labels', 'categories', 'keywords'])) {
    const value = MEANING.get(tag.text.toLowerCase());
    if (value !== undefined) found.push({ value, text: tag.text, start: tag.start, end: tag.end });
  }
  if (section !== undefined && !firm) found.push(section);
  const notice = retired[0];
  if (notice !== undefined) {
    found.push({ value: 'superseded', text: outline.text.slice(notice.start, notice.end), start: notice.start, end: notice.end });
  }
  return found.find(({ value }) => value === 'superseded') ?? found.find(({ value }) => value !== 'unknown') ?? found[0];
}

/** Status in the lines of the status section: a ticked box, else "superseded", else the latest dated line, else the first known status. */
function sectionStatus(outline: Outline, retired: readonly Relation[]): FoundStatus | undefined {
  const index = outline.headings.findIndex(({ text }) => isStatusHeading(text));
  if (index < 0) return undefined;
  const under = outline.blocks.filter(({ heading }) => heading === index);
  const ticked = under.filter((block) => block.ticked === true);
  const plain = under.filter(({ kind }) => kind !== 'quote');
  const read = ticked.length > 0 ? ticked : plain.length > 0 ? plain : under;
  const below = outline.headings[index + 1];
  const own = outline.headings[index];
  const nested = read.length === 0 && below !== undefined && own !== undefined && below.level > own.level;
  const lines = nested ? [{ start: below.textStart, end: below.textEnd }] : statusLines(outline, read);
  const found = lines.map(({ start, end }, position) => {
    const text = outline.text.slice(start, end);
    const superseded = retired.some((relation) => relation.start >= start && relation.start < end);
    const value = superseded ? 'superseded' : statusValue(outline.visible.slice(start, end));
    // Later lines explain; one counts only if it starts with a status.
    const states = position === 0 || MEANING.has(firstWord(text));
    return { value: value === 'superseded' && !superseded && !states ? undefined : value, text, start, end, states };
  });
  const dated = found
    .map((line) => ({ line, date: line.states && line.value !== undefined ? (findDate(line.text)?.iso ?? '') : '' }))
    .filter(({ date }) => date !== '')
    .sort((a, b) => (a.date < b.date ? 1 : -1));
  const first = found[0];
  const chosen =
    found.find(({ value }) => value === 'superseded') ??
    (dated.length > 1 ? dated[0]?.line : undefined) ??
    found.find(({ value, states }) => value !== undefined && states) ??
    found.find(({ value, text }) => value !== undefined && text.length <= 120) ??
    first;
  return chosen === undefined ? undefined : { value: chosen.value ?? 'unknown', text: chosen.text, start: chosen.start, end: chosen.end };
}

function statusLines(outline: Outline, blocks: readonly Block[]): readonly { readonly start: number; readonly end: number }[] {
  const { lines, visible, text } = outline;
  const found: { start: number; end: number }[] = [];
  for (const block of blocks) {
    for (let line = lines.lineAt(block.start); line < lines.count && lines.start(line) < block.end; line++) {
      if (found.length >= SECTION_LINES) return found;
      const start = Math.max(lines.start(line), block.start);
      const end = Math.min(lines.end(line), block.end, start + 1000);
      if (!/[\p{L}\p{Emoji_Presentation}]/u.test(visible.slice(start, end))) continue;
      const [from, to] = withoutMarks(text, start, end);
      if (from < to) found.push({ start: from, end: to });
    }
  }
  return found;
}

/** Narrows a range to its words, without surrounding white space, emphasis, braces or quotes. */
function withoutMarks(text: string, start: number, end: number): [start: number, end: number] {
  let [from, to] = [start, end];
  const pairs: readonly (readonly [string, string])[] = [
    ['**', '**'],
    ['__', '__'],
    ['*', '*'],
    ['_', '_'],
    ['`', '`'],
    ['{', '}'],
    ['[', ']'],
    ['"', '"'],
    ['> ', ''],
  ];
  for (let changed = true; changed; ) {
    changed = false;
    while (from < to && /\s/.test(text.charAt(from))) from++;
    while (to > from && /[\s|]/.test(text.charAt(to - 1))) to--;
    for (const [open, close] of pairs) {
      const inner = text.slice(from + open.length, to - close.length);
      if (to - from <= open.length + close.length || !text.startsWith(open, from) || text.slice(to - close.length, to) !== close) continue;
      if (close !== '' && inner.includes(close)) continue;
      from += open.length;
      to -= close.length;
      changed = true;
      break;
    }
  }
  return [from, to];
}

/** `![Accepted](https://img.shields.io/badge/...)` in the head; only words that are a status and nothing else. */
function badgeStatus(outline: Outline): FoundStatus | undefined {
  const limit = outline.lines.end(outline.lines.lineAt(outline.bodyStart) + HEAD_LINES);
  const head = { ...outline, blocks: outline.blocks.filter(({ start }) => start <= limit), headings: [] };
  for (const link of inlineLinks(head)) {
    if (!link.image) continue;
    const alt = link.text
      .toLowerCase()
      .replace(/^(?:adr |decision )?(?:status|state)\b[\s:=-]*/, '')
      .trim();
    const badge = /\/badge\/(?:adr[-_ ]?)?(?:status|state)[-_]{1,2}([a-z]{3,20})/i.exec(link.target)?.[1]?.toLowerCase() ?? '';
    const value = MEANING.get(alt) ?? MEANING.get(badge);
    if (value === undefined) continue;
    const word = MEANING.has(alt) ? link.text : badge;
    const at = outline.text.slice(link.start, link.end).indexOf(word);
    const start = at < 0 ? link.start : link.start + at;
    return { value, text: at < 0 ? outline.text.slice(link.start, link.end) : word, start, end: at < 0 ? link.end : start + word.length };
  }
  return undefined;
}
