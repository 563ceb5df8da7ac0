import { readFileSync, writeFileSync } from 'node:fs';
import { e2eDiff, e2eItems, e2eTexts, e2eUniverses } from './e2e-data.ts';
import { structureReader } from './e2e-structure.ts';
import { readJudged } from './selection-judged.ts';

const folder = `${process.env.LINTEL_BENCH}/e2e`;
const judged = readJudged();
const ids = new Set(judged.map(({ id }) => id));
const base = new Map(
  readFileSync('/tmp/visits-base.jsonl', 'utf8')
    .trim()
    .split('\n')
    .map((l) => JSON.parse(l))
    .map((x) => [x.id, x.ranked as string[]]),
);
const out: string[] = [];
const took: number[] = [];
for (const slug of new Set([...ids].map((id) => id.split('@')[0] ?? ''))) {
  const repo = slug.replace('__', '/');
  if (process.argv[2] && !repo.includes(process.argv[2])) continue;
  const reader = structureReader(process.env.LINTEL_MIRROR ?? '', repo);
  const universes = e2eUniverses(folder, repo);
  const texts = e2eTexts(folder, repo);
  for (const item of e2eItems(folder, 'dev', repo).filter(({ id }) => ids.has(id))) {
    const specs = [...(universes.get(item.id) ?? [])].map(([path, blob]) => [path, texts.get(blob) ?? ''] as const);
    const found = await reader?.of(item.parent, e2eDiff(item.diff), specs);
    if (!found) continue;
    took.push(found.took);
    const sheet = judged.filter(({ id }) => id === item.id);
    const ranked = base.get(item.id) ?? [];
    console.log(`\n## ${item.id} ${specs.length} specs, ${found.took.toFixed(0)} ms; hit ${found.visits.size} shown ${found.shown.size}`);
    console.log(
      '  files',
      item.files
        .slice(0, 6)
        .map(({ path }) => path)
        .join(', '),
    );
    for (const j of sheet) {
      const v = found.visits.get(j.spec);
      const w = found.shown.get(j.spec);
      if (w)
        console.log(
          `   SHOWN ${j.verdict} rank ${ranked.indexOf(j.spec) + 1} ${w.score.toFixed(2)} ${j.spec.slice(-60)} | ${w.evidence[0]?.explanation} | ${j.reason}`,
        );
      if (v || j.verdict === 'must')
        console.log(
          `   ${j.verdict} rank ${ranked.indexOf(j.spec) + 1} score ${v?.score.toFixed(2) ?? '-'} ${j.spec.slice(-60)} | ${v?.evidence[0]?.explanation ?? ''} | ${j.reason}`,
        );
    }
    out.push(
      JSON.stringify({
        id: item.id,
        visits: Object.fromEntries([...found.visits].map(([s, v]) => [s, Number(v.score.toFixed(4))])),
        shown: Object.fromEntries([...found.shown].map(([s, v]) => [s, Number(v.score.toFixed(4))])),
      }),
    );
  }
  reader?.close();
}
writeFileSync(process.argv[3] ?? '/tmp/visits-scores.jsonl', `${out.join('\n')}\n`);
took.sort((a, b) => a - b);
console.log('took p50', took[took.length >> 1], 'p95', took[Math.floor(took.length * 0.95)], 'max', took.at(-1));
