import { type AnswerSpace, answerQuestion } from '../../answering/index.ts';
import type { IndexPosition } from '../../model/answer.ts';
import { type AskAnswer, type AskRequest, MOST_SPANS } from '../../model/ask.ts';
import type { WorkspaceFiles } from '../../workspace/files.ts';
import type { LightView } from '../view.ts';

/** Limit on the bytes of a file that lines are cited from. */
const LONGEST_FILE = 4_000_000;

/** What answering needs besides the index. */
export interface Asking {
  readonly files: Pick<WorkspaceFiles, 'read'>;
  readonly index: () => Promise<IndexPosition>;
}

const countOf = (view: LightView | undefined): AskAnswer['searched'] => {
  const of = (kind: 'decision' | 'specification' | 'guide'): number => view?.documentIndex.documents([kind]).length ?? 0;
  return { records: of('decision'), specifications: of('specification'), guides: of('guide'), commits: view?.log.facts.total ?? 0 };
};

/** Answers a question from one view of the index. */
export async function askView(view: LightView | undefined, request: AskRequest, { files, index }: Asking): Promise<AskAnswer> {
  const { question, limit = MOST_SPANS, signal } = request;
  const known = { question, searched: countOf(view), index: await index() };
  if (!view) return { ...known, verdict: 'not-recorded', spans: [], replaced: [], notes: ['There is no index yet: nothing was searched.'] };
  const { documentIndex, store, log, register, embedder } = view;
  const space: AnswerSpace = {
    documentIndex,
    store,
    facts: log.facts,
    successors: register.successors,
    register,
    embed: (texts, purpose) => embedder.embed(texts, { purpose, ...(signal ? { signal } : {}) }),
    read: async (path) => (await files.read(path, LONGEST_FILE)) ?? undefined,
  };
  return { ...known, ...(await answerQuestion(space, question, Math.max(1, Math.min(MOST_SPANS, Math.floor(limit))), signal)) };
}
