import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { groupBy } from '../server/text/group-by.ts';
import { interval, macroMean, mean } from './intervals.ts';
import { fail, lines } from './repositories.ts';

/**
 * Scores rankings of end-to-end specs against `bench/judgements/selection.jsonl`: specs that a careful engineer runs for a commit, judged by
 * reading the diff and the suite. The benchmark's own labels, the specs changed in the same commit, lie where text and history look; the
 * **unchanged** specs that must run do not, and only they count for recall here.
 *
 * `npm run bench -- selection-judged RUN.jsonl...` scores runs with a line `{id, ranked}` for each commit; the items come from `LINTEL_BENCH`.
 */

/** `must`: a scenario executes the changed behaviour and could fail. `should`: it goes through the changed code, a failure is improbable. */
export type Verdict = 'must' | 'should' | 'no';

/** A spec judged for a commit. */
export interface JudgedSpec {
  /** Of the item of the benchmark. */
  readonly id: string;
  readonly spec: string;
  readonly verdict: Verdict;
  /** What joins diff and spec; absent where nothing does. */
  readonly kind?: 'visits' | 'selects' | 'imports' | 'calls' | 'mentions' | 'shared';
  readonly reason: string;
  /** Where the pair comes from: lists that had the spec among their first ten, `random`, `control` (changed in the commit), or `found` by following the structure. */
  readonly from: readonly string[];
  /** First and second reading, where the pair was read twice. */
  readonly readings?: readonly [Verdict, Verdict];
}

/** A commit with all specs of its suite, best first. */
export interface RankedCommit {
  readonly id: string;
  readonly ranked: readonly string[];
  /** Specs that the commit itself changed. */
  readonly changed: readonly string[];
}

/** Share of the suite that is looked at, and of the unchanged must-run specs that are in it. */
export interface JudgedRecall {
  readonly share: number;
  readonly micro: number;
  /** Mean over the commits that have such specs, with its 95 % interval. */
  readonly macro: number;
  readonly interval: readonly [number, number];
}

export interface JudgedScore {
  readonly commits: number;
  /** Unchanged specs that must run, and commits that have some. */
  readonly mustRun: number;
  readonly commitsWithMustRun: number;
  readonly recall: readonly JudgedRecall[];
  /** Those among them that none of the lists which the pairs were drawn from had among its first ten: what is left for structure to find. */
  readonly beyondLists: { readonly mustRun: number; readonly recall: readonly JudgedRecall[] };
  /** Must or should among the first ten: of those judged, and if all that nobody judged were wrong (`low`) or right (`high`). */
  readonly precision: {
    readonly ofJudged: number;
    readonly low: number;
    readonly high: number;
    readonly judged: number;
    readonly places: number;
  };
}

const SHARES = [0.1, 0.2, 0.3] as const;
const FIRST = 10;
/** Origins of a pair that are no list. */
const DRAWN_OTHERWISE: ReadonlySet<string> = new Set(['random', 'control', 'found']);

interface Wanted {
  readonly id: string;
  readonly beyond: boolean;
  /** 1 if the spec is in the first `SHARES[i]` of the suite, else 0. */
  readonly found: readonly number[];
}

function recallOf(wanted: readonly Wanted[]): readonly JudgedRecall[] {
  const perCommit = [...groupBy(wanted, ({ id }) => id).values()];
  return SHARES.map((share, i) => {
    const found = wanted.map((spec) => spec.found[i] ?? 0);
    return {
      share,
      micro: mean(found),
      macro: macroMean(
        wanted.map(({ id }) => id),
        found,
      ),
      interval: interval(perCommit.map((specs) => mean(specs.map((spec) => spec.found[i] ?? 0)))),
    };
  });
}

/** The first so many specs of a suite, as the benchmark counts them: rounded up, one at least. */
export const firstShare = (ranked: readonly string[], share: number): ReadonlySet<string> =>
  new Set(ranked.slice(0, Math.max(1, Math.ceil(share * ranked.length - 1e-9))));

/**
 * Scores a ranking of each judged commit.
 *
 * @throws Error naming the commit if a judged one has no ranking.
 */
