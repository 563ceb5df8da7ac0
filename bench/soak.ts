import { parseArgs } from 'node:util';
import { soak } from '../test/faults/soak.ts';

/** `npm run bench -- soak [--minutes 30] [--seed 1]`: uses one repository from all sides at once, and looks for wrong answers and growing memory. */

/** Megabytes in a minute from which memory counts as growing. */
const MOST_GROWTH = 1;

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '30' }, seed: { type: 'string', default: '1' } } });
const { asked, changed, rebuilt, wrong, memory } = await soak({
  minutes: Number(values.minutes),
  seed: Number(values.seed),
  log: (line) => console.log(`WRONG ${line}`),
});
console.log(`${asked} answers, ${changed} changes, ${rebuilt} rebuilds, ${wrong.length} wrong`);
for (const { server, first, most, last, slope } of memory)
  console.log(`${server}: ${first} MB at first, ${most} at most, ${last} at the end; ${slope.toFixed(2)} MB a minute over the second half`);
process.exitCode = wrong.length > 0 || memory.some(({ slope }) => slope > MOST_GROWTH) ? 1 : 0;
