import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openStatic } from '../server/embedding/static.ts';
import { type CommitStatistics, type CommitWords, commitWords, joinCommitWords, rankCommits } from '../server/retrieval/rank-commits.ts';
import { dot } from '../server/retrieval/vectors.ts';
import { countWords, wordsOf } from '../server/retrieval/words.ts';
import { readState } from '../server/store/state.ts';
import { openStore } from '../server/store/store.ts';
import { groupBy } from '../server/text/group-by.ts';
import { interval, mean } from './intervals.ts';
import { type Checkout, checkout, lines, openIndexed } from './repositories.ts';

/**
 * Which commit did this: 60 questions to the commits of six repositories that are in no other benchmark, written by somebody who saw what the commit changed and
 * not its message. nDCG@10 and how often the right commit is first, through the engine, and ranked over all commits by the message alone, with the changed
 * paths, and with the changed lines. Half of the questions are for choosing, half for the report. `--questions` gives another file of questions.
 */

const { values } = parseArgs({ options: { questions: { type: 'string' } }, allowPositionals: true });

interface Question {
  readonly part?: string;
  readonly repo: string;
  readonly sha: string;
  readonly text: string;
  readonly commit?: string;
}

const DEPTH = 10;
const FIELDS: Readonly<Record<string, (words: CommitWords) => CommitWords>> = {
  message: ({ message }) => ({ message, paths: [], changed: [] }),
  'message, paths': ({ message, paths }) => ({ message, paths, changed: [] }),
  'message, paths, lines': (words) => words,
};

interface Row {
  readonly id: string;
  readonly sha: string;
  readonly title: string;
  readonly words: CommitWords;
  readonly vector: Float32Array;
}

const embedder = openStatic();

async function rowsOf({ indexFolder }: Checkout): Promise<readonly Row[]> {
  const found = await readState(indexFolder);
  const database = found.status === 'present' ? found.state.database : undefined;
  const store = await openStore(indexFolder, {
    fingerprint: embedder.fingerprint,
    dimensions: embedder.dimensions,
    ...(database === undefined ? {} : { database }),
  });
  const rows = await store.allRows(['commit'], ['documentId', 'sha', 'title', 'words', 'vector']);
  await store.close();
  return rows.map(({ documentId, sha, title, words, vector }) => ({ id: documentId, sha, title, words: commitWords(words), vector }));
}

function statisticsOf(commits: readonly CommitWords[]): CommitStatistics {
  const total = commits.length;
  const frequency = countWords(commits.flatMap(({ message, paths, changed }) => [...new Set([...message, ...paths, ...changed])]));
  const average = (of: (words: CommitWords) => number): number => mean(commits.map(of));
  return {
    total,
    averageLength: average(({ message, paths }) => message.length + 0.3 * paths.length),
    averageChanged: average(({ changed }) => changed.length),
    frequency: (word) => frequency.get(word) ?? 0,
  };
}

const ranks = new Map<string, (number | undefined)[]>();
const note = (way: string, part: string, rank: number): void => {
  const key = `${part.padEnd(10)} ${way}`;
  ranks.set(key, [...(ranks.get(key) ?? []), rank < 0 ? undefined : rank]);
};

const questions = lines<Question>(values.questions ?? join(import.meta.dirname, 'judgements/commit-questions.jsonl'));
for (const [repo, asked] of groupBy(
  questions.filter(({ commit }) => commit !== undefined),
  (question) => question.repo,
)) {
  const tree = checkout(repo, asked[0]?.sha);
  if (!tree) {
    console.error(`No clone of ${repo} in LINTEL_MIRROR: its questions are left out.`);
    continue;
  }
  const engine = await openIndexed(tree);
  for (const { part = 'all', text, commit } of asked) {
    const { hits } = await engine.search({ text, filter: { kinds: ['commit'] }, limit: DEPTH });
    note(
      'engine',
      part,
      hits.findIndex(({ sha }) => sha === commit),
    );
  }
  await engine.dispose();
  const rows = await rowsOf(tree);
  const vectors = await embedder.embed(
    asked.map(({ text }) => text),
    { purpose: 'query' },
  );
  for (const [way, fields] of Object.entries(FIELDS)) {
    const commits = rows.map((row) => fields(row.words));
    const statistics = statisticsOf(commits);
    const candidates = rows.map((row, at) => ({ ...row, words: joinCommitWords(commits[at] as CommitWords) }));
    for (const [at, { part = 'all', text, commit }] of asked.entries()) {
      const vector = vectors[at] as Float32Array;
      const query = { text, words: countWords(wordsOf(text)), vector };
      const ranked = rankCommits(query, candidates, statistics, (other) => dot(other, vector)).slice(0, DEPTH);
      note(
        way,
        part,
        ranked.findIndex(({ candidate }) => candidate.sha === commit),
      );
    }
  }
}
for (const [name, found] of [...ranks].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const gains = found.map((rank) => (rank === undefined ? 0 : 1 / Math.log2(rank + 2)));
  const [low, high] = interval(gains);
  const first = found.filter((rank) => rank === 0).length / found.length;
  console.log(
    `${name.padEnd(34)} n ${found.length}  nDCG@10 ${mean(gains).toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]  first ${first.toFixed(3)}`,
  );
}
