import { isPartName } from '../languages/languages.ts';
import { HEAD_LINES } from '../markup/fields.ts';
import type { Outline } from '../markup/outline.ts';
import { isLimited, isLimitedRecord, NOTHING } from './limits.ts';
import { numberPhrase, phraseRelations, relationPhrase } from './phrase-relations.ts';
import { type Reference, rangeFinder } from './references.ts';
import type { Place, Relation } from './relation.ts';
import { beginsWithStatus } from './statement.ts';

/** A range of the text that may state a relation. */
interface Statement {
  readonly start: number;
  readonly end: number;
  /** How far the verb may be from its target. */
  readonly place: Place;
}

const VERB =
  /\b(?:super[sc]e{1,2}d(?:e[sd]?|ing|s)?|replac(?:e[sd]?|ing)|obsolet(?:e[sd]?|ing)|succeeded|deprecat(?:e[sd]?|ing)|(?:retired|abandoned|dropped|withdrawn|rejected) in favou?r of|amend(?:s|ed|ing)|updat(?:es|ed))\b/gi;
/** `by` right after the verb or a date: "replaced on 3 May 2020 by". Anything further away is another object: "replaced Redis with Postgres". */
const BY =
  /^[^\p{L}]{0,40}(?:(?:on|in|since|entirely|fully|completely|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}{0,6})\b[^\p{L}]{0,30}){0,3}(?:by|with|in favou?r of)\b|^[^\p{L}]{0,40}(?:→|->|=>)/iu;
/** `- Supersedes: ADR-3` in a list of references states as much as a field of the head. */
const FIELD = /^[^\p{L}\n]{0,12}(?:super[sc]e{1,2}de[sd]|replace[sd]|obsolete[sd])\b/iu;
const MODAL =
  /\b(?:may|might|could|should|would|can|will|shall|must|if|when|unless|until|eventually|not|never|cannot|to|to be|\w{2,8}n't)\b/i;
const SELF =
  /^[\s*_:]*(?:by\s+)?(?:this|the present)(?:\s+(?:adr|decision|record|document|one|rfc|proposal|design)\b|(?=\s*(?:[.,;:!)*_]|$)))/i;
const ACTIVE_SUBJECT = /\b(?:we|it|this(?: adr| decision| record| document| rfc)?|which)(?:\s+ha(?:s|ve))?[\s*_]*$/i;
const PARTIAL = /\b(?:parts?|partial(?:ly)?|partly|sections?|some|portions?|aspects?|elements?)\b|§/i;
const CONNECTOR = /^(?:[\s,;&/|()*_+]|\b(?:and|or|as|well|also|by|then|later|plus|the|with|partially|partly|in part|see)\b){0,12}$/i;
/** Words that may come before the verb if the subject is the record itself. */
const SUBJECT = new Set(
  (
    'this the a an of in and but since has have had been is was were be now fully completely entirely partially partly partial part parts some section sections ' +
    'adr rfc record decision document proposal design architecture architectural we it note status state notice warning important caution tip update updated edit ' +
    'accepted proposed deprecated rejected later also hereby therefore thereby largely mostly provisionally tentatively effectively formally officially supersession amendment relationship relation dated on at date by former old new as'
  ).split(' '),
);
const MONTH = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/;
/** Words that may come between the verb and its target in the body: "the decisions made in ADR 60". */
const OBJECT = new Set(
  (
    'the a an our this that these decision decisions made taken in of from by with on favour favor adr adrs record records rfc rfcs document proposal design approach ' +
    'previous earlier former old older original new newer later both following described documented outlined specified part parts partially partial section sections aspects some ' +
    'architecture architectural and also see entirely fully completely'
  ).split(' '),
);
/** Largest distance from the verb to its first target; in the body, a target further away belongs to another clause. */
const REACH = { status: 300, head: 90, body: 90 } as const;
const LONGEST_STATEMENT = 4_000;

/**
 * What a record says it replaces, amends or is replaced by: passive (`Superseded by [0019](..)`, also misspelt or without "by") and active (`This
 * ADR replaces ADR 3`), with several targets, above a list, or in a heading. Conditional sentences and sentences about other records do not count.
 * @param references of the document, in order
 * @param isStatus whether an offset is within the status
 */
