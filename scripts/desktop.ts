import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { root } from './boot.cjs';
import { localFolder } from './cache.ts';
import { materialiseSample } from './editor/sample.ts';
import { bundleEditorTests, bundleProduct } from './packaging/bundle.ts';
import { command, Sentence, step } from './report.ts';

/** `npm run test:desktop`: the suite of `test/editor` in a desktop VS Code, the one `VSCODE_PATH` names or a downloaded one. */
async function main(): Promise<void> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'lintel-desktop-'));
  const folder = path.join(scratch, 'shop');
  try {
    await step('build', async () => {
      await Promise.all([bundleProduct({ out: path.join(root, 'dist'), minify: false }), bundleEditorTests(), materialiseSample(folder)]);
    });
    const named = process.env.VSCODE_PATH;
    await runTests({
      ...(named === undefined ? { cachePath: path.join(localFolder, 'vscode-desktop') } : { vscodeExecutablePath: named }),
      extensionDevelopmentPath: root,
      extensionTestsPath: path.join(root, 'dist-test/editor/index.js'),
      launchArgs: [
        folder,
        '--disable-workspace-trust',
        '--disable-telemetry',
        '--skip-welcome',
        '--skip-release-notes',
        '--disable-extensions',
      ],
      extensionTestsEnv: { LINTEL_TEST_RESULTS: path.join(root, 'test-results/desktop.json'), XDG_CACHE_HOME: path.join(scratch, 'cache') },
    });
  } catch (error) {
    const text = String(error);
    if (!/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH/.test(text)) throw error;
    throw new Sentence(
      'VS Code could not be downloaded (update.code.visualstudio.com cannot be reached). Name an installed one: VSCODE_PATH=/usr/share/code/code',
    );
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

await command(main);
