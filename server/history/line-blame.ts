import { createHash } from 'node:crypto';
import { type Blame, type BlameLine, blame, ignoreList } from '../git/index.ts';
import type { LineRange } from '../model/span.ts';
import { memoise } from '../text/memoise.ts';
import { orAborted } from '../text/or-aborted.ts';
import type { CurrentHistory } from './current.ts';

/** Lines are blamed in blocks of this many, so that moving the cursor to the next line rarely starts git. */
const BLOCK = 50;
const MOST_BLAMES = 50;
/** Time limit for git. */
const TIME_LIMIT_MS = 5_000;

/** Finds the folder of objects with a commit-graph of the repository that can be used; `undefined` where there is none. */
export type GraphOf = () => Promise<string | undefined>;
export const noGraph: GraphOf = async () => undefined;

/** Which lines of a file are asked about, and in which text. */
export interface BlameRequest {
  readonly path: string;
  /** Text of the whole file. */
  readonly text: string;
  /** Whether `text` is the unsaved text of an editor rather than the file on disk. */
  readonly unsaved: boolean;
  readonly range: LineRange;
}

export interface BlamedLines {
  /** Lines by the sha of the commit that last changed them, ascending; lines that are not committed yet are left out. */
  readonly commits: ReadonlyMap<string, readonly number[]>;
  /** Sentences for people about what could not be read, and why. */
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

/** Finds the commits that last changed some lines. Blames are memoised as long as HEAD, the shallow edges, the text and the ignore list stay the same. */
export class LineBlame {
  readonly #blames = memoise<Blame>(MOST_BLAMES);
  readonly #within: number;
  readonly #graph: GraphOf;

  /** @param within milliseconds that git may take */
  constructor(within: number = TIME_LIMIT_MS, graph: GraphOf = noGraph) {
    this.#within = within;
    this.#graph = graph;
  }

  /** The commits of {@link lines}. */
  async at(history: CurrentHistory, request: BlameRequest, signal?: AbortSignal): Promise<BlamedLines> {
    const { lines, notices } = await this.lines(history, request, signal);
    return { commits: bySha(lines, request.range), notices };
  }

  /** Rejects with the reason of `signal`. The answer is empty where git knows nothing of the lines; where git takes too long, a notice says so. */
  async lines(
    { repository, edges, at }: CurrentHistory,
    request: BlameRequest,
    signal?: AbortSignal,
  ): Promise<{ readonly lines: readonly BlameLine[]; readonly notices: readonly string[] }> {
    const { path, text, unsaved, range } = request;
    const block = blockAround(range);
    const [list, objects] = await Promise.all([ignoreList(repository), this.#graph()]);
    const content = createHash('sha256').update(text).digest('base64');
    const key = [repository.head, at ?? '', path, content, `${block.first}-${block.last}`, list?.stamp ?? '', ...edges].join('\0');
    const source = at === undefined ? { contents: unsaved ? text : undefined } : { at };
    const options = { ...source, ignoring: true, objects, signal: AbortSignal.timeout(this.#within) };
    try {
      // Not cancelled with the caller, because another one may wait for the same blame.
      const { lines, badList } = await orAborted(
        this.#blames(key, () => blame(repository, path, block, options)),
        signal,
      );
      const within = lines.filter(({ line }) => line >= range.first && line <= range.last);
      return { lines: within, notices: badList === undefined ? [] : [`${badList}.`] };
    } catch (error) {
      if (signal?.aborted || !(error instanceof Error && error.name === 'TimeoutError')) throw error;
      const notice = `Git took more than ${this.#within / 1000} seconds to blame these lines and was stopped.`;
      return { lines: [], notices: [notice] };
    }
  }
}