export function relationsOf(
  outline: Outline,
  references: readonly Reference[],
  isStatus: (offset: number) => boolean,
): readonly Relation[] {
  const relations: Relation[] = [];
  const within = rangeFinder(references);
  const pieces = [
    ...outline.headings.map(({ textStart, textEnd }, index) => ({
      start: textStart,
      end: textEnd,
      heading: index,
      title: true,
      row: false,
    })),
    ...outline.blocks.map(({ start, end, heading, kind }) => ({ start, end, heading, title: false, row: kind === 'row' })),
  ].sort((a, b) => a.start - b.start);
  const isHead = headTest(outline);
  pieces.forEach((piece, index) => {
    const end = Math.min(piece.end, piece.start + LONGEST_STATEMENT);
    const text = outline.visible.slice(piece.start, end);
    const place = isStatus(piece.start) ? 'status' : piece.title || isHead(piece) || FIELD.test(text) ? 'head' : 'body';
    const inEnglish = text.search(VERB) >= 0;
    const found = inEnglish ? readRelations(text, { start: piece.start, end, place }, within(piece.start, end)) : [];
    relations.push(...found);
    if (found.length > 0) return;
    if (place !== 'body') {
      const phrased = phraseRelations(text, piece.start, within(piece.start, end));
      const stated = phrased.length > 0 ? phrased : numberPhrase(text, piece.start, place);
      relations.push(...stated);
      if (stated.length > 0) return;
    }
    const lead = piece.row ? undefined : inEnglish ? leadIn(text) : piece.title ? relationPhrase(text) : undefined;
    if (lead === undefined) return;
    // `Supersedes:` or `## Superseded by` above a list.
    for (const next of pieces.slice(index + 1, index + 21)) {
      if (next.title || next.heading !== piece.heading) break;
      const stretch = outline.visible.slice(next.start, Math.min(next.end, next.start + LONGEST_STATEMENT));
      const first = within(next.start, next.end)[0];
      const targets = first !== undefined && first.start - next.start <= 24 ? [first] : bareNumbers(stretch, next.start);
      if (targets.length === 0) break;
      const stop = targets.at(-1)?.end ?? next.end;
      const partial = PARTIAL.test(text) || isLimited(outline.visible.slice(stop, next.end));
      relations.push({ kind: lead, partial, start: next.start, end: stop, targets, place: place === 'body' ? 'head' : place });
    }
  });
  return relations;
}

/** Returns a test for what stands above the first section, below the title. */
function headTest({ headings, lines, bodyStart }: Outline): (piece: { readonly start: number; readonly heading: number }) => boolean {
  const title = headings[0] !== undefined && !isPartName(headings[0].text) ? 0 : -1;
  const limit = lines.end(lines.lineAt(bodyStart) + HEAD_LINES);
  return ({ start, heading }) => heading <= title && start <= limit;
}

