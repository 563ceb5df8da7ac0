import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** How often the event loop is looked at, and from which delay on it is written down; both in milliseconds. */
const TICK = 5;
const LEAST = 20;

/** Tells when the event loop of a program stood still. */
export interface Stalls {
  /** Environment that makes a Node program write its stalls down. */
  readonly environment: Readonly<Record<string, string>>;
  /** Stalls of a process so far in milliseconds, and forgets them. */
  readonly take: (pid: number | undefined) => number[];
  readonly remove: () => void;
}

export function watchStalls(): Stalls {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-stalls-'));
  const file = join(folder, 'stalls.txt');
  const script = join(folder, 'watch.mjs');
  writeFileSync(
    script,
    `import { appendFileSync } from 'node:fs';
let last = performance.now();
setInterval(() => {
  const now = performance.now();
  const late = now - last - ${TICK};
  last = now;
  if (late >= ${LEAST}) appendFileSync(${JSON.stringify(file)}, process.pid + ' ' + late.toFixed(1) + '\\n');
}, ${TICK}).unref();
`,
  );
  appendFileSync(file, '');
  let taken = 0;
  return {
    environment: { NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import ${pathToFileURL(script).href}`.trim() },
    take: (pid) => {
      const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
      const fresh = lines.slice(taken).map((line) => line.split(' ').map(Number));
      taken = lines.length;
      return fresh.flatMap(([id, late]) => (id === pid && late !== undefined ? [late] : []));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
