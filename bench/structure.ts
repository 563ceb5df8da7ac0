import { appendFileSync } from 'node:fs';
import { e2eDiff, e2eItems, e2eRepositories, e2eTexts, e2eUniverses } from './e2e-data.ts';
import { structureReader } from './e2e-structure.ts';
import { fail } from './repositories.ts';
import { readJudged } from './selection-judged.ts';

/**
 * Writes what the structure of the product says of the commits of the benchmark, one line for each: every commit that was judged, and each third of the
 * others. `LINTEL_BENCH` has the benchmark, `LINTEL_MIRROR` the bare clones. `npm run bench -- structure FILE [STRIDE] [PART] [PARTS]`; then
 * `npm run bench -- e2e --structure FILE` and `npm run bench -- structure-weights FILE`.
 */
const [out, stride = '3', part = '0', parts = '1'] = process.argv.slice(2);
if (out === undefined) fail('Usage: npm run bench -- structure FILE [STRIDE] [PART] [PARTS]');
const folder = `${process.env.LINTEL_BENCH}/e2e`;
const ids = new Set(readJudged().map(({ id }) => id));
for (const [index, repo] of e2eRepositories(folder, 'dev').entries()) {
  if (index % Number(parts) !== Number(part)) continue;
  const reader = structureReader(process.env.LINTEL_MIRROR ?? '', repo);
  const universes = e2eUniverses(folder, repo);
  const texts = e2eTexts(folder, repo);
  for (const [at, item] of e2eItems(folder, 'dev', repo).entries()) {
    if (at % Number(stride) !== 0 && !ids.has(item.id)) continue;
    const specs = [...(universes.get(item.id) ?? [])].map(([path, blob]) => [path, texts.get(blob) ?? ''] as const);
    const found = await reader?.of(item.parent, e2eDiff(item.diff), specs);
    if (!found) continue;
    const plain = (map: ReadonlyMap<string, { readonly score: number }>) =>
      Object.fromEntries([...map].map(([s, v]) => [s, Number(v.score.toFixed(4))]));
    appendFileSync(out, `${JSON.stringify({ id: item.id, took: found.took, visits: plain(found.visits), shown: plain(found.shown) })}\n`);
  }
  reader?.close();
  process.stderr.write(`${repo} done\n`);
}
