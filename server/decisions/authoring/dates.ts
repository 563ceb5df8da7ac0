const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

const monthLike = (sample: string, month: number): string => {
  const name = MONTHS[month - 1] ?? '';
  const written = sample.length > 4 || sample.toLowerCase() === 'june' || sample.toLowerCase() === 'july' ? name : name.slice(0, 3);
  if (sample === sample.toUpperCase()) return written.toUpperCase();
  return sample === sample.toLowerCase() ? written.toLowerCase() : written;
};

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
      ([, d = '', , a = '', name = '', b = '']) => `${padded(d, day)}${a}${monthLike(name, Number(month))}${b}${year}`,
    ],
    [
      /(\p{L}{3,9}) (\d{1,2})(?:st|nd|rd|th)?(,?\s)\d{4}/iu,
      ([, name = '', d = '', mark = '']) => `${monthLike(name, Number(month))} ${padded(d, day)}${mark}${year}`,
    ],
  ];
  for (const [pattern, write] of forms) {
    const match = pattern.exec(sample);
    const written = match ? write(match) : undefined;
    if (written !== undefined) return written;
  }
  return iso;
}
