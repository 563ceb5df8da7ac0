import { recordName } from '../../knowledge/record-name.ts';
import type { Role } from './roles.ts';
import type { ReadRecord } from './slots.ts';
import type { Facts, Wording } from './words.ts';

/** What stands for the number of a record in a template or in another record. Groups: none. */
const NUMBER =
  /(?<![\p{L}\d.])\d{1,5}(?![\d.]|\p{L})|(?<!\p{L})(?:N{2,5}|X{2,5}|n{3,5}|x{3,5}|#{2,5}|0{2,5})(?!\p{L})|\{\{?[^{}]{0,20}(?:number|num|nnn|id|index)[^{}]{0,20}\}?\}|<[^<>]{0,20}(?:number|num|nnn|id|index)[^<>]{0,20}>/iu;
/** Where nothing was filled in yet. */
export const isBlank = (written: string): boolean =>
  /^[\s"'`*_-]*$|^["']?(?:tbd|tba|todo|none|null|n\/a|~|\[\s*\]|\{\s*\}|\?+)["']?$/iu.test(written.trim());
const PLACEHOLDER = /[{[<(].*[\]})>]|yyyy|\bdd\b|jjjj|aaaa|гггг|\bdate\b|\btitle\b|\bXX|年.*月|:bulb:/iu;

/** The number of a new record as another one writes it: `ADR-007`, `A-13-keys`, `#7`. `undefined` where it writes none. */
export function numberLike(written: string, { number, slug }: Facts): string | undefined {
  if (number === undefined || written.length > 80 || /:\/\/|\]\(/.test(written)) return undefined;
  const found = NUMBER.exec(written);
  if (!found) return undefined;
  const [digits] = found;
  const width = /^(?:0\d*|N+|X+|#+)$/i.test(digits) ? digits.length : 0;
  const before = written.slice(0, found.index);
  const after = written.slice(found.index + digits.length);
  // `ADR-008-artifact-metadata`: the words are those of another record.
  const rest = /^([-_ ])[\p{L}\p{N}]/u.exec(after)?.[1];
  const end = /["'\])}]+$/.exec(after)?.[0] ?? '';
  return before + String(number).padStart(width, '0') + (rest === undefined ? after : rest + slug.replaceAll('-', rest) + end);
}

/**
 * What a new record writes where another one, or its template, has a value; `undefined` where it has nothing of its own to say there.
 * @param template whether the value is that of a template: what people decided once is not overwritten by a guess
 */
export function valueFor(
  role: Role | undefined,
  written: string,
  facts: Facts,
  wording: Pick<Wording, 'status' | 'date'>,
  template: boolean,
): string | undefined {
  if (role === 'status') return wording.status;
  if (role === 'title') return facts.title;
  if (role === 'number') return numberLike(written, facts);
  if (role !== 'date') return undefined;
  return !template || isBlank(written) || /\d/.test(written) || PLACEHOLDER.test(written) ? wording.date : undefined;
}

const stemOf = (path: string): string => {
  const file = path.slice(path.lastIndexOf('/') + 1);
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const own = /^(?:readme|index|_index)\.\w+$/i.test(file) ? folder.slice(folder.lastIndexOf('/') + 1) : file;
  return own.replace(/\.\w+$/, '');
};

/** Words of a file name that are worth finding again. */
const SHORTEST_STEM = 6;

/**
 * A value of another record that follows from its name, its number or its title, as the new record has it: `permalink: /adr/0007-use-kafka`,
 * `nav_order: 7`. `undefined` for every other value.
 */
export function retold(written: string, { path, document }: ReadRecord, facts: Facts): string | undefined {
  const bare = written.trim().replace(/^(["'])(.*)\1$/, '$2');
  const stem = stemOf(path);
  if (bare === '') return undefined;
  if (bare === document.title) return facts.title;
  if (stem.length >= SHORTEST_STEM && bare.includes(stem)) return written.replace(stem, stemOf(facts.path));
  const { slug } = recordName(path);
  if (slug.length >= SHORTEST_STEM && bare.includes(slug) && !/\d/.test(bare)) return written.replace(slug, facts.slug);
  if (document.number !== undefined && facts.number !== undefined && /^\d{1,5}$/.test(bare) && Number(bare) === Number(document.number))
    return written.replace(bare, String(facts.number).padStart(bare.startsWith('0') ? bare.length : 0, '0'));
  return undefined;
}
