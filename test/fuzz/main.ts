import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { TARGETS, type Target } from './targets.ts';

/** `npm run fuzz -- NAME [--minutes N] [--seed N] [--file F]`: mutates the seeds of a target until the time is over or an input breaks it. */

const LONGEST_INPUT = 20_000;
/** No input of that length may take longer, even on a busy machine. */
const MOST_MILLISECONDS = 10_000;
const root = join(import.meta.dirname, '../..');

type Random = (below: number) => number;

/** Mulberry32: the same numbers for the same seed. */
const randomOf = (seed: number): Random => {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
};

const PIECES = [
  '\0',
  '\r\n',
  '\uFEFF',
  '\u2028',
  '\uD800',
  '\t',
  '- ',
  '> ',
  '#',
  '`',
  '*',
  '**/',
  '[',
  '](',
  '{',
  '}',
  '"',
  "'",
  '<',
  '&a ',
  '*a',
  ': ',
  '|',
  '---\n',
  '__proto__',
  '\\',
  '-1',
  '1e99',
  'null',
  'é',
  '😀',
];

function mutate(seeds: readonly string[], random: Random): string {
  const pick = <T>(all: readonly T[]): T => all[random(all.length)] as T;
  let text = pick(seeds);
  for (let rounds = 1 + random(6); rounds > 0; rounds -= 1) {
    const [from, to] = [random(text.length + 1), random(text.length + 1)].sort((a, b) => a - b) as [number, number];
    const cut = [
      () => text.slice(0, from) + text.slice(to),
      () => text.slice(0, from) + pick(PIECES) + text.slice(from),
      () => text.slice(0, from) + text.slice(from, from + 1 + random(20)).repeat(1 + random(500)) + text.slice(to),
      () => text.slice(0, from) + pick(PIECES).repeat(1 + random(2_000)) + text.slice(from),
      () => text.slice(0, from) + pick(seeds).slice(random(50)) + text.slice(to),
    ];
    text = pick(cut)().slice(0, LONGEST_INPUT);
  }
  return text;
}

async function problemWith(target: Target, input: string): Promise<string | undefined> {
  const started = performance.now();
  try {
    await target(input);
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const took = performance.now() - started;
  return took > MOST_MILLISECONDS ? `took ${Math.round(took)} ms for ${input.length} characters` : undefined;
}

async function main(): Promise<number> {
  const options = { minutes: { type: 'string' }, seed: { type: 'string' }, file: { type: 'string' } } as const;
  const { positionals, values } = parseArgs({ options, allowPositionals: true });
  const name = positionals[0] ?? '';
  const target = Object.hasOwn(TARGETS, name) ? TARGETS[name] : undefined;
  if (!target) {
    console.error(`Usage: npm run fuzz -- NAME [--minutes N] [--seed N] [--file F]\nNAME: ${Object.keys(TARGETS).join(', ')}`);
    return 2;
  }
  const folder = join(import.meta.dirname, 'seeds', name);
  const seeds = readdirSync(folder)
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const until = performance.now() + Number(values.minutes ?? 1) * 60_000;
  const random = randomOf(seed);
  let inputs = 0;
  for (const next of values.file === undefined ? endless(seeds, random) : [readFileSync(values.file, 'utf8')]) {
    const problem = await problemWith(target, next);
    inputs += 1;
    if (problem !== undefined) {
      const results = join(root, 'test-results/fuzz');
      mkdirSync(results, { recursive: true });
      const file = join(results, `${name}-${createHash('sha256').update(next).digest('hex').slice(0, 12)}`);
      writeFileSync(file, next);
      console.error(
        `${name}: input ${inputs} of seed ${seed} fails: ${problem}\nAgain: npm run fuzz -- ${name} --file ${relative(root, file)}`,
      );
      return 1;
    }
    if (performance.now() > until) break;
  }
  console.log(`${name}: ${inputs} inputs from seed ${seed}, none fails`);
  return 0;
}

/** The seeds as they are, then mutations without end. */
function* endless(seeds: readonly string[], random: Random): Generator<string> {
  yield* seeds;
  for (;;) yield mutate(seeds, random);
}

process.exit(await main());
