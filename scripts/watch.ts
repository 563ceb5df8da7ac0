import { spawn } from 'node:child_process';
import path from 'node:path';
import { root } from './boot.cjs';

/** `npm run test:watch [-- ARGS]`: the fast tests, and again those that a saved file concerns. Arguments are vitest's; `--run` runs them once. */
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
const child = spawn(process.execPath, [vitest, '--project', 'fast', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  // Milliseconds of processor time for one file; all of them have ten seconds.
  env: { LINTEL_FAST_LIMIT: '3000', ...process.env },
});
child.once('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
