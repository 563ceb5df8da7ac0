import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEngine } from '../../server/engine/engine.ts';
import type { TestSelection } from '../../server/model/selection.ts';
import { groupBy } from '../../server/text/group-by.ts';
import { ablation } from './ablation.ts';
import type { Application } from './application.ts';
import { withFault } from './mutators.ts';
import { type Baseline, type Caught, type FaultResult, figuresOf, timeShare } from './results.ts';

interface ReportInput {
  readonly app: Application;
  readonly sound: Baseline;
  readonly results: readonly FaultResult[];
  readonly indexFolder: string;
  readonly target: number;
  readonly ablate: boolean;
  readonly verbose: boolean;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const row = (name: string, list: readonly Caught[]): string => {
  const { faults, caught, specs, all, share, everything } = figuresOf(list);
  return `| ${name} | ${faults} | ${percent(caught)} | ${percent(specs)} | ${percent(all)} | ${percent(share)} | ${percent(everything)} |`;
};
const HEAD =
  '| | faults that the suite catches | caught by the selection | failing specs selected | all of them | share of the time | run-all |\n|---|---|---|---|---|---|---|';

interface Selected {
  readonly result: FaultResult;
  readonly selection: TestSelection;
  /** The same with the most that may run set to a third of the suite. */
  readonly third: TestSelection;
}

/** Selects for every fault as a user would: with the fault in the work tree, and nothing else changed. */
async function selections(input: ReportInput): Promise<readonly Selected[]> {
  const { app, results, indexFolder, target } = input;
  const engine = await openEngine({ folder: app.folder, indexFolder });
  const found: Selected[] = [];
  try {
    await engine.index({});
    for (const result of results) {
      if (result.outcome !== 'ran') continue;
      const file = join(app.folder, result.fault.path);
      const text = readFileSync(file, 'utf8');
      writeFileSync(file, withFault(text, result.fault.site));
      try {
        const request = { diff: { of: 'work-tree' }, target } as const;
        found.push({
          result,
          selection: await engine.selectTests(request),
          third: await engine.selectTests({ ...request, budget: { share: 1 / 3 } }),
        });
      } finally {
        writeFileSync(file, text);
      }
    }
  } finally {
    await engine.dispose();
    execFileSync('git', ['-C', app.folder, 'checkout', '--quiet', '--', '.']);
  }
  return found;
}

const caughtOf = (result: FaultResult, selection: TestSelection, sound: Baseline): Caught => {
  const chosen = selection.selected.map(({ item }) => item.path);
  const failed = Object.keys(result.failed).filter((spec) => sound.sound[spec]);
  return {
    fault: result.fault,
    failed,
    selected: failed.filter((spec) => chosen.includes(spec)),
    share: timeShare(chosen, sound),
    verdict: selection.verdict,
  };
};

/** The report of one application, as tables in Markdown. */
export async function selectionReport(input: ReportInput): Promise<string> {
  const { app, sound, results, verbose } = input;
  const pairs = await selections(input);
  const all = pairs.map(({ result, selection, third }) => ({
    caught: caughtOf(result, selection, sound),
    third: caughtOf(result, third, sound),
    selection,
  }));
  const killed = all.filter(({ caught }) => caught.failed.length > 0);
  const list = killed.map(({ caught }) => caught);
  const out = [
    `# ${app.name}: ${pairs.length} faults, of which the suite catches ${list.length}; ${results.length - pairs.length} more did not build or start`,
    `Suite: ${Object.keys(sound.sound).length} specs with a test that passes without a fault, ${Object.values(sound.seconds)
      .reduce((sum, one) => sum + one, 0)
      .toFixed(0)} s of tests`,
    ...Object.entries(sound.unsound).map(([spec, titles]) => `left out, fails without a fault: ${spec}: ${titles.join('; ')}`),
    `Target: 99 % at one third. Published by T-TS: 95.2 % of the failures at 15 % of the tests.`,
    HEAD,
    row('all', list),
    row(
      'all, with --budget 33%',
      killed.map(({ third }) => third),
    ),
    row(
      'all faults, the share only',
      all.map(({ caught }) => caught),
    ),
  ];
  for (const [kind, own] of [...groupBy(list, ({ fault }) => fault.kind)].sort(([a], [b]) => (a < b ? -1 : 1))) out.push(row(kind, own));
  for (const [part, own] of [...groupBy(list, ({ fault }) => fault.part)].sort(([a], [b]) => (a < b ? -1 : 1))) out.push(row(part, own));
  out.push(...new Set(all.flatMap(({ selection }) => selection.notices)));
  for (const { caught, selection } of killed) {
    const missed = caught.failed.filter((spec) => !caught.selected.includes(spec));
    if (missed.length === 0 && !verbose) continue;
    const kind = caught.selected.length === 0 ? 'MISSED' : missed.length > 0 ? 'partly' : 'caught';
    const ranks = missed.map(
      (spec) => `${spec} (rank ${selection.remainder.find(({ item }) => item.path === spec)?.rank ?? 'unknown'} of ${selection.suite})`,
    );
    out.push(
      `${kind} ${caught.fault.id}: share ${percent(caught.share)}, ${caught.selected.length} of ${caught.failed.length} failing specs selected. ${selection.cause} ${ranks.join(', ')}`,
    );
  }
  if (input.ablate) out.push(await ablation(app.folder, input.indexFolder, results, sound, input.target));
  return out.join('\n');
}
