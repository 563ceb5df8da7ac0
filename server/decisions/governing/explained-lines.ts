import { innermostSymbol, LONGEST_SYMBOL } from '../../code/enclosing.ts';
import type { SourceFile } from '../../code/source-file.ts';
import { readLog } from '../../git/index.ts';
import type { CurrentHistory } from '../../history/current.ts';
import type { LineBlame } from '../../history/line-blame.ts';
import type { CodeSymbol, Place } from '../../model/answer.ts';
import type { LineRange } from '../../model/span.ts';
import type { RecordCommits } from '../../register/record-commits.ts';
import type { Loaded } from '../../retrieval/loader.ts';
import { pathsOf } from '../../store/row.ts';
import { lineCountOf, linesOfSpan } from '../../text/line-range.ts';
import { type ExplainedLines, type ExplainingCommit, type Explanation, explainLines } from './explained-by.ts';

/** Lines on either side of the cursor that are in scope outside of every symbol. */
const LINES_AROUND = 10;
/** Limit on the lines asked for: a symbol may be a whole file. */
const MOST_LINES = 400;
const MOST_COMMITS = 40;
/** Paths of a commit that are looked at. */
const MOST_PATHS = 200;

/** What the commits of some lines say, and notices about what could not be read. */
export interface LineExplanation extends Explanation {
  readonly notices: readonly string[];
}

export interface ExplainRequest {
  readonly history: CurrentHistory;
  readonly view: Pick<Loaded, 'log'> & { readonly recordCommits: RecordCommits };
  readonly place: Place;
  readonly file: SourceFile;
  /** What the file declares. */
  readonly symbols: readonly CodeSymbol[];
  /** Shas of the commits that count; absent: all. */
  readonly before?: ReadonlySet<string> | undefined;
  /** Whether a record is still proposed, by its id. Default: none is. */
  readonly isProposed?: (id: string) => boolean;
  readonly signal?: AbortSignal | undefined;
}

export const NO_EXPLANATION: LineExplanation = { hits: [], records: new Map(), notices: [] };

/** The innermost declaration around the cursor, else ten lines on either side of it; cut to the file and to `MOST_LINES`. */
export function linesToExplain(symbols: readonly CodeSymbol[], cursor: number, lineCount: number): LineRange {
  const symbol = innermostSymbol(symbols, cursor);
  const declared = symbol && linesOfSpan(symbol.span);
  const wanted =
    declared && lineCountOf(declared) <= LONGEST_SYMBOL ? declared : { first: cursor - LINES_AROUND, last: cursor + LINES_AROUND };
  const first = Math.max(0, wanted.first, cursor - MOST_LINES / 2);
  return { first, last: Math.min(lineCount - 1, wanted.last, first + MOST_LINES - 1) };
}

/** Looks commits up in the index; those it lacks (rewritten history, merges inside a branch) are read from git. */
async function commitsOf(
  shas: readonly string[],
  { history: { repository }, view, signal }: ExplainRequest,
): Promise<Map<string, ExplainingCommit>> {
  const commits = new Map<string, ExplainingCommit>();
  const add = (sha: string, subject: string, body: string, date: string, paths: readonly string[], merge: boolean): void => {
    commits.set(sha, {
      sha,
      subject,
      body,
      date,
      files: paths.length,
      merge,
      ...view.recordCommits.statementOf(sha, `${subject}\n\n${body}`, paths),
    });
  };
  for (const row of await view.log.rowsOf(shas)) {
    const merge = view.log.facts.commit(row.sha)?.merge === true;
    add(row.sha, row.title, row.text.slice(row.title.length + 2), row.date, pathsOf(row), merge);
  }
  const missing = shas.filter((sha) => !commits.has(sha));
  if (missing.length === 0) return commits;
  for await (const batch of readLog(repository, { commits: missing, ...(signal ? { signal } : {}) })) {
    for (const { sha, subject, body, date, paths, merge } of batch) {
      const changed = paths.slice(0, MOST_PATHS).map(({ path }) => path);
      add(sha, subject, body, date, changed, merge);
    }
  }
  return commits;
}

/** Explains the lines around a place by the commits that last changed them. */
export class LineExplainer {
  readonly #blame: LineBlame;

  /** @param blame shared with others that ask about the same lines */
  constructor(blame: LineBlame) {
    this.#blame = blame;
  }

  /** Rejects with the signal's reason. The answer is empty when git knows nothing about the lines. */
  async explain(request: ExplainRequest): Promise<LineExplanation> {
    const { history, place, file, symbols, before } = request;
    const cursor = place.line;
    if (cursor === undefined || file.text === '' || history.repository.head === '') return NO_EXPLANATION;
    const range = linesToExplain(symbols, cursor, file.textLines.length);
    if (range.last < range.first) return NO_EXPLANATION;
    const blamed = { path: place.path, text: file.text, unsaved: place.text !== undefined, range };
    const { commits: lines, notices } = await this.#blame.at(history, blamed, request.signal);
    const shas = [...lines.keys()];
    const cutOff = shas.filter((sha) => history.edges.has(sha));
    const known = shas.filter((sha) => !history.edges.has(sha) && (!before || before.has(sha))).slice(0, MOST_COMMITS);
    const commits = await commitsOf(known, request);
    const explained = known.flatMap((sha): ExplainedLines[] => {
      const commit = commits.get(sha);
      return commit ? [{ commit, lines: lines.get(sha) ?? [] }] : [];
    });
    const cutNotices = cutOff.map(
      (sha) => `History before ${sha.slice(0, 7)} is not in this shallow clone. Run "git fetch --unshallow" to see who wrote these lines.`,
    );
    return { ...explainLines(explained, cursor, request.isProposed), notices: [...notices, ...cutNotices] };
  }
}
