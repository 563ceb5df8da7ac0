import type { Hit } from '../../model/answer.ts';
import { commitId } from '../../model/commit.ts';
import { type LineCommit, type LineHistory, type Touch, touchName } from '../../model/history.ts';
import { type Span, TEXT_START } from '../../model/span.ts';

/** Weight of the newest commit that made a line; older ones count less. */
const NEWEST = 1;
const OLDER = 0.6;

const short = (sha: string): string => sha.slice(0, 7);

/** How the commits after a maker touched the line: ` (moved by abc1234 since)`. */
function since(touches: readonly (LineCommit & { readonly touch: Touch })[]): string {
  const [last] = touches;
  return last === undefined ? '' : ` (${touchName(last.touch)} by ${short(last.sha)} since)`;
}

const isTouch = (commit: LineCommit): commit is LineCommit & { readonly touch: Touch } => commit.touch !== undefined;

/**
 * The commits that made the logic of a line as hits, newest first, each with the sentence of its message that says why. Those that only touched the line are
 * named in the reason of the one before.
 * @param line zero-based line in the text that was asked about
 */
export function makerHits({ commits }: Pick<LineHistory, 'commits'>, line: number): Hit[] {
  const codeSpan: Span = { start: { line, character: 0 }, end: { line: line + 1, character: 0 } };
  const hits: Hit[] = [];
  let touches: (LineCommit & { readonly touch: Touch })[] = [];
  for (const commit of commits) {
    if (isTouch(commit)) {
      touches.push(commit);
      continue;
    }
    const { sha, subject, date, reason, revertedBy } = commit;
    const weight = hits.length === 0 ? NEWEST : OLDER;
    const made = hits.length === 0 ? `made line ${line + 1}` : `made line ${line + 1} before that`;
    const reverted = revertedBy ? `; reverted by ${short(revertedBy.sha)}` : '';
    hits.push({
      id: commitId(sha),
      kind: 'commit',
      sha,
      title: subject === '' ? '(no message)' : subject,
      ...(date === '' ? {} : { date }),
      score: weight,
      snippet: reason?.sentence ?? '',
      highlights: [],
      span: reason?.span ?? { start: TEXT_START, end: { line: 0, character: subject.length } },
      evidence: [{ kind: 'explained-by', weight, sha, codeSpan, explanation: `${made}${since(touches)}${reverted}` }],
      supersededBy: [],
      ...(reason ? { reason: reason.sentence } : {}),
    });
    touches = [];
  }
  return hits;
}
