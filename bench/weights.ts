import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Signals, structure, WEIGHTS, type Weights } from '../server/decisions/ranking.ts';
import { openAsked } from './places.ts';
import { bench, benchmarkHeads, checkout, type Item, placeOf, readItems } from './repositories.ts';

/**
 * How the weights of the ranking were found and what they are worth: nDCG@10 for code (kinds A, masked, and B) over a grid of weights, each
 * signal left out in turn, and with each repository left out: its items are scored with the weights that are best on the others.
 */

const { values } = parseArgs({ options: { split: { type: 'string', default: 'dev' }, repo: { type: 'string' } }, allowPositionals: true });

interface Case {
  readonly item: Item;
  readonly documents: readonly { readonly path: string; readonly closeness: number; readonly signals: Signals }[];
}

const { metrics } = (await import(join(bench, 'score.mjs'))) as {
  metrics: (ranked: readonly string[], relevant: readonly string[]) => { ndcg: number };
};
const repos = (await import(join(bench, 'repos.json'), { with: { type: 'json' } })) as {
  default: { repo: string; docs: { path: string; kind: string }[] }[];
};
const candidates = new Map(
  repos.default.map(({ repo, docs }) => [
    repo,
    new Set(docs.filter(({ kind }) => ['adr', 'rfc', 'design'].includes(kind)).map(({ path }) => path)),
  ]),
);

async function readCases(): Promise<Case[]> {
  const items = readItems(values.split, new Set(['A', 'B']), values.repo);
  const heads = benchmarkHeads();
  const cases: Case[] = [];
  for (const repo of [...new Set(items.map((item) => item.repo))].sort()) {
    const tree = checkout(repo, heads.get(repo));
    if (!tree) continue;
    const asked = await openAsked(tree);
    for (const item of items.filter((each) => each.repo === repo)) {
      const place = placeOf(item, tree.folder, false);
      const { candidates: ranking } = await asked.ask(place);
      const documents = ranking
        .map(({ ranked }) => ranked)
        .filter(({ document }) => candidates.get(repo)?.has(document.head.path ?? ''))
        .map(({ document, score, signals }) => ({ path: document.head.path ?? '', closeness: score - structure(signals), signals }));
      cases.push({ item, documents });
    }
    await asked.close();
  }
  return cases;
}

function score({ item, documents }: Case, weights: Weights): number {
  const scored = documents.map(({ path, closeness, signals }) => ({ path, score: closeness + structure(signals, weights) }));
  const ranked = scored.sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1)).map(({ path }) => path);
  return metrics(ranked, item.relevant).ndcg;
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, value) => sum + value, 0) / (numbers.length || 1);

/** Means over all items, and over the repositories. */
function means(cases: readonly Case[], ndcg: readonly number[]): { readonly micro: number; readonly macro: number } {
  const byRepo = Map.groupBy(ndcg.keys(), (i) => cases[i]?.item.repo ?? '');
  const macro = mean([...byRepo.values()].map((indexes) => mean(indexes.map((i) => ndcg[i] ?? 0))));
  return { micro: mean(ndcg), macro };
}

const shown = ({ micro, macro }: { micro: number; macro: number }): string => `${micro.toFixed(3)} (macro ${macro.toFixed(3)})`;

const STEPS = { citedInFile: [0, 1, 2, 3], citedInFolder: [0, 1, 2, 3], citedByCommits: [0, 0.5, 1, 2], names: [0, 0.5, 1, 1.5, 2] };
const GRID: Weights[] = STEPS.citedInFile.flatMap((citedInFile) =>
  STEPS.citedInFolder.flatMap((citedInFolder) =>
    STEPS.citedByCommits.flatMap((citedByCommits) =>
      STEPS.names.map((names) => ({ ...WEIGHTS, citedInFile, citedInFolder, citedByCommits, names })),
    ),
  ),
);

const cases = await readCases();
const kinds = ['A', 'B'] as const;
const only = (kind: string): readonly number[] => [...cases.keys()].filter((i) => cases[i]?.item.kind === kind);
const report = (name: string, ndcg: readonly number[]): void => {
  const parts = kinds.map((kind) => {
    const indexes = only(kind);
    return `${kind} ${shown(
      means(
        indexes.flatMap((i) => cases[i] ?? []),
        indexes.map((i) => ndcg[i] ?? 0),
      ),
    )}`;
  });
  console.log(`${name.padEnd(28)} ${parts.join('   ')}`);
};

report(
  'as shipped',
  cases.map((each) => score(each, WEIGHTS)),
);
for (const signal of Object.keys(WEIGHTS) as (keyof Weights)[]) {
  if (signal === 'citedHere') continue;
  report(
    `without ${signal}`,
    cases.map((each) => score(each, { ...WEIGHTS, [signal]: 0 })),
  );
}
const table = GRID.map((weights) => cases.map((each) => score(each, weights)));
const micro = (row: readonly number[], kind: string, without: string): number =>
  mean(only(kind).flatMap((i) => (cases[i]?.item.repo === without ? [] : [row[i] ?? 0])));
for (const kind of kinds) {
  const all = table.map((row) => micro(row, kind, '')).sort((a, b) => a - b);
  console.log(`${kind} over ${GRID.length} settings: ${all[0]?.toFixed(3)} to ${all.at(-1)?.toFixed(3)}`);
}
const leftOut = new Array<number>(cases.length).fill(0);
for (const repo of new Set(cases.map(({ item }) => item.repo))) {
  const value = (row: readonly number[]): number => mean(kinds.map((kind) => micro(row, kind, repo)));
  const best = table.reduce((a, b) => (value(b) > value(a) ? b : a));
  cases.forEach(({ item }, i) => {
    if (item.repo === repo) leftOut[i] = best[i] ?? 0;
  });
}
report('each repository left out', leftOut);
