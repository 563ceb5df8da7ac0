import type { Span } from '../model/span.ts';
import { blocksOf, sentencesOf } from '../register/sentences.ts';
import { positionAfter } from '../text/positions.ts';
import type { FixedFormat, IdentifierDecision } from './knowledge.ts';

/** A record in force, with its text. */
export interface RecordText {
  readonly path: string;
  readonly title: string;
  readonly format: string;
  readonly passages: readonly { readonly headingPath: readonly string[]; readonly text: string; readonly span: Span }[];
}

/** What is called an identifier. */
const ID = '(?:ids?|identifiers?|(?:primary|surrogate) keys?|uids?|guids?)';
/** Whose they are, where that follows: `ids of orders and invoices`. */
const OF = String.raw`(?:\s+(?:of|for|in)\s+(?:[\w-]+,?\s+){0,5}?[\w-]+)?`;
/** What an identifier without meaning is made by. */
const GENERATED = String.raw`(?:uuid\s?(?:v\d|version \d)?s?|ulids?|ksuids?|nano\s?ids?|cuid2?s?|typeids?|snowflakes?|guids?)`;
const NOT = /\b(?:not|never|no longer|neither|nor|instead of|rather than|without)\s+(?:\w+\s+){0,2}$/i;

/** Phrases that fix a format. The first group of a phrase is what stands before the identifiers, and names whose they are. */
const PHRASES: readonly (readonly [FixedFormat, RegExp])[] = [
  [
    'opaque',
    new RegExp(
      String.raw`\b${ID}${OF}\s+(?:are|is|be|must be|shall be|will be|should be|stay|remain|become)\s+(?:\w+ly\s+)?(?:opaque|random|meaningless|without (?:any )?meaning)\b`,
      'gi',
    ),
  ],
  ['opaque', new RegExp(String.raw`\b(?:opaque|meaningless|non-semantic)\s+(?:[\w-]+\s+){0,3}?${ID}\b`, 'gi')],
  [
    'opaque',
    new RegExp(
      String.raw`\b${ID}${OF}\s+(?:(?:carry|carries|have|has|contain|contains|hold|holds|with)\s+no|without(?: any| a)?)\s+(?:[\w-]+\s+)?(?:meaning|semantics|information)\b`,
      'gi',
    ),
  ],
  [
    'opaque',
    new RegExp(
      String.raw`\b(?:never|must not|do not|don['’]t|may not|no code may|nothing may|nobody may)\s+(?:parse|split|interpret|decode|take apart|read (?:anything|something|meaning) (?:from|out of|into))\s+(?:[\w-]+\s+){0,4}?${ID}\b`,
      'gi',
    ),
  ],
  [
    'generated',
    new RegExp(
      String.raw`\b(?:use|uses|using|adopt|adopts|mint|mints|generate|generates|choose|chose|prefer|switch to|switched to|move to|are|be|is|become|as)\s+(?:an?\s+|random\s+)*${GENERATED}\b(?:\s+[\w-]+){0,4}?\s+(?:for|as)\s+(?:[\w-]+\s+){0,5}?${ID}\b`,
      'gi',
    ),
  ],
  [
    'generated',
    new RegExp(
      String.raw`\b${ID}${OF}\s+(?:are|is|be|must be|shall be|will be|should be|become)\s+(?:an?\s+|random\s+|always\s+)*${GENERATED}\b`,
      'gi',
    ),
  ],
  ['generated', new RegExp(String.raw`\b${GENERATED}\s+(?:for|as)\s+(?:[\w-]+\s+){0,5}?${ID}\b`, 'gi')],
  [
    'wide',
    new RegExp(
      String.raw`\b(?:bigint|bigserial|64[- ]bit)\b(?:\s+[\w-]+){0,3}?\s+(?:for|as)\s+(?:[\w-]+\s+){0,5}?${ID}\b|\b${ID}${OF}\s+(?:are|is|must be|shall be|will be|should be)\s+(?:an?\s+|always\s+)*(?:bigint|64[- ]bits?)\b|\b(?:64[- ]bit|bigint)\s+(?:[\w-]+\s+){0,2}?${ID}\b`,
      'gi',
    ),
  ],
  ['surrogate', /\bsurrogate (?:primary )?keys?\b/gi],
  [
    'by-capability',
    /\b(?:name[ds]?|naming)\b[^.\n]{0,60}?\b(?:by|after|for)\s+(?:(?:the|their|its|a)\s+)?(?:service|capability|capabilities|purpose|function|business capability)\b/gi,
  ],
];

/** Sections that only tell what was thought of, or what follows. */
const ASIDE =
  /\b(?:context|background|problem|motivation|considered|options?|alternatives?|pros|cons|consequences?|drivers|rejected|deferred|positive|negative|neutral|risks?|history|status|references?|links|see also|related|discussion|open questions|change ?log)\b/i;
/** Words before or after "ids" that name no entity. */
const NO_ENTITY = new Set(
  'a about adopt all an and bigint clients get gets has have must natural parse interpret decode split nobody nothing never may shall any api are as assign based be become by choose chose client code column columns create created data database databases db decide decided decision entities entity every external field fields for format from generate generated generator global globally have how in internal is it its json keep make meaning mint model models move my new no non not number numbers object objects of on opaque option our persistent primary public random record records resource resources row rows sequential should stable store stored string strings surrogate switch system table tables that the their them these thing things this to type typed types unique use used uses using value values we what when where which will with without'.split(
    ' ',
  ),
);

const singular = (word: string): string =>
  word
    .replace(/ies$/, 'y')
    .replace(/(ss|sh|ch|x)es$/, '$1')
    .replace(/([^su])s$/, '$1');

