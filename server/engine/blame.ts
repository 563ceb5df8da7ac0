import { createHash } from 'node:crypto';
import { createSymbolCache } from '../code/symbol-cache.ts';
import { type ExplainedLines, type ExplainingCommit, type Explanation, explainLines } from '../decisions/explained-by.ts';
import {
  type Blame,
  type BlameLine,
  blame,
  headOf,
  ignoreList,
  type LineRange,
  type Repository,
  readLog,
  shallowEdges,
} from '../git/index.ts';
import type { CodeSymbol, Place } from '../model/answer.ts';
import { memoise } from '../text/memoise.ts';
import type { View } from './view.ts';

/** Lines to either side of the cursor, where no symbol says what is at hand. */
const LINES_AROUND = 10;
/** The innermost symbol is at hand up to so many lines; a longer one is about more than the cursor's lines. */
const LONGEST_SYMBOL = 120;
/** Lines are asked for in blocks of so many, so that the next line of the cursor asks git for nothing. */
const BLOCK = 50;
/** No more lines than this are asked for: a symbol may be a whole file. */
const MOST_LINES = 400;
const MOST_COMMITS = 40;
const MOST_KEPT = 50;
/** Milliseconds after which git is told to stop. */
const PATIENCE_MS = 5_000;

/** What the commits of some lines say, and what could not be looked at. */
export interface LineExplanation extends Explanation {
  readonly notices: readonly string[];
}

/** The history of a repository as it is now. */
export interface HistoryNow {
  /** With the HEAD of now. */
  readonly repository: Repository;
  /** Commits at which a shallow clone ends. */
  readonly edges: ReadonlySet<string>;
}

/** One start of git. */
export async function historyNow(repository: Repository): Promise<HistoryNow> {
  const [head, edges] = await Promise.all([headOf(repository), shallowEdges(repository)]);
  return { repository: { ...repository, head }, edges };
}

export interface ExplainRequest {
  readonly history: HistoryNow;
  readonly view: View;
  readonly place: Place;
  /** Text of the file as `place` has it. */
  readonly text: string;
  /** The lines at hand; default: the innermost symbol around the cursor, else ten lines to either side of it. */
  readonly range?: LineRange;
  /** Only these commits count, by sha. */
  readonly before?: ReadonlySet<string> | undefined;
  readonly signal?: AbortSignal | undefined;
}

export const NO_EXPLANATION: LineExplanation = { hits: [], records: new Map(), notices: [] };

/** The range cut to the file, and to so many lines around the cursor. */
function linesAtHand(range: LineRange | undefined, cursor: number, count: number): LineRange {
  const wanted = range ?? { from: cursor - LINES_AROUND, to: cursor + LINES_AROUND + 1 };
  const from = Math.max(0, wanted.from, cursor - MOST_LINES / 2);
  return { from, to: Math.min(count, wanted.to, from + MOST_LINES) };
}

/** Lines of the innermost symbol around the cursor. */
function symbolLines(symbols: readonly CodeSymbol[], cursor: number): LineRange | undefined {
  const around = symbols
    .map(({ span }) => ({ from: span.start.line, to: span.end.line + 1 }))
    .filter(({ from, to }) => from <= cursor && cursor < to && to - from <= LONGEST_SYMBOL);
  return around.reduce<LineRange | undefined>(
    (least, one) => (least && least.to - least.from <= one.to - one.from ? least : one),
    undefined,
  );
}

const blocksOf = ({ from, to }: LineRange): LineRange => ({ from: Math.floor(from / BLOCK) * BLOCK, to: Math.ceil(to / BLOCK) * BLOCK });

