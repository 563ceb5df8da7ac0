import { type Repository, readLog } from '../git/index.ts';
import type { Commit } from '../model/commit.ts';
import type { LineCommit, LineHistory } from '../model/history.ts';
import { memoise } from '../text/memoise.ts';
import { orAborted } from '../text/or-aborted.ts';
import type { CurrentHistory } from './current.ts';
import { followUpReader } from './follow-ups.ts';
import { type BlameRequest, LineBlame } from './line-blame.ts';
import { blamedLine, gitSource } from './makers/git-source.ts';
import { type HistorySource, type Step, walk } from './makers/walk.ts';
import { commitReason } from './reasons/reason.ts';

/** Milliseconds that one call of git may take on the way back. */
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
  readonly blame = new LineBlame();
  readonly #sources = new Map<string, HistorySource>();
  readonly #chains = memoise<readonly Step[]>(MOST_CHAINS);
  readonly #messages = memoise<Commit | undefined>(MOST_MESSAGES);
  readonly #followUps = followUpReader();

  /** Rejects with the reason of `signal`. What git could not tell is in the notices. */
  async at(history: CurrentHistory, { line, ...request }: LineRequest, signal?: AbortSignal): Promise<LineHistory> {
    const { repository, edges } = history;
    const blamed = await this.blame.lines(history, { ...request, range: { first: line, last: line } }, signal);
    const found = blamed.lines.find((one) => one.line === line);
    if (!found) return { commits: [], notices: blamed.notices };
    if (found.sha === '') return { commits: [], uncommitted: true, notices: blamed.notices };
    if (edges.has(found.sha)) return { commits: [], notices: [...blamed.notices, cutOff(found.sha)] };
    const start = blamedLine(found);
    const key = [repository.root, start.sha, start.path, start.line, ...edges].join('\0');
    const notices = [...blamed.notices];
    const work = this.#chains(key, () => walk(this.#source(repository), start, edges));
    const steps: readonly Step[] = await orAborted(work, signal).catch((error: unknown) => {
      if (signal?.aborted) throw error;
      notices.push('Git could not follow this line further back.');
      return [start];
    });
    const [messages, followUps] = await orAborted(Promise.all([this.#messagesOf(repository, steps), this.#followUps(repository)]), signal);
    const commits = steps.map((step, index) => lineCommit(step, messages[index], followUps(step.sha)));
    if (steps.at(-1)?.touch !== undefined && edges.size > 0) notices.push(cutOff(steps.at(-1)?.sha ?? ''));
    return { commits, notices };
  }

  #source(repository: Repository): HistorySource {
    const known = this.#sources.get(repository.root);
    if (known) return known;
    const source = gitSource(repository, STEP_MS);
    this.#sources.set(repository.root, source);
    return source;
  }

  #messagesOf(repository: Repository, steps: readonly Step[]): Promise<readonly (Commit | undefined)[]> {
    return Promise.all(steps.map(({ sha }) => this.#messages(`${repository.root}\0${sha}`, () => commitOf(repository, sha))));
  }
}

const cutOff = (sha: string): string =>
  `History before ${sha.slice(0, 7)} is not in this shallow clone. Run "git fetch --unshallow" to see who wrote this line.`;

async function commitOf(repository: Repository, sha: string): Promise<Commit | undefined> {
  for await (const [commit] of readLog(repository, { commits: [sha] })) if (commit) return commit;
  return undefined;
}

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
