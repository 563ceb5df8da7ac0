import { appendFileSync } from 'node:fs';
import { e2eDiff, e2eItems, e2eRepositories, e2eTexts, e2eUniverses } from './e2e-data.ts';
import { structureReader } from './e2e-structure.ts';
import { readJudged } from './selection-judged.ts';

const [out = '/tmp/visits-structure.jsonl', stride = '3', part = '0', parts = '1'] = process.argv.slice(2);
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
