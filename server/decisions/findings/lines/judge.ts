import { isTelling, plainLine } from '../../../history/lines/line-map.ts';
import { followLines, type LineMove } from '../../../history/lines/line-moves.ts';
import type { WhenWritten, Written } from '../../../history/lines/written.ts';
import type { LineRange } from '../../../model/span.ts';
import { type LineReference, readLineReferences } from '../../../register/lines/line-references.ts';
import { currentPaths, hasNoNamesake, type KnownPaths, meantPaths } from './places.ts';

/** A file in a commit. */
export interface FileAt {
  readonly sha: string;
  readonly path: string;
}

/** What judging references asks of git, of the work tree and of the index. */
export interface LineFacts extends KnownPaths {
  /** When parts of a document were written. Empty where git could not say in time. */
  readonly written: (path: string, needles: readonly string[], signal?: AbortSignal) => Promise<ReadonlyMap<string, WhenWritten>>;
  /** Objects of files in commits, in the order of the questions. */
  readonly objects: (places: readonly FileAt[], signal?: AbortSignal) => Promise<readonly (string | undefined)[]>;
  /** Texts of objects; those that are missing, binary or too large are left out. */
  readonly texts: (objects: Iterable<string>, signal?: AbortSignal) => Promise<ReadonlyMap<string, string>>;
  /** Text of a file of the work tree. */
  readonly read: (path: string) => Promise<string | undefined>;
  /** Paths of the source files that hold a name; empty for more than `most`. */
  readonly pathsWith: (name: string, most: number) => readonly string[];
}

/** What became of the lines that a reference cites. */
export interface JudgedReference {
  readonly reference: LineReference;
  /** Where the lines were when the reference was written. */
  readonly was: { readonly path: string; readonly lines: LineRange; readonly sha: string; readonly date: string; readonly text: string };
  /** Where they are now, and the text of that file; absent where they are gone. */
  readonly now?: { readonly path: string; readonly lines: LineRange; readonly text: string };
  readonly state: 'same' | 'moved' | 'gone';
  /** Whether the lines can have moved nowhere else. */
  readonly certain: boolean;
}

/** Names in lines that are looked for elsewhere, and files that may hold them. */
const MOST_NAMES = 12;
const MOST_FILES = 40;

/** A reference with the state of the file that its author saw. */
interface Seen {
  readonly reference: LineReference;
  readonly path: string;
  readonly byEnding: boolean;
  readonly written: Written;
  readonly object: string;
  /** The file before the commit that wrote the reference, if that changed it. */
  readonly before?: string;
}

const escaped = (name: string): string => name.replace(/[$]/g, '\\$&');
const holdsName = (text: string, names: readonly string[]): boolean =>
  names.some((name) => new RegExp(`(?<![\\w$])${escaped(name)}(?![\\w$])`).test(text));

/** Lines above and below in which a name that the author gave still means these lines. */
const BESIDE = 3;
const around = (text: string, { first, last }: LineRange): string =>
  text
    .split('\n')
    .slice(Math.max(0, first - BESIDE), last + 1 + BESIDE)
    .join('\n');
const at = (text: string, { first, last }: LineRange): string =>
  text
    .split('\n')
    .slice(first, last + 1)
    .map(plainLine)
    .join('\n');

/** The state that the author saw: that of the commit, or the one before, where the names beside the reference tell them apart. */
function seenText({ reference: { lines, names } }: Seen, after: string, before: string | undefined): string | undefined {
  if (before === undefined || at(after, lines) === at(before, lines)) return after;
  for (const linesIn of [at, around]) {
    const [fitsAfter, fitsBefore] = [holdsName(linesIn(after, lines), names), holdsName(linesIn(before, lines), names)];
    if (fitsAfter !== fitsBefore) return fitsAfter ? after : before;
  }
  return undefined;
}

/** Whether the names beside the reference contradict that its author meant these lines. */
function isDoubtful({ lines, names }: LineReference, then: string, now: string | undefined): boolean {
  if (names.length === 0 || holdsName(around(then, lines), names)) return false;
  return holdsName(then, names) || (now !== undefined && holdsName(around(now, lines), names));
}

const NAME = /[A-Za-z_$][\w$]{5,}/g;

/** Files other than `path` that hold most of the rare names of some lines: what is gone from one file may be in another. */
function likelyFiles(lines: string, path: string, { pathsWith }: LineFacts): readonly string[] {
  const names = [...new Set(lines.match(NAME) ?? [])].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).slice(0, MOST_NAMES);
  const counts = new Map<string, number>();
  for (const name of names)
    for (const file of pathsWith(name, MOST_FILES)) if (file !== path) counts.set(file, (counts.get(file) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count * 2 >= names.length)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, 5)
    .map(([file]) => file);
}

