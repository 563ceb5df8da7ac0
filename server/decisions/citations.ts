import type { Citation } from '../model/answer.ts';
import type { Position, Span } from '../model/span.ts';
import type { Catalogue, CataloguedRecord } from './catalogue.ts';
import { homeOf } from './neighbours.ts';

/** A citation with the records that it may mean, best first; weights as measured in docs/ranking.md. */
export interface FoundCitation {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly span: Span;
  readonly targets: readonly { readonly record: CataloguedRecord; readonly weight: number }[];
}

const PATH_WEIGHT = 4;
const FILE_NAME_WEIGHT = 3.5;
const NUMBER_WEIGHT = 3;
const SLUG_WEIGHT = 2.5;
const TITLE_WEIGHT = 2;

const LONGEST_SCANNED_TEXT = 1_000_000;
const LONGEST_TITLE_SCAN = 100_000;
const MOST_CANDIDATES = 5_000;
const LEAST_FILE_NAME = 8;
const LEAST_TITLE_WORDS = 4;

const URL_PATTERN = /https?:\/\/[^\s<>"'`)\]]+/g;
const PATH_PATTERN = /[\w@./-]{1,200}\.(?:md|markdown|rst|adoc)\b/gi;
const NUMBER_PATTERN =
  /(?<![A-Za-z])(ADRs?|RFCs?|KEPs?|TEPs?)[\s\-_#/(:]{0,3}0*(\d{1,5})(?![\d.]*\d?\.(?:md|rst))((?:\s{0,2}(?:,|\/|and|&|or)\s{0,2}0*\d{1,5}\b){0,8})/gi;
const NAME_PATTERN = /(?<![\w-])[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+){1,30}/g;

interface Candidate {
  readonly start: number;
  readonly end: number;
  readonly targets: readonly { readonly record: CataloguedRecord; readonly weight: number }[];
}

/** Offsets of the line starts. */
function lineStarts(text: string): number[] {
  const out = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) out.push(at + 1);
  return out;
}

function positionAt(starts: readonly number[], offset: number): Position {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: offset - (starts[low] ?? 0) };
}

/**
 * How near a record is to a citing file: the depth of the folder whose documentation it belongs to, where the file lies below that folder.
 * Two services are not near because both lie in `services/`.
 */
function nearness(record: CataloguedRecord, from: string): number {
  const home = homeOf(record.path);
  if (home === '') return 0;
  return from.startsWith(`${home}/`) ? home.split('/').length : -1;
}

/** Of several records that a name may mean, those nearest to the citing file; each gets its share of the weight. */
function nearest(records: readonly CataloguedRecord[], from: string, weight: number): { record: CataloguedRecord; weight: number }[] {
  if (records.length <= 1) return records.map((record) => ({ record, weight }));
  const most = Math.max(...records.map((record) => nearness(record, from)));
  const near = records.filter((record) => nearness(record, from) === most);
  return near.map((record) => ({ record, weight: weight / near.length })).sort((a, b) => (a.record.id < b.record.id ? -1 : 1));
}

function pathTargets(catalogue: Catalogue, cited: string, from: string): { record: CataloguedRecord; weight: number }[] {
  const clean = cited.replace(/^(?:\.{1,2}\/)+/, '').replace(/^\/+/, '');
  const whole = catalogue.records.filter((record) => record.path === clean || record.path.endsWith(`/${clean}`));
  if (whole.length > 0) return nearest(whole, from, PATH_WEIGHT);
  // An address at a forge ends with the path of the record.
  const ending = catalogue.records.filter((record) => record.path.includes('/') && clean.endsWith(`/${record.path}`));
  if (ending.length > 0) return nearest(ending, from, PATH_WEIGHT);
  const name = (clean.split('/').at(-1) ?? '').replace(/\.[^.]+$/, '').toLowerCase();
  const sameName = catalogue.byName.get(name) ?? [];
  if (sameName.length > 0) return nearest(sameName, from, FILE_NAME_WEIGHT);
  const bare = name.replace(/^(?:adr|rfc)?[-_]?\d+[-_.]/, '').replaceAll('_', '-');
  const sameSlug = bare === name ? [] : (catalogue.bySlug.get(bare) ?? []);
  return sameSlug.length === 1 ? nearest(sameSlug, from, NUMBER_WEIGHT) : [];
}

function* pathCandidates(text: string, catalogue: Catalogue, from: string): Generator<Candidate> {
  for (const match of text.matchAll(PATH_PATTERN)) {
    const targets = pathTargets(catalogue, match[0], from);
    if (targets.length > 0) yield { start: match.index, end: match.index + match[0].length, targets };
  }
}

function* numberCandidates(text: string, catalogue: Catalogue, from: string): Generator<Candidate> {
  for (const match of text.matchAll(NUMBER_PATTERN)) {
    const [whole, word = '', first = '', rest = ''] = match;
    const namespace = /^adr/i.test(word) ? 'adr' : 'rfc';
    const firstEnd = match.index + whole.length - rest.length;
    const numbers = [{ number: first, start: match.index, end: firstEnd }];
    for (const more of rest.matchAll(/0*(\d{1,5})\b/g)) {
      numbers.push({ number: more[1] ?? '', start: firstEnd + more.index, end: firstEnd + more.index + more[0].length });
    }
    for (const { number, start, end } of numbers) {
      const records = catalogue.byNumber.get(`${namespace}:${Number(number)}`) ?? [];
      yield { start, end, targets: nearest(records, from, NUMBER_WEIGHT) };
    }
  }
}

