import { entries, type KnownStatus, type Language } from '../../knowledge/languages/language.ts';
import { LANGUAGES } from '../../knowledge/languages/languages.ts';
import { plainWords } from '../../knowledge/languages/words.ts';
import { statusWord } from '../../knowledge/records/statement.ts';
import { inCaseOf } from './slots.ts';

/** A status in words, in one language. */
interface Found {
  readonly language: Language;
  /** The ending that agrees with the noun, as in `aceptada`; empty for none. */
  readonly ending: string;
}

const LONGEST_ENDING = 4;
/** Languages in which a participle may have no ending; in the others its stem is no word. */
const WITHOUT_ENDING = new Set(['French', 'Dutch', 'Russian']);
/** `aceite` is no form that another participle has too. */
const IRREGULAR: Readonly<Record<string, RegExp>> = { Portuguese: /^e/, Spanish: /^e/ };

/** The language in which a status is written: the first of those that have the words as a status. */
export function statusLanguage(words: string): Found | undefined {
  const plain = plainWords(words);
  if (plain === '') return undefined;
  for (const language of LANGUAGES) {
    for (const entry of Object.values(language.status).flatMap(entries)) {
      const base = plainWords(entry);
      const open = entry.endsWith('*');
      if (plain === base && !open) return { language, ending: '' };
      if (open && plain.startsWith(base) && !plain.includes(' ') && plain.length - base.length <= LONGEST_ENDING)
        return { language, ending: [...words.normalize('NFC').replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')].slice([...base].length).join('') };
    }
  }
  return undefined;
}

const inflects = ({ language: { name }, ending }: Found): boolean =>
  ending === '' ? WITHOUT_ENDING.has(name) : !(IRREGULAR[name]?.test(ending) ?? false);

/** The usual word for a status in the language and letter case of another one; `undefined` if its language is not known. */
export function statusLike(sample: string, value: KnownStatus): string | undefined {
  const found = statusLanguage(sample);
  if (!found) return undefined;
  const words = entries(found.language.status[value]);
  const [first = value] = words;
  const word = first.endsWith('*') && !inflects(found) ? words.find((one) => !one.endsWith('*')) : first.replace('*', found.ending);
  return word === undefined ? undefined : inCaseOf(sample, word);
}

/**
 * "Superseded by" and a link, in the language and letter case of the status that it replaces.
 * @param link goes where the other record is named
 */
export function supersededLike(sample: string, link: string): string | undefined {
  const found = statusLanguage(sample);
  if (!found || found.language.name === 'English') return undefined;
  for (const phrase of entries(found.language.supersededBy)) {
    if (phrase.includes('*') && !inflects(found)) continue;
    const words = phrase.replaceAll('*', found.ending);
    if (words.startsWith('…')) return `${link} ${words.slice(1).trim()}`;
    if (!words.includes('…')) return `${inCaseOf(sample, words)} ${link}`;
  }
  return undefined;
}

const SEPARATOR = /\s*(?:[|/,;、，；]|\s(?:or|oder|ou|или|または|또는|或)\s)\s*/iu;
const MARKS = /^[\s*_`"'“”‘’[\](){}<>:·•-]+|[\s*_`"'“”‘’[\](){}<>:.·•-]+$/gu;

/** The choices that a template offers as its status; one or none if the text is no list of choices. */
export const choicesOf = (written: string): readonly string[] =>
  written
    .split(SEPARATOR)
    .map((choice) => choice.replace(MARKS, ''))
    .filter((choice) => choice !== '');

/** The choice of a template that means a status, in its own words: the one that `preferred` names, else the first. */
export function chosenStatus(written: string, value: KnownStatus, preferred: string): string | undefined {
  const fitting = choicesOf(written).flatMap((choice) => {
    // "What is the status, such as proposed": the last words.
    const words = choice.split(/\s+/);
    const ends = [choice, ...[2, 1].map((count) => words.slice(-count).join(' '))];
    return ends.find((end) => statusWord(end) === value) ?? [];
  });
  return fitting.find((choice) => choice.toLowerCase() === preferred.toLowerCase()) ?? fitting[0];
}
