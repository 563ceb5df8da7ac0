import { type Repository, readCommits } from '../git/index.ts';
import type { Commit } from '../model/commit.ts';
import type { LineCommit, LineHistory } from '../model/history.ts';
import { memoise } from '../text/memoise.ts';
import { orAborted } from '../text/or-aborted.ts';
import type { CurrentHistory } from './current.ts';
import { followUpReader } from './follow-ups.ts';
import { type BlameRequest, type GraphOf, LineBlame, noGraph } from './line-blame.ts';
import { blamedLine, gitSource } from './makers/git-source.ts';
import { type HistorySource, MOST_MAKERS, type Step, walk } from './makers/walk.ts';
import { commitReason } from './reasons/reason.ts';

/** Milliseconds that one call of git may take. */
const STEP_MS = 5_000;
const MOST_CHAINS = 2_000;
const MOST_MESSAGES = 1_000;

/** The line that is asked about, and in which text. */
export type LineRequest = Omit<BlameRequest, 'range'> & { readonly line: number };

/**
 * Finds the commits behind a line: those that touched it, and those that made its logic, with the reason that their messages give. What is known of a commit
 * is kept, because nothing changes under a sha; what lines were blamed, as long as HEAD and the text stay the same.
 */
export class LineHistories {
  /** Who last changed lines; shared with others that ask about the same ones. */
  readonly blame: LineBlame;
  readonly #within: number;
  readonly #graph: GraphOf;
  readonly #sources = new Map<string, HistorySource>();
  readonly #chains = memoise<readonly Step[]>(MOST_CHAINS);
  readonly #messages = new Map<string, Commit>();
  readonly #followUps: ReturnType<typeof followUpReader>;

  /**
   * @param within milliseconds that one call of git may take: a measurement on a busy machine needs more than a person waits
   * @param graph where a commit-graph of the repository is. Default: nowhere
   */
  constructor(within: number = STEP_MS, graph: GraphOf = noGraph) {
    this.#within = within;
    this.#graph = graph;
    this.#followUps = within > STEP_MS ? followUpReader(within) : followUpReader();
    this.blame = new LineBlame(within, graph);
  }

  /**
   * Rejects with the reason of `signal`. What git could not tell is in the notices.
   * @param makers after which the way back ends
   */
  async at(history: CurrentHistory, request: LineRequest, signal?: AbortSignal, makers: number = MOST_MAKERS): Promise<LineHistory> {
    // Begun first, because after a start it reads every message.
    const following = this.#followUps(history.repository).catch(() => undefined);
    const { line, ...file } = request;
    const { repository, edges } = history;
    const blamed = await this.blame.lines(history, { ...file, range: { first: line, last: line } }, signal);
    const found = blamed.lines.find((one) => one.line === line);
    if (!found) return { commits: [], notices: blamed.notices };
    if (found.sha === '') return { commits: [], uncommitted: true, notices: blamed.notices };
    if (edges.has(found.sha)) return { commits: [], notices: [...blamed.notices, cutOff(found.sha)] };
    const start = blamedLine(found);
    const key = [repository.root, start.sha, start.path, start.line, makers, ...edges].join('\0');
    const notices = [...blamed.notices];
    const work = this.#chains(key, () => walk(this.#source(repository), start, edges, makers));
    const steps: readonly Step[] = await orAborted(work, signal).catch((error: unknown) => {
      if (signal?.aborted) throw error;
      notices.push('Git could not follow this line further back.');
      return [start];
    });
    const [messages, followUps] = await orAborted(Promise.all([this.#messagesOf(repository, steps), following]), signal);
    const commits = steps.map((step) => lineCommit(step, messages.get(step.sha), followUps?.(step.sha) ?? {}));
    if (!followUps) notices.push('Git could not tell in time which commits were reverted or fixed later.');
    if (steps.at(-1)?.touch !== undefined && edges.size > 0) notices.push(cutOff(steps.at(-1)?.sha ?? ''));
    return { commits, notices };
  }

  #source(repository: Repository): HistorySource {
    const known = this.#sources.get(repository.root);
    if (known) return known;
    const source = gitSource(repository, this.#within, this.#graph);
    this.#sources.set(repository.root, source);
    return source;
  }

  /** Messages by sha, those that are not known yet in one call. */
  async #messagesOf(repository: Repository, steps: readonly Step[]): Promise<ReadonlyMap<string, Commit>> {
    const keyOf = (sha: string): string => `${repository.root}\0${sha}`;
    const missing = steps.map(({ sha }) => sha).filter((sha) => !this.#messages.has(keyOf(sha)));
    for (const commit of await readCommits(repository, missing, { within: this.#within })) this.#messages.set(keyOf(commit.sha), commit);
    const found = new Map<string, Commit>();
    for (const { sha } of steps) {
      const commit = this.#messages.get(keyOf(sha));
      if (commit) found.set(sha, commit);
    }
    for (const oldest of this.#messages.keys()) {
      if (this.#messages.size <= MOST_MESSAGES) break;
      this.#messages.delete(oldest);
    }
    return found;
  }
}

const cutOff = (sha: string): string =>
  `History before ${sha.slice(0, 7)} is not in this shallow clone. Run "git fetch --unshallow" to see who wrote this line.`;

function lineCommit(step: Step, commit: Commit | undefined, followUps: Partial<Pick<LineCommit, 'revertedBy' | 'fixedBy'>>): LineCommit {
  const { sha, path, line, touch } = step;
  const reason = commit === undefined || touch !== undefined ? undefined : commitReason(commit);
  return {
    sha,
    subject: commit?.subject ?? step.subject,
    date: commit?.date ?? '',
    author: commit?.author ?? '',
    path,
    line,
    ...(touch === undefined ? {} : { touch }),
    ...(reason ? { reason } : {}),
    ...(touch === undefined ? followUps : {}),
  };
}