function* nameCandidates(text: string, catalogue: Catalogue, from: string): Generator<Candidate> {
  for (const match of text.matchAll(NAME_PATTERN)) {
    const name = match[0].toLowerCase();
    if (name.length < LEAST_FILE_NAME) continue;
    const place = { start: match.index, end: match.index + match[0].length };
    const byName = catalogue.byName.get(name) ?? [];
    if (byName.length > 0 && byName.some((record) => record.number !== undefined || name.split(/[-_]/).length >= 3)) {
      yield { ...place, targets: nearest(byName, from, FILE_NAME_WEIGHT) };
      continue;
    }
    const bySlug = catalogue.bySlug.get(name.replaceAll('_', '-')) ?? [];
    if (bySlug.length === 1 && name.split(/[-_]/).length >= 3) yield { ...place, targets: nearest(bySlug, from, SLUG_WEIGHT) };
  }
}

function* titleCandidates(text: string, catalogue: Catalogue, from: string): Generator<Candidate> {
  if (text.length > LONGEST_TITLE_SCAN) return;
  const lower = text.toLowerCase();
  for (const record of catalogue.records) {
    const title = record.head.title.toLowerCase();
    if (title.split(/\s+/).length < LEAST_TITLE_WORDS) continue;
    const at = lower.indexOf(title);
    if (at >= 0) yield { start: at, end: at + title.length, targets: nearest([record], from, TITLE_WEIGHT) };
  }
}

/** Addresses in the text, and whether each is of another repository than this one. */
function foreignStretches(text: string, home: string | undefined): { start: number; end: number }[] {
  return [...text.matchAll(URL_PATTERN)]
    .filter((match) => home === undefined || !match[0].toLowerCase().includes(home.toLowerCase()))
    .map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

/**
 * Finds citations of records in a text: by path, file name, number, slug or full title.
 * @param from repository-relative path of the text: a record of a nearer folder is meant first, and a record never cites itself
 * @param home `owner/name` of the repository at its forge: addresses of others are foreign, and so is a number right beside one
 * @returns in order of place, never overlapping; `targets` is empty where a number names no record
 */
export function findCitations(text: string, catalogue: Catalogue, from: string, home?: string): FoundCitation[] {
  if (catalogue.records.length === 0) return [];
  const scanned = text.slice(0, LONGEST_SCANNED_TEXT);
  const starts = lineStarts(scanned);
  const foreign = foreignStretches(scanned, home);
  const candidates = [
    ...pathCandidates(scanned, catalogue, from),
    ...numberCandidates(scanned, catalogue, from),
    ...nameCandidates(scanned, catalogue, from),
    ...titleCandidates(scanned, catalogue, from),
  ]
    .filter((candidate) => candidate.targets.every(({ record }) => record.path !== from))
    .filter(
      (candidate) =>
        !foreign.some(
          (stretch) => candidate.start < stretch.end && candidate.end > stretch.start && (candidate.targets[0]?.weight ?? 0) < PATH_WEIGHT,
        ),
    )
    .slice(0, MOST_CANDIDATES)
    .sort((a, b) => (b.targets[0]?.weight ?? 0) - (a.targets[0]?.weight ?? 0) || b.end - b.start - (a.end - a.start) || a.start - b.start);
  const chosen: Candidate[] = [];
  for (const candidate of candidates) {
    if (!chosen.some((other) => candidate.start < other.end && candidate.end > other.start)) chosen.push(candidate);
  }
  return chosen
    .map((candidate) => ({
      ...candidate,
      text: scanned.slice(candidate.start, candidate.end),
      span: { start: positionAt(starts, candidate.start), end: positionAt(starts, candidate.end) },
    }))
    .filter((citation) => !isForeignNumber(citation, scanned, starts, foreign))
    .sort((a, b) => a.start - b.start);
}

/** A bare number whose own or next line holds an address of another repository's records is a citation of that repository. */
function isForeignNumber(
  citation: FoundCitation,
  text: string,
  starts: readonly number[],
  foreign: readonly { start: number; end: number }[],
): boolean {
  if (!/^[A-Za-z]+[\s\-_#/(:]*\d+$/.test(citation.text)) return false;
  const lineEnd = starts[citation.span.end.line + 2] ?? text.length;
  const lineStart = starts[citation.span.start.line] ?? 0;
  return foreign.some(
    (stretch) =>
      stretch.start >= lineStart &&
      stretch.start < lineEnd &&
      /adr|rfc|decision|architecture/i.test(text.slice(stretch.start, stretch.end)),
  );
}

/** The citation as faces show it. */
export function toCitation(found: FoundCitation): Citation {
  return {
    text: found.text,
    span: found.span,
    targets: found.targets.map(({ record, weight }) => ({
      id: record.id,
      path: record.path,
      title: record.head.title,
      ...(record.head.status ? { status: record.head.status.value } : {}),
      weight,
    })),
  };
}
