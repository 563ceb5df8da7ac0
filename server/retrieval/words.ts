/**
 * Words of a text as they are indexed and searched for: identifiers split, lower-cased, stop words dropped, lightly stemmed. The rules are those
 * measured for the retrieval of decisions (docs/ranking.md): this stemmer gave +.02 nDCG@10 on questions over plain suffix cutting.
 */

const STOP_WORDS = new Set(
  (
    'a an and are as at be been but by can could did do does for from had has have how i if in into is it its may no not of on or our should so ' +
    'than that the their them then there these they this those to was we were what when where which who why will with would you your about after all ' +
    'also any because being both each few he her here him his just me more most my now only other over own same she some such too under until up us very while whom ' +
    'self return import public private static void const let var function func new class end true false null nil none string int'
  ).split(' '),
);

const WORD = /[A-Za-z0-9_\u00c0-\uffff]+/g;
const LOWER_UPPER = /([a-z0-9])([A-Z])/g;
// Looks at three characters: a pattern that takes the whole run of capitals begins again at each of them.
const ACRONYM = /([A-Z])(?=[A-Z][a-z])/g;
const SUFFIX = /(?:ization|isation|ations?|ators?|ating|ated|ates?|ing|ed|ers?|ors?|ments?|ly|ions?|ive|able|ible|ness|al|ity)$/;
const LONGEST_WORD = 64;

/** Reduces an English word to a stem; words with digits and words of up to three letters stay as they are. */
export function stem(word: string): string {
  if (word.length <= 3 || /[0-9]/.test(word)) return word;
  let out = word;
  if (out.endsWith('ies')) out = `${out.slice(0, -3)}y`;
  else if (/(?:x|ch|sh|s)es$/.test(out)) out = out.slice(0, -2);
  else if (out.endsWith('s') && !/(?:ss|us|is)$/.test(out)) out = out.slice(0, -1);
  if (out.length > 5) {
    const cut = SUFFIX.exec(out);
    if (cut && cut.index >= 4) out = out.slice(0, cut.index);
  }
  if (out.length > 4 && out.endsWith('e')) out = out.slice(0, -1);
  if (out.length > 3 && /([bcdfghjklmnpqrstvwxz])\1$/.test(out)) out = out.slice(0, -1);
  return out;
}

const stems = new Map<string, string>();
const STEM_CACHE_SIZE = 50_000;

function cachedStem(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const stemmed = stem(word);
  if (stems.size >= STEM_CACHE_SIZE) stems.clear();
  stems.set(word, stemmed);
  return stemmed;
}

/** A word of a text with its place: UTF-16 offsets, `end` exclusive. */
export interface PlacedWord {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** The indexed words of a text with their places, in order. */
export function* placedWords(text: string): Generator<PlacedWord> {
  for (const match of text.matchAll(WORD)) {
    const spaced = match[0].replace(LOWER_UPPER, '$1 $2').replace(ACRONYM, '$1 ').replaceAll('_', ' ');
    let from = match.index;
    for (const part of spaced.split(' ')) {
      const at = part === '' ? -1 : text.indexOf(part, from);
      if (at < 0) continue;
      from = at + part.length;
      const lower = part.toLowerCase();
      if (lower.length > 1 && lower.length <= LONGEST_WORD && !STOP_WORDS.has(lower))
        yield { word: cachedStem(lower), start: at, end: from };
    }
  }
}

/** The indexed words of a text, in order, with repetitions. */
export function wordsOf(text: string): string[] {
  const spaced = text.replace(LOWER_UPPER, '$1 $2').replace(ACRONYM, '$1 ').replaceAll('_', ' ').toLowerCase();
  const out: string[] = [];
  for (const lower of spaced.match(WORD) ?? []) {
    if (lower.length > 1 && lower.length <= LONGEST_WORD && !STOP_WORDS.has(lower)) out.push(cachedStem(lower));
  }
  return out;
}

/** The names and words of a text, as they are written, that hold one of some indexed words; each once. */
export function namesWith(text: string, words: ReadonlySet<string>): string[] {
  if (words.size === 0) return [];
  return [...new Set(text.match(WORD))].filter((name) => wordsOf(name).some((word) => words.has(word)));
}

/** How often each word occurs. */
export function countWords(words: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
