import type { RecordEntry } from '../../register/catalogue.ts';
import { findCitations } from '../../register/citations/citations.ts';
import type { Register } from '../../register/register.ts';

/** How citations are written. `number`: a word, a separator and digits, such as `ADR-0007`. */
type Form =
  | { readonly kind: 'path' }
  | { readonly kind: 'name' }
  | { readonly kind: 'number'; readonly word: string; readonly mark: string; readonly padded: boolean };

const NUMBERED = /^([A-Z]{1,6})([-_ #]?)(\d{1,5})$/i;

const digitsOf = ({ name, number = '' }: RecordEntry): string =>
  [...name.matchAll(/\d+/g)].find(([run]) => Number(run) === Number(number))?.[0] ?? number;

function formOf(text: string): Form | undefined {
  const numbered = NUMBERED.exec(text);
  if (numbered) {
    const [, word = '', mark = '', digits = ''] = numbered;
    return { kind: 'number', word, mark, padded: digits.startsWith('0') };
  }
  if (/\.(?:md|mdx|rst|adoc|markdown)$/i.test(text)) return text.includes('/') ? { kind: 'path' } : { kind: 'name' };
  return undefined;
}

/** The most common form among the citations in some texts; `undefined` if there are none. */
export function citationForm(texts: Iterable<{ readonly path: string; readonly text: string }>, register: Register): Form | undefined {
  const counts = new Map<string, { readonly form: Form; count: number }>();
  for (const { path, text } of texts) {
    for (const found of findCitations(text, register.catalogue, path, register.home, register.renamed)) {
      const form = found.targets.length === 1 ? formOf(found.text) : undefined;
      if (!form) continue;
      const key = JSON.stringify(form);
      const counted = counts.get(key);
      if (counted) counted.count += 1;
      else counts.set(key, { form, count: 1 });
    }
  }
  return [...counts].sort(([a, left], [b, right]) => right.count - left.count || (a < b ? -1 : 1))[0]?.[1].form;
}

/**
 * A citation of a record for code, in the form that the repository uses most, else `ADR-0007`. The path if another record has the same number.
 */
export function citationOf(record: RecordEntry, register: Register, form: Form | undefined): string {
  const sharing =
    record.number === undefined ? [] : (register.catalogue.byNumber.get(`${record.namespace}:${Number(record.number)}`) ?? []);
  if (form?.kind === 'path' || sharing.length !== 1) return record.path;
  if (form?.kind === 'name') {
    const file = record.path.slice(record.path.lastIndexOf('/') + 1);
    return (register.catalogue.byName.get(record.name.toLowerCase()) ?? []).length === 1 && !/^(?:readme|index)\./i.test(file)
      ? file
      : record.path;
  }
  const digits = digitsOf(record);
  const word = record.namespace.toUpperCase();
  if (!form) return `${word}-${digits}`;
  const written = form.padded ? digits : String(Number(digits));
  // `MADR 7` is the word of a repository for its ADRs; every other word names a series of its own.
  const same = form.word.toUpperCase() === word || (word === 'ADR' && /^madr$/i.test(form.word));
  return `${same ? form.word : word}${form.mark}${written}`;
}
