import { join } from 'node:path';
import { groupBy } from '../server/text/group-by.ts';
import { interval, macroMean, mean } from './intervals.ts';
import { checkout, lines, openIndexed } from './repositories.ts';

/**
 * Questions of our own to repositories that are in no benchmark, through the real engine: 231 to records, 147 to commits, each with the one document
 * that answers it. Language models wrote them, who saw the first 3,500 characters of a record or the message of a commit and were to avoid its words.
 * Clones are read from `LINTEL_MIRROR` (docs/ranking.md).
 */

interface Question {
  readonly repo: string;
  readonly sha: string;
  readonly text: string;
  /** The record that answers it. */
  readonly path?: string;
  /** Or the commit. */
  readonly commit?: string;
}

const DEPTH = 10;

const questions = lines<Question>(join(import.meta.dirname, 'judgements/questions.jsonl'));
const scores: { readonly kind: 'record' | 'commit'; readonly repo: string; readonly ndcg: number }[] = [];
for (const [repo, asked] of groupBy(questions, (question) => question.repo)) {
  const tree = checkout(repo, asked[0]?.sha);
  if (!tree) {
    console.error(`No clone of ${repo} in LINTEL_MIRROR: its questions are left out.`);
    continue;
  }
  const engine = await openIndexed(tree);
  for (const { text, path, commit } of asked) {
    const { hits } = await engine.search({ text, filter: { kinds: [path === undefined ? 'commit' : 'decision'] }, limit: DEPTH });
    const rank = hits.findIndex((hit) => (path === undefined ? hit.sha === commit : hit.path === path));
    scores.push({ kind: path === undefined ? 'commit' : 'record', repo, ndcg: rank < 0 ? 0 : 1 / Math.log2(rank + 2) });
  }
  await engine.dispose();
}
for (const kind of ['record', 'commit'] as const) {
  const mine = scores.filter((score) => score.kind === kind);
  const all = mine.map(({ ndcg }) => ndcg);
  const [low, high] = interval(all);
  const macro = macroMean(
    mine.map(({ repo }) => repo),
    all,
  );
  console.log(
    `${kind.padEnd(8)} n ${mine.length}  nDCG@10 ${mean(all).toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]  macro ${macro.toFixed(3)}`,
  );
}
