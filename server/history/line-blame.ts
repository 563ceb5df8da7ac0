import { createHash } from 'node:crypto';
import { type Blame, type BlameLine, blame, ignoreList } from '../git/index.ts';
import type { LineRange } from '../model/span.ts';
import { memoise } from '../text/memoise.ts';
import type { CurrentHistory } from './current.ts';

/** Lines are asked for in blocks of so many, so that the next line of the cursor asks git for nothing. */
const BLOCK = 50;
const MOST_BLAMES = 50;
/** Milliseconds after which git is told to stop. */
const PATIENCE_MS = 5_000;

/** Which lines of a file are asked about, and in which text. */
export interface BlameRequest {
  readonly path: string;
  /** Text of the whole file. */
  readonly text: string;
  /** True where `text` is what an editor holds, rather than what is on disk. */
  readonly unsaved: boolean;
  readonly range: LineRange;
}

export interface BlamedLines {
  /** The commits that last changed lines of the range, with those lines, rising; lines that are not committed yet are left out. */
  readonly commits: ReadonlyMap<string, readonly number[]>;
  /** What could not be looked at and why, in sentences for people. */
  readonly notices: readonly string[];
}

const blockAround = ({ first, last }: LineRange): LineRange => ({
  first: Math.floor(first / BLOCK) * BLOCK,
  last: Math.ceil((last + 1) / BLOCK) * BLOCK - 1,
});

function bySha(lines: readonly BlameLine[], { first, last }: LineRange): Map<string, number[]> {
  const commits = new Map<string, number[]>();
  for (const { sha, line } of lines) {
    if (line < first || line > last || sha === '') continue;
    const known = commits.get(sha);
    if (known) known.push(line);
    else commits.set(sha, [line]);
  }
  return commits;
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

/** Says which commits last changed lines. Blames are kept for as long as HEAD, its history and the text stay as they are. */
export class LineBlame {
  readonly #blames = memoise<Blame>(MOST_BLAMES);

  /** Rejects with the reason of `signal`. Where git has nothing to say, the answer is empty; where it takes too long, a notice says so. */
  async at({ repository, edges }: CurrentHistory, request: BlameRequest, signal?: AbortSignal): Promise<BlamedLines> {
    const { path, text, unsaved, range } = request;
    const block = blockAround(range);
    const list = await ignoreList(repository);
    const content = createHash('sha256').update(text).digest('base64');
    const key = [repository.head, path, content, `${block.first}-${block.last}`, list?.stamp ?? '', ...edges].join('\0');
    const options = { contents: unsaved ? text : undefined, ignoring: true, signal: AbortSignal.timeout(PATIENCE_MS) };
    try {
      // Somebody else may wait for the same blame: a caller that gives up leaves it alone.
      const { lines, badList } = await orAborted(
        this.#blames(key, () => blame(repository, path, block, options)),
        signal,
      );
      return { commits: bySha(lines, range), notices: badList === undefined ? [] : [`${badList}.`] };
    } catch (error) {
      if (signal?.aborted || !(error instanceof Error && error.name === 'TimeoutError')) throw error;
      const notice = `Git took more than ${PATIENCE_MS / 1000} seconds to say who changed these lines, and was stopped.`;
      return { commits: new Map(), notices: [notice] };
    }
  }
}
