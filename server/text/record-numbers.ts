/** A place in a text that names a record by its number. Offsets are UTF-16 units from the start of the text. */
export interface NumberMention {
  /** Of the word before the number; of the number itself for the later ones of a list. */
  readonly start: number;
  readonly end: number;
  /**
   * The series that the number belongs to, in lower case: `adr` for ADRs and decisions, `rfc`, `pep` and others by their word, `a` for `A-13`.
   * Records of different series are different records.
   */
  readonly namespace: string;
  /** Without leading zeros. */
  readonly number: string;
  /** True if the words before it cite: `see decision 7`, `(decision 7`. Of interest for `decisionMentions` only. */
  readonly led: boolean;
}

/** Words that name a record wherever they stand before a number. Other words do so only where records use them: see {@link letterMentions}. */
const WORD = String.raw`(?:M?ADR|RFC|KEP|TEP|PEP|OEP|(?:architectur(?:e|al)\s)?decision[\s-]record)`;
/** Hyphens and dashes, as typed and as word processors replace them. */
const DASH = String.raw`\-\u2010-\u2015\u2212\uFE63\uFF0D`;
const NO = String.raw`(?:[^\S\n]?(?:(?:no|nr|num|number|nummer|n[úu]mero|num[ée]ro)\b\.?|n[°º]|№))?`;
const JOINT = String.raw`${NO}[\s${DASH}_#/(:]{0,3}`;
const DIGITS = String.raw`0{0,8}\d{1,5}`;
/**
 * A version, a part of a longer number or a file name is no number of a record. Chinese, Japanese and Korean follow it without a space: `ADR-9로 대체됨`.
 */
const AFTER = String.raw`(?!(?![\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}])[\p{L}\p{N}_]|\.\d|\.(?:md|mdx|markdown|rst|adoc)\b)`;
const ANY_WORD = new RegExp(
  String.raw`(?<!(?![\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}])\p{L})(${WORD})(s?)(${JOINT})(${DIGITS}|(?:19|20)\d{6})${AFTER}`,
  'giu',
);
const NEXT_OF_LIST = new RegExp(
  String.raw`[^\S\n]{0,2}(?:[,;/&+${DASH}]|and\b|or\b|to\b|und\b|et\b|y\b|e\b)\s{0,2}(?:(?:and|or|und|et|&)\s{1,2})?#?(${DIGITS})${AFTER}`,
  'iuy',
);
const DECISION_WORDS =
  'decisions?|entscheidung(?:en)?|entscheid|d[ée]cisions?|decisi[óo]n(?:es)?|decis(?:ão|ões)|decisione|decisioni|besluit|beslissing|decyzja';
const DECISION = new RegExp(
  String.raw`(\(|(?<!\p{L})(?:see|per|by|in|of|cf\.?|to|and|siehe|laut|gemäß|nach|vgl\.?|voir|selon|véase|según|ver|zie)\s{1,3})?(?<!\p{L})(?:${DECISION_WORDS})\s(?:(?:no\.?|nr\.?|number)\s)?#?(0{0,8}\d{1,4})${AFTER}`,
  'giu',
);
const LETTERS = new RegExp(
  String.raw`(?<![\p{L}\p{N}_.${DASH}])(?:(?:M?ADR|RFC)s?[\s${DASH}_]?)?([A-Z]{1,6})([${DASH}_ #]?)(${DIGITS})${AFTER}(?![${DASH}_]\w)`,
  'giu',
);
const MOST_OF_LIST = 20;
const DASH_AND_DIGIT = new RegExp(String.raw`^[${DASH}]\d`, 'u');
const ONLY_DASH = new RegExp(`^[${DASH}]?$`, 'u');
const ONLY_WORD = new RegExp(`^${WORD}$`, 'iu');

/** A mention as messages quote it: with the bracket that its end leaves open, `ADR(13)`. */
export const quotedMention = (text: string): string => (text.includes('(') && !text.includes(')') ? `${text})` : text);

const plain = (digits: string): string => String(Number(digits));

/** `adr5` and `adr_5` are names of variables; `adr005` and `ADR5` are records. */
const isVariable = (word: string, joint: string, digits: string): boolean =>
  word === word.toLowerCase() && /^_?$/.test(joint) && !/^\d{3,4}$|^\d{8}$/.test(digits);

/** A number that begins a list item or a paragraph of its own. */
const isOtherLine = (joint: string, text: string, end: number): boolean =>
  joint.includes('\n') && (/\n\s*\n/.test(joint) || /^[.)]\s/.test(text.slice(end, end + 2)));

/** The namespace of a word before a number: `adr` for every way to say decision record. */
function namespaceOfWord(word: string): string {
  const lower = word.toLowerCase();
  return /^m?adr$|^decision|^architectur/.test(lower) ? 'adr' : lower;
}

