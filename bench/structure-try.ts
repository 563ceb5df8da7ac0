import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { factsOf, hasFacts } from '../server/selection/structure/file-facts.ts';
import { productOf } from '../server/selection/structure/product.ts';
import { reachedRoutes } from '../server/selection/structure/reach.ts';
import { placesIn } from '../server/selection/structure/spec-places.ts';
import { visitsOf } from '../server/selection/structure/visits.ts';

const root = '/tmp/visits-shop';
const list = execFileSync('git', ['-C', root, 'ls-files'], { encoding: 'utf8' }).trim().split('\n');
const t0 = performance.now();
const files = new Map();
for (const p of list)
  if (hasFacts(p)) {
    const f = factsOf(p, readFileSync(`${root}/${p}`, 'utf8'));
    if (f) files.set(p, f);
  }
const product = productOf(
  files,
  new Map([
    ['@halden-market/service-call', 'libs/service-call'],
    ['@halden-market/flags', 'libs/flags'],
  ]),
);
const places = new Map(
  list.filter((p) => /^e2e\/tests/.test(p)).map((p) => [p, placesIn(p, readFileSync(`${root}/${p}`, 'utf8'))] as const),
);
const t1 = performance.now();
for (const p of process.argv.slice(2)) {
  const [path, line] = p.split(':');
  const routes = await reachedRoutes(
    [{ path: path ?? '', weight: 1, via: [], ...(line ? { lines: [{ first: +line - 1, last: +line - 1 }] } : {}) }],
    product,
    async (q) => {
      try {
        return readFileSync(`${root}/${q}`, 'utf8');
      } catch {
        return undefined;
      }
    },
  );
  console.log('==', p);
  for (const r of routes) console.log('  ', r.weight.toFixed(2), r.kind, r.method ?? '', r.text, '<-', r.via.join(' < '));
  for (const [s, v] of [...visitsOf(routes, places, product.servesExactly)].sort((a, b) => b[1].score - a[1].score).slice(0, 6))
    console.log('   *', v.score.toFixed(2), s, v.evidence[0]?.explanation);
}
console.log((t1 - t0).toFixed(0), 'ms index', (performance.now() - t1).toFixed(0), 'ms query');
