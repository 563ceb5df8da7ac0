import type { WhyAnswers } from '../../decisions/index.ts';
import type { Place, WhyAnswer } from '../../model/answer.ts';
import type { Requests } from '../requests.ts';
import type { View } from '../view.ts';
import { type ReadPast, viewAt } from './past.ts';

/** What asking about a commit needs besides the index. */
interface AskingWhy {
  readonly why: WhyAnswers;
  readonly past: ReadPast;
  /** Reads a file as it is in a commit. */
  readonly readAt: (sha: string, path: string) => Promise<string | undefined>;
  readonly fileAt: Requests['fileAt'];
}

/** What of the place is not in the commit, as sentences. */
const missing = (path: string, text: string | undefined, lines: number, line: number | undefined, sha: string): readonly string[] => {
  if (text === undefined) return [`${path} is not in commit ${sha}.`];
  return line !== undefined && line >= lines ? [`${path} has no line ${line + 1} in commit ${sha}.`] : [];
};

/** Says what governed a place at a commit: its file and the records as they were, and the history up to it. Rejects with `unknown-commit`. */
export async function whyAt(
  view: View,
  { at, path: written, text: _, asOf: __, ...place }: Place & { readonly at: string },
  { why, past, readAt, fileAt }: AskingWhy,
  signal?: AbortSignal,
): Promise<Omit<WhyAnswer, 'index'>> {
  const then = await past(at, view);
  const { path } = await fileAt({ path: written, text: '' });
  const text = await readAt(then.sha, path);
  const file = await fileAt({ path, text: text ?? '' });
  signal?.throwIfAborted();
  const { notices = [], ...answer } = await why.answer(await viewAt(view, then), { ...place, path }, file, signal);
  const all = [...missing(path, text, file.textLines.length, place.line, then.sha.slice(0, 12)), ...notices];
  return { ...answer, ...(all.length > 0 ? { notices: all } : {}), at: then.sha };
}
