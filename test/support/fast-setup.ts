import childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import { afterAll } from 'vitest';

/**
 * Processor time that one file of fast tests may take, its imports included; set by `npm run test:watch` only, because a figure of time says
 * nothing on a machine that does something else as well.
 */
const MOST_MILLISECONDS = Number(process.env.LINTEL_FAST_LIMIT ?? Number.POSITIVE_INFINITY);

/** Vitest runs this once before each file of fast tests. It keeps them fast: what does not belong here fails with a sentence. */
const before = process.cpuUsage();

const refuse = (): never => {
  throw new Error(
    'This test started a process, but nothing that it imports says so, and so it runs in the fast loop. Test the logic on values, or begin the file with a comment: // Slow: why.',
  );
};
for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'] as const)
  Object.defineProperty(childProcess, name, { value: refuse, configurable: true });
syncBuiltinESMExports();

afterAll(() => {
  const { user, system } = process.cpuUsage(before);
  const milliseconds = Math.round((user + system) / 1_000);
  if (milliseconds > MOST_MILLISECONDS)
    throw new Error(
      `The tests of this file took ${milliseconds} ms of processor time; in the fast loop a file may take ${MOST_MILLISECONDS}. Use smaller inputs or fewer runs, or begin the file with a comment: // Slow: why.`,
    );
});
