import { entries, type KnownStatus } from '../languages/language.ts';
import { LANGUAGES } from '../languages/languages.ts';
import { Phrases } from '../languages/phrases.ts';
import { type Word, wordsOf } from '../languages/words.ts';
import { plainText } from '../markup/inline.ts';
import { findDate } from './dates.ts';
import { isLimited, isLimitedRecord, NOTHING } from './limits.ts';
import { PROCESSES, stageOf, wordsOfProcess } from './processes.ts';

/** What the text of a status says of the record. */
export interface Statement {
  readonly value: KnownStatus;
  /** Whether a clause begins with the word, so that it is the value of the status and not a word of prose about it. */
  readonly certain: boolean;
  /** Whether the text is nothing but the status, a date and a reference. */
  readonly bare: boolean;
}

const STATUS = new Phrases<KnownStatus>();
const LEAD = new Phrases<true>();
const PARTLY = new Phrases<true>();
/** What a record replaces: "ersetzt ADR-3", which in German is also the word for "replaced". */
const REPLACES = new Phrases<true>();
for (const { status, lead, partly, supersedes } of LANGUAGES) {
  for (const [value, list] of Object.entries(status)) for (const phrase of entries(list)) STATUS.add(phrase, value as KnownStatus);
  for (const phrase of entries(lead)) LEAD.add(phrase, true);
  for (const phrase of entries(partly)) PARTLY.add(phrase, true);
  for (const phrase of entries(supersedes)) if (!phrase.includes('…')) REPLACES.add(phrase, true);
}
for (const { words } of PROCESSES) for (const [word, value] of wordsOfProcess(words)) STATUS.add(word, value);
const KNOWN: ReadonlySet<string> = new Set([...STATUS.words, ...LEAD.words, ...PARTLY.words, ...REPLACES.words]);

const SIGNS: readonly (readonly [RegExp, KnownStatus])[] = [
  [/[✅✔👍🟢☑]|:(?:white_check_mark|heavy_check_mark|\+1|thumbsup):/u, 'accepted'],
  [/[❌✖🚫⛔👎🔴]|:(?:x|no_entry|no_entry_sign|-1|thumbsdown):/u, 'rejected'],
  [/[🚧📝💬🟡🟠⏳🤔]|:(?:construction|memo|thinking|hourglass):/u, 'proposed'],
];
/** Stands for a link, whose words are a title and say nothing of this record. */
const LINK = '\uFFFC';
/** Between two words, what ends a clause. */
const BREAK = /[,;:()[\]{}|·•–—!?、。，；：（）「」【】・<>=/\n]|\.(?:\s|$)|\s-+\s|→/u;
/** Adjectives that are a status alone, and not before one of the nouns: "Active review", "Final comment period". */
const ADJECTIVES = new Set(['active', 'final', 'current', 'live', 'complete', 'supported', 'valid', 'stable']);
const OPEN_NOUNS = new Set(
  'review reviews discussion discussions comment comments vote voting call candidate draft evaluation consideration work'.split(' '),
);
const PAST = new Set(
  'previously formerly originally initially earlier before ex vorher zuvor fruher ursprunglich precedemment anciennement auparavant anteriormente previamente antes precedentemente wczesniej ранее раньше раніше drive puvodne eerder voorheen onceden 以前 原 이전 以前は 曾'.split(
    ' ',
  ),
);
const NOW = new Set(
  'now currently today nun jetzt inzwischen maintenant desormais ahora agora ora adesso teraz obecnie теперь сейчас ныне тепер nyni nu inmiddels artik 现已 現已 现在 現在 現在は'.split(
    ' ',
  ),
);
const NOT = new Set('not never nicht kein non no nao nie не ні ne niet geen isnt wasnt'.split(' '));
/** Before a status that may come, or that ends: "may be superseded", "until accepted". */
const CONDITION = new Set('may might could will would should if until unless when once to can must cannot'.split(' '));
/** Before an acceptance that is still to come: "will be accepted", "sera actée séparément". */
const FUTURE = new Set(
  'will shall sera seront serait sara saranno seran sera serao wird werden zal zullen bedzie beda будет будут буде'.split(' '),
);
/** Words that say only that nothing is left to do; another status in the same text says more. */
const VAGUE = new Set(['closed', 'done', 'resolved', 'new']);
/** Right after a word of a script without spaces: "採用しない". */
const UNDONE = /^(?:に|を|は)?(?:し|され|せ)?(?:ない|なかった|ません|ず)|^(?:되|하)지\s?(?:않|못)/u;
/** Right before one: not yet, and not. */
const NOT_YET = /[未待尚미]$/u;
const NEVER = /[不非否불]$/u;

/** Before "proposal", it is the record: "this proposal was accepted". */
const DETERMINER = /^(?:this|the|our)$/;
/** English verbs that say what a record does to others. */
const ACTIVE = /^(?:super[sc]e{1,2}d(?:es|ing)|replac(?:es|ing)|obsoletes|amends|amended|updates)$/;