/** Relations in one range of text; `references` are those within it. */
export function readRelations(text: string, statement: Statement, references: readonly Reference[]): readonly Relation[] {
  const base = statement.start;
  const inReference = (offset: number): boolean => references.some(({ start, end }) => offset >= start && offset < end);
  const verbs = [...text.matchAll(VERB)].slice(0, 50).filter((match) => !inReference(base + match.index));
  const bounds = sentenceBounds(text).filter((offset) => !inReference(base + offset));
  const relations: Relation[] = [];
  // The end of the last record that was the object of a verb: those before it are not the subject of the next one.
  let last = 0;
  verbs.forEach((match, index) => {
    const verb = match[0].toLowerCase();
    const at = match.index;
    const after = at + verb.length;
    const previous = verbs[index - 1];
    const from = Math.max(previous === undefined ? 0 : previous.index + previous[0].length, bounds.findLast((bound) => bound <= at) ?? 0);
    const to = Math.min(verbs[index + 1]?.index ?? text.length, bounds.find((bound) => bound > at) ?? text.length);
    const head = text.slice(from, at);
    const tail = text.slice(after, to);
    if (MODAL.test(head.slice(-40))) return;

    const sentence = Math.max(last, bounds.findLast((bound) => bound <= at && !isAside(text, bound, at)) ?? 0);
    const before = references.filter(({ start, end }) => start >= base + sentence && end <= base + at);
    const behind = references.filter(({ start }) => start >= base + after && start < base + to);
    const gap = text.slice(after, (behind[0]?.start ?? base + to) - base);
    const kind = kindOf(verb, head, gap, behind.length > 0);
    if (kind === undefined || namesNothing(gap)) return;
    const aboutThis = SELF.test(tail) && before.length > 0;
    if (before.length > 0 && !aboutThis) return;
    if (aboutThis) {
      const targets = before.slice(-1);
      relations.push({
        kind: opposite(kind),
        partial: PARTIAL.test(head),
        start: targets[0]?.start ?? base + at,
        end: base + after,
        targets,
        place: statement.place,
      });
      return;
    }
    const opened = bounds.findLast((bound) => bound <= at) ?? 0;
    const continues = previous !== undefined && relations.length > 0 && (previous.index >= opened || isAside(text, opened, at));
    // "Superseding the behaviour of ADR 3, we ..." mentions a detail; it is a relation only in a status.
    if (!continues && !isSubject(text.slice(sentence, at), head, statement.place)) return;
    if (statement.place !== 'status' && !continues && verb.endsWith('ing')) return;
    if (statement.place !== 'status' && !wordsIn(gap).every((word) => OBJECT.has(word) || MONTH.test(word))) return;
    const numbers = behind.length === 0 && /^[^\p{L}]*$/u.test(head) ? bareNumbers(tail, base + after) : [];
    const targets = behind.length > 0 ? behind : numbers;
    const stated = grouped(
      text,
      base,
      { kind, head, gap, verbStart: base + at, place: statement.place, reach: REACH[statement.place] },
      targets,
    );
    relations.push(...stated);
    last = Math.max(last, ...stated.map(({ end }) => end - base));
  });
  return relations;
}

/** Whether a verb is in brackets that were opened before a bound, so that what stands before the brackets may be its subject. */
function isAside(text: string, bound: number, at: number): boolean {
  const open = text.lastIndexOf('(', at);
  return open >= 0 && open < bound && !text.slice(open, at).includes(')');
}

