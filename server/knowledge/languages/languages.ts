import { CHINESE } from './chinese.ts';
import { CZECH } from './czech.ts';
import { DUTCH } from './dutch.ts';
import { ENGLISH } from './english.ts';
import { FRENCH } from './french.ts';
import { GERMAN } from './german.ts';
import { ITALIAN } from './italian.ts';
import { JAPANESE } from './japanese.ts';
import { KOREAN } from './korean.ts';
import { entries, type Language, type RecordPart } from './language.ts';
import { DANISH, FINNISH, NORWEGIAN, SWEDISH } from './nordic.ts';
import { POLISH } from './polish.ts';
import { PORTUGUESE } from './portuguese.ts';
import { RUSSIAN } from './russian.ts';
import { SPANISH } from './spanish.ts';
import { TURKISH } from './turkish.ts';
import { UKRAINIAN } from './ukrainian.ts';
import { plainWords } from './words.ts';

/** The languages in which records are read. English first: its words win where another language has the same. */
export const LANGUAGES: readonly Language[] = [
  ENGLISH,
  CHINESE,
  SPANISH,
  GERMAN,
  FRENCH,
  PORTUGUESE,
  JAPANESE,
  RUSSIAN,
  KOREAN,
  ITALIAN,
  POLISH,
  DUTCH,
  TURKISH,
  UKRAINIAN,
  CZECH,
  NORWEGIAN,
  SWEDISH,
  DANISH,
  FINNISH,
];

const parts = new Map<string, Set<RecordPart>>();
for (const language of LANGUAGES) {
  for (const [part, names] of Object.entries(language.parts)) {
    for (const name of entries(names)) {
      const key = plainWords(name);
      parts.set(key, (parts.get(key) ?? new Set()).add(part as RecordPart));
    }
  }
}

/**
 * Whether a heading or the name of a field is one of the usual names of a part of a record, in any language: letter case, accents, punctuation and a
 * leading number ("2. Kontext") do not count.
 */
export function isNameOf(part: RecordPart, written: string): boolean {
  return written.length <= 80 && parts.get(plainWords(written))?.has(part) === true;
}

/** Whether a heading is the usual name of some part of a record, in any language. */
export function isPartName(written: string): boolean {
  return written.length <= 80 && parts.has(plainWords(written));
}

const months = new Map<string, number>();
for (const language of LANGUAGES) {
  entries(language.months).forEach((forms, index) => {
    for (const form of forms.split('|')) if (!/\d/.test(form) && !months.has(plainWords(form))) months.set(plainWords(form), index + 1);
  });
}

/** Number of a month, from 1, by its name in any language. */
export const monthNamed = (name: string): number | undefined => months.get(plainWords(name));