async function judgeOne(seen: Seen, facts: LineFacts, texts: ReadonlyMap<string, string>): Promise<JudgedReference | undefined> {
  const { reference, path, written, object, before } = seen;
  const after = texts.get(object);
  const text = after === undefined ? undefined : seenText(seen, after, before === undefined ? undefined : texts.get(before));
  if (text === undefined) return undefined;
  const { lines } = reference;
  const cited = at(text, lines);
  if (cited === '') return undefined;
  const was = { path, lines, sha: written.sha, date: written.date, text };
  const judged = (rest: Omit<JudgedReference, 'reference' | 'was'>): JudgedReference => ({ reference, was, ...rest });
  const places = currentPaths(path, facts);
  const here = places[0] === path ? await facts.read(path) : undefined;
  if (isDoubtful(reference, text, here)) return undefined;
  let unsure = false;
  for (const place of places) {
    const now = await facts.read(place);
    const move: LineMove = now === undefined ? { state: 'unknown' } : followLines(text, now, lines);
    if (now === undefined || move.state === 'unknown') unsure = true;
    else if (move.state === 'same')
      return judged({ state: place === path ? 'same' : 'moved', now: { path: place, lines, text: now }, certain: true });
    else if (move.state === 'moved')
      return judged({ state: 'moved', now: { path: place, lines: move.lines, text: now }, certain: move.certain && !seen.byEnding });
  }
  if (unsure) return undefined;
  if (!cited.split('\n').some(isTelling))
    return places.length === 0 && hasNoNamesake(path, facts) ? judged({ state: 'gone', certain: true }) : undefined;
  const elsewhere = new Map<string, JudgedReference>();
  for (const file of likelyFiles(cited, path, facts)) {
    const now = await facts.read(file);
    const move = now === undefined ? undefined : followLines(text, now, lines);
    if (now === undefined || move === undefined || move.state === 'unknown') return undefined;
    // A copy at the same number is at another place all the same.
    const found = move.state === 'moved' ? move.lines : move.state === 'same' ? lines : undefined;
    if (found) elsewhere.set(file, judged({ state: 'moved', now: { path: file, lines: found, text: now }, certain: false }));
  }
  if (elsewhere.size > 1) return undefined;
  const [other] = elsewhere.values();
  if (other) return other;
  if (places.length === 0 && !hasNoNamesake(path, facts)) return undefined;
  return judged({ state: 'gone', certain: true });
}

/** The references with the file that each meant when it was written; those that could have meant several are left out. */
async function see(document: string, references: readonly LineReference[], facts: LineFacts, signal?: AbortSignal): Promise<Seen[]> {
  const meant = references.map((reference) => ({ reference, paths: meantPaths(reference, document, facts) }));
  const asked = meant.filter(({ paths }) => paths.length > 0);
  if (asked.length === 0) return [];
  const when = await facts.written(document, [...new Set(asked.map(({ reference }) => reference.needle))], signal);
  const questions = asked.flatMap(({ reference, paths }) => {
    const written = when.get(reference.needle);
    if (written === undefined || typeof written === 'string') return [];
    return [{ reference, paths, written }];
  });
  const places = questions.flatMap(({ paths, written: { sha, parent } }) =>
    paths.flatMap(({ path }) => [{ sha, path }, ...(parent === undefined ? [] : [{ sha: parent, path }])]),
  );
  const answers = await facts.objects(places, signal);
  const objectOf = new Map(places.map(({ sha, path }, index) => [`${sha}:${path}`, answers[index]]));
  return questions.flatMap(({ reference, paths, written }): Seen[] => {
    const there = paths.flatMap(({ path, byEnding }) => {
      const object = objectOf.get(`${written.sha}:${path}`);
      return object === undefined ? [] : [{ path, byEnding, object }];
    });
    const exact = there.filter(({ byEnding }) => !byEnding);
    const [one, other] = exact.length > 0 ? exact : there;
    if (one === undefined || other !== undefined) return [];
    const before = written.parent === undefined ? undefined : objectOf.get(`${written.parent}:${one.path}`);
    return [{ reference, written, ...one, ...(before === undefined || before === one.object ? {} : { before }) }];
  });
}

/**
 * What became of the lines that a document cites; in the order of the text. Left out is whatever is not known for sure: references that are not committed, older than
 * the clone, to a file that is not there or to one of several, and those that the names beside them contradict.
 * @param text of the document as the editor has it
 */
export async function judgeReferences(
  document: string,
  text: string,
  facts: LineFacts,
  signal?: AbortSignal,
): Promise<readonly JudgedReference[]> {
  const references = readLineReferences(document, text);
  if (references.length === 0) return [];
  const seen = await see(document, references, facts, signal);
  const texts = await facts.texts(
    new Set(seen.flatMap(({ object, before }) => [object, ...(before === undefined ? [] : [before])])),
    signal,
  );
  const judged: JudgedReference[] = [];
  for (const one of seen) {
    signal?.throwIfAborted();
    const found = await judgeOne(one, facts, texts);
    if (found) judged.push(found);
  }
  return judged;
}
