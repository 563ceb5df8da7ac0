import { recordName } from '../../../knowledge/record-name.ts';
import type { Catalogue, RecordEntry } from '../../../register/catalogue.ts';
import { cleanPath } from '../../../register/citations/candidates.ts';
import { wordsIn } from '../../../register/citations/citation-index.ts';
import type { FoundCitation } from '../../../register/citations/citations.ts';
import { likeness } from '../likeness.ts';
import type { CodeFile } from './code-rule.ts';

/** Similarity below which a file name is no match. */
const LEAST_ALIKE = 0.6;
/** If a second record is nearly as close, the first is a guess. */
const LEAST_LEAD = 0.05;
const LEAST_SHARED_WORDS = 2;
/** Shorter words are in every line. */
const LEAST_LETTERS = 4;
const LONGEST_LINE = 1_000;

const answers = new WeakMap<CodeFile, Map<string, RecordEntry | undefined>>();

/** The record whose file name is closest to that of a path; `undefined` if none is close, or two are. Compared once for each name in a file. */
export function nearestRecord(path: string, file: CodeFile): RecordEntry | undefined {
  const { slug } = recordName(cleanPath(path));
  const known = answers.get(file) ?? new Map<string, RecordEntry | undefined>();
  answers.set(file, known);
  if (!known.has(slug)) known.set(slug, closest(slug, file.register.catalogue));
  return known.get(slug);
}

function closest(slug: string, { records }: Catalogue): RecordEntry | undefined {
  const ranked = records
    .map((record) => ({ record, alike: likeness(slug, record.slug.replaceAll('_', '-')) }))
    .filter(({ alike }) => alike >= LEAST_ALIKE)
    .sort((a, b) => b.alike - a.alike || (a.record.id < b.record.id ? -1 : 1));
  const [first, second] = ranked;
  return first && (!second || first.alike - second.alike >= LEAST_LEAD) ? first.record : undefined;
}

/** The only record that shares two or more words of its title or file name with the line of a citation. */
export function recordNamedInLine({ span }: FoundCitation, { register, source: { lines, text } }: CodeFile): RecordEntry | undefined {
  const { line } = span.start;
  const start = lines.start(line);
  const words = new Set(
    wordsIn(text.slice(start, Math.min(lines.end(line), start + LONGEST_LINE))).filter((word) => word.length >= LEAST_LETTERS),
  );
  const mentioned = register.catalogue.records.filter(
    ({ slug, head }) => new Set([...wordsIn(slug), ...wordsIn(head.title)].filter((word) => words.has(word))).size >= LEAST_SHARED_WORDS,
  );
  return mentioned.length === 1 ? mentioned[0] : undefined;
}
