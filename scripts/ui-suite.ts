import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './boot.cjs';
import { hostTarget } from './native.ts';
import { command } from './report.ts';
import { materialiseSample } from './sample.ts';
import { findChromium } from './system.ts';
import { makeVsix } from './vsix.ts';

/** Runs `test/ui` on the package of this machine, with a fresh sample workspace. Pictures land in `test-results/ui`. */
async function main(): Promise<void> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'lintel-sample-'));
  const workspace = path.join(scratch, 'shop');
  try {
    const [vsix] = await Promise.all([makeVsix(hostTarget()), materialiseSample(workspace)]);
    const out = path.join(root, 'test-results/ui');
    const args = [path.join(root, 'test/ui/main.ts'), '--vsix', vsix.file, '--workspace', workspace, '--out', out];
    const env = { ...process.env, HOME: scratch, XDG_CACHE_HOME: path.join(scratch, 'cache'), CHROMIUM: findChromium() };
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: 'inherit' });
    process.exitCode = await new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

await command(main);
