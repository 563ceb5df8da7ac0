import { recordName } from '../../knowledge/record-name.ts';
import type { Catalogue, RecordEntry } from '../../register/catalogue.ts';
import { cleanPath } from '../../register/citations/candidates.ts';
import type { FoundCitation } from '../../register/citations/citations.ts';
import { wordsIn } from '../../register/citations/index-of-names.ts';
import type { CodeFile } from './code-rule.ts';

const LONGEST_NAME = 120;
/** Share of the letters, or of the words, that must be the same. */
const LEAST_ALIKE = 0.6;
/** A second record nearly as close makes the first a guess. */
const LEAST_LEAD = 0.05;
const LEAST_SPOKEN = 2;

/** Levenshtein's distance: letters to insert, delete or replace. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Likeness of two slugs in [0, 1]: by letters or by words, whichever is more. */
export function likeness(a: string, b: string): number {
  const [left, right] = [a.slice(0, LONGEST_NAME), b.slice(0, LONGEST_NAME)];
  const longest = Math.max(left.length, right.length);
  if (longest === 0) return 0;
  const [mine, theirs] = [new Set(wordsIn(left)), new Set(wordsIn(right))];
  const shared = [...mine].filter((word) => theirs.has(word)).length;
  const byWords = shared < 2 ? 0 : (2 * shared) / (mine.size + theirs.size);
  const shortest = Math.min(left.length, right.length);
  const byLetters = shortest / longest < LEAST_ALIKE ? 0 : 1 - distance(left, right) / longest;
  return Math.max(byWords, byLetters);
}

/** The record whose file name is nearest to that of a path; `undefined` where none is near or two are. */
export function nearestRecord(path: string, { records }: Catalogue): RecordEntry | undefined {
  const { slug } = recordName(cleanPath(path));
  const ranked = records
    .map((record) => ({ record, alike: likeness(slug, record.slug.replaceAll('_', '-')) }))
    .filter(({ alike }) => alike >= LEAST_ALIKE)
    .sort((a, b) => b.alike - a.alike || (a.record.id < b.record.id ? -1 : 1));
  const [first, second] = ranked;
  return first && (!second || first.alike - second.alike >= LEAST_LEAD) ? first.record : undefined;
}

/** The record of whose title and file name two or more words stand on the line of a citation, where it is the only one. */
export function spokenRecord({ span }: FoundCitation, { register, lines, text }: CodeFile): RecordEntry | undefined {
  const line = span.start.line;
  const there = new Set(
    wordsIn(text.slice(lines.start(line), Math.min(lines.end(line), lines.start(line) + 1_000))).filter((word) => word.length > 3),
  );
  const spoken = register.catalogue.records.filter(
    ({ slug, head }) => new Set([...wordsIn(slug), ...wordsIn(head.title)].filter((word) => there.has(word))).size >= LEAST_SPOKEN,
  );
  return spoken.length === 1 ? spoken[0] : undefined;
}
