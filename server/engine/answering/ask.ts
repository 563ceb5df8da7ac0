import { type AnswerSpace, answerQuestion } from '../../answering/index.ts';
import type { IndexPosition } from '../../model/answer.ts';
import { type AskAnswer, type AskRequest, MOST_SPANS } from '../../model/ask.ts';
import type { DocumentIndex } from '../../retrieval/document-index.ts';
import type { WorkspaceFiles } from '../../workspace/files.ts';
import type { LightView } from '../view.ts';
import type { ReadPast } from './past.ts';

/** Limit on the bytes of a file that lines are cited from. */
const LONGEST_FILE = 4_000_000;

/** What answering needs besides the index. */
export interface Asking {
  readonly files: Pick<WorkspaceFiles, 'read'>;
  readonly index: () => Promise<IndexPosition>;
  readonly past: ReadPast;
  /** Reads a file as it is in a commit. */
  readonly readAt: (sha: string, path: string) => Promise<string | undefined>;
}

const countOf = ({
  documentIndex,
  commits,
}: {
  readonly documentIndex: DocumentIndex;
  readonly commits: number;
}): AskAnswer['searched'] => {
  const of = (kind: 'decision' | 'specification' | 'guide'): number => documentIndex.documents([kind]).length;
  return { records: of('decision'), specifications: of('specification'), guides: of('guide'), commits };
};

const NOTHING_SEARCHED = { records: 0, specifications: 0, guides: 0, commits: 0 };

/** Answers a question from one view of the index, or from what was recorded at a commit. */
export async function askView(view: LightView | undefined, request: AskRequest, asking: Asking): Promise<AskAnswer> {
  const { question, at, limit = MOST_SPANS, signal } = request;
  const { files, past, readAt } = asking;
  const index = await asking.index();
  if (!view) {
    const notes = ['There is no index yet: nothing was searched.'];
    return { question, verdict: 'not-recorded', spans: [], replaced: [], searched: NOTHING_SEARCHED, index, notes };
  }
  const then = at === undefined ? undefined : await past(at, view);
  signal?.throwIfAborted();
  const { store, log, embedder } = view;
  const { documentIndex, register } = then ?? view;
  const space: AnswerSpace = {
    documentIndex,
    store,
    facts: log.facts,
    successors: register.successors,
    register,
    ...(then ? { only: then.commits } : {}),
    embed: (texts, purpose) => embedder.embed(texts, { purpose, ...(signal ? { signal } : {}) }),
    read: async (path) => (then ? readAt(then.sha, path) : ((await files.read(path, LONGEST_FILE)) ?? undefined)),
  };
  const answered = await answerQuestion(space, question, Math.max(1, Math.min(MOST_SPANS, Math.floor(limit))), signal);
  const { total } = log.facts;
  const indexed = then ? Math.min(then.commits.size, total) : total;
  return { question, ...answered, searched: countOf({ documentIndex, commits: indexed }), index, ...(then ? { at: then.sha } : {}) };
}
