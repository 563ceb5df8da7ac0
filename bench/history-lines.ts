import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { blameLines, openRepository, type Repository } from '../server/git/index.ts';
import { LineHistories } from '../server/history/line-history.ts';
import { type LineCommit, makerOf } from '../server/model/history.ts';
import { fail, lines } from './repositories.ts';

/**
 * What a hover shows of the history of lines, against lines that were judged by reading, in bare clones `owner+name/repo` in `LINTEL_MIRROR`. Without `--draw`:
 * the figures for `judgements/history-lines.jsonl`, whose commits and sentences were looked up. With `--draw OWNER/NAME,... --out FILE --sheet FILE`: draws random
 * lines, and writes them for judging with the messages of their commits and what is shown.
 */

const { values } = parseArgs({
  options: {
    draw: { type: 'string' },
    lines: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
    sheet: { type: 'string' },
    suspect: { type: 'boolean', default: false },
    misses: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});

interface DrawnLine {
  readonly repo: string;
  readonly head: string;
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

/** A line whose maker and reason were looked up. */
interface GoldLine extends DrawnLine {
  /** Beginnings of the shas that made its logic, the best first. */
  readonly gold: readonly string[];
  /** Beginnings of the sentences that say why; none where the message does not say. */
  readonly reasons: readonly string[];
}

const mirror = process.env.LINTEL_MIRROR;
if (!mirror || !existsSync(mirror)) fail('Set LINTEL_MIRROR to the folder that holds the bare clones (owner+name/repo).');
const cloneOf = (repo: string): string => join(mirror, repo.replace('/', '+'), 'repo');
const git = (repo: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-C', cloneOf(repo), ...args], { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });

/** What is measured is what is found, not how fast: other processes may keep the machine busy. */
const LIMIT_MS = 600_000;
const histories = new LineHistories(LIMIT_MS);
const opened = new Map<string, Repository | undefined>();
async function commitsOf({ repo, head, path, line }: DrawnLine, makers?: number): Promise<readonly LineCommit[] | undefined> {
  if (!opened.has(repo)) opened.set(repo, existsSync(cloneOf(repo)) ? await openRepository(cloneOf(repo)) : undefined);
  const repository = opened.get(repo);
  if (!repository) return undefined;
  const history = { repository: { ...repository, head }, edges: new Set<string>() };
  return (await histories.at(history, { path, text: '', unsaved: false, line: line - 1 }, undefined, makers)).commits;
}

const share = (part: number, whole: number): string => (whole === 0 ? '-' : ((100 * part) / whole).toFixed(1));

async function reportGold(): Promise<void> {
  const golden = lines<GoldLine>('bench/judgements/history-lines.jsonl');
  let read = 0;
  let commit = 0;
  let mechanical = 0;
  let mechanicalRight = 0;
  let sentence = 0;
  let withReason = 0;
  let shown = 0;
  let helpful = 0;
  let noise = 0;
  for (const item of golden) {
    const commits = await commitsOf(item, 1);
    if (!commits) continue;
    read++;
    const maker = makerOf({ commits });
    const isRight = item.gold.some((sha) => maker?.sha.startsWith(sha));
    const isMechanical = !item.gold.some((sha) => commits[0]?.sha.startsWith(sha));
    const said = maker?.reason?.sentence;
    const saysWhy = said !== undefined && item.reasons.some((start) => said.startsWith(start));
    if (isRight) commit++;
    if (isMechanical) mechanical++;
    if (isMechanical && isRight) mechanicalRight++;
    if (item.reasons.length > 0) withReason++;
    if (saysWhy) sentence++;
    if (said !== undefined) shown++;
    if (saysWhy && isRight) helpful++;
    if (said !== undefined && !(saysWhy && isRight)) noise++;
    if (values.misses && (!isRight || (said !== undefined) !== item.reasons.length > 0 || (said !== undefined && !saysWhy)))
      console.log(
        [
          isRight ? 'commit ok' : 'COMMIT',
          item.repo,
          `${item.path}:${item.line}`,
          maker?.sha.slice(0, 10),
          said,
          '<>',
          item.gold[0],
          item.reasons[0],
        ].join(' | '),
      );
  }
  console.log(`${read} lines whose maker and reason were looked up, per cent`);
  console.log(
    `commit right ${share(commit, read)}; of ${mechanical} lines that were only touched since ${share(mechanicalRight, mechanical)}`,
  );
  console.log(
    `sentence right ${share(sentence, withReason)} of ${withReason}; shown and right ${share(helpful, shown)} of ${shown}; noise per line ${share(noise, read)}`,
  );
}

const CODE = /\.(?:c|h|cc|cpp|hpp|go|rs|py|rb|ts|tsx|js|jsx|java|kt|cs|php|hs|sh|pl|tcl|scala|swift|lua|ex|exs|sql|vue|svelte)$/;
const UNWRITTEN =
  /(?:^|\/)(?:vendor|vendored|third_party|node_modules|deps|dist|fixtures?|testdata|locales?|generated)\/|\.min\.|\.pb\.|_pb2?\./;

/** A generator of numbers in [0, 1), equal for equal seeds. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function sheetOf(item: DrawnLine, text: readonly string[], commits: readonly LineCommit[], plain: string): string {
  const around = text.slice(Math.max(0, item.line - 4), item.line + 3);
  const shas = new Set([plain, ...commits.map(({ sha }) => sha)]);
  const messages = [...shas].map((sha) => {
    const found = commits.find((commit) => commit.sha === sha);
    const state = found ? (found.touch ?? 'MADE') : 'plain blame';
    const files = git(item.repo, 'show', '--format=', '--shortstat', '-m', '--first-parent', sha).trim();
    const message = git(item.repo, 'log', '-1', '--format=%B', sha).trim().slice(0, 1_400);
    return `[${state}] ${sha.slice(0, 10)} (${files})\n${message.replace(/^/gm, '    ')}`;
  });
  const maker = makerOf({ commits });
  const shown = maker?.reason ? `SHOWN ${maker.sha.slice(0, 10)}: ${maker.reason.sentence}` : 'QUIET';
  return [
    `${item.repo} ${item.path}:${item.line}`,
    `> ${text[item.line - 1]}`,
    ...around.map((row) => `    | ${row.slice(0, 140)}`),
    ...messages,
    shown,
  ].join('\n');
}

async function draw(repo: string, next: () => number): Promise<void> {
  const head = git(repo, 'rev-parse', 'HEAD').trim();
  const files = git(repo, 'ls-tree', '-r', '--name-only', '-z', head)
    .split('\0')
    .filter((path) => CODE.test(path) && !UNWRITTEN.test(path));
  let wanted = Number(values.lines);
  for (let tries = 0; wanted > 0 && tries < 2_000; tries++) {
    const path = files[Math.floor(next() * files.length)];
    if (path === undefined) return;
    const text = git(repo, 'show', `${head}:${path}`).split('\n');
    const line = 1 + Math.floor(next() * text.length);
    if ((text[line - 1]?.replace(/[^\p{L}]/gu, '').length ?? 0) < 6 || text.length > 5_000) continue;
    const item = { repo, head, path, line };
    const commits = (await commitsOf(item)) ?? [];
    const repository = opened.get(repo);
    const [blamed] = repository ? await blameLines({ ...repository, head }, path, { first: line - 1, last: line - 1 }) : [];
    if (commits.length === 0 || !blamed) continue;
    const maker = makerOf({ commits });
    if (values.suspect && commits[0] === maker && blamed.sha === maker?.sha && next() < 0.7) continue;
    wanted--;
    const shown = maker?.reason ? { sha: maker.sha, sentence: maker.reason.sentence } : null;
    if (values.out) appendFileSync(values.out, `${JSON.stringify({ ...item, shown })}\n`);
    if (values.sheet) appendFileSync(values.sheet, `${sheetOf(item, text, commits, blamed.sha)}\n\n`);
  }
}

if (values.draw === undefined) {
  await reportGold();
} else {
  if (!values.out || !values.sheet)
    fail('Usage: npm run bench -- history-lines --draw OWNER/NAME,... --out FILE --sheet FILE [--lines N] [--seed S]');
  for (const file of [values.out, values.sheet]) writeFileSync(file, existsSync(file) ? readFileSync(file) : '');
  const next = random(Number(values.seed));
  for (const repo of values.draw.split(',')) await draw(repo, next);
}
