import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fused, LIST_WEIGHTS, orderOf } from '../server/selection/ranking/fuse.ts';
import { LISTS } from '../server/selection/ranking/lists.ts';
import { e2eRepositories } from './e2e-data.ts';
import { replay } from './e2e-replay.ts';

const { values } = parseArgs({
  options: {
    split: { type: 'string', default: 'dev' },
    repo: { type: 'string' },
    out: { type: 'string' },
    features: { type: 'string' },
    'no-history': { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const folder = resolve(process.env.LINTEL_BENCH ?? '../shared/bench', 'e2e');
const repositories = values.repo ? [values.repo] : e2eRepositories(folder, values.split);
const run: string[] = [];
const features: string[] = [];
for (const repo of repositories) {
  const started = performance.now();
  let n = 0;
  for (const { item, index, lists } of replay(folder, values.split, repo)) {
    n++;
    const order = orderOf(index, fused(lists, values['no-history'] ? { ...LIST_WEIGHTS, lift: 0 } : LIST_WEIGHTS));
    run.push(JSON.stringify({ id: item.id, ranked: order.map((at) => index.specs[at]?.path) }));
    if (values.features)
      features.push(
        JSON.stringify({
          id: item.id,
          repo,
          paths: index.specs.map(({ path }) => path),
          rel: item.relevant,
          adapt: item.adapt,
          x: LISTS.map((name) => [...lists[name]].map((value) => Number(value.toFixed(5)))),
        }),
      );
  }
  console.error(repo, n, `${Math.round(performance.now() - started)} ms`);
}
if (values.out) writeFileSync(values.out, `${run.join('\n')}\n`);
if (values.features) writeFileSync(values.features, `${features.join('\n')}\n`);