/** "Superseded by: none · Related: ADR 5", "| Superseded by | — | Related | ADR-5 |": the next record is another field. */
function namesNothing(gap: string): boolean {
  const object = gap.replace(/^[\s*_:|]{0,10}(?:by\b)?[\s*_:|]{0,10}/i, '');
  const named = (/^[^·•|;,(\n]{0,60}/.exec(object)?.[0] ?? '').replace(/[*_`\s]+$/, '');
  return (named !== '' && NOTHING.test(named)) || /\|[^|]*\p{L}[^|]*\|/u.test(gap.replace(/\bby\b/i, ''));
}

/**
 * Whether the record itself is the subject. In a status, other clauses may stand before that of the verb, if they begin with a status: "Accepted by the
 * board, superseded by ADR 9".
 */
function isSubject(sentence: string, head: string, place: Place): boolean {
  if (speaksOfItself(head)) return true;
  if (place !== 'status') return false;
  const clause = /[^,;—–(:·|]*$/u.exec(head)?.[0] ?? '';
  return (
    clause !== head && speaksOfItself(clause) && (beginsWithStatus(sentence.replace(/^[^:]{0,30}:/, '')) || beginsWithStatus(sentence))
  );
}

interface Found {
  readonly kind: Relation['kind'];
  readonly head: string;
  readonly gap: string;
  readonly verbStart: number;
  readonly place: Place;
  readonly reach: number;
}

/** `Supersedes: the "reject attribution" decision in ADR-77`, `the "backrun" naming used by ADR-19`: a thing that the record says, not the record. */
const DETAIL =
  /\b(?:decisions?|choices?|rules?|statements?|claims?|clauses?|requirements?|recommendations?|nam(?:es?|ing)|terms?|terminology|wording|vocabulary)\b.{0,20}\b(?:in|of|from|within|by)\b/i;
const namesDetail = (gap: string): boolean => DETAIL.test(gap) && !wordsIn(gap).every((word) => OBJECT.has(word));

/** Targets in a row, with only connecting words between them; "partially" makes the next target and those after it partial. */
function grouped(text: string, base: number, found: Found, targets: readonly Reference[]): Relation[] {
  const relations: Relation[] = [];
  let partial = PARTIAL.test(found.head.slice(-60)) || PARTIAL.test(found.gap) || namesDetail(found.gap);
  let last: Reference | undefined;
  for (const target of targets) {
    const between = text.slice((last?.end ?? target.start) - base, target.start - base);
    if (last === undefined ? found.gap.length > found.reach : between.length > 40 || !CONNECTOR.test(between)) break;
    if (PARTIAL.test(between)) partial = true;
    const tail = isLimitedRecord(text.slice(target.end - base));
    const amended = found.kind === 'superseded-by' && /^amend|^updat/i.test(text.slice(found.verbStart - base));
    relations.push({
      kind: found.kind,
      partial: partial || tail || amended,
      start: found.verbStart,
      end: target.end,
      targets: [target],
      place: found.place,
    });
    last = target;
  }
  return relations;
}

function kindOf(verb: string, head: string, gap: string, hasTarget: boolean): Relation['kind'] | undefined {
  const by = BY.test(gap);
  if (verb.endsWith(' of')) return 'superseded-by';
  if (verb.startsWith('amend') || verb.startsWith('updat')) {
    if (verb.endsWith('ed')) return /^[\s*_-]{0,4}by\b/i.test(gap) ? 'superseded-by' : undefined;
    return 'amends';
  }
  if (!verb.endsWith('ed')) return /^[\s*_:]{0,4}by\b/i.test(gap) ? 'superseded-by' : 'supersedes';
  if (by) return 'superseded-by';
  if (ACTIVE_SUBJECT.test(head)) return 'supersedes';
  // "Superseded [0019](..)" works without "by"; other participles need it.
  return verb.startsWith('super') && hasTarget ? 'superseded-by' : undefined;
}

/** Kind of relation if a text is only the verb, as above a list. */
function leadIn(text: string): Relation['kind'] | undefined {
  // `Superseded by: —` says that there is none.
  if (/[:\s][-–—.?~]+[\s*_]*$/.test(text)) return undefined;
  const words = text
    .slice(0, 80)
    .replace(/[^\p{L}\s]/gu, ' ')
    .trim()
    .toLowerCase();
  const match =
    /^(?:partially )?(super[sc]e{1,2}d(?:e[sd]?|s)?|replace[sd]|obsolete[sd]|amends)(?:\s+(by|adrs?|decisions?|records?|the following))?(?:\s+(?:adrs?|decisions?|records?))?$/.exec(
      words,
    );
  if (match?.[1] === undefined) return undefined;
  if (match[1] === 'amends') return 'amends';
  return match[2] === 'by' || /^super.*ed$/.test(match[1]) ? 'superseded-by' : 'supersedes';
}

function opposite(kind: Relation['kind']): Relation['kind'] {
  if (kind === 'supersedes') return 'superseded-by';
  return kind === 'superseded-by' ? 'supersedes' : kind;
}

function wordsIn(text: string): readonly string[] {
  return text.toLowerCase().match(/\p{L}+/gu) ?? [];
}

function speaksOfItself(head: string): boolean {
  const words = wordsIn(head);
  return words.length <= 12 && words.every((word) => SUBJECT.has(word));
}

/** `Superseded by: 12, 14`: bare numbers after the verb. */
function bareNumbers(tail: string, base: number): Reference[] {
  const match =
    /^[\s:|*_#=-]{0,10}(?:by\b)?[\s:|*_#=-]{0,10}(\d{1,5}(?:\s{0,2}(?:,|and|&)\s{0,2}\d{1,5}){0,9})\s{0,3}[|.*_]{0,3}\s{0,3}$/i.exec(
      tail.slice(0, 200),
    );
  if (match?.[1] === undefined || tail.length > 200) return [];
  const start = base + tail.indexOf(match[1]);
  return [...match[1].matchAll(/\d+/g)].map((digits) => ({
    start: start + digits.index,
    end: start + digits.index + digits[0].length,
    target: digits[0],
  }));
}

/** Ends of sentences and hard line breaks: before `Name:`, after two spaces, at `<br>`. */
function sentenceBounds(text: string): readonly number[] {
  const ends = /[.;!?](?=\s|$)|[·•](?=\s)| {2}\r?\n|<br ?\/?>|\n(?=[^\p{L}\n]{0,8}\p{L}[\p{L} -]{1,24}[*_]{0,3}:)/gu;
  return [...text.matchAll(ends)].map((match) => match.index + match[0].length);
}
