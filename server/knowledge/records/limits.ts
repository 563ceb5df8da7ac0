import { monthNamed } from '../languages/languages.ts';

/** "(partially)", "in part", "§7", "sections 2 and 3", "except for". */
const PART =
  /^[\s,;:([*_—–-]{0,6}(?:in (?:part|some|certain|several|places)\b|partial(?:ly)?\b(?!\s+(?:by|with)\b)|partly\b(?!\s+(?:by|with)\b)|parts?\b|§|sections?\b|(?:decision|point|item|rule|clause|step|option|paragraph|chapter|requirement)s?\s{0,2}(?:#|no\.?\s?)?\d|only (?:for|in|as|the|where|when)\b|but only\b|except\b|with the exception\b|aspects? of\b|to some extent\b|teilweise\b|zum teil\b|en partie\b|partiellement\b|en parte\b|parcialmente\b|em parte\b|in parte\b|parzialmente\b|częściowo|частично|частково|částečně|gedeeltelijk\b|deels\b|部分|局部|一部|부분|일부)/iu;
/** "— serving mode only": the last word of its clause. */
const ONLY = /^[^.;()\n]{0,60}\bonly\b[*_]{0,3}\s{0,2}(?:[.,;:()—–]|$)/iu;
/** "for this layer", "on the assertion question", "where it speaks of ...". */
const MATTER =
  /^[\s,(*_—–-]{0,4}(for|on|regarding|concerning|where|about|with (?:respect|regard) to|as (?:to|regards)|as far as|in (?:respect|terms|regard|the (?:area|case|matter)) (?:of|to)|when it comes to|insofar as)\s+(?:the\s+)?(\p{L}[\p{L}'’-]*)/iu;
/** After "for" or "on": why or when, not what. */
const NO_MATTER =
  /^(?:reasons?|clarity|simplicity|details?|more|further|now|good|everything|all|both|consistency|convenience|reference|context|date|monday|tuesday|wednesday|thursday|friday|saturday|sunday|behalf|account|top|being|having|advice|request|completeness)$/i;
const REASON = /\breasons?\b/i;
/** "ADR-4 statement", "ADR-4's retry policy": a thing that belongs to the record. */
const DETAIL = /^(?:['’]s\s+|\s{1,3})(\p{Ll}[\p{L}-]*)/u;
/** Words after a record that do not name a thing that belongs to it. */
const NO_DETAIL = new Set(
  (
    'adr adrs record records decision decisions document documents proposal rfc and or as in on at by with without from to of off into onto over under out up down if ' +
    'because since due after before when while where which who that this these those it its is are was were be been being has have had will would may might can could should shall must do does did not ' +
    'no entirely fully completely effective effectively immediately formally officially outright altogether whole wholly also too now then here there hereby thereby therefore but so yet see for per via through ' +
    'both all everything instead rather than once until unless although though following given using adopting making so'
  ).split(' '),
);

/**
 * Whether what follows a verb or the mention of a record says that only a part or a matter is meant: "(partially)", "§7", "for this layer", "on the
 * assertion question".
 * @param after the text right after it; its first 200 UTF-16 units count
 */
export function isLimited(after: string): boolean {
  const text = after.slice(0, 200);
  if (PART.test(text) || ONLY.test(text)) return true;
  const [, preposition = '', word = ''] = MATTER.exec(text) ?? [];
  return preposition !== '' && !NO_MATTER.test(word) && monthNamed(word) === undefined && !REASON.test(text.split(/[.;]/)[0] ?? '');
}

/** Whether not a record is meant, but a thing that belongs to it: "ADR-4 statement", "ADR-4's retry policy"; or only a part, as in {@link isLimited}. */
export function isLimitedRecord(after: string): boolean {
  const thing = DETAIL.exec(after.slice(0, 80))?.[1];
  return isLimited(after) || (thing !== undefined && !NO_DETAIL.has(thing) && monthNamed(thing) === undefined);
}

/** What stands where a template asks for another record and there is none: nothing at all, `N/A`, `none`, `—`, `TBD`, `ADR-XXXX`. */
export const NOTHING =
  /^(?:|~|null|none|n\/?a|n\.\s?a\.?|no|no(?:ne|t) (?:yet|applicable|superseded)|not superseded|not yet|nothing|nobody|[-–—_.…?*]+|tbd|tba|tbc|nil|false|\[\]|\{\}|(?:adr|rfc)?[-\s#]?(?:x+|n{2,}|_+)|<[^<>]*>|keine[rsn]?|entfällt|aucune?|néant|ningun[oa]|nenhum[a]?|nessun[oa]?|brak|нет|немає|žádn\p{L}{1,3}|geen|yok|无|無|没有|沒有|なし|無し|该当なし|該当なし|없음|해당\s?없음)$/iu;
