/**
 * The entry of the suite that runs inside the extension host, in code-server and in a desktop VS Code alike. The open workspace must be a
 * materialised sample of which nobody else needs the files: the tests write into it and clean up after themselves.
 * LINTEL_TEST_RESULTS names the file for `{ results, figures }`.
 */
import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Mocha from 'mocha';
import { figures } from './lintel.ts';

interface Result {
  readonly title: string;
  readonly state: 'passed' | 'failed';
  readonly milliseconds: number;
  readonly error?: string;
}

/** Runs every `*.test.js` beside the bundle. Rejects where a test failed, which is how the editor learns of it. */
export const run = async (): Promise<void> => {
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, color: false });
  const folder = dirname(fileURLToPath(import.meta.url));
  for (const file of globSync('*.test.js', { cwd: folder }).sort()) mocha.addFile(join(folder, file));
  const results: Result[] = [];
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', (test) => results.push({ title: test.fullTitle(), state: 'passed', milliseconds: test.duration ?? 0 }));
    runner.on('fail', (test, error: Error) =>
      results.push({ title: test.fullTitle(), state: 'failed', milliseconds: test.duration ?? 0, error: error.stack ?? error.message }),
    );
  });
  const file = process.env.LINTEL_TEST_RESULTS;
  if (file !== undefined) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify({ results, figures }, null, 2)}\n`);
  }
  if (failures > 0) throw new Error(`${failures} of ${results.length} tests failed`);
};
