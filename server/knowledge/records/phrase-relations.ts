import { entries } from '../languages/language.ts';
import { LANGUAGES } from '../languages/languages.ts';
import { Phrases } from '../languages/phrases.ts';
import { wordsOf } from '../languages/words.ts';
import { isLimited } from './limits.ts';
import type { Reference } from './references.ts';
import type { Relation } from './relation.ts';

type Kind = Exclude<Relation['kind'], 'amends'>;

/** Before the record: "ersetzt durch ADR-9", "remplace ADR-3". */
const BEFORE = new Phrases<Kind>();
/** After the record, perhaps with a word in front of it: "被 ADR-9 取代", "ADR-9 に置き換え". */
const AFTER = new Phrases<{ readonly kind: Kind; readonly openings: readonly string[] }>();
const PARTLY = new Phrases<true>();
for (const { supersededBy, supersedes, partly } of LANGUAGES) {
  for (const [kind, list] of [
    ['superseded-by', supersededBy],
    ['supersedes', supersedes],
  ] as const) {
    for (const phrase of entries(list)) {
      const closing = phrase.split('…')[1];
      if (closing === undefined) BEFORE.add(phrase, kind);
      else AFTER.add(closing.trim(), { kind, openings: openingsOf(list, closing) });
    }
  }
  for (const phrase of entries(partly)) PARTLY.add(phrase, true);
}
/** The words in front of the record that go with the same words after it: 被 and 由. */
function openingsOf(list: string, closing: string): readonly string[] {
  return entries(list).flatMap((phrase) => {
    const [opening = '', end] = phrase.split('…');
    return end === closing ? [opening.trim()] : [];
  });
}

const KNOWN: ReadonlySet<string> = new Set([...BEFORE.words, ...AFTER.words, ...PARTLY.words]);
/** UTF-16 units between the phrase and the record. */
const REACH = 40;
/** Between two records of one statement. */
const CONNECTOR = /^[\s,;&/|()*_+、，]*(?:(?:und|et|y|e|i|и|і|a|en|ve|和|与|與|及|と|および|와|과|및)[\s*_]*)?$/iu;

/** Nouns for the record itself. */
const WHOLE =
  /^(?:adrs?|rfcs?|d[ée]cisions?|decisi[óo]n(?:es)?|decis(?:ão|ões)|decisioni?e?|entscheidung(?:en)?|beslissing|besluit|decyzj[aęi]|решени[ея]|record|registro)$/iu;
/** `l'attachement d'attributs de ADR-3`, `die Preise von ADR-3`: something that the record says, not the record. */
const namesDetail = (gap: string): boolean => {
  const [thing = '', ...rest] = gap.split(/(?<![\p{L}])(?:d['’]|(?:de|du|des|della?|di|do|da|von|vom|aus|van|uit|z|ze|из)(?=[\s*_`[(]))/iu);
  const nouns = (thing.match(/\p{L}{4,}/gu) ?? []).filter((word) => !WHOLE.test(word));
  return rest.length > 0 && nouns.length > 0;
};

/** Whether a text begins with words that say, in a language besides English, what a record replaces; `undefined` for other texts. */
export function relationPhrase(text: string): Kind | undefined {
  return BEFORE.at(wordsOf(text.slice(0, 80), KNOWN), 0)?.value;
}

/**
 * What a short statement in a language besides English says of other records. For statuses, fields and headings; sentences of the body are not read.
 * @param base offset of the text, to which those of the references are relative
 */
export function phraseRelations(text: string, base: number, references: readonly Reference[]): readonly Relation[] {
  if (references.length === 0 || text.length > 600) return [];
  const words = wordsOf(text, KNOWN).filter(({ start }) => !references.some((one) => base + start >= one.start && base + start < one.end));
  const relations: Relation[] = [];
  const add = (kind: Kind, from: number, first: Reference, partly: boolean): void => {
    let last: Reference | undefined;
    for (const target of references.slice(references.indexOf(first))) {
      if (last !== undefined && !CONNECTOR.test(text.slice(last.end - base, target.start - base))) break;
      const partial = partly || isLimited(text.slice(target.end - base));
      relations.push({ kind, partial, start: Math.min(base + from, target.start), end: target.end, targets: [target], place: 'status' });
      last = target;
    }
  };
  for (let at = 0; at < words.length; at++) {
    const start = words[at]?.start ?? 0;
    const partly =
      PARTLY.at(words, at - 1) !== undefined ||
      words.slice(Math.max(0, at - 2), at).some((_, index) => PARTLY.at(words, Math.max(0, at - 2) + index));
    const before = BEFORE.at(words, at);
    const next = references.find((one) => one.start >= base + (words[at + (before?.length ?? 1) - 1]?.end ?? 0));
    const gap = before === undefined || next === undefined ? '' : text.slice(words[at + before.length - 1]?.end ?? 0, next.start - base);
    if (before !== undefined && next !== undefined && gap.length <= REACH && !/[.。;；\n]/.test(gap)) {
      add(
        before.value,
        start,
        next,
        partly || namesDetail(gap) || wordsOf(gap, KNOWN).some((_, index, all) => PARTLY.at(all, index) !== undefined),
      );
      return relations;
    }
    const after = AFTER.at(words, at);
    const previous = references.findLast((one) => one.end <= base + start);
    if (after === undefined || previous === undefined || start + base - previous.end > REACH) continue;
    const { kind, openings } = after.value;
    const lead = text.slice(Math.max(0, previous.start - base - REACH), previous.start - base).toLowerCase();
    if (!openings.some((opening) => lead.includes(opening))) continue;
    const first = references[0] as Reference;
    add(kind, first.start - base, first, partly);
    return relations;
  }
  return relations;
}

/** `Estado: reemplazado por 0007`: a bare number after such a phrase. */
export function numberPhrase(text: string, base: number, place: Relation['place']): readonly Relation[] {
  const label =
    /^[^\p{L}\n]{0,8}\p{L}[\p{L} ]{0,24}[*_]{0,3}\s{0,2}[:：]\s{0,3}[*_`]{0,3}(?=\p{L})/u.exec(text.slice(0, 80))?.[0].length ?? 0;
  const kind = relationPhrase(text.slice(label));
  const number = kind && /^[^\d\n]{4,60}?(?<![\p{L}\p{N}])#?(\d{1,5})[`*_.\s]{0,8}$/u.exec(text.slice(label));
  if (kind === undefined || number?.[1] === undefined || text.length > 120) return [];
  const start = base + label + number[0].lastIndexOf(number[1]);
  return [
    {
      kind,
      partial: false,
      start: base + label,
      end: start + number[1].length,
      targets: [{ start, end: start + number[1].length, target: number[1] }],
      place,
    },
  ];
}
