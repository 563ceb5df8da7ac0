import type { Diff, FileDiff } from '../../model/diff.ts';
import type { LineRange } from '../../model/span.ts';
import type { OwnReason } from '../runs/own-reason.ts';
import type { KnownSpec } from '../runs/resolve-spec.ts';
import type { Coverage } from './covered-lines.ts';
import { sourceFinder } from './source-paths.ts';
import { specFinder } from './spec-of.ts';

/** A coverage file that was read. */
export interface CoverageFile {
  /** Where it is, for people. */
  readonly path: string;
  readonly coverage: Coverage;
}

/** Coverage that was read. */
export interface CoverageFiles {
  readonly files: readonly CoverageFile[];
  /** Sentences on files that are none, to be told with the selection. */
  readonly notices: readonly string[];
}

/** What coverage says of a difference. */
export interface CoverageEvidence {
  readonly reasons: readonly OwnReason[];
  /** Sentences on files that say nothing of a spec, or are damaged. */
  readonly notices: readonly string[];
}

const MOST_NAMED = 3;

const listed = (names: readonly string[]): string =>
  names.length <= MOST_NAMED ? names.join(', ') : `${names.slice(0, MOST_NAMED).join(', ')} and ${names.length - MOST_NAMED} more`;

/** Lines of a file before the change that it removed, or next to which it added. */
interface Touched extends LineRange {
  readonly added?: true;
}

/** What was only added touches the lines on both of its sides. */
function touchedLines({ hunks }: FileDiff): readonly Touched[] {
  return hunks.flatMap(({ old, lines }) => {
    const found: Touched[] = [];
    let at = old.first;
    for (let from = 0; from < lines.length; ) {
      if (lines[from]?.kind === 'context') {
        from += 1;
        at += 1;
        continue;
      }
      let to = from;
      while (to < lines.length && lines[to]?.kind !== 'context') to += 1;
      const removed = lines.slice(from, to).filter(({ kind }) => kind === 'removed').length;
      found.push(removed > 0 ? { first: at, last: at + removed - 1 } : { first: Math.max(0, at - 1), last: at, added: true });
      at += removed;
      from = to;
    }
    return found;
  });
}

const ran = (covered: readonly LineRange[], line: number): boolean => covered.some(({ first, last }) => first <= line && line <= last);

/** The lines of a change that ran; `undefined` stands for all lines of the file. */
const common = (covered: readonly LineRange[], touched: readonly Touched[] | undefined): readonly Touched[] =>
  touched === undefined
    ? covered.slice(0, 1)
    : touched.flatMap((one) =>
        one.added
          ? ran(covered, one.first) && ran(covered, one.last)
            ? [one]
            : []
          : covered
              .filter(({ first, last }) => first <= one.last && one.first <= last)
              .map(({ first, last }) => ({ first: Math.max(one.first, first), last: Math.min(one.last, last) })),
      );

const linesText = ({ first, last }: LineRange): string => (first === last ? `line ${first + 1}` : `lines ${first + 1} to ${last + 1}`);

/** What ran, and what became of it. */
const whatRan = (source: string, isWhole: boolean, [one]: readonly Touched[]): string => {
  if (isWhole || one === undefined) return `ran ${source}, which changed`;
  return one.added
    ? `ran ${source} on both sides of what was added behind line ${one.first + 1}`
    : `ran ${linesText(one)} of ${source}, which changed`;
};

/**
 * Specs that ran lines which changed, as coverage of them says. It was recorded before the change, so that lines are counted as they were.
 * @param paths all files of the repository
 * @param product changed paths of the product: comments and documentation reach no test, covered or not
 */
export function coveredBy(
  diff: Diff,
  product: readonly string[],
  { files, notices }: CoverageFiles,
  specs: readonly KnownSpec[],
  paths: readonly string[],
): CoverageEvidence {
  const wanted = new Set(product);
  const before = new Map(
    diff.files
      .filter(({ path, change }) => wanted.has(path) && change !== 'added')
      .map(
        (file) => [file.from ?? file.path, file.change === 'deleted' || file.hunks.length === 0 ? undefined : touchedLines(file)] as const,
      ),
  );
  const finder = specFinder(specs);
  const sourceOf = sourceFinder([...new Set([...paths, ...before.keys()])]);
  const reasons = new Map<string, OwnReason>();
  const nameless: string[] = [];
  const damaged: string[] = [];
  for (const { path, coverage } of files) {
    const ofReport = finder.ofReport(path);
    let names = 0;
    for (const { name, files: sources } of coverage.tests) {
      const spec = (name === '' ? undefined : finder.ofName(name)) ?? ofReport;
      if (spec === undefined) continue;
      names += 1;
      for (const [written, covered] of sources) {
        const source = sourceOf(written);
        if (source === undefined || !before.has(source)) continue;
        const lines = common(covered, before.get(source));
        const key = `${spec}\n${source}`;
        if (lines.length === 0 || reasons.has(key)) continue;
        reasons.set(key, {
          spec,
          must: true,
          evidence: {
            kind: 'covers',
            weight: 1,
            path: source,
            lines: lines.map(({ first, last }) => ({ first, last })),
            report: path,
            explanation: `${whatRan(source, before.get(source) === undefined, lines)}, according to ${path}`,
          },
        });
      }
    }
    if (names === 0) nameless.push(path);
    if (!coverage.complete) damaged.push(path);
  }
  return {
    reasons: [...reasons.values()],
    notices: [
      ...notices,
      ...(nameless.length === 0
        ? []
        : [
            `Coverage that names no known test says nothing of one: ${listed(nameless)}. Name the test in TN: lines, or call a file or folder after its spec.`,
          ]),
      ...(damaged.length === 0 ? [] : [`Coverage that ends too early or is damaged: ${listed(damaged)}. What it has whole counts.`]),
    ],
  };
}
