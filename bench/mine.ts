import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openRepository } from '../server/git/index.ts';
import { mineDecisions } from '../server/history/mining/mine.ts';
import { fail, lines } from './repositories.ts';

/**
 * `npm run bench -- mine`: of the first ten topics that `lintel decisions mine` lists in each repository of `judgements/mined.jsonl`, how many were judged worth
 * a record by reading. Needs bare clones `owner+name/repo` in `LINTEL_MIRROR`; what was not judged is listed.
 */

interface Judged {
  readonly repo: string;
  readonly sha: string;
  readonly verdict: 'worth' | 'no';
}

const TOPICS = 10;
const mirror = process.env.LINTEL_MIRROR;
if (!mirror || !existsSync(mirror)) fail('Set LINTEL_MIRROR to the folder that holds the bare clones (owner+name/repo).');

const judged = lines<Judged>('bench/judgements/mined.jsonl');
let worth = 0;
let read = 0;
for (const repo of new Set(judged.map((one) => one.repo))) {
  const clone = join(mirror, repo.replace('/', '+'), 'repo');
  const repository = existsSync(clone) ? await openRepository(clone) : undefined;
  if (!repository) {
    console.error(`No clone in LINTEL_MIRROR of ${repo}.`);
    continue;
  }
  const { topics } = await mineDecisions(repository, { limit: TOPICS });
  const verdicts = topics.map(({ commits }) => judged.find((one) => one.repo === repo && commits[0]?.sha.startsWith(one.sha)));
  const known = verdicts.filter((verdict) => verdict !== undefined);
  const right = known.filter(({ verdict }) => verdict === 'worth').length;
  worth += right;
  read += known.length;
  console.log(`${repo.padEnd(32)} ${right} of ${known.length} worth a record`);
  topics.forEach(({ commits: [first] }, index) => {
    if (!verdicts[index]) console.log(`  not judged: ${first?.sha.slice(0, 12)} ${first?.subject}`);
  });
}
console.log(`all: ${worth} of ${read} (${((100 * worth) / Math.max(1, read)).toFixed(0)} %)`);
