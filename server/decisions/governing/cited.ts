import { isAttached } from '../../code/enclosing.ts';
import type { CitingLine } from '../../code/facts.ts';
import type { SourceFile } from '../../code/source-file.ts';
import { folderOf } from '../../knowledge/paths.ts';
import type { CodeSymbol, Place } from '../../model/answer.ts';
import type { CitedEvidence } from '../../model/evidence.ts';
import type { Span } from '../../model/span.ts';
import type { RecordEntry } from '../../register/catalogue.ts';
import { citationsOf } from '../../register/citations/cache.ts';
import { findCitations } from '../../register/citations/citations.ts';
import type { Register } from '../../register/register.ts';
import type { SourceIndex } from '../../retrieval/source-index.ts';
import { groupBy } from '../../text/group-by.ts';

/** What citations say of one record at a place. */
export interface CitedSignals {
  /** Weight of the best citation among the lines in scope, plus up to 2 the nearer it is; 0 without one. */
  readonly here: number;
  /** Citations elsewhere in the file. */
  readonly inFile: number;
  /** Citations in other files of the folder; each counts as half. */
  readonly inFolder: number;
  readonly evidence: readonly CitedEvidence[];
}

/** Lines around a citation that it counts for: half of the 40 lines that records were judged against. */
const REACH = 20;
/** A citation attached to another declaration within reach is about that declaration. */
const BESIDE_WEIGHT = 0.4;
/** A citation elsewhere in the file says something about the file, not about every line: two in five govern the place (docs/ranking.md). */
const FAR_WEIGHT = 0.3;
/** So many different records, cited within so few lines, are a list of records (a side bar, a table of contents): it says nothing of the code around it. */
const LEAST_LISTED = 5;
const LIST_LINES = 6;
const LISTED_WEIGHT = 0.1;
/** A number behind a name that its record does not have counts like one a few lines off: it governs only what its record is not far from. */
const QUALIFIED_WEIGHT = 0.98;
/** A citation that may mean two records says too little about either. */
const LEAST_SHARE = 2 / 3;
const MOST_EVIDENCE = 3;
const LONGEST_SHOWN = 80;

/** Whether each citation stands in a list of records; in the order given, which is that of the text. */
function areListed(
  citations: readonly { readonly span: Span; readonly targets: readonly { readonly record: RecordEntry }[] }[],
): boolean[] {
  const counts = new Map<string, number>();
  const count = (at: number, by: number): void => {
    const id = citations[at]?.targets[0]?.record.id ?? '';
    const now = (counts.get(id) ?? 0) + by;
    if (now > 0) counts.set(id, now);
    else counts.delete(id);
  };
  const lineOf = (at: number): number => citations[at]?.span.start.line ?? Number.POSITIVE_INFINITY;
  let from = 0;
  let to = 0;
  return citations.map((_, at) => {
    for (; lineOf(to) <= lineOf(at) + LIST_LINES; to++) count(to, 1);
    for (; lineOf(from) < lineOf(at) - LIST_LINES; from++) count(from, -1);
    return counts.size >= LEAST_LISTED;
  });
}

interface CitedSums {
  here: number;
  inFile: number;
  inFolder: number;
  evidence: CitedEvidence[];
}

/** Lines from a citation to the place; 0 inside a selection and for a whole file. */
const distanceTo = (at: number, { line, endLine = line }: Place): number =>
  line === undefined || endLine === undefined ? 0 : Math.max(0, line - at, at - endLine);

/** Shortens a URL or a long path to its last part. */
const asShown = (citation: string): string =>
  citation.length > LONGEST_SHOWN || citation.startsWith('//') ? (citation.split('/').at(-1) ?? citation) : citation;

/** Files with citing lines, by folder; cached for one state of the code. */
const foldersOf = new WeakMap<ReadonlyMap<string, readonly CitingLine[]>, Map<string, readonly string[]>>();

function citingFilesIn(code: SourceIndex, folder: string): readonly string[] {
  const lines = code.citingLines();
  const folders = foldersOf.get(lines) ?? groupBy(lines.keys(), folderOf);
  foldersOf.set(lines, folders);
  return folders.get(folder) ?? [];
}

/** Ids of the records that a file's citing lines cite unambiguously, once per citation; cached for one state of the records. */
const citedBy = new WeakMap<Register, Map<readonly CitingLine[], readonly string[]>>();

function citedInLines(register: Register, path: string, lines: readonly CitingLine[]): readonly string[] {
  const known = citedBy.get(register) ?? new Map<readonly CitingLine[], readonly string[]>();
  citedBy.set(register, known);
  let cited = known.get(lines);
  if (!cited) {
    const text = lines.map((line) => line.text).join('\n');
    cited = findCitations(text, register.catalogue, path, register.home, register.renamed).flatMap(({ targets }) =>
      targets.length === 1 && targets[0] ? [targets[0].record.id] : [],
    );
    known.set(lines, cited);
  }
  return cited;
}

/**
 * The records that a place cites: among the lines in scope, elsewhere in its file, and in other files of its folder.
 * @param symbols what the file declares
 * @param code absent when an older state is asked about: what other files cite today says nothing then
 */
export function citedSignals(
  register: Register,
  code: SourceIndex | undefined,
  place: Place,
  file: SourceFile,
  symbols: readonly CodeSymbol[],
): Map<string, CitedSignals> {
  const found = new Map<string, CitedSums>();
  const sumsOf = (id: string): CitedSums => {
    const known = found.get(id) ?? { here: 0, inFile: 0, inFolder: 0, evidence: [] };
    found.set(id, known);
    return known;
  };
  const citations = citationsOf(register, file);
  const listed = areListed(citations);
  for (const [index, { text: citation, span, targets, qualifier }] of citations.entries()) {
    const isListed = listed[index] === true;
    const distance = distanceTo(span.start.line, place);
    const share = 1 / targets.length;
    const near = distance <= REACH && !isListed;
    const attached = isAttached(place, symbols, file.textLines, span.start.line);
    const cite = (record: RecordEntry, weight: number): void => {
      const signals = sumsOf(record.id);
      if (near) signals.here = Math.max(signals.here, weight + 2 / (1 + distance));
      else signals.inFile += share;
      const doubt = share < LEAST_SHARE ? ', which may mean several records' : '';
      const elsewhere = near ? BESIDE_WEIGHT : FAR_WEIGHT;
      const most = qualifier === undefined ? 1 : QUALIFIED_WEIGHT;
      const strength = isListed
        ? LISTED_WEIGHT
        : attached && share >= LEAST_SHARE
          ? Math.min(most, 1 / (1 + distance / (8 * REACH)))
          : elsewhere * share;
      signals.evidence.push({
        kind: 'cited',
        weight: Number(strength.toFixed(4)),
        citation,
        codeSpan: span,
        explanation: `cited on line ${span.start.line + 1} as "${asShown(citation)}"${isListed ? ', in a list of records' : doubt}`,
      });
    };
    for (const { record, weight } of targets) cite(record, weight);
  }
  if (code) {
    const lines = code.citingLines();
    for (const path of citingFilesIn(code, folderOf(place.path))) {
      if (path === place.path) continue;
      for (const id of citedInLines(register, path, lines.get(path) ?? [])) sumsOf(id).inFolder += 0.5;
    }
  }
  return new Map(
    [...found].map(([id, signals]) => [
      id,
      { ...signals, evidence: signals.evidence.sort((a, b) => b.weight - a.weight).slice(0, MOST_EVIDENCE) },
    ]),
  );
}