export function scoreJudged(judged: readonly JudgedSpec[], ranked: readonly RankedCommit[]): JudgedScore {
  const rankings = new Map(ranked.map((commit) => [commit.id, commit]));
  const commits = [...groupBy(judged, ({ id }) => id)].map(([id, specs]) => {
    const commit = rankings.get(id);
    if (!commit) throw new Error(`There is no ranking of ${id}.`);
    return { ...commit, specs };
  });
  const wanted: readonly Wanted[] = commits.flatMap(({ id, ranked, changed, specs }) => {
    const tops = SHARES.map((share) => firstShare(ranked, share));
    return specs
      .filter(({ spec, verdict }) => verdict === 'must' && !changed.includes(spec))
      .map(({ spec, from }) => ({
        id,
        beyond: from.every((origin) => DRAWN_OTHERWISE.has(origin)),
        found: tops.map((top) => (top.has(spec) ? 1 : 0)),
      }));
  });
  const beyond = wanted.filter((spec) => spec.beyond);
  const first = commits.flatMap(({ ranked, specs }) => {
    const verdicts = new Map(specs.map(({ spec, verdict }) => [spec, verdict]));
    return ranked.slice(0, FIRST).map((spec) => verdicts.get(spec));
  });
  const known = first.filter((verdict) => verdict !== undefined);
  const right = known.filter((verdict) => verdict !== 'no').length;
  const places = first.length;
  return {
    commits: commits.length,
    mustRun: wanted.length,
    commitsWithMustRun: new Set(wanted.map(({ id }) => id)).size,
    recall: recallOf(wanted),
    beyondLists: { mustRun: beyond.length, recall: recallOf(beyond) },
    precision: {
      ofJudged: right / (known.length || 1),
      low: right / (places || 1),
      high: (right + places - known.length) / (places || 1),
      judged: known.length,
      places,
    },
  };
}

/** How far two readings of the same pairs agree: the share, and Cohen's kappa (1960), which takes off what chance would give. */
export function agreement(judged: readonly JudgedSpec[]): { readonly pairs: number; readonly share: number; readonly kappa: number } {
  const readings = judged.flatMap(({ readings }) => (readings ? [readings] : []));
  const share = mean(readings.map(([first, second]) => (first === second ? 1 : 0)));
  const chance = (['must', 'should', 'no'] as const)
    .map(
      (verdict) =>
        mean(readings.map(([first]) => (first === verdict ? 1 : 0))) * mean(readings.map(([, second]) => (second === verdict ? 1 : 0))),
    )
    .reduce((sum, product) => sum + product, 0);
  return { pairs: readings.length, share, kappa: chance === 1 ? 1 : (share - chance) / (1 - chance) };
}

/** The sheet of judgements. */
export const readJudged = (): readonly JudgedSpec[] => lines<JudgedSpec>(join(import.meta.dirname, 'judgements/selection.jsonl'));

const figure = (number: number): string => number.toFixed(3).replace(/^0/, '');

/** Two lines for a ranking: all unchanged must-run specs, and those beyond the lists. */
export function judgedLines(name: string, { recall, beyondLists, precision }: JudgedScore): string {
  const shares = (recalls: readonly JudgedRecall[]): string =>
    recalls
      .map(({ micro, macro, interval: [low, high] }) => `${figure(micro)} ${figure(macro)} [${figure(low)}, ${figure(high)}]`.padEnd(26))
      .join('');
  return [
    `${name.padEnd(22)}${shares(recall)}${figure(precision.ofJudged)} (${figure(precision.low)} to ${figure(precision.high)})`,
    `${`  beyond lists (${beyondLists.mustRun})`.padEnd(22)}${shares(beyondLists.recall)}`.trimEnd(),
  ].join('\n');
}

/** What stands above the lines: how many judgements there are, and the columns. */
export const judgedHead = ({ commits, mustRun, commitsWithMustRun }: JudgedScore): string =>
  [
    `${mustRun} unchanged specs that must run, in ${commitsWithMustRun} of ${commits} judged commits.`,
    `Recall, micro and macro over these commits [95 % interval], and precision of must or should in the first ${FIRST}, of judged ones (bounds)`,
    `${''.padEnd(22)}${SHARES.map((share) => `top ${share * 100} %`.padEnd(26)).join('')}precision`,
  ].join('\n');

function main(runs: readonly string[]): void {
  const folder = resolve(process.env.LINTEL_BENCH ?? '../shared/bench', 'e2e/dev');
  if (!existsSync(folder)) fail(`There is no benchmark in ${folder}. Set LINTEL_BENCH to the folder that holds "e2e".`);
  const judged = readJudged();
  const ids = new Set(judged.map(({ id }) => id));
  const changed = new Map(
    [...new Set([...ids].map((id) => id.split('@')[0]))]
      .flatMap((repository) => lines<{ readonly id: string; readonly relevant: readonly string[] }>(join(folder, `${repository}.jsonl`)))
      .map(({ id, relevant }) => [id, relevant]),
  );
  const scores = runs.map((run) => {
    const ranked = lines<{ readonly id: string; readonly ranked: readonly string[] }>(run).filter(({ id }) => ids.has(id));
    return [
      basename(run, '.jsonl'),
      scoreJudged(
        judged,
        ranked.map((item) => ({ ...item, changed: changed.get(item.id) ?? [] })),
      ),
    ] as const;
  });
  const [, first] = scores[0] ?? fail('Usage: npm run bench -- selection-judged RUN.jsonl...');
  const twice = agreement(judged);
  console.log(`${twice.pairs} pairs were read twice: agreement ${figure(twice.share)}, kappa ${figure(twice.kappa)}.`);
  console.log(judgedHead(first));
  for (const [name, score] of scores) console.log(judgedLines(name, score));
}

if (process.argv[1] === import.meta.filename) main(process.argv.slice(2));
