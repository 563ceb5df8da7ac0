import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Features, featuresOf } from '../server/history/reasons/features.ts';
import { sentencesOf } from '../server/history/reasons/sentences.ts';
import { fail, lines } from './repositories.ts';

/**
 * Fits the weights by which a sentence of a commit message counts as a reason: logistic regression on `judgements/reasons.jsonl`, whose messages are read from
 * bare clones in `LINTEL_MIRROR`. Prints how well each sixth of the repositories is judged by weights of the others, for several thresholds; with `--write`, writes the weights.
 */

const { values } = parseArgs({ options: { write: { type: 'string' } }, allowPositionals: true });

/** A judged message: the beginnings of the sentences that say why, best first. */
interface Judged {
  readonly repo: string;
  readonly sha: string;
  readonly reasons: readonly string[];
}

interface Message {
  readonly repo: string;
  readonly features: readonly Features[];
  readonly right: ReadonlySet<number>;
}

const ROUNDS = 1_500;
const PENALTY = 1.5;
/** Parts of the repositories; each is judged by weights of the others. */
const FOLDS = 6;
const MOST_SENTENCES = 25;
const WEIGHTS_FILE = 'server/history/reasons/weights.ts';

const mirror = process.env.LINTEL_MIRROR;
if (!mirror || !existsSync(mirror)) fail('Set LINTEL_MIRROR to the folder that holds the bare clones (owner+name/repo).');

function read({ repo, sha, reasons }: Judged): Message[] {
  const clone = join(mirror ?? '', repo.replace('/', '+'), 'repo');
  if (!existsSync(clone)) return [];
  const text = execFileSync('git', ['-C', clone, 'log', '-1', '--format=%B', sha], { encoding: 'utf8' }).trim();
  const sentences = sentencesOf(text).slice(0, MOST_SENTENCES);
  const [subject] = sentences;
  if (!subject) return [];
  const right = new Set(
    reasons.map((start) => sentences.findIndex(({ text: written }) => written.startsWith(start))).filter((at) => at >= 0),
  );
  return [{ repo, features: sentences.map((one) => featuresOf(one, subject, sentences.length)), right }];
}

const messages = lines<Judged>('bench/judgements/reasons.jsonl').flatMap(read);
const names = [...new Set(messages.flatMap(({ features }) => features.flatMap((one) => Object.keys(one))))].sort();

/** Weight of each sentence, so that long messages do not outweigh short ones. */
const importance = ({ features, right }: Message, at: number): number =>
  right.has(at) ? Math.min(1.5, 3 / right.size) : right.size > 0 ? 1 : Math.min(1, 6 / features.length);

function weightsOf(rows: readonly Message[]): Float64Array {
  const weights = new Float64Array(names.length);
  const samples = rows.flatMap((message) =>
    message.features.map((one, at) => ({
      x: names.map((name) => one[name] ?? 0),
      y: message.right.has(at) ? 1 : 0,
      weight: importance(message, at),
    })),
  );
  const total = samples.reduce((sum, { weight }) => sum + weight, 0);
  for (let round = 0; round < ROUNDS; round++) {
    const slope = new Float64Array(names.length);
    for (const { x, y, weight } of samples) {
      const z = x.reduce((sum, value, j) => sum + value * (weights[j] ?? 0), 0);
      const error = (1 / (1 + Math.exp(-z)) - y) * weight;
      x.forEach((value, j) => {
        slope[j] = (slope[j] ?? 0) + error * value;
      });
    }
    const step = 4 / (1 + round / 800) / total;
    weights.forEach((weight, j) => {
      weights[j] = weight - step * ((slope[j] ?? 0) + (names[j] === 'bias' ? 0 : PENALTY * weight));
    });
  }
  return weights;
}

const best = ({ features }: Message, weights: Float64Array): { readonly at: number; readonly score: number } => {
  const scores = features.map((one) => names.reduce((sum, name, j) => sum + (weights[j] ?? 0) * (one[name] ?? 0), 0));
  const score = Math.max(...scores);
  return { at: scores.indexOf(score), score };
};

const repositories = [...new Set(messages.map(({ repo }) => repo))];
const judged = Array.from({ length: FOLDS }, (_, fold) => new Set(repositories.filter((_repo, at) => at % FOLDS === fold))).flatMap(
  (held) => {
    const weights = weightsOf(messages.filter(({ repo }) => !held.has(repo)));
    return messages.filter(({ repo }) => held.has(repo)).map((message) => ({ message, ...best(message, weights) }));
  },
);
const withReason = judged.filter(({ message }) => message.right.size > 0).length;
console.log(`${judged.length} messages of ${repositories.length} repositories, ${withReason} with a reason`);
console.log('least score   sentence right   right of shown   noise   quiet precision   quiet recall');
for (let least = -0.5; least <= 1; least += 0.25) {
  const shown = judged.filter(({ score }) => score >= least);
  const right = shown.filter(({ message, at }) => message.right.has(at)).length;
  const quiet = judged.filter(({ score }) => score < least);
  const rightlyQuiet = quiet.filter(({ message }) => message.right.size === 0).length;
  const shares = [right / withReason, right / shown.length, (shown.length - right) / judged.length, rightlyQuiet / quiet.length];
  const all = [...shares, rightlyQuiet / (judged.length - withReason)].map((share) => (100 * share).toFixed(0).padStart(13));
  console.log(`${least.toFixed(2).padStart(11)}${all.join('')}`);
}

if (values.write !== undefined) {
  const weights = weightsOf(messages);
  const keyOf = (name: string): string => (/^\w+$/.test(name) ? name : `'${name}'`);
  const rows = names.flatMap((name, j) => {
    const rounded = Number((weights[j] ?? 0).toFixed(2));
    return rounded === 0 ? [] : [`  ${keyOf(name)}: ${rounded},`];
  });
  const before = readFileSync(WEIGHTS_FILE, 'utf8');
  const start = before.indexOf('= {') + 3;
  const after = before
    .replace(before.slice(start, before.indexOf('};')), `\n${rows.join('\n')}\n`)
    .replace(/LEAST_SCORE = [-\d.]+/, `LEAST_SCORE = ${Number(values.write)}`);
  writeFileSync(WEIGHTS_FILE, after);
}