/** Commits of lines by sha, of the index or, where it has them not (history was rewritten, or they are merges of a branch), of git. */
async function commitsOf(
  shas: readonly string[],
  { history: { repository }, view, signal }: ExplainRequest,
): Promise<Map<string, ExplainingCommit>> {
  const out = new Map<string, ExplainingCommit>();
  const missing: string[] = [];
  const tell = (sha: string, subject: string, body: string, date: string, paths: readonly string[], merge: boolean): void => {
    out.set(sha, { sha, subject, body, date, files: paths.length, merge, ...view.history.saying(sha, `${subject}\n\n${body}`, paths) });
  };
  for (const sha of shas) {
    const row = view.commits.rows?.get(`commit:${sha}`);
    if (!row) missing.push(sha);
    else {
      const paths = row.paths.split('\n').filter((path) => path !== '');
      tell(sha, row.title, row.text.slice(row.title.length + 2), row.date, paths, view.log.details.get(row.documentId)?.merge === true);
    }
  }
  if (missing.length === 0) return out;
  for await (const batch of readLog(repository, { commits: missing, ...(signal ? { signal } : {}) })) {
    for (const { sha, subject, body, date, paths, merge } of batch) {
      const changed = paths.slice(0, 200).map(({ path }) => path);
      tell(sha, subject, body, date, changed, merge);
    }
  }
  return out;
}

function grouped(lines: readonly BlameLine[]): Map<string, number[]> {
  const out = new Map<string, number[]>();
  for (const { sha, line } of lines) {
    const known = out.get(sha);
    if (known) known.push(line);
    else out.set(sha, [line]);
  }
  return out;
}

/** The work's result, or a rejection as soon as the signal is given. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** Explains lines by the commits that last changed them. Blames are kept for as long as HEAD, its history and the text stay as they are. */
export class Blamer {
  readonly #blames = memoise<Blame>(MOST_KEPT);
  readonly #symbols = createSymbolCache();

  /** Rejects with the reason of `signal`; where git has nothing to say, the answer is empty. */
  async explain(request: ExplainRequest): Promise<LineExplanation> {
    const { history, place, text, before } = request;
    const cursor = place.line;
    if (cursor === undefined || text === '' || history.repository.head === '') return NO_EXPLANATION;
    const range = request.range ?? symbolLines(await this.#symbols(place.path, text), cursor);
    const atHand = linesAtHand(range, cursor, text.split('\n').length);
    if (atHand.to <= atHand.from) return NO_EXPLANATION;
    const { lines, notices } = await this.#blame(history, place, text, atHand, request.signal);
    const ours = grouped(lines.filter(({ line, sha }) => line >= atHand.from && line < atHand.to && sha !== ''));
    const missing = [...ours.keys()].filter((sha) => history.edges.has(sha));
    for (const sha of missing) ours.delete(sha);
    const shas = [...ours.keys()].filter((sha) => !before || before.has(sha)).slice(0, MOST_COMMITS);
    const commits = await commitsOf(shas, request);
    const explained = shas.flatMap((sha): ExplainedLines[] => {
      const commit = commits.get(sha);
      return commit ? [{ commit, lines: ours.get(sha) ?? [] }] : [];
    });
    const cut = missing.map(
      (sha) => `History before ${sha.slice(0, 7)} is not in this shallow clone. Run "git fetch --unshallow" to see who wrote these lines.`,
    );
    return { ...explainLines(explained, cursor), notices: [...notices, ...cut] };
  }

  async #blame(
    { repository, edges }: HistoryNow,
    place: Place,
    text: string,
    atHand: LineRange,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly lines: readonly BlameLine[]; readonly notices: readonly string[] }> {
    const block = blocksOf(atHand);
    const list = await ignoreList(repository);
    const content = createHash('sha256').update(text).digest('base64');
    const key = [repository.head, place.path, content, `${block.from}-${block.to}`, list?.stamp ?? '', ...edges].join('\0');
    const patience = AbortSignal.timeout(PATIENCE_MS);
    const options = { contents: place.text, ignoring: true, signal: patience };
    try {
      // Somebody else may wait for the same blame: a caller that gives up leaves it alone.
      const { lines, badList } = await orAborted(
        this.#blames(key, () => blame(repository, place.path, block, options)),
        signal,
      );
      return { lines, notices: badList === undefined ? [] : [`${badList}.`] };
    } catch (error) {
      if (signal?.aborted || !(error instanceof Error && error.name === 'TimeoutError')) throw error;
      return { lines: [], notices: [`Git took more than ${PATIENCE_MS / 1000} seconds to say who changed these lines, and was stopped.`] };
    }
  }
}