interface Said {
  readonly value: KnownStatus;
  readonly head: boolean;
  readonly past: boolean;
  readonly now: boolean;
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads the text of a status: what it says of the record itself. The first clause that begins with a status word says it, except that "superseded" as
 * the value of a clause, a later one of two dated clauses, and "now ..." go before. "Superseded" in part, by nothing (`N/A`), or of something else
 * retires no record. `undefined` if no rule understands the text, or if it is the list of choices of a template.
 * @param own words of the process of the record, which go before the usual ones
 */
export function readStatement(written: string, own?: Phrases<KnownStatus>): Statement | undefined {
  const unstruck = written.slice(0, 400).replace(/~~[^~]{0,200}~~/g, ' ');
  const text = readable(lastStep(unstruck));
  const stage = stageOf(text);
  if (stage !== undefined) return { value: stage, certain: true, bare: true };
  const { said, replaces, rest } = saidIn(text, own);
  if (said.length === 0) {
    const value = SIGNS.find(([pattern]) => pattern.test(unstruck))?.[1];
    if (value !== undefined) return { value, certain: true, bare: true };
    // "Supersedes ADR 3", "partially superseded by ADR 9": the record is in force, or it would say something else.
    return replaces ? { value: 'accepted', certain: true, bare: false } : undefined;
  }
  if (new Set(said.map(({ value }) => value)).size >= 3 && !/\d{4}/.test(text)) return undefined;
  const heads = said.filter(({ head, past }) => head && !past);
  if (heads.length === 0) {
    const value = replaces ? 'accepted' : (said.find((each) => each.value !== 'superseded') ?? said[0])?.value;
    return value === undefined ? undefined : { value, certain: replaces, bare: false };
  }
  const telling = heads.some(({ word }) => !VAGUE.has(word)) ? heads.filter(({ word }) => !VAGUE.has(word)) : heads;
  const chosen =
    telling.find(({ value }) => value === 'superseded') ??
    telling.findLast(({ now }) => now) ??
    latest(text, telling) ??
    telling[0] ??
    heads[0];
  return chosen === undefined ? undefined : { value: chosen.value, certain: true, bare: heads[0]?.start === said[0]?.start && rest <= 1 };
}

/** Whether a word or phrase alone is a status; for tags and badges. */
export function statusWord(written: string): KnownStatus | undefined {
  const words = wordsOf(written.slice(0, 60), KNOWN);
  const found = STATUS.at(words, 0);
  return found !== undefined && found.length === words.length ? found.value : undefined;
}

/** Whether a text begins with a word of a status, or one that may come before it. */
export function beginsWithStatus(written: string): boolean {
  const words = wordsOf(plainText(written.slice(0, 120)), KNOWN);
  let at = 0;
  while (at < words.length && STATUS.at(words, at) === undefined && LEAD.at(words, at) !== undefined) at++;
  return STATUS.at(words, at) !== undefined;
}

/** In `Proposed → Accepted`, the last word counts. */
function lastStep(text: string): string {
  const steps = text.split(/→|->|=>/).filter((step) => /\p{L}/u.test(step));
  const last = steps.at(-1);
  return last !== undefined && steps.length > 1 && steps.every(beginsWithStatus) ? last : text;
}

/** Without markup; links become one sign, unless the text begins with the link. */
function readable(text: string): string {
  const linked = text.replace(
    /(?<=[\p{L}\p{N}][^\n]{0,300})\[[^\]]{0,300}\](?:\([^()\s]{0,500}(?:\([^()]{0,100}\)[^()\s]{0,100})?[^()]{0,200}\)|\[[^\]]{0,100}\])/gu,
    LINK,
  );
  return plainText(linked.replace(/[{}]/g, ' '));
}

function saidIn(text: string, own: Phrases<KnownStatus> | undefined): { said: readonly Said[]; replaces: boolean; rest: number } {
  const words = wordsOf(text, KNOWN);
  const said: Said[] = [];
  let replaces = false;
  let rest = 0;
  let head = true;
  let clause = { start: 0, past: false, now: false };
  let object = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as Word;
    const gap = text.slice(words[at - 1]?.end ?? 0, word.start);
    if (at === 0 || BREAK.test(gap)) {
      head = true;
      object = false;
      clause = { start: at, past: false, now: false };
    }
    if (object) continue;
    if (PAST.has(word.plain) || (word.plain === 'was' && clause.start === at)) clause.past = true;
    if (NOW.has(word.plain)) clause = { ...clause, now: true };
    const isSubject = word.plain === 'proposal' && DETERMINER.test(words[at - 1]?.plain ?? '');
    const match = isSubject ? undefined : (own?.at(words, at) ?? STATUS.at(words, at));
    if (match === undefined) {
      if (head && (ACTIVE.test(word.plain) || REPLACES.at(words, at) !== undefined)) {
        replaces = true;
        object = true;
      }
      if (word.plain === 'rfc' && at === 0 && words.length === 1)
        said.push({ ...clause, value: 'proposed', head, word: 'rfc', start: word.start, end: word.end });
      const passes =
        LEAD.at(words, at) !== undefined ||
        PAST.has(word.plain) ||
        NOW.has(word.plain) ||
        word.plain === 'was' ||
        findDate(`1 ${word.plain} 2000`) !== undefined;
      if (!passes) {
        head = false;
        rest++;
      }
      continue;
    }
    const last = words[at + match.length - 1] as Word;
    const value = meaning(text, words, at, match, clause.start);
    if (value === 'in part') {
      // Only where the record is the subject: "the framing is superseded for this layer" says nothing of it.
      replaces ||= head || PARTLY.at(words, at - 1) !== undefined;
      object = true;
    } else if (value === 'nothing') object = true;
    else if (value !== undefined) {
      said.push({ value, head, past: clause.past, now: clause.now, word: word.plain, start: word.start, end: last.end });
      if (value === 'superseded' && head) object = true;
    }
    at += match.length - 1;
    head = false;
  }
  return { said, replaces, rest };
}

