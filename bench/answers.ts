import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { getEncoding } from 'js-tiktoken';
import { answerTool } from '../server/engine/tools/answer.ts';
import { shortId } from '../server/engine/tools/items.ts';
import type { AskAnswer } from '../server/model/ask.ts';
import { groupBy } from '../server/text/group-by.ts';
import { checkout, fail, lines, openIndexed } from './repositories.ts';

/**
 * `npm run bench -- answers [--split dev|holdout] [--out RUN.jsonl] [--own]`: questions to real repositories, through the real engine. Reads the
 * questions of the benchmark folder `LINTEL_BENCH` (default `../shared/bench`) or, with `--own`, those of `judgements/answers.jsonl`, checks each repository
 * of `LINTEL_MIRROR` out at their commit, and prints what the benchmark's own `score.mjs` says of the answers; "never abstaining" counts
 * the closest lines where the verdict is that nothing is recorded. "By MCP" is what an agent gets that asks the tool `ask` once: its tokens (o200k) are those of the
 * call and of the answer as text, and its lines are read out of that text.
 */

interface Question {
  readonly id: string;
  readonly repo: string;
  readonly sha: string;
  readonly answerable: boolean;
  readonly nearMiss?: boolean;
  readonly question: string;
}

const { values } = parseArgs({
  options: {
    split: { type: 'string', default: 'dev' },
    out: { type: 'string' },
    repo: { type: 'string' },
    own: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});

const folder = resolve(process.env.LINTEL_BENCH ?? '../shared/bench', 'answers');
if (!existsSync(join(folder, 'score.mjs')))
  fail(`There is no benchmark in ${folder}. Set LINTEL_BENCH to the folder that holds "answers".`);
const own = join(import.meta.dirname, 'judgements/answers.jsonl');
const inFolder = join(folder, values.split, `${values.split}.jsonl`);
const gold = values.own ? own : existsSync(inFolder) ? inFolder : join(folder, `${values.split}.jsonl`);
const questions = lines<Question>(gold).filter(({ repo }) => values.repo === undefined || repo === values.repo);
const home = join(tmpdir(), 'answering-idx');

const sentencesOf = ({ spans }: AskAnswer) =>
  spans.map(({ text, path, sha, startLine, endLine }) => ({
    text,
    citations: [{ ...(path === undefined ? { sha } : { path }), startLine, endLine, quote: text }],
  }));

/** Tokens as models count them, about: four characters each. */
const tokensOf = (answer: AskAnswer): number => Math.ceil(JSON.stringify(answer).length / 4);
const median = (figures: readonly number[]): number => [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0;

interface Line {
  readonly id: string;
  readonly abstained: boolean;
  readonly sentences: ReturnType<typeof sentencesOf>;
}

const encoding = getEncoding('o200k_base');

/** A span as the tool gives it. */
interface ToolSpan {
  readonly id: string;
  readonly lines: string;
  readonly text: string;
}

/** What an agent reads that asks the tool once, and what it costs. */
async function askByTool(
  engine: Parameters<typeof answerTool>[0],
  question: string,
): Promise<{ readonly tokens: number; readonly spans: readonly ToolSpan[] }> {
  const call = { name: 'ask', arguments: { question } };
  const text = JSON.stringify(await answerTool(engine, call));
  const { spans = [], closest = [] } = JSON.parse(text) as { readonly spans?: readonly ToolSpan[]; readonly closest?: readonly ToolSpan[] };
  return { tokens: encoding.encode(JSON.stringify(call)).length + encoding.encode(text).length, spans: spans.length > 0 ? spans : closest };
}

/** A line of a run from what the tool gave. Ids of commits are short there, and the scorer wants whole ones. */
const lineOf = (id: string, spans: readonly ToolSpan[], shas: ReadonlyMap<string, string>): Line => ({
  id,
  abstained: false,
  sentences: spans.map(({ id: document, lines: written, text }) => {
    const [startLine = 0, endLine = startLine] = written.split('-').map(Number);
    const sha = shas.get(document);
    return { text, citations: [{ ...(sha === undefined ? { path: document } : { sha }), startLine, endLine, quote: text }] };
  }),
});

const byTool: Line[] = [];
const toolTokens: number[] = [];
const always: Line[] = [];
const judged: Line[] = [];
const tokens: number[] = [];
const times: number[] = [];
let nearMisses = 0;
let refused = 0;
for (const [repo, asked] of groupBy(questions, (question) => question.repo)) {
  const tree = checkout(repo, asked[0]?.sha);
  if (!tree) {
    console.error(`No clone of ${repo} in LINTEL_MIRROR: its questions count as not answered.`);
    continue;
  }
  const engine = await openIndexed({ ...tree, indexFolder: join(home, repo.replace('/', '+')) });
  for (const { id, question, nearMiss } of asked) {
    const started = performance.now();
    const answer = await engine.ask({ question });
    times.push(performance.now() - started);
    const abstained = answer.verdict === 'not-recorded';
    const sentences = sentencesOf(answer);
    judged.push({ id, abstained, sentences: abstained ? [] : sentences });
    tokens.push(tokensOf(answer));
    const asked = await askByTool(engine, question);
    toolTokens.push(asked.tokens);
    const commits = [...answer.spans, ...(answer.closest ?? [])].flatMap(({ kind, sha, documentId }) =>
      kind === 'commit' && sha !== undefined ? [[shortId(documentId), sha] as const] : [],
    );
    byTool.push(lineOf(id, asked.spans, new Map(commits)));
    if (nearMiss) {
      nearMisses += 1;
      if (abstained) refused += 1;
    }
    const closest = abstained ? sentencesOf({ ...answer, spans: answer.closest ?? [] }) : sentences;
    always.push({ id, abstained: false, sentences: closest });
  }
  await engine.dispose();
}

const out = resolve(values.out ?? join(home, 'run.jsonl'));
mkdirSync(dirname(out), { recursive: true });
const write = (file: string, run: readonly Line[]): void => writeFileSync(file, `${run.map((line) => JSON.stringify(line)).join('\n')}\n`);
write(out, judged);
write(`${out}.always`, always);
write(`${out}.tool`, byTool);

interface Summary {
  readonly answerable: number;
  readonly answerF1: number;
  readonly factRecall: number;
  readonly citationPrecision: number;
  readonly supersededCited: number;
  readonly supersededN: number;
  readonly abstainF1: number;
  readonly linesPerCitation: number;
  readonly multiRecord: { readonly f1: number };
}

/** What the scorer of the benchmark says of a run. */
function scored(run: string): Summary {
  const score = spawnSync(process.execPath, [join(folder, 'score.mjs'), run, '--gold', gold, '--json'], { encoding: 'utf8' });
  if (score.status !== 0) fail(score.stderr);
  return (JSON.parse(score.stdout) as { gold: Summary }).gold;
}

const plain = scored(`${out}.always`);
const careful = scored(out);
const tool = scored(`${out}.tool`);
const row = (name: string, floor: string, target: string, value: string): string =>
  `${name.padEnd(54)} ${floor.padStart(6)} ${target.padStart(8)}   ${value}`;
const three = (value: number): string => value.toFixed(3);
console.log(
  [
    `${gold}: ${plain.answerable} answerable of ${questions.length}`,
    row('', 'floor', 'target', 'measured'),
    row('answer F1, never abstaining', '.208', '>= .55', three(plain.answerF1)),
    row('answer F1, with abstention', '.175', '>= .52', three(careful.answerF1)),
    row('fact recall, never abstaining', '.333', '>= .65', three(plain.factRecall)),
    row('citation precision, never abstaining', '.165', '>= .55', three(plain.citationPrecision)),
    row(`superseded record cited (of ${plain.supersededN})`, '.545', '<= .05', three(plain.supersededCited)),
    row('abstention F1', '.381', '>= .70', three(careful.abstainF1)),
    row(`near misses refused (of ${nearMisses})`, '4', '>= 10', String(refused)),
    row('tokens of an answer as JSON, median', '', '', String(median(tokens))),
    row('tokens of a question by MCP, median', '', '<= 1500', String(median(toolTokens))),
    row('fact recall by MCP, one call', '', '>= .65', three(tool.factRecall)),
    row('lines of a citation', '', '', plain.linesPerCitation.toFixed(1)),
    row('multi-record F1, never abstaining', '', '', three(plain.multiRecord.f1)),
    row('milliseconds of a question, median', '', '', median(times).toFixed(0)),
    '',
  ].join('\n'),
);
spawnSync(process.execPath, [join(folder, 'score.mjs'), `${out}.always`, '--gold', gold, '--by', 'type'], { stdio: 'inherit' });
spawnSync(process.execPath, [join(folder, 'score.mjs'), out, '--gold', gold], { stdio: 'inherit' });