const isEntity = (word: string): boolean =>
  word.length > 2 && !NO_ENTITY.has(word) && !/\d/.test(word) && !new RegExp(`^(?:${GENERATED}|${ID})$`).test(word);
/** Words that stand between an entity and its identifiers. */
const ADJECTIVE =
  /^(?:opaque|meaningless|public|internal|external|persistent|primary|unique|new|random|stable|typed|surrogate|string|global|numeric|integer)$/;

/** The entities that words end with: `for customer and order` has two. */
function entitiesAtEnd(words: string): string[] {
  const tokens: string[] = words.toLowerCase().match(/[\p{L}\d]+|,/gu) ?? [];
  while (ADJECTIVE.test(tokens.at(-1) ?? '')) tokens.pop();
  const found: string[] = [];
  for (let token = tokens.pop(); token !== undefined && isEntity(token); token = tokens.pop()) {
    found.unshift(singular(token));
    if (!/^(?:,|and|or)$/.test(tokens.at(-1) ?? '')) break;
    tokens.pop();
    while (tokens.at(-1) === ',') tokens.pop();
  }
  return found;
}

const BEFORE = new RegExp(String.raw`((?:[\p{L}-]+(?:,|\s+and|\s+or)?\s+){0,6})${ID}\b`, 'iu');
const AFTER = new RegExp(String.raw`\b${ID}\s+(?:of|for)\s+((?:[\p{L}-]+(?:,|\s+and|\s+or)?\s*){1,4})`, 'iu');

/** The entities that words begin with: `customers and invoices in the shop` has two. */
function entitiesAtStart(words: string): string[] {
  const tokens: string[] = words.toLowerCase().match(/[\p{L}\d]+|,/gu) ?? [];
  const found: string[] = [];
  for (const token of tokens) {
    if (/^(?:,|and|or|the|all|an?|our|new)$/.test(token)) continue;
    if (!isEntity(token)) break;
    found.push(singular(token));
    if (!/^(?:,|and|or)$/.test(tokens[tokens.indexOf(token) + 1] ?? '')) break;
  }
  return found;
}

/** Whose identifiers a text speaks of; empty for all, or where it does not say. */
function entitiesIn(text: string): readonly string[] {
  // "Use ULIDs for ids of orders": what follows "of" goes before what precedes "ids".
  const after = entitiesAtStart(AFTER.exec(text)?.[1] ?? '');
  return [...new Set(after.length > 0 ? after : entitiesAtEnd(BEFORE.exec(text)?.[1] ?? ''))];
}

/** What a text fixes, without what it denies or only compares with. */
function formatsIn(text: string): FixedFormat[] {
  const found = new Set<FixedFormat>();
  for (const [format, pattern] of PHRASES)
    for (const match of text.matchAll(pattern)) if (!NOT.test(text.slice(0, match.index))) found.add(format);
  return [...found];
}

const SHORT = 400;

/** The sentences of a record that decide something: of the sections that are not about the problem, the options or the consequences. */
function* decidingSentences({ title, format, passages }: RecordText): Generator<{ readonly text: string; readonly span: Span }> {
  for (const { headingPath, text, span } of passages) {
    const headings = headingPath[0] === title ? headingPath.slice(1) : headingPath;
    if (headings.some((heading) => ASIDE.test(heading) && !/\b(?:decision|outcome)s?\b(?! drivers)/i.test(heading))) continue;
    for (const block of blocksOf(text, format))
      for (const { start, end } of sentencesOf(text, block)) {
        const words = text.slice(start, end);
        if (words.length > SHORT || words === title) continue;
        const [from, to] = [positionAfter(span.start, text.slice(0, start)), positionAfter(span.start, text.slice(0, end))];
        yield { text: words, span: { start: from, end: to } };
      }
  }
}

/** A title that names identifiers, so that what the record chooses is about them. */
const ABOUT_IDS = new RegExp(String.raw`\b${ID}\b`, 'i');
const CHOOSES = new RegExp(String.raw`^[*_\s]*(?:chosen|selected|decision|we)\b.*\b(${GENERATED}|opaque|without meaning)\b`, 'i');

/** What a sentence says was chosen, unless it was not. */
function chosenIn(text: string): string | undefined {
  const match = CHOOSES.exec(text);
  const chosen = match?.[1];
  if (match === null || chosen === undefined) return undefined;
  return NOT.test(match[0].slice(0, match[0].length - chosen.length)) && !/^without/i.test(chosen) ? undefined : chosen;
}

/** What a record fixes about identifiers; `undefined` where it fixes nothing. */
export function identifierDecision(record: RecordText): IdentifierDecision | undefined {
  const { path, title } = record;
  const fromTitle = formatsIn(title);
  const titleEntities = ABOUT_IDS.test(title) ? entitiesIn(title) : [];
  let first: { readonly text: string; readonly span: Span } | undefined;
  for (const sentence of decidingSentences(record)) {
    first ??= sentence;
    const chosen = ABOUT_IDS.test(title) ? chosenIn(sentence.text) : undefined;
    const formats = formatsIn(sentence.text);
    if (formats.length === 0 && chosen !== undefined) formats.push(/^(?:opaque|without)/i.test(chosen) ? 'opaque' : 'generated');
    if (formats.length === 0) continue;
    const entities = [...new Set([...titleEntities, ...entitiesIn(sentence.text)])];
    return { path, title, sentence: sentence.text, span: sentence.span, formats: [...new Set([...fromTitle, ...formats])], entities };
  }
  if (fromTitle.length === 0 || first === undefined) return undefined;
  return { path, title, sentence: first.text, span: first.span, formats: fromTitle, entities: titleEntities };
}