/** What becomes of a decision after it was taken; a record of which only its lack is said is still waiting. */
const CARRIED_OUT = /^(?:implemented|built|done|delivered|deployed|completed?|finished|umgesetzt|implement[ée]e?)$/;

/** Meaning of a phrase where it stands; `undefined` where it is denied or conditional. */
function meaning(
  text: string,
  words: readonly Word[],
  at: number,
  match: { readonly value: KnownStatus; readonly length: number },
  clauseStart: number,
): KnownStatus | 'in part' | 'nothing' | undefined {
  const word = words[at]?.plain ?? '';
  const previous = words[at - 1]?.plain ?? '';
  const last = words[at + match.length - 1];
  const tail = text.slice(last?.end ?? 0);
  const value = match.value;
  const before = text.slice(0, words[at]?.start ?? 0);
  if (NOT_YET.test(before)) return value === 'accepted' ? 'proposed' : undefined;
  if (NEVER.test(before)) return value === 'accepted' ? 'rejected' : undefined;
  if (UNDONE.test(tail)) return value === 'accepted' ? 'rejected' : undefined;
  const inClause = words.slice(clauseStart, at).map(({ plain }) => plain);
  if (match.length === 1) {
    const denied = NOT.has(previous) ? at - 1 : previous === 'yet' && words[at - 2]?.plain === 'not' ? at - 2 : undefined;
    if (denied !== undefined && CARRIED_OUT.test(word)) return denied === 0 ? 'proposed' : undefined;
    if (previous === 'yet' && denied !== undefined) return 'proposed';
    if (NOT.has(previous) && at > clauseStart) return undefined;
    if (ADJECTIVES.has(word) && OPEN_NOUNS.has(words[at + 1]?.plain ?? '') && !BREAK.test(text.slice(last?.end, words[at + 1]?.start)))
      return 'proposed';
  }
  if (value === 'accepted' && inClause.slice(-3).some((each) => FUTURE.has(each))) return undefined;
  if (value !== 'superseded') return value;
  if (REPLACES.at(words, at) !== undefined && REFERENCES.test(tail)) return 'in part';
  if (inClause.slice(-3).some((each) => CONDITION.has(each) || NOT.has(each))) return undefined;
  // "Supersede ADR 3", French "supersède": what the record does to others; only with "by" a misspelt participle.
  if (/^(?:supersede|supercede)$/.test(word) && at + 1 < words.length && words[at + 1]?.plain !== 'by') return 'in part';
  if (inClause.slice(-8).some((_, index, all) => PARTLY.at(words, at - all.length + index) !== undefined)) return 'in part';
  const object =
    /^\s*(?:by|with|through|via|in favou?r of|durch|von|par|por|da|dal|przez|на|door)?(?=[\s:：]|$)\s*[:：]?\s*/i.exec(tail)?.[0] ?? '';
  const successor = tail.slice(object.length);
  const named = (successor.split(/[·•|;,(（]/)[0] ?? '').trim();
  if (/\p{L}|:|：/u.test(object) && NOTHING.test(named)) return 'nothing';
  if (object.trim() === '' && /(?:by|with)$/.test(last?.plain ?? '') && NOTHING.test(named)) return 'nothing';
  return isLimited(tail) || (REFERENCES.test(successor) && isLimitedRecord(successor.replace(REFERENCES, ''))) ? 'in part' : value;
}

/** References in a row at the start of a text. */
const REFERENCES =
  /^(?:(?:\s*(?:,|and|&|\/|und|et|y|e)?\s*)(?:\uFFFC|(?:\p{Lu}{2,5}s?[-_ #]{0,2})?#?\d[\w.-]*|https?:\/\/\S+|\S+\.(?:md|adoc|rst)\b))+(?:\s*\([^()]*\d{4}[^()]*\))?/u;

/** Of two clauses or more with a day each, the latest. */
function latest(text: string, heads: readonly Said[]): Said | undefined {
  const dated = heads.map((each, index) => ({ each, iso: findDate(text.slice(each.end, heads[index + 1]?.start))?.iso ?? '' }));
  if (dated.length < 2 || dated.some(({ iso }) => iso === '')) return undefined;
  return dated.reduce((best, one) => (one.iso > best.iso ? one : best)).each;
}
