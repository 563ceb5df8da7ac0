import { isSeries } from '../record-name.ts';

/** The number before a title. */
export interface NumberPrefix {
  /** How many characters it takes, with separator and brackets. */
  readonly length: number;
  /** Without leading zeros; absent for a word without a number, as in `ADR: Use Kafka`. */
  readonly number?: string;
  /** Letters before the number in lower case, where they name another series than ADRs. */
  readonly namespace?: string;
}

const LEAD = String.raw`^[^\p{L}\p{N}\x60*_~"'<]{0,6}`;
const WORD = String.raw`(?:(?:architectur(?:e|al) )?decision(?: record)?(?: \(ADR\))?|M?ADR|RFC|KEP|TEP|PEP|OEP|DR)s?`;
const DASH = String.raw`\-\u2010-\u2015\u2212`;
const JOINT = String.raw`(?:\s?(?:no|nr|number|n[°º])\b\.?|\s?№)?[${DASH}_\s#.:]{0,3}`;
/** `]`, and what a number is about, in brackets: `ADR-P0001 (Billing): `. */
const CLOSE = String.raw`[\])】]?(?:\s?\([^()\n]{1,60}\)(?=\s{0,2}[:–—]))?`;
/** Colon, dash, bar or point behind a number, with space; `-` and `.` only with space behind. */
const STRONG = String.raw`(?:\s{0,3}[:：|—–·•]{1,2}\s{0,3}|\s{0,3}[${DASH}.,)]{1,2}\s{1,3}|(?<=[\])】])\s{0,3}[:${DASH}]?\s{0,3})`;

/** `ADR-7: `, `[ADR 007] - `, `RFC #12 – `, `Decision record 7. `. */
const WORD_AND_NUMBER = new RegExp(String.raw`${LEAD}(${WORD})${JOINT}0*(\d{1,5})${CLOSE}(?:${STRONG}|(\s{1,3}(?=\S)))`, 'iu');
/** `A-13: `, `UI-004 – `, `[KIP-500] `, `ADR-A13: `. */
const LETTERS = new RegExp(
  String.raw`${LEAD}(?:M?ADR[\s${DASH}_])?([A-Z]{1,6})([${DASH}_ ]?)0*(\d{1,5})${CLOSE}(?:${STRONG}|(\s{1,3}(?=\S)))`,
  'u',
);
const NUMBERS: readonly RegExp[] = [
  /^\W{0,3}?0*(\d{1,5})[.:)](?:\s{1,3}|(?=\p{Lu}))/u,
  /^\W{0,3}?0*(\d{1,5})\]?\s{0,3}[-–—|:·•]{1,2}\s{1,3}/,
  /^\[0*(\d{1,5})\]\s{1,3}(?=\S)/,
  /^\s{0,3}#?0(\d{2,4})\s{1,3}(?=\S)/,
];
const ONLY_WORD = new RegExp(
  String.raw`${LEAD}(?:architectur(?:e|al) decision record|decision record|M?ADR|RFC)\s{0,2}[:–—-]\s{1,3}`,
  'iu',
);
/** `6 Use Kafka`, in file 6. */
const ONLY_NUMBER = /^0*(\d{1,5})\s{1,3}(?=\p{Lu}\p{Ll})/u;
const ADR_WORD = /^(?:m?adr|dr|architectur|decision)/i;

const numbered = (length: number, digits: string, namespace?: string): NumberPrefix => ({
  length,
  number: String(Number(digits)),
  ...(namespace === undefined ? {} : { namespace }),
});

/**
 * The number at the beginning of a title: `ADR-7: `, `7. `, `[ADR-7]`, `A-13: `, and a bare `ADR: `. Where only a space follows, as in `PEP 8 for our
 * code`, the words belong to the title unless the number is that of the file.
 * @param fileNumber the number in the file name
 */
export function numberPrefix(title: string, fileNumber: string | undefined): NumberPrefix | undefined {
  const head = title.slice(0, 120);
  const isOfFile = (digits: string): boolean => fileNumber !== undefined && Number(digits) === Number(fileNumber);
  const word = WORD_AND_NUMBER.exec(head);
  if (word?.[1] !== undefined && word[2] !== undefined) {
    const own = ADR_WORD.test(word[1]);
    const decision = /^(?:architectur|decision)/i.test(word[1]);
    if (word[3] === undefined || isOfFile(word[2]) || (own && !decision))
      return numbered(word[0].length, word[2], own ? undefined : word[1].toLowerCase().replace(/s$/, ''));
    return undefined;
  }
  const letters = LETTERS.exec(head);
  if (letters?.[1] !== undefined && letters[3] !== undefined && isSeries(letters[1])) {
    const clear = letters[4] === undefined && (letters[2] !== '' ? letters[2] !== ' ' : letters[3].length >= 3);
    if (isOfFile(letters[3]) || (clear && fileNumber === undefined))
      return numbered(letters[0].length, letters[3], letters[1].toLowerCase());
  }
  for (const pattern of NUMBERS) {
    const match = pattern.exec(head);
    if (match?.[1] !== undefined) return numbered(match[0].length, match[1]);
  }
  const alone = ONLY_NUMBER.exec(head);
  if (alone?.[1] !== undefined && isOfFile(alone[1])) return numbered(alone[0].length, alone[1]);
  const bare = ONLY_WORD.exec(head);
  return bare === null ? undefined : { length: bare[0].length };
}
