import { spawn } from 'node:child_process';
import path from 'node:path';
import { root } from './boot.cjs';
import { withSample } from './editor/sample.ts';
import { command } from './report.ts';
import { findChromium } from './system.ts';

/** Runs `test/ui` on the package of this machine, with a fresh sample workspace. Pictures land in `test-results/ui`. */
async function main(): Promise<void> {
  await withSample(async ({ vsix, workspace, scratch }) => {
    const out = path.join(root, 'test-results/ui');
    const args = [path.join(root, 'test/ui/main.ts'), '--vsix', vsix.file, '--workspace', workspace, '--out', out];
    const env = { ...process.env, HOME: scratch, XDG_CACHE_HOME: path.join(scratch, 'cache'), CHROMIUM: findChromium() };
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: 'inherit' });
    process.exitCode = await new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  });
}

await command(main);
