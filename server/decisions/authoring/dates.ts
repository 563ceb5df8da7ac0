import { entries } from '../../knowledge/languages/language.ts';
import { LANGUAGES } from '../../knowledge/languages/languages.ts';
import { plainWords } from '../../knowledge/languages/words.ts';

/**
 * The name of a month in the language and length of another one, in English if the name is English too; `undefined` where several languages have that
 * name and would say it differently.
 */
function monthLike(sample: string, month: number, english: boolean): string | undefined {
  const plain = plainWords(sample);
  const found = new Set<string>();
  for (const { name, months } of LANGUAGES) {
    const names = entries(months).map((forms) => forms.split('|'));
    const known = names.find((forms) => forms.some((form) => plainWords(form) === plain)) ?? [];
    const form = known.findIndex((one) => plainWords(one) === plain);
    const forms = names[month - 1] ?? [];
    if (form < 0 || /^\d/.test(forms[0] ?? '') || (name === 'English' && !english)) continue;
    // "May" is the same in full and in short.
    found.add((form === 0 && [...sample].length <= 3 ? undefined : forms[form]) ?? forms.at(-1) ?? '');
    if (name === 'English') break;
  }
  const [name, ...others] = found;
  if (name === undefined || others.length > 0) return undefined;
  if (sample === sample.toUpperCase()) return name.toUpperCase();
  return sample === sample.toLowerCase() ? name : name.charAt(0).toUpperCase() + name.slice(1);
}

/**
 * A date in the form of another one: `2024-05-11`, `2024/5/11`, `11.05.2024`, `20240511`, `11-May-2024`, `May 11, 2024`. With slashes
 * and two numbers below 13, nobody can tell day from month: then, and if the sample is no date, the ISO form.
 *
 * @param iso ISO date, `2024-05-11`.
 */
export function dateLike(sample: string, iso: string): string {
  const [year = '', month = '', day = ''] = iso.split('-');
  const padded = (like: string, value: string): string => (like.length > 1 ? value : String(Number(value)));
  const forms: readonly (readonly [RegExp, (match: RegExpExecArray) => string | undefined])[] = [
    [/(?<!\d)\d{4}([-/.])(\d{1,2})\1(\d{1,2})(?!\d)/, ([, mark, m = '', d = '']) => [year, padded(m, month), padded(d, day)].join(mark)],
    [
      /\d{4}(\s?[年년]\s?)(\d{1,2})(\s?[月월]\s?)(\d{1,2})(\s?[日일])/,
      ([, y = '', m = '', mm = '', d = '', dd = '']) => year + y + padded(m, month) + mm + padded(d, day) + dd,
    ],
    [/(?<!\d)(?:19|20)\d{6}(?!\d)/, () => `${year}${month}${day}`],
    [
      /(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2\d{4}(?!\d)/,
      ([, first = '', mark = '', second = '']) => {
        const monthFirst = Number(second) > 12;
        if (mark === '/' && !monthFirst && Number(first) <= 12) return undefined;
        const [a, b] = monthFirst ? [month, day] : [day, month];
        return [padded(first, a), padded(second, b), year].join(mark);
      },
    ],
    [
      /(?<!\d)(\d{1,2})(st|nd|rd|th)?([- ./]{1,2})(\p{L}{3,9})([- ./,]{1,2})\d{4}/iu,
      ([, d = '', , a = '', name = '', b = '']) => {
        const written = monthLike(name, Number(month), !a.startsWith('. '));
        return written === undefined ? undefined : `${padded(d, day)}${a}${written}${b}${year}`;
      },
    ],
    [
      /(\p{L}{3,9}) (\d{1,2})(?:st|nd|rd|th)?(,?\s)\d{4}/iu,
      ([, name = '', d = '', mark = '']) => {
        const written = monthLike(name, Number(month), true);
        return written === undefined ? undefined : `${written} ${padded(d, day)}${mark}${year}`;
      },
    ],
  ];
  for (const [pattern, write] of forms) {
    const match = pattern.exec(sample);
    const written = match ? write(match) : undefined;
    if (written !== undefined) return written;
  }
  return iso;
}