/**
 * Numbers after a word that always means a record: `ADR-7`, `ADR No. 7`, `PEP 8`, `adr/0007`, `decision record 7`, with every dash and space; and the
 * others of a list, `ADRs 3, 5 and 7` or `ADR-3/4`. Linear in the length of the text.
 */
export function* wordMentions(text: string): Generator<NumberMention> {
  for (const match of text.matchAll(ANY_WORD)) {
    const [whole, word = '', plural = '', joint = '', digits = ''] = match;
    const end = match.index + whole.length;
    if (isVariable(word, joint, digits) || isOtherLine(joint, text, end)) continue;
    const namespace = namespaceOfWord(word);
    const many = plural !== '';
    // A singular is followed by a list only where a slash or equal padding says so: "ADR 7, 8 items".
    if (!many && DASH_AND_DIGIT.test(text.slice(end, end + 2))) continue;
    yield { start: match.index, end, namespace, number: plain(digits), led: true };
    let at = end;
    for (let more = 0; more < MOST_OF_LIST; more++) {
      NEXT_OF_LIST.lastIndex = at;
      const next = NEXT_OF_LIST.exec(text);
      const number = next?.[1];
      if (next === null || number === undefined) break;
      const padded = digits.startsWith('0') && number.length === digits.length && number.startsWith('0');
      if (!many && !next[0].startsWith('/') && !padded) break;
      at += next[0].length;
      yield { start: at - number.length, end: at, namespace, number: plain(number), led: true };
    }
  }
}

/** `decision 7`, and the same word in other languages: any list of decisions may be meant, so the caller needs further evidence. */
export function* decisionMentions(text: string): Generator<NumberMention> {
  for (const match of text.matchAll(DECISION)) {
    const [whole, before = '', digits = ''] = match;
    yield {
      start: match.index + before.length,
      end: match.index + whole.length,
      namespace: 'adr',
      number: plain(digits),
      led: before !== '',
    };
  }
}

/**
 * Numbers of series that only the records of a repository define: `A-13`, `UI-004`, `KIP 500`, `ADR-A13`.
 * @param isSeries whether records use these letters (lower case); everything else is a part number, a paper size or a ticket
 */
export function* letterMentions(text: string, isSeries: (letters: string) => boolean): Generator<NumberMention> {
  for (const match of text.matchAll(LETTERS)) {
    const [whole, letters = '', joint = '', digits = ''] = match;
    const lower = letters.toLowerCase();
    if (!isSeries(lower) || ONLY_WORD.test(letters)) continue;
    // `a 13` and `se13` are ordinary words; in small letters, only `se-0013` is deliberate.
    if (letters !== letters.toUpperCase() && !(letters.length > 1 && joint !== '' && joint !== ' ')) continue;
    if (letters.length === 1 && !ONLY_DASH.test(joint)) continue;
    yield {
      start: match.index,
      end: match.index + whole.length,
      namespace: lower,
      number: plain(digits),
      led: /^\p{L}{3,4}s?[\s\-_]/u.test(whole),
    };
  }
}

/** Part of a record's number that a person wrote alone: in front matter, in a search box, as an argument. */
export interface WrittenNumber {
  /** As in {@link NumberMention}; absent for digits alone and after words such as `decision`, which fit every series. */
  readonly namespace?: string;
  readonly number: string;
}

const WHOLE_WORD = new RegExp(String.raw`^@?(${WORD})s?${JOINT}(${DIGITS}|(?:19|20)\d{6})\)?$`, 'iu');
const WHOLE_LETTERS = new RegExp(String.raw`^(?:M?ADR[\s${DASH}_]?)?([A-Z]{1,6})[${DASH}_ #]?(${DIGITS})$`, 'iu');
const WHOLE_DECISION = new RegExp(
  String.raw`^(?:(?:${DECISION_WORDS}|decision[\s-]records?|records?)[\s${DASH}_/#.]{0,3}(?:(?:no|nr|number)\.?\s)?)?#?(${DIGITS}|(?:19|20)\d{6})$`,
  'iu',
);

/** The number that a text consists of: `7`, `#0007`, `ADR-7`, `PEP 8`, `A-13`, `decision 7`; `undefined` for every other text. */
export function writtenNumber(text: string): WrittenNumber | undefined {
  const written = text
    .trim()
    .replace(/^[[(]|[\])]$/g, '')
    .slice(0, 60);
  const alone = WHOLE_DECISION.exec(written)?.[1];
  if (alone !== undefined) return { number: plain(alone) };
  const word = WHOLE_WORD.exec(written);
  if (word?.[1] !== undefined && word[2] !== undefined) return { namespace: namespaceOfWord(word[1]), number: plain(word[2]) };
  const letters = WHOLE_LETTERS.exec(written);
  if (letters?.[1] !== undefined && letters[2] !== undefined) return { namespace: letters[1].toLowerCase(), number: plain(letters[2]) };
  return undefined;
}
