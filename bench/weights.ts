import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { meanOf } from '../server/decisions/governing/closeness.ts';
import { type Signals, structure, WEIGHTS, type Weights } from '../server/decisions/governing/ranking.ts';
import { liftSuccessors, rankRecords, WHOLE_WEIGHT } from '../server/retrieval/rank-records.ts';
import { standardise } from '../server/retrieval/vectors.ts';
import { countWords, wordsOf } from '../server/retrieval/words.ts';
import { interval, macroMean, mean } from './intervals.ts';
import { openAsked } from './places.ts';
import { bench, benchmarkHeads, checkout, type Item, placeOf, readItems } from './repositories.ts';

/**
 * What every part of the ranking is worth: nDCG@10 with 95 % intervals, with each signal left out in turn, without vectors, without BM25. For code
 * (kinds A masked, A unmasked and B) also over a grid of weights, and with each repository left out: its items are scored with the weights that
 * are best on the others.
 */

const { values } = parseArgs({ options: { split: { type: 'string', default: 'dev' }, repo: { type: 'string' } }, allowPositionals: true });

interface RankedPath {
  readonly path: string;
  readonly closeness: { readonly lexical: number; readonly meaning: number };
  readonly signals: Signals;
}

interface Case {
  readonly kind: string;
  readonly item: Item;
  readonly documents: readonly RankedPath[];
  /** Successors by path, for questions: what replaces a record goes before it. */
  readonly successors?: ReadonlyMap<string, readonly string[]>;
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
const NO_SIGNALS: Signals = { cited: undefined, history: undefined, names: 0 };
const MASKED = 'A masked';
const UNMASKED = 'A unmasked';

async function readCases(): Promise<Case[]> {
  const items = readItems(values.split, new Set(['A', 'B', 'C']), values.repo);
  const heads = benchmarkHeads();
  const cases: Case[] = [];
  for (const repo of [...new Set(items.map((item) => item.repo))].sort()) {
    const tree = checkout(repo, heads.get(repo));
    if (!tree) continue;
    const asked = await openAsked(tree);
    const { documentIndex, register, embedder } = asked.view;
    const isCandidate = (path: string | undefined): boolean => path !== undefined && (candidates.get(repo)?.has(path) ?? false);
    for (const item of items.filter((each) => each.repo === repo)) {
      if (item.kind === 'C') {
        const [vector] = await embedder.embed([item.text], { purpose: 'query' });
        const words = countWords(wordsOf(item.text));
        const query = { text: item.text, words, vector: vector ?? new Float32Array(embedder.dimensions) };
        const ranked = rankRecords(
          documentIndex,
          query,
          documentIndex.documents(['decision', 'guide']),
          documentIndex.lexical.scores(words),
        );
        const lexical = standardise(ranked.map((each) => each.lexical));
        const whole = standardise(ranked.map((each) => each.whole));
        const meaning = standardise(ranked.map((each) => each.similarity));
        // Closeness is halved when it is joined.
        const wordsAlone = (i: number): number => (lexical[i] ?? 0) + 2 * WHOLE_WEIGHT * (whole[i] ?? 0);
        const documents = ranked.flatMap(({ document: { head } }, i) =>
          isCandidate(head.path)
            ? [{ path: head.path ?? '', closeness: { lexical: wordsAlone(i), meaning: meaning[i] ?? 0 }, signals: NO_SIGNALS }]
            : [],
        );
        cases.push({ kind: 'C', item, documents, successors: register.successors });
        continue;
      }
      for (const unmasked of item.kind === 'A' ? [false, true] : [false]) {
        const ranking = await asked.ask(placeOf(item, tree.folder, unmasked));
        const documents = ranking.candidates.flatMap(({ ranked: { document, closeness, signals } }) =>
          isCandidate(document.head.path) ? [{ path: document.head.path ?? '', closeness, signals }] : [],
        );
        cases.push({ kind: item.kind === 'B' ? 'B' : unmasked ? UNMASKED : MASKED, item, documents });
      }
    }
    await asked.close();
  }
  return cases;
}

interface Setting {
  readonly weights?: Weights;
  /** The one measure of closeness that is left; absent: both. */
  readonly only?: 'lexical' | 'meaning';
  readonly noLift?: boolean;
}

function score({ item, documents, successors }: Case, { weights = WEIGHTS, only, noLift }: Setting): number {
  const scored = documents.map(({ path, closeness, signals }) => ({
    id: path,
    score: (only ? closeness[only] : meanOf((measure) => closeness[measure])) + structure(signals, weights),
  }));
  const ranked = scored.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  const lifted = successors && !noLift ? liftSuccessors(ranked, successors) : ranked;
  return metrics(
    lifted.map(({ id }) => id),
    item.relevant,
  ).ndcg;
}

const cases = await readCases();
const reposOf = (all: readonly Case[]): string[] => all.map(({ item }) => item.repo);
const of = (kind: string): readonly Case[] => cases.filter((each) => each.kind === kind);

function report(name: string, kinds: readonly string[], setting: Setting): void {
  for (const kind of kinds) {
    const all = of(kind);
    if (all.length === 0) continue;
    const ndcg = all.map((each) => score(each, setting));
    const [low, high] = interval(ndcg);
    const figures = `${mean(ndcg).toFixed(3)}  [${low.toFixed(3)}, ${high.toFixed(3)}]  macro ${macroMean(reposOf(all), ndcg).toFixed(3)}`;
    console.log(`${name.padEnd(30)} ${kind.padEnd(10)} n ${String(all.length).padStart(3)}  ${figures}`);
  }
}

const CODE = [MASKED, UNMASKED, 'B'];
report('as shipped', [...CODE, 'C'], {});
for (const signal of Object.keys(WEIGHTS) as (keyof Weights)[]) {
  const kinds = signal === 'citedHere' ? [UNMASKED] : signal === 'names' || signal === 'citedByCommits' ? [MASKED, 'B'] : [MASKED];
  report(`without ${signal}`, kinds, { weights: { ...WEIGHTS, [signal]: 0 } });
}
const none = Object.fromEntries(Object.keys(WEIGHTS).map((signal) => [signal, 0])) as Weights;
report('text alone', CODE, { weights: none });
report('without vectors', [...CODE, 'C'], { only: 'lexical' });
report('without BM25', [...CODE, 'C'], { only: 'meaning' });
report('without supersession', ['C'], { noLift: true });

const STEPS = { citedInFile: [0, 1, 2, 3], citedInFolder: [0, 1, 2, 3], citedByCommits: [0, 0.5, 1, 2], names: [0, 0.5, 1, 1.5, 2] };
const GRID: Weights[] = STEPS.citedInFile.flatMap((citedInFile) =>
  STEPS.citedInFolder.flatMap((citedInFolder) =>
    STEPS.citedByCommits.flatMap((citedByCommits) =>
      STEPS.names.map((names) => ({ ...WEIGHTS, citedInFile, citedInFolder, citedByCommits, names })),
    ),
  ),
);
const TUNED = [MASKED, 'B'];
const tables = TUNED.map((kind) => GRID.map((weights) => of(kind).map((each) => score(each, { weights }))));
TUNED.forEach((kind, k) => {
  const all = (tables[k] ?? []).map(mean).sort((a, b) => a - b);
  console.log(`${kind} over ${GRID.length} settings: ${all[0]?.toFixed(3)} to ${all.at(-1)?.toFixed(3)}`);
});
const leftOut = TUNED.map((kind) => new Array<number>(of(kind).length).fill(0));
for (const repo of new Set(cases.map(({ item }) => item.repo))) {
  const worth = GRID.map((_, g) =>
    mean(TUNED.map((kind, k) => mean((tables[k]?.[g] ?? []).filter((_, i) => of(kind)[i]?.item.repo !== repo)))),
  );
  const best = worth.indexOf(Math.max(...worth));
  TUNED.forEach((kind, k) => {
    of(kind).forEach(({ item }, i) => {
      if (item.repo === repo && leftOut[k]) leftOut[k][i] = tables[k]?.[best]?.[i] ?? 0;
    });
  });
}
TUNED.forEach((kind, k) => {
  const ndcg = leftOut[k] ?? [];
  const [low, high] = interval(ndcg);
  console.log(
    `each repository left out       ${kind.padEnd(10)} ${mean(ndcg).toFixed(3)}  [${low.toFixed(3)}, ${high.toFixed(3)}]  macro ${macroMean(reposOf(of(kind)), ndcg).toFixed(3)}`,
  );
});
